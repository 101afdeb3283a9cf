"""A file of a person's that a command writes anew: whose it is afterwards, and what is said where it cannot be."""

import errno
import os
from pathlib import Path

import pytest
from rights import bound_by_modes

from monitor.config import replacing
from monitor.config.defaults import write_defaults
from monitor.config.feeds_edit import add_feeds, pause_feeds, resume_feeds
from monitor.errors import OutputError
from monitor.settings import Feed

A, B = "https://a.example/rss", "https://b.example/rss"
LIST = f"""\
network: {{ user_agent: "Test/1 (+mailto:a@b.example)" }}
feeds:
  - name: Alpha
    url: {A}
  - {{ name: Beta, url: '{B}', status: paused, reason: moved }}
"""
# What each command that rewrites the list does with it.
EDITS = {
    "add": lambda path: add_feeds(path, [Feed(name="New", url="https://n.example/")]),
    "import": lambda path: add_feeds(
        path, [Feed(name=f"N{n}", url=f"https://n.example/{n}") for n in range(3)]
    ),
    "pause": lambda path: pause_feeds(path, [A], "silent since May"),
    "resume": lambda path: resume_feeds(path, [B]),
}
root_alone = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away"
)
SOMEBODY, GROUP = 4711, 4712


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_text(LIST, "utf-8")
    return path


def whose(path: Path) -> tuple[int, int, int]:
    was = path.stat()
    return was.st_uid, was.st_gid, was.st_mode & 0o7777


@root_alone
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_list_stays_its_owners(path, edit, mode):
    os.chown(path, SOMEBODY, GROUP)
    path.chmod(mode)
    EDITS[edit](path)
    assert path.read_text("utf-8") != LIST
    assert whose(path) == (SOMEBODY, GROUP, mode)
    assert os.listdir(path.parent) == ["feeds.yaml"]


@root_alone
@pytest.mark.parametrize("edit", EDITS)
def test_behind_links_it_is_the_file_that_stays_its_owners(path, tmp_path, edit):
    os.chown(path, SOMEBODY, GROUP)
    first, second = tmp_path / "one" / "feeds.yaml", tmp_path / "two.yaml"
    first.parent.mkdir()
    first.symlink_to("../feeds.yaml")
    second.symlink_to(first)
    EDITS[edit](second)
    assert whose(path)[:2] == (SOMEBODY, GROUP)
    assert second.is_symlink() and first.is_symlink()
    assert second.read_text("utf-8") == path.read_text("utf-8") != LIST


@root_alone
def test_who_may_not_give_a_file_away_writes_into_it(path, monkeypatch):
    """A colleague in the group, with a right to write: the list does not become theirs."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    os.chown(path, SOMEBODY, GROUP)
    monkeypatch.setattr(replacing.os, "chown", refused)
    file = path.stat().st_ino
    EDITS["pause"](path)
    assert "silent since May" in path.read_text("utf-8")
    assert whose(path)[:2] == (SOMEBODY, GROUP) and path.stat().st_ino == file


def test_a_second_name_of_the_file_shows_the_change_too(path, tmp_path):
    (tmp_path / "second.yaml").hardlink_to(path)
    EDITS["resume"](path)
    assert (tmp_path / "second.yaml").read_text("utf-8") == path.read_text("utf-8") != LIST


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_file_that_is_mounted_by_itself_is_written_into(path, monkeypatch, number):
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(replacing.os, "replace", refused)
    EDITS["pause"](path)
    assert "silent since May" in path.read_text("utf-8")
    assert os.listdir(path.parent) == ["feeds.yaml"]


def test_where_the_disk_is_full_in_the_middle_the_old_content_is_written_back(path, tmp_path, monkeypatch):
    (tmp_path / "second.yaml").hardlink_to(path)
    write, calls = os.write, []

    def full(file: int, body: bytes) -> int:
        calls.append(body)
        if len(calls) == 1:
            return write(file, body[:7])
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, body)

    monkeypatch.setattr(replacing.os, "write", full)
    with pytest.raises(OutputError, match="No space left on device"):
        EDITS["pause"](path)
    assert path.read_text("utf-8") == LIST


def test_attributes_stay(path):
    try:
        os.setxattr(path, "user.note", b"mine")
    except (OSError, AttributeError):
        pytest.skip("this disk keeps no attributes")
    EDITS["pause"](path)
    assert os.getxattr(path, "user.note") == b"mine"


def test_the_file_is_new_for_whoever_asks_for_its_time(path):
    os.utime(path, (0, 0))
    EDITS["pause"](path)
    assert path.stat().st_mtime > 1e9


# ── who may not ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def read_only(tmp_path):
    """A list in a folder that may be read only."""
    (tmp_path / "feeds.yaml").write_text(LIST, "utf-8")
    tmp_path.chmod(0o555)
    with bound_by_modes():
        yield tmp_path / "feeds.yaml"
    tmp_path.chmod(0o755)


@pytest.mark.parametrize("edit", EDITS)
def test_a_read_only_folder_is_said(read_only, edit):
    with pytest.raises(OutputError) as said:
        EDITS[edit](read_only)
    folder = read_only.parent
    assert str(said.value) == (
        f"{read_only} was left as it was: nothing can be written in the folder {folder} (Permission denied). "
        f"The folder belongs to {folder.owner()}: call the command as that user."
    )
    assert read_only.read_text("utf-8") == LIST


@root_alone
def test_what_root_writes_into_somebodys_folder_is_theirs(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    os.chown(folder, SOMEBODY, GROUP)
    written = write_defaults(folder)
    assert {whose(path)[:2] for path in written} == {(SOMEBODY, GROUP)}
    assert whose(folder / "schemas")[:2] == (SOMEBODY, GROUP)
