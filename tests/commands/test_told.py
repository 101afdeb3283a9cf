"""What the operator hears of real runs, by real servers: pings, e-mail, figures, whatever becomes of run and
archive."""

import logging
import os
import sqlite3
import tempfile
import threading
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW
from exposition import read
from loopback import Answer, serve
from relay import free_port, serve_relay
from where import ROOT

from monitor.app.channels import Job, understood
from monitor.app.telling import watched
from monitor.app.workspace import ARCHIVE
from monitor.cli import main
from monitor.cli.stopping import Terminated
from monitor.config.folder import read_config
from monitor.errors import ArchiveLost, Busy, InputError, OutputError, StoreError
from monitor.model import FeedState, Message, MessageState, PollOutcome, PollResult
from monitor.reporting.delivery.mail import Patience
from monitor.settings import DeliverTo, Mail, Relay
from monitor.store import Store

CONFIG = read_config(ROOT)
FEED = CONFIG.feeds[0]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUICK = Patience(step=1, taking=0.4)
MEETINGS = (date(2030, 1, 25),)
DONE = "1 feed polled, 0 failed; 2 new articles."
ANSWERS = {path: Answer(b"OK") for path in ("/key-of-poll", "/key-of-poll/start", "/key-of-poll/fail")}


class Machine:
    """An archive whose feed is read well, and runs of the jobs over it."""

    def __init__(self, folder, **panel):
        self.data, self.metrics = folder / "data", folder / "topical-issues.prom"
        self.panel = {"meetings": MEETINGS, **panel}
        with Store.open(self.data / ARCHIVE):
            pass

    def mailed(self, port, **mail):
        relay = {"relay": Relay(host="127.0.0.1", port=port, starttls=False)} if port else {}
        way = Mail(sender="Monitor <m@desk.example>", recipients=("officer@desk.example",), **relay, **mail)
        self.panel |= {"mail": way, "operator": "operator@desk.example", "deliver_to": DeliverTo.FOLDER}

    @property
    def config(self):
        return replace(CONFIG, panel=replace(CONFIG.panel, **self.panel), feeds=(FEED,))

    def is_read(self, at, result=PollResult.UNCHANGED, **state):
        known = FeedState(**{"url": FEED.url, "last_poll": at, "last_success": at, "last_new": at, **state})
        with Store.open(self.data / ARCHIVE) as store:
            store.feeds.save_poll(
                PollOutcome(feed=FEED.url, at=at, result=result, entries=0, new=0), known, ()
            )

    def run(self, at=NOW, *, job=Job.POLL, ok=True, said=DONE, raises=None, reads=True, seconds=2.0):
        if reads:
            self.is_read(at - MINUTE)
        with watched(
            job, ROOT, self.data, self.metrics, "7", clock=lambda: at, patience=QUICK, ping_seconds=seconds
        ) as watch:
            watch.begun(self.config)
            if raises:
                raise raises
            watch.ended(ok, said)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in [name for name in os.environ if name.startswith("MONITOR_")]:
        monkeypatch.delenv(name)
    return Machine(tmp_path)


# ── pings ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pinged(monkeypatch):
    with serve(ANSWERS) as server:
        monkeypatch.setenv("MONITOR_PING_POLL", server.url("/key-of-poll"))
        yield server


def heard(server):
    return [(asked.path, asked.body.decode().partition("\n")[0]) for asked in server.asked]


BEGAN, FAIL = ("/key-of-poll/start", ""), "/key-of-poll/fail"


def test_a_run_that_goes_well_is_heard_of_twice(machine, pinged):
    machine.run()
    assert heard(pinged) == [BEGAN, ("/key-of-poll", f"poll: {DONE}")]
    assert pinged.asked[-1].body.endswith(b"\nRun 7.\n")


@pytest.mark.parametrize(
    "error, said",
    [
        (InputError("No feed is called so.\nNone."), "poll: No feed is called so. None."),
        (StoreError("The archive cannot be used: disk I/O error."), "poll: The archive cannot be used: disk I/O error."),
        (OutputError("The data folder cannot be written."), "poll: The data folder cannot be written."),
        (ZeroDivisionError("of somebody's name"), "poll: a bug (ZeroDivisionError); the details are in monitor.log"),
    ],
)  # fmt: skip
def test_a_run_that_fails_is_heard_of_as_such_and_fails_as_ever(machine, pinged, error, said):
    with pytest.raises(type(error)):
        machine.run(raises=error)
    assert heard(pinged) == [BEGAN, (FAIL, said)]


def test_a_run_that_ends_with_another_exit_code_than_0_is_heard_of_as_failed(machine, pinged):
    machine.run(ok=False, said="Every feed failed alike.")
    assert heard(pinged) == [BEGAN, (FAIL, "poll: Every feed failed alike.")]


@pytest.mark.parametrize("stop", [Busy("at work"), KeyboardInterrupt(), Terminated()])
def test_a_run_that_is_stopped_or_finds_another_says_nothing_more(machine, pinged, stop):
    with pytest.raises(type(stop)):
        machine.run(raises=stop)
    assert heard(pinged) in ([BEGAN], [])  # nobody waits for the first
    assert not machine.metrics.exists()


def test_a_run_that_goes_well_over_a_dead_collector_is_heard_of_as_failed(machine, pinged):
    """The first test of all: the machine polls, and nothing comes."""
    for hours in range(0, 48, 6):
        failed = {"last_success": NOW, "last_failure": "HTTP 403", "failures": 4.0}
        machine.is_read(NOW + hours * HOUR, PollResult.FAILED if hours else PollResult.UNCHANGED, **failed)
    machine.run(NOW + 48 * HOUR, reads=False)
    assert heard(pinged)[1][0] == FAIL
    assert heard(pinged)[1][1].startswith(f"poll: {DONE} Needs a person: no feed was read since ")


def test_a_need_that_is_anothers_to_tell_leaves_the_ping_as_it_is(machine, pinged):
    machine.panel["meetings"] = ()
    machine.run()
    assert heard(pinged)[1][0] == "/key-of-poll"


def test_mail_that_does_not_get_through_is_told_by_the_weekly_ping_though_the_run_goes_well(
    machine, monkeypatch
):
    machine.mailed(free_port())
    machine.panel["deliver_to"] = DeliverTo.E_MAIL
    machine.is_read(NOW)
    lost = Message(
        id="<1@desk.example>",
        edition=1,
        composed=NOW - 3 * DAY,
        content=b"",
        state=MessageState.UNSURE,
        doubts=2,
    )
    with Store.open(machine.data / ARCHIVE) as store, store.archive.transaction() as db:
        db.execute(
            "INSERT INTO messages (id, edition, composed, content, state, detail, doubts) "
            "VALUES (?, 1, ?, x'', 'unsure', 'the connection was lost', 2)",
            (lost.id, lost.composed.isoformat(timespec="microseconds")),
        )
    with serve({"/w/start": Answer(b""), "/w/fail": Answer(b""), "/w": Answer(b"")}) as server:
        monkeypatch.setenv("MONITOR_PING_WEEKLY", server.url("/w"))
        machine.run(job=Job.WEEKLY, said="The draft is made already.")
    path, said = heard(server)[1]
    assert path == "/w/fail"
    assert "the e-mail of draft 1 is unsure: the connection was lost" in said


def test_each_job_has_an_address_of_its_own(machine, pinged):
    machine.run(job=Job.WEEKLY)
    assert heard(pinged) == []


@pytest.mark.parametrize("answer", [Answer(b"", delay=3), Answer(b"", 500), Answer(b"", 404)])
def test_whatever_becomes_of_a_ping_the_run_is_not_kept_and_no_log_holds_the_address(
    machine, pinged, answer, caplog
):
    caplog.set_level(logging.DEBUG)
    pinged.answers = {path: answer for path in ANSWERS}
    machine.is_read(NOW)
    began = time.monotonic()
    machine.run(reads=False, seconds=0.2)
    assert time.monotonic() - began < 2
    troubles = [record for record in caplog.records if "was not taken" in record.getMessage()]
    assert troubles
    assert (answer.status == 404) == any(record.levelno == logging.WARNING for record in troubles)
    assert "key-of-poll" not in caplog.text


def test_an_address_that_is_none_is_logged_without_it_and_the_run_goes_on(machine, monkeypatch, caplog):
    monkeypatch.setenv("MONITOR_PING_POLL", "hc-ping.com/key-of-poll")
    machine.run()
    assert "MONITOR_PING_POLL does not begin with https://" in caplog.text
    assert "key-of-poll" not in caplog.text


def test_no_secret_goes_with_a_ping(machine, pinged, monkeypatch):
    monkeypatch.setenv("MONITOR_PROXY", "")
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "correct horse")
    said = f"correct horse at {pinged.url('/key-of-poll')} by http://bob:hunter2@proxy.example:3128"
    machine.run(ok=False, said=said)
    assert heard(pinged)[1][1] == (
        "poll: [struck out] at [struck out] by http://[struck out]@proxy.example:3128"
    )


def test_whose_mailbox_is_wrong_is_not_told_to_whoever_is_pinged(machine, pinged):
    machine.run(ok=False, said="Draft 1 was not sent: relay.example says “550 unknown” to o@desk.example.")
    assert heard(pinged)[1][1] == (
        "poll: Draft 1 was not sent: relay.example says “550 unknown” to [a mailbox]."
    )


# ── the e-mail ──────────────────────────────────────────────────────────────────────────────────────────────────


def told(relay):
    """Of each e-mail: its subject, without what all of them begin with, and what it names."""
    return [
        (
            message["Subject"].removeprefix("Topical Issues monitor: "),
            [line[2:40] for line in message.get_content().splitlines() if line.startswith("- ")],
        )
        for message in relay.messages
    ]


NO_MEETING = ("1 thing needs a person", ["No coming meeting is known. Add its da"])
ALL_CLEAR = ("all clear", ["No coming meeting is known. Add its da"])


def test_the_operator_alone_is_mailed_once_a_week_and_when_it_is_over(machine):
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.run()
        assert relay.taken == []
        machine.panel["meetings"] = ()
        for hours in range(0, 24 * 8, 12):
            machine.run(NOW + hours * HOUR)
        assert told(relay) == [NO_MEETING, NO_MEETING]
        machine.panel["meetings"] = MEETINGS
        machine.run(NOW + 9 * DAY)
        machine.run(NOW + 9 * DAY + MINUTE)
        assert told(relay)[2:] == [ALL_CLEAR]
        assert {recipients for _, recipients, _ in relay.taken} == {("operator@desk.example",)}


def test_a_relay_that_is_down_fails_no_run_and_is_asked_again_after_an_hour(machine, caplog):
    machine.mailed(port := free_port())
    machine.panel["meetings"] = ()
    machine.run()
    assert "The operator was not mailed: 127.0.0.1:" in caplog.text
    caplog.clear()
    for minutes in range(5, 60, 5):
        machine.run(NOW + minutes * MINUTE)
    assert caplog.text == ""
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.run(NOW + HOUR)
        machine.run(NOW + 2 * HOUR)
        assert told(relay) == [NO_MEETING]
    assert port


def test_a_relay_that_breaks_off_gets_it_twice_and_no_more_under_one_id(machine):
    machine.panel["meetings"] = ()
    with serve_relay(breaks_off=True) as relay:
        machine.mailed(relay.port)
        for hours in range(6):
            machine.run(NOW + hours * HOUR)
        assert len(relay.messages) == 2
        assert len({message["Message-ID"] for message in relay.messages}) == 1


def test_without_a_relay_it_is_a_file_in_the_folder(machine):
    machine.mailed(None, eml_folder="outbox")
    machine.panel["meetings"] = ()
    machine.run()
    (file,) = (machine.data / "outbox").iterdir()
    assert file.suffix == ".eml"
    assert b"To: operator@desk.example" in file.read_bytes()


def test_two_runs_that_end_together_tell_it_once(machine):
    machine.panel["meetings"] = ()
    with serve_relay(delay=0.2) as relay:
        machine.mailed(relay.port)
        machine.is_read(NOW)
        runs = [
            threading.Thread(target=machine.run, kwargs={"job": job, "reads": False})
            for job in (Job.POLL, Job.WEEKLY, Job.POLL)
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert told(relay) == [NO_MEETING]


def test_where_the_archive_bears_moments_of_the_future_that_is_told_and_no_other_trouble(machine):
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.is_read(NOW + 40 * DAY)
        for hours in range(3):
            machine.run(NOW + hours * HOUR, reads=False)
        assert [subject for subject, _ in told(relay)] == ["1 thing needs a person"]
        assert told(relay)[0][1][0].startswith("The clock was ahead")


def test_no_secret_goes_with_the_e_mail(machine):
    machine.is_read(NOW - 5 * DAY)
    secret = "proxy http://bob:hunter2@proxy.example:3128 refused"
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.is_read(NOW, last_success=NOW - 5 * DAY, last_failure=secret, failures=9.0)
        machine.run(reads=False)
        (message,) = relay.messages
    assert "http://[struck out]@proxy.example:3128 refused" in message.get_content().replace("\r\n", " ")
    assert b"hunter2" not in relay.taken[0][2]


# ── where the archive or the YAML cannot be used ────────────────────────────────────────────────────────────────


def damage(machine):
    for part in machine.data.glob(f"{ARCHIVE}-*"):
        part.unlink()
    kept = (machine.data / ARCHIVE).read_bytes()
    (machine.data / ARCHIVE).write_bytes(b"\xde\xad\xbe\xef" * 4096)
    return kept


def opened(machine):
    """The error with which a run ends that cannot open the archive."""
    with pytest.raises(StoreError) as found, Store.open(machine.data / ARCHIVE):
        pass
    return found.value


def test_a_damaged_archive_is_told_by_every_way_once_and_so_is_its_end(machine, pinged):
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.run()
        kept = damage(machine)
        for hours in range(3):
            with pytest.raises(StoreError):
                machine.run(NOW + hours * HOUR, raises=opened(machine), reads=False)
        assert [path for path, _ in heard(pinged)][2:] == [BEGAN[0], FAIL] * 3
        assert told(relay) == [("1 thing needs a person", ["The archive cannot be used, so no job "])]
        figures = read(machine.metrics.read_text("utf-8"))
        assert (figures["archive_readable"], figures['needs{kind="archive-unreadable"}']) == (0, 1)
        (machine.data / ARCHIVE).write_bytes(kept)
        machine.run(NOW + 4 * HOUR)
        machine.run(NOW + 5 * HOUR)
        assert told(relay)[1:] == [("all clear", ["The archive cannot be used, so no job "])]
        assert read(machine.metrics.read_text("utf-8"))["archive_readable"] == 1


def test_an_archive_that_can_be_read_and_not_written_is_told_and_the_run_is_a_bad_one(machine, pinged):
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.run()
        with sqlite3.connect(machine.data / ARCHIVE) as direct:
            direct.execute(
                "CREATE TRIGGER full BEFORE INSERT ON told BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
            )
        direct.close()
        machine.panel["meetings"] = ()
        machine.run(NOW + HOUR)
        machine.run(NOW + 2 * HOUR)
        assert told(relay) == [("1 thing needs a person", ["The archive cannot be used, so no job "])]
        assert "disk is full" in relay.messages[0].get_content()
        assert heard(pinged)[3][0] == FAIL


def test_an_archive_that_is_gone_is_told_where_the_run_says_so_and_a_first_run_that_fails_is_no_such(
    machine, pinged
):
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.run()
        for part in machine.data.glob(f"{ARCHIVE}*"):
            part.unlink()
        with pytest.raises(InputError):
            machine.run(raises=InputError("MONITOR_PROXY holds no address."), reads=False)
        assert relay.taken == []
        with pytest.raises(StoreError):
            machine.run(raises=StoreError("The archive is gone: restore it."), reads=False)
        assert "The archive is gone: restore it." in relay.messages[0].get_content()
        assert not (machine.data / ARCHIVE).exists()


def test_an_archive_that_is_empty_is_told_and_stays_so(machine, pinged):
    """To tell of it must not make a new one, which the next run would take for the archive."""
    with serve_relay() as relay:
        machine.mailed(relay.port)
        machine.run()
        for part in machine.data.glob(f"{ARCHIVE}-*"):
            part.unlink()
        (machine.data / ARCHIVE).write_bytes(b"")
        for _ in range(2):
            with pytest.raises(ArchiveLost):
                machine.run(raises=ArchiveLost("The archive is empty: restore it."), reads=False)
        assert "The archive is empty: restore it." in relay.messages[0].get_content()
        assert [path for path, _ in heard(pinged)][2:] == [BEGAN[0], FAIL] * 2
        assert (machine.data / ARCHIVE).stat().st_size == 0


@pytest.mark.slow
def test_where_nothing_can_be_remembered_the_operator_is_mailed_once_a_day(machine, monkeypatch):
    def full(self, decide):
        decide(())
        raise OutputError("What the operator was told can be written nowhere.")

    monkeypatch.setattr("monitor.app.beside.Beside.change", full)
    with serve_relay() as relay:
        machine.mailed(relay.port)
        damage(machine)
        for hours in range(48):
            for job in (Job.POLL, Job.WEEKLY):
                with pytest.raises(StoreError):
                    machine.run(NOW + hours * HOUR, job=job, raises=opened(machine), reads=False)
        assert len(relay.taken) == 2


def test_yaml_that_cannot_be_read_is_told_after_an_hour_where_panel_yaml_can(machine, pinged, tmp_path):
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "feeds.yaml").write_text("feeds: [\n")
    panel = (ROOT / "panel.yaml").read_text("utf-8")
    head = panel[: panel.index("  # mail:")]
    with serve_relay() as relay:
        (folder / "panel.yaml").write_text(
            f"{head}  operator: operator@desk.example\n  mail: {{from: m@desk.example, recipients: [o@desk.example], "
            f"host: 127.0.0.1, port: {relay.port}, starttls: false}}\n"
        )
        for minutes in (0, 30, 60, 90):
            with (
                pytest.raises(Exception, match="feeds.yaml"),
                watched(
                    Job.POLL, folder, machine.data, clock=lambda at=NOW + minutes * MINUTE: at, patience=QUICK
                ),
            ):
                read_config(folder)
        assert [path for path, _ in heard(pinged)] == [FAIL] * 4
        assert told(relay) == [("1 thing needs a person", ["The YAML files cannot be read, so no j"])]
        machine.panel |= {"meetings": MEETINGS}
        machine.mailed(relay.port)
        machine.run(NOW + 2 * HOUR)
        assert told(relay)[1:] == [("all clear", ["The YAML files cannot be read, so no j"])]


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_figures_are_replaced_in_one_step_and_anybody_may_read_them(machine):
    mask = os.umask(0o077)
    try:
        machine.run()
        before = machine.metrics.stat()
        machine.run(NOW + MINUTE)
    finally:
        os.umask(mask)
    after = machine.metrics.stat()
    assert before.st_ino != after.st_ino
    assert after.st_mode & 0o777 == 0o644
    assert [file.name for file in machine.metrics.parent.glob("*topical*")] == [machine.metrics.name]
    figures = read(machine.metrics.read_text("utf-8"))
    assert figures["written_timestamp_seconds"] == (NOW + MINUTE).timestamp()
    assert figures['feeds{state="on"}'] == 1
    assert figures["archive_bytes"] > 4096
    assert figures['needs{kind="no-meeting"}'] == 0


def test_figures_that_cannot_be_written_fail_no_run(machine, caplog):
    machine.metrics = machine.metrics.parent / "missing" / "x.prom"
    machine.run()
    assert "The figures could not be written" in caplog.text


def test_where_nobody_is_told_nothing_is_worked_out(machine, monkeypatch):
    machine.metrics = None
    monkeypatch.setattr("monitor.app.telling.standing", None)
    machine.run()


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_check_says_which_ways_are_on(tmp_path):
    (tmp_path / "ping").write_text("https://hc-ping.com/abc\n")
    environment = {
        "MONITOR_PING_POLL_FILE": str(tmp_path / "ping"),
        "MONITOR_PING_WEEKLY": "https://hc-ping.com/def",
    }
    assert understood(tmp_path / "x.prom", environment) == (
        "Pinged when it begins and ends: poll, weekly",
        f"Figures for Prometheus go to: {tmp_path / 'x.prom'}",
    )
    assert understood(None, {}) == ()


def test_the_command_check_looks_at_them_too(monkeypatch, capsys):
    monkeypatch.setenv("MONITOR_PING_POLL", "hc-ping.com/secret")
    assert main(["--config", str(ROOT), "check"]) == 1
    assert capsys.readouterr().err.startswith(
        "The environment variable MONITOR_PING_POLL does not begin with https://"
    )


def test_check_names_every_mistake_and_no_secret(tmp_path):
    environment = {
        "MONITOR_PING_POLL": "hc-ping.com/secret",
        "MONITOR_PING_WEEKLY_FILE": str(tmp_path / "missing"),
        "MONITOR_PING_WEEKLEY": "https://hc-ping.com/secret",
    }
    with pytest.raises(InputError) as found:
        understood(tmp_path / "missing" / "x.txt", environment)
    lines = str(found.value).splitlines()
    assert [line[: line.index(":") if ":" in line else None][:70] for line in lines] == [
        "The environment variable MONITOR_PING_POLL does not begin with https",
        f"MONITOR_PING_WEEKLY_FILE names {tmp_path / 'missing'}, which cannot be read"[:70],
        "The environment variable MONITOR_PING_WEEKLEY is of no job",
        f"--metrics (MONITOR_METRICS) names {tmp_path / 'missing' / 'x.txt'}, and node_exporter reads"[:70],
        f"--metrics (MONITOR_METRICS) names {tmp_path / 'missing' / 'x.txt'}, and there is no folder"[:70],
    ]
    assert "secret" not in str(found.value)
