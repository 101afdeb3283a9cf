"""The memory beside the archive: it works while the archive does not, on a full disk and in a folder that is read
only."""

import json
import os
import tempfile

import pytest
from conftest import NOW

from monitor.app import beside
from monitor.app.beside import NAME, SIZE, Beside
from monitor.errors import OutputError
from monitor.model import Told

ARCHIVE = Told(
    kind="archive-unreadable", subject="", says="the archive cannot be used.", since=NOW, tried=NOW, doubts=1
)
YAML = Told(kind="config-unreadable", subject="", says="the YAML cannot be read.", since=NOW, told=NOW)


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A data folder, and the system's for temporary files."""
    for name in ("data", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "data", tmp_path / "temporary"


@pytest.fixture
def unwritable(monkeypatch):
    """Places that cannot be opened for writing. (The tests may run as root, whom no mode keeps out.)"""
    kept_out, opened = [], os.open

    def guarded(path, how, *rest, **named):
        if how & os.O_RDWR and any(str(path).startswith(str(place)) for place in kept_out):
            raise OSError(30, "Read-only file system")
        return opened(path, how, *rest, **named)

    monkeypatch.setattr(beside.os, "open", guarded)
    return kept_out


def test_what_is_kept_is_there_for_the_next_run(folders):
    data, temporary = folders
    assert Beside(data).all() == ()
    assert Beside(data).change(lambda told: (*told, ARCHIVE, YAML)) == (ARCHIVE, YAML)
    assert Beside(data).change(lambda told: told[1:]) == (YAML,)
    assert Beside(data).all() == (YAML,)
    assert list(temporary.iterdir()) == []


def test_it_is_made_while_all_is_well_and_written_over_in_place(folders):
    data, _ = folders
    Beside(data).clear()
    before = (data / NAME).stat()
    Beside(data).change(lambda told: (ARCHIVE,))
    after = (data / NAME).stat()
    assert (before.st_ino, before.st_size, before.st_mode & 0o777) == (after.st_ino, SIZE, 0o600)
    assert after.st_size == SIZE
    Beside(data).clear()
    assert Beside(data).all() == ()


def test_cleared_again_and_again_it_is_not_written_again(folders):
    data, _ = folders
    Beside(data).clear()
    os.utime(data / NAME, ns=(0, 10**9))
    Beside(data).clear()
    assert (data / NAME).stat().st_mtime_ns == 10**9


def test_where_the_data_folder_cannot_be_written_the_systems_serves(folders, unwritable):
    data, temporary = folders
    Beside(data).change(lambda told: (YAML,))
    os.utime(data / NAME, ns=(0, 10**9))
    unwritable.append(data)
    Beside(data).change(lambda told: (*told, ARCHIVE))
    assert Beside(data).all() == (YAML, ARCHIVE)
    Beside(data).change(lambda told: (ARCHIVE,))
    assert Beside(data).all() == (ARCHIVE,)  # the older memory counts no more
    assert len(list(temporary.iterdir())) == 1
    unwritable.append(temporary)
    with pytest.raises(OutputError, match="written nowhere"):
        Beside(data).change(lambda told: told)


def test_the_memories_of_two_folders_are_two(folders, unwritable):
    data, temporary = folders
    (data / "a").mkdir()
    (data / "b").mkdir()
    unwritable.append(data)
    Beside(data / "a").change(lambda told: (ARCHIVE,))
    assert Beside(data / "b").all() == ()


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"\xff\xfe", b'[{"kind": "x"}]', b"[" * 5000, b"null"]
)
def test_a_file_that_is_none_of_ours_holds_nothing(folders, content):
    data, _ = folders
    (data / NAME).write_bytes(content)
    assert Beside(data).all() == ()
    Beside(data).change(lambda told: (ARCHIVE,))
    assert Beside(data).all() == (ARCHIVE,)


def test_nobody_elses_link_or_pipe_is_followed(folders, unwritable):
    data, temporary = folders
    unwritable.append(data)
    Beside(data).change(lambda told: (ARCHIVE,))
    (place,) = temporary.iterdir()
    place.unlink()
    (temporary / "victim").write_text("untouched")
    place.symlink_to(temporary / "victim")
    with pytest.raises(OutputError):
        Beside(data).change(lambda told: (ARCHIVE,))
    assert (temporary / "victim").read_text() == "untouched"
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(OutputError):
        Beside(data).change(lambda told: (ARCHIVE,))
    assert Beside(data).all() == ()


def test_however_much_is_to_be_remembered_the_file_keeps_its_size(folders):
    data, _ = folders
    many = tuple(
        Told(kind="x", subject=f"https://{n}.example/ü", says="é" * 5000, since=NOW) for n in range(50)
    )
    Beside(data).change(lambda told: many)
    assert (data / NAME).stat().st_size == SIZE
    assert 0 < len(json.loads((data / NAME).read_bytes())) < 50
