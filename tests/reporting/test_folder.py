"""Documents into a folder: all or none, and nothing is overwritten."""

import errno

import pytest
from rights import bound_by_modes

from monitor.errors import OutputError
from monitor.reporting.documents.folder import Document, clear_parts, staged, write_missing

PAIR = (Document(ending="docx", content=b"word"), Document(ending="md", content=b"text"))


def test_documents_get_their_names_when_all_went_well(tmp_path):
    with staged(tmp_path / "drafts", "report", PAIR) as placed:
        assert [path.name for path in placed.paths] == ["report.docx", "report.md"]
        assert not any(path.exists() for path in placed.paths)
    assert {path.name: path.read_bytes() for path in (tmp_path / "drafts").iterdir()} == {
        "report.docx": b"word",
        "report.md": b"text",
    }


def test_two_documents_of_one_ending_are_told_apart(tmp_path):
    notes = Document(ending="docx", content=b"notes", part="-notes", below="notes")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "report-notes.docx").write_bytes(b"of an earlier one")
    with staged(tmp_path, "report", (*PAIR, notes)) as placed:
        pass
    assert [path.name for path in placed.paths] == ["report-2.docx", "report-2.md", "report-2-notes.docx"]


def test_nothing_remains_when_something_else_failed(tmp_path):
    with pytest.raises(ZeroDivisionError), staged(tmp_path, "report", PAIR):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_overwritten(tmp_path):
    (tmp_path / "report.docx").write_bytes(b"edited by the officer")
    with staged(tmp_path, "report", PAIR) as placed:
        pass
    assert [path.name for path in placed.paths] == ["report-2.docx", "report-2.md"]
    assert (tmp_path / "report.docx").read_bytes() == b"edited by the officer"


def test_a_folder_that_is_a_file_is_said_and_left(tmp_path):
    (tmp_path / "drafts").write_text("a file")
    with (
        pytest.raises(OutputError, match="cannot be written to .*drafts.*--out"),
        staged(tmp_path / "drafts", "r", PAIR),
    ):
        pass
    assert (tmp_path / "drafts").read_text() == "a file"


def test_a_folder_without_leave_to_write_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with (
        bound_by_modes(),
        pytest.raises(OutputError, match="Permission denied"),
        staged(tmp_path, "report", PAIR),
    ):
        pass


def test_a_disk_that_cannot_take_the_second_document_keeps_none(tmp_path):
    # 255 bytes are as many as a name may have: this one has them, and the one under which it is written first has more.
    too_long = Document(ending="x" * (255 - len("report.")), content=b"")
    with (
        pytest.raises(OutputError, match="File name too long"),
        staged(tmp_path, "report", (PAIR[0], too_long)),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def refused(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_when_names_cannot_be_given_it_is_said_what_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("os.replace", refused)
    with pytest.raises(OutputError) as said, staged(tmp_path, "report", PAIR, kept="Draft 3 is kept."):
        pass
    assert str(said.value) == (
        f"The draft cannot be written to {tmp_path}: No space left on device. Draft 3 is kept."
    )
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_half_is_taken_away_and_nothing_else(tmp_path):
    ours = (
        ".topical-issues-2026-11-27-draft-3.docx.part",
        ".topical-issues-draft-12.json.part",
        ".topical-issues-draft-3-2.md.part",
        ".topical-issues-2026-11-27-public.pdf.part",
        "notes/.topical-issues-draft-3-notes.docx.part",
    )
    others = (
        ".topical-issues-draft-3.docx",
        "topical-issues-draft-3.docx.part",
        ".topical-issues-draft-3.mp4.part",
        ".topical-issues-of-mine.docx.part",
        ".letter.docx.part",
        "~$topical-issues-draft-3.docx",
        "topical-issues-draft-3.docx",
        "notes/topical-issues-draft-3-notes.docx",
        "old/.topical-issues-draft-3.docx.part",
    )
    for name in (*ours, *others):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"half")
    clear_parts(tmp_path)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(others)
    clear_parts(tmp_path / "nowhere")


def test_what_is_missing_is_written_again_and_what_is_there_stays(tmp_path):
    (tmp_path / "report-2.docx").write_bytes(b"edited by the officer")
    assert write_missing(tmp_path, "report-2", PAIR) == (tmp_path / "report-2.md",)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "report-2.docx": b"edited by the officer",
        "report-2.md": b"text",
    }
    assert write_missing(tmp_path, "report-2", PAIR) == ()


def test_what_still_cannot_be_written_leaves_nothing_half(tmp_path, monkeypatch):
    monkeypatch.setattr("os.replace", refused)
    with pytest.raises(OutputError, match="No space left"):
        write_missing(tmp_path, "report", PAIR)
    assert list(tmp_path.iterdir()) == []
