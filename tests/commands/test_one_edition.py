"""The edition is the record: whatever stops a run, this week's is made once, and what is missing of it is written
again.

A run is stopped here at the calls of ours that matter; `tests/unattended` does so at every call to the kernel.
"""

import errno
import os
import sqlite3
import zipfile
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from io import BytesIO

import pytest
from conftest import NOW
from where import ROOT

from monitor.app.archives import archive_of
from monitor.app.runs import DraftWanted, draft
from monitor.app.state import status
from monitor.app.weekly import WEEKLY, draft_and_deliver
from monitor.app.workspace import ARCHIVE, Workspace
from monitor.config.folder import read_config
from monitor.errors import OutputError, StoreError
from monitor.model import NeedKind, Run
from monitor.pipeline.documents import unwritten
from monitor.reporting.documents import folder as folders
from monitor.settings import DeliverTo, Mail
from monitor.store import Store
from monitor.store.runs import Runs
from monitor.store.writings import Writings

pytestmark = pytest.mark.on_both

CONFIG = replace(read_config(ROOT), feeds=())
HOUR = timedelta(hours=1)
WHOLE = {
    "topical-issues-draft-1.docx",
    "topical-issues-draft-1.html",
    "topical-issues-draft-1.json",
    "topical-issues-draft-1.md",
    "topical-issues-draft-1-notes.docx",
    "topical-issues-draft-1-notes.html",
}


class Killed(BaseException):
    """As `kill -9`: nothing of ours runs after it (`kill` sees to that)."""


def full_disk(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def stopped(*_):
    raise KeyboardInterrupt


def kill(*_):
    folders._remove = lambda _temporary: None
    raise Killed


STOPS = {"full disk": full_disk, "stopped": stopped, "killed": kill}


class Office:
    """A folder with an archive; each run opens it anew, as a command does."""

    def __init__(self, data):
        self.data, self.mailed = data, False

    def week(self, now=NOW):
        mail = Mail(sender="m@desk.example", recipients=("o@desk.example",), eml_folder="outbox")
        to = DeliverTo.BOTH if self.mailed else DeliverTo.FOLDER
        config = replace(CONFIG, panel=replace(CONFIG.panel, deliver_to=to, mail=mail))
        with Store.open(archive_of(self.data)) as store:
            workspace = Workspace(config, store, self.data, ROOT)
            return draft_and_deliver(workspace, lambda: now, lambda *_: None)

    def asked(self, read):
        with Store.open(archive_of(self.data)) as store:
            return read(store)

    @property
    def editions(self):
        return [edition.number for edition in self.asked(lambda store: store.editions.all())]

    @property
    def drafts(self):
        return {path.name for path in (self.data / "drafts").rglob("*") if path.is_file()}


@pytest.fixture(params=[False, True], ids=["folder", "mail"])
def office(tmp_path, request, engine):
    made = Office(tmp_path / "data")
    made.mailed = request.param
    return made


@pytest.fixture
def at_home(tmp_path, engine):
    return Office(tmp_path / "data")


@pytest.fixture
def in_a_file(tmp_path):
    return Office(tmp_path / "data")


def at_the(number, then):
    """`os.replace`, until it is called for the so many-th time."""
    called, rename = [], os.replace

    def replacing(*paths):
        called.append(paths)
        return then() if len(called) == number else rename(*paths)

    return replacing


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("number", [1, 6])
def test_stopped_while_documents_get_their_names(office, monkeypatch, stop, number):
    with monkeypatch.context() as stopping:
        stopping.setattr(folders, "_remove", folders._remove)
        stopping.setattr("os.replace", at_the(number, STOPS[stop]))
        said = None
        try:
            said = office.week()
        except (KeyboardInterrupt, Killed):
            assert stop != "full disk"
    halves = {name for name in office.drafts if name.endswith(".part")}
    assert len(office.drafts - halves) == number - 1 and bool(halves) == (stop == "killed")
    if said:
        (failure,) = said.failures
        assert failure.endswith(
            "No space left on device. Draft 1 is kept, and what is missing of its documents is written by the next run "
            "of `monitor weekly` or `monitor draft`."
        )
        assert any("was sent" in line for line in said.lines) == office.mailed
    again = office.week(NOW + HOUR)
    assert (office.drafts, office.editions, again.failures) == (WHOLE, [1], ())
    assert (
        sum(line.startswith("Written after a run that was stopped: ") for line in again.lines) == 7 - number
    )
    assert office.week(NOW + 2 * HOUR).lines == (
        "The draft of Monday 16 November 2026, 07:00 is made already.",
    )
    assert len(list((office.data).glob("outbox/*"))) == office.mailed


@pytest.mark.parametrize("where", ["keep", "end"])
@pytest.mark.parametrize("stop", STOPS)
def test_stopped_before_the_edition_is_kept_or_after_all_is_written(office, monkeypatch, where, stop):
    room = Writings if where == "end" else folders
    with monkeypatch.context() as stopping:
        stopping.setattr(folders, "_remove", folders._remove)
        stopping.setattr(room, {"keep": "write_aside", "end": "end"}[where], STOPS[stop])
        try:
            done = office.week()
        except (KeyboardInterrupt, Killed, OSError):
            pass
        else:
            assert done.failures[0].endswith("Nothing was written; name another folder with --out.")
    assert office.editions == ([1] if where == "end" else [])
    office.week(NOW + HOUR)
    assert (office.drafts, office.editions) == (WHOLE, [1])
    assert office.asked(lambda store: store.writings.unfinished()) == ()


def test_what_is_written_again_says_what_the_message_says(office, monkeypatch):
    office.mailed = True
    with monkeypatch.context() as stopping:
        stopping.setattr("os.replace", at_the(1, stopped))
        with pytest.raises(KeyboardInterrupt):
            office.week()
    office.week(NOW + timedelta(days=3))
    (file,) = (office.data / "outbox").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=SMTP)
    sent = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    on_disk = {path.name: path.read_bytes() for path in (office.data / "drafts").rglob("*.docx")}
    assert {name: body(content) for name, content in on_disk.items()} == {
        name: body(content) for name, content in sent.items()
    }


def body(content):
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name.startswith("word/")}


def test_what_the_officer_did_to_a_whole_draft_stays_done(at_home):
    at_home.week()
    (at_home.data / "drafts" / "topical-issues-draft-1.docx").write_bytes(b"edited")
    (at_home.data / "drafts" / "topical-issues-draft-1.md").unlink()
    at_home.week(NOW + HOUR)
    assert at_home.drafts == WHOLE - {"topical-issues-draft-1.md"}
    assert (at_home.data / "drafts" / "topical-issues-draft-1.docx").read_bytes() == b"edited"


def test_what_the_officer_edited_of_a_half_draft_stays_as_it_is(at_home, monkeypatch):
    with monkeypatch.context() as stopping:
        stopping.setattr("os.replace", at_the(2, full_disk))
        at_home.week()
    (at_home.data / "drafts" / "topical-issues-draft-1.docx").write_bytes(b"edited")
    at_home.week(NOW + HOUR)
    assert at_home.drafts == WHOLE
    assert (at_home.data / "drafts" / "topical-issues-draft-1.docx").read_bytes() == b"edited"


def test_a_folder_that_moves_with_its_archive_is_finished_where_it_is(at_home, monkeypatch, tmp_path):
    with monkeypatch.context() as stopping:
        stopping.setattr("os.replace", at_the(2, full_disk))
        at_home.week()
    at_home.data = at_home.data.rename(tmp_path / "new-machine")
    at_home.week(NOW + HOUR)
    assert at_home.drafts == WHOLE
    assert not (tmp_path / "data").exists()


def test_a_person_is_asked_when_no_run_could_write_it(at_home, monkeypatch):
    monkeypatch.setattr("os.replace", full_disk)
    at_home.week()
    again = at_home.week(NOW + HOUR)
    assert again.failures[0].startswith(
        f"The draft cannot be written to {at_home.data / 'drafts'}: No space left"
    )
    assert at_home.asked(lambda store: list(unwritten(store, NOW + HOUR))) == []
    assert at_home.asked(lambda store: list(unwritten(store, NOW + 3 * HOUR))) == [
        f"draft 1 is kept, but its documents are not all in {at_home.data / 'drafts'}. Run `monitor weekly`: it writes "
        "what is missing, or says what is in its way."
    ]
    assert at_home.editions == [1]


def test_a_folder_that_cannot_be_written_keeps_back_no_message(office):
    """Last week's message could not be put into its folder; this week there is no way to write the draft."""
    office.mailed = True
    office.data.mkdir()
    (office.data / "outbox").write_text("in the way")
    assert len(office.week().failures) == 1
    (office.data / "outbox").unlink()
    (office.data / "drafts").rename(office.data / "elsewhere")
    (office.data / "drafts").write_text("in the way")
    done = office.week(NOW + timedelta(days=7))
    assert done.failures[0].endswith("File exists. Nothing was written; name another folder with --out.")
    assert done.lines == (f"Draft 1 was sent: put into {next((office.data / 'outbox').iterdir())}.",)
    assert office.editions == [1]


# ── the record of runs ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_run_that_could_not_be_recorded_is_recorded_by_the_next(at_home, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(Runs, "record", stopped)
        with pytest.raises(KeyboardInterrupt):
            at_home.week()
    at_home.week(NOW + HOUR)
    assert at_home.asked(lambda store: store.runs.last_success(WEEKLY)) == NOW + HOUR
    at_home.week(NOW + 2 * HOUR)
    assert at_home.asked(lambda store: store.runs.last_success(WEEKLY)) == NOW + HOUR
    needs = status(ROOT, at_home.data, NOW + timedelta(days=2)).needs
    assert NeedKind.WEEKLY_OVERDUE not in {need.kind for need in needs}


def test_a_run_that_fails_and_cannot_be_recorded_says_why_it_failed(at_home, monkeypatch):
    def damaged(*_):
        raise StoreError("The archive is full.")

    monkeypatch.setattr(Runs, "record", damaged)
    monkeypatch.setattr(folders, "write_aside", full_disk)
    assert "No space left" in at_home.week().failures[0]


# ── drafts that a person asks for ───────────────────────────────────────────────────────────────────────────────


def typed(office, out=None, **wanted):
    return draft(
        ROOT, office.data, DraftWanted(out=out, **wanted), progress=lambda *_: None, clock=lambda: NOW
    )


def test_a_typed_draft_that_was_stopped_is_finished_by_the_next_and_is_no_weekly_one(
    at_home, monkeypatch, tmp_path
):
    out = tmp_path / "out"
    with monkeypatch.context() as stopping:
        stopping.setattr("os.replace", at_the(2, full_disk))
        with pytest.raises(OutputError, match="Draft 1 is kept, and what is missing"):
            typed(at_home, out, formats=("docx", "md"))
    done = at_home.week(NOW + HOUR)
    again = [line.rpartition("/")[2] for line in done.lines if line.startswith("Written after a run")]
    there = {path.name for path in out.rglob("*") if path.is_file()}
    assert len(again) == 2 and len(there) == 3 and set(again) < there
    assert at_home.editions == [1, 2]


def test_a_public_version_that_was_killed_leaves_nothing_half(at_home, monkeypatch, tmp_path):
    with monkeypatch.context() as stopping:
        stopping.setattr(folders, "_remove", folders._remove)
        stopping.setattr("os.replace", kill)
        with pytest.raises(Killed):
            typed(at_home, tmp_path / "out", public=True, formats=("md",))
    assert len(list((tmp_path / "out").iterdir())) == 1
    at_home.week()
    assert list((tmp_path / "out").iterdir()) == []


# ── archives of before ──────────────────────────────────────────────────────────────────────────────────────────


def as_of_before(archive):
    """Without what came with `m_weekly_editions`, and with what later changed that."""
    archive.execute("DROP TABLE writings")
    archive.execute("ALTER TABLE editions DROP COLUMN weekly")
    for table in ("messages", "decisions"):
        archive.execute(f"DROP INDEX {table}_of_panels")
    for table in ("messages", "decisions", "runs"):
        archive.execute(f"ALTER TABLE {table} DROP COLUMN panel")
    archive.execute("DELETE FROM _sqlite_migrations WHERE name IN ('m_weekly_editions', 'm_panels')")


@pytest.mark.parametrize("known_by", ["messages", "runs"])
def test_an_archive_of_before_knows_this_weeks_edition(in_a_file, known_by):
    office = in_a_file
    office.mailed = known_by == "messages"
    office.week()
    archive = sqlite3.connect(office.data / ARCHIVE)
    with archive:
        as_of_before(archive)
        if known_by == "messages":
            archive.execute("DELETE FROM runs")
    archive.close()
    assert office.week(NOW + HOUR).lines == ("The draft of Monday 16 November 2026, 07:00 is made already.",)
    office.week(NOW + timedelta(days=7))
    assert office.editions == [1, 2]


def test_of_an_archive_of_before_what_a_person_asked_for_is_no_weekly_draft(in_a_file):
    at_home = in_a_file
    typed(at_home)
    at_home.asked(
        lambda store: store.runs.record(Run(job="draft", started=NOW, ended=NOW, ok=True, summary=""))
    )
    archive = sqlite3.connect(at_home.data / ARCHIVE)
    with archive:
        as_of_before(archive)
    archive.close()
    at_home.week(NOW + HOUR)
    assert at_home.editions == [1, 2]
