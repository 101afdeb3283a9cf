"""What is shown on streams that cannot carry it or take it: an 8-bit or ASCII locale, a full disk, a closed stream, a
reader that went away."""

import errno
import io
import json
import os
import sys
from datetime import UTC, datetime, timedelta

import filelock
import pytest

from jobs import poll, weekly_report
from jobs.arguments import no_arguments
from monitor.app.held import held_long, note
from monitor.cli import main
from monitor.cli.forms import words
from monitor.cli.showing import show, show_json, show_xml
from monitor.cli.streams import make_ready, substitute
from monitor.config.defaults import write_defaults

FULL = "The output cannot be written: No space left on device. What the command did is kept; only what it says is lost.\n"
SAID = "“Zoë” – Łódź: £7.72m … ✓ 警 \U0001f600"


class Stream(io.RawIOBase):
    """As a file descriptor that takes what it is given, or fails."""

    def __init__(self, error: OSError | None = None) -> None:
        self.taken, self.error = b"", error

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        if self.error:
            raise self.error
        self.taken += bytes(data)
        return len(data)


def given(monkeypatch, name: str, encoding: str = "utf-8", number: int = 0) -> Stream:
    """Puts such a stream in the place of stdout or stderr, as Python makes them: strict."""
    raw = Stream(OSError(number, os.strerror(number)) if number else None)
    monkeypatch.setattr(sys, name, io.TextIOWrapper(raw, encoding, errors="strict", write_through=True))
    return raw


# ── encodings ───────────────────────────────────────────────────────────────────────────────────────────────────

SHOWN = {
    "utf-8": SAID,
    "latin-1": '"Zoë" - Lódz: £7.72m ... \\u2713 \\u8b66 \\U0001f600',
    "cp1252": "“Zoë” – Lódz: £7.72m … \\u2713 \\u8b66 \\U0001f600",
    "iso8859-2": '"Zoë" - Łódź: GBP 7.72m ... \\u2713 \\u8b66 \\U0001f600',
    "cp437": '"Zoë" - Lódz: £7.72m ... \\u2713 \\u8b66 \\U0001f600',
    "ascii": '"Zoe" - Lodz: GBP 7.72m ... \\u2713 \\u8b66 \\U0001f600',
}


@pytest.mark.parametrize("encoding", SHOWN)
@pytest.mark.parametrize("err", [False, True])
def test_a_stream_gets_what_it_can_carry(monkeypatch, encoding, err):
    raw = given(monkeypatch, "stderr" if err else "stdout", encoding)
    make_ready()
    show(SAID, err=err)
    assert raw.taken.decode(encoding) == SHOWN[encoding] + "\n"


@pytest.mark.parametrize("encoding", SHOWN)
def test_json_is_the_same_value_in_every_encoding(monkeypatch, encoding):
    raw = given(monkeypatch, "stdout", encoding)
    make_ready()
    show_json({"said": SAID})
    assert json.loads(raw.taken.decode(encoding)) == {"said": SAID}


@pytest.mark.parametrize("encoding", SHOWN)
def test_a_document_that_calls_itself_utf_8_is_read_as_such(monkeypatch, encoding):
    import xml.etree.ElementTree as Tree

    raw = given(monkeypatch, "stdout", encoding)
    make_ready()
    show_xml(f'<?xml version="1.0" encoding="utf-8"?><a b="{SAID}"/>')
    assert Tree.fromstring(raw.taken).get("b") == SAID


def test_a_substitute_is_in_ascii():
    assert all(substitute(chr(number)).isascii() for number in range(0x80, 0x3000))


@pytest.mark.parametrize(
    "typed, word",
    [
        ("Zoë", "Zoë"),
        ("Zo\udcc3\udcab", "Zoë"),  # UTF-8, as Python hands it over in an ASCII locale
        ("Zo\udceb", "Zo\ufffd"),
    ],
)
def test_a_word_is_text_in_any_locale(typed, word):
    assert words(typed) == word


@pytest.mark.parametrize(
    "arguments",
    [["explain", "Zo\udcc3\udcab"], ["take", "\udcff"], ["feeds", "pause", "\udcff", "--reason", "\udcff"]]
    + [["poll", "\udcff"], ["try", "http://\udcff/"], ["feeds", "add", "\udcff"]],
)
def test_what_is_no_text_in_this_locale_is_no_bug(tmp_path, capsys, arguments):
    write_defaults(tmp_path)
    assert main(["--config", str(tmp_path), *arguments]) == 1
    assert "bug" not in capsys.readouterr().err


# ── streams that take nothing ───────────────────────────────────────────────────────────────────────────────────

SAYING = {
    "a result": ["check"],
    "the help of all": ["--help"],
    "the help of one": ["explain", "--help"],
    "the version": ["--version"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("folder")
    write_defaults(folder)
    return folder


@pytest.mark.parametrize("name", SAYING)
def test_a_full_disk_is_said(folder, monkeypatch, name):
    given(monkeypatch, "stdout", number=errno.ENOSPC)
    err = given(monkeypatch, "stderr")
    assert main(["--config", str(folder), *SAYING[name]]) == 1
    assert err.taken.decode() == FULL
    assert not (folder / "data" / "monitor.log").exists(), "no bug"


@pytest.mark.parametrize("number", [errno.EDQUOT, errno.EIO, errno.EFBIG])
def test_so_is_whatever_else_keeps_it_from_being_written(folder, monkeypatch, number):
    given(monkeypatch, "stdout", number=number)
    err = given(monkeypatch, "stderr")
    assert main(["--config", str(folder), "check"]) == 1
    assert err.taken.decode() == FULL.replace("No space left on device", os.strerror(number))


@pytest.mark.parametrize("name", SAYING)
def test_a_reader_that_went_away_hears_nothing(folder, monkeypatch, name):
    given(monkeypatch, "stdout", number=errno.EPIPE)
    err = given(monkeypatch, "stderr")
    assert main(["--config", str(folder), *SAYING[name]]) == 0
    assert err.taken == b""


def test_where_stderr_takes_nothing_the_exit_code_says_so(folder, monkeypatch):
    given(monkeypatch, "stderr", number=errno.ENOSPC)
    out = given(monkeypatch, "stdout")
    assert main(["--config", str(folder), "explain", "nothing"]) == 1
    assert main(["no-such-command"]) == 2
    assert main(["--config", str(folder), "feeds", "export"]) == 1  # what it leaves out is said on stderr
    assert out.taken.decode().startswith("<?xml")
    assert main(["--version"]) == 0


def test_where_neither_does_nothing_is_raised(folder, monkeypatch):
    given(monkeypatch, "stdout", number=errno.ENOSPC)
    given(monkeypatch, "stderr", number=errno.ENOSPC)
    assert main(["--config", str(folder), "check"]) == 1


def test_a_closed_stream_is_nowhere(folder, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["--config", str(folder), "check"]) == 0
    assert main(["--config", str(folder), "explain", "nothing"]) == 1


def test_the_help_of_a_job_is_said_or_the_disk_is(monkeypatch):
    given(monkeypatch, "stdout", number=errno.ENOSPC)
    err = given(monkeypatch, "stderr")
    with pytest.raises(SystemExit) as ended:
        no_arguments("jobs.poll", "Reads.", ["--help"])
    assert (ended.value.code, err.taken.decode()) == (1, FULL)


def test_an_error_that_is_of_no_stream_stays_a_bug(folder, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("monitor.app.setting_up.check", full)
    assert main(["--config", str(folder), "--data", str(folder / "kept"), "check"]) == 3
    assert "bug in the monitor (OSError)" in capsys.readouterr().err


# ── two runs meet ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("job, lock, typed", [(poll, "poll", ["poll"]), (weekly_report, "draft", ["weekly"])])
def test_a_job_that_meets_another_is_silent_and_a_person_is_told(
    folder, tmp_path, monkeypatch, capfd, job, lock, typed
):
    monkeypatch.setenv("MONITOR_CONFIG", str(folder))
    monkeypatch.setenv("MONITOR_DATA", str(tmp_path))
    with filelock.FileLock(tmp_path / f"{lock}.lock"):
        assert job.run() == 0
        assert capfd.readouterr() == ("", "")
        assert main(typed) == 75
        assert "Another run is at work in" in capfd.readouterr().err


NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LONG_HELD = (
    "a run (poll, process {process}) has been at work for 7 hours, and no other of its kind can begin. See whether it "
    "hangs, and end it: what it has finished is kept."
)


@pytest.mark.parametrize(
    "began, deadline, is_held, is_told",
    [
        pytest.param(7, 0.2, True, True, id="for long"),
        pytest.param(5, 0.2, True, False, id="not yet"),
        pytest.param(7, 12, True, False, id="a poll may take that long"),
        pytest.param(7, 0.2, False, False, id="a note that a killed run left"),
    ],
)
def test_a_lock_that_stays_held_is_told(tmp_path, began, deadline, is_held, is_told):
    note(tmp_path, "poll", NOW - timedelta(hours=began))
    lock = filelock.FileLock(tmp_path / "poll.lock")
    if is_held:
        lock.acquire()
    told = list(held_long(tmp_path, ["poll", "draft"], NOW, timedelta(hours=deadline)))
    lock.release()
    assert told == ([LONG_HELD.format(process=os.getpid())] if is_told else [])


def test_status_tells_it(folder, tmp_path, capsys):
    note(tmp_path, "draft", datetime.now(UTC) - timedelta(days=2, minutes=1))
    with filelock.FileLock(tmp_path / "draft.lock"):
        main(["--config", str(folder), "--data", str(tmp_path), "status"])
    assert "Needs a person: a run (draft, process " in capsys.readouterr().out


@pytest.mark.parametrize(
    "written", ["", "x", "2026-11-30T05:00:00 12", "\udcff", "2026-99-30T05:00:00+00:00 12"]
)
def test_a_note_that_says_nothing_is_none(tmp_path, written):
    (tmp_path / "poll.held").write_bytes(written.encode("utf-8", "surrogateescape"))
    with filelock.FileLock(tmp_path / "poll.lock"):
        assert list(held_long(tmp_path, ["poll"], NOW, timedelta())) == []


def test_a_run_leaves_no_note(folder, tmp_path, capsys):
    main(["--config", str(folder), "--data", str(tmp_path), "weekly"])
    assert not list(tmp_path.glob("*.held"))
