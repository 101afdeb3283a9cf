"""Weekly runs that end in an e-mail, against real relays: whatever a relay does, the draft is on disk, it is known how
its message stands, and the next run delivers it, once."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from relay import free_port, serve_relay
from where import ROOT

from monitor.app.weekly import draft_and_deliver
from monitor.app.workspace import Workspace
from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.config.folder import read_config
from monitor.reporting.delivery.mail import Patience
from monitor.reporting.delivery.state import needs_of, waiting
from monitor.settings import DeliverTo, Mail, Relay
from monitor.store.runs import Runs

CONFIG = read_config(ROOT)
QUICK = Patience(step=1, taking=0.4)
HOUR = timedelta(hours=1)
DRAFT = ["topical-issues-draft-1" + ending for ending in (".docx", "-notes.docx")]


class Office:
    """An archive whose drafts are mailed, and its weekly run."""

    def __init__(self, store, folder):
        self.store, self.folder = store, folder
        self.mail = Mail(sender="m@desk.example", recipients=("o@desk.example",))

    def week(self, port=None, *, now=NOW, **mail):
        relay = {"relay": Relay(host="127.0.0.1", port=port, starttls=False)} if port else {}
        panel = replace(CONFIG.panel, deliver_to=DeliverTo.E_MAIL, mail=replace(self.mail, **relay, **mail))
        workspace = Workspace(replace(CONFIG, panel=panel, feeds=()), self.store, self.folder, ROOT)
        return draft_and_deliver(workspace, lambda: now, lambda *_: None, QUICK)

    @property
    def stands(self):
        return [(message.edition, message.state.value) for message in self.store.editions.messages()]


@pytest.fixture
def office(store, tmp_path):
    return Office(store, tmp_path / "data")


@pytest.mark.on_both
def test_the_weekly_draft_is_mailed_once(office):
    with serve_relay() as relay:
        done = office.week(relay.port)
        assert (done.lines[-1], done.failures) == ("Draft 1 was sent: to o@desk.example.", ())
        again = office.week(relay.port, now=NOW + timedelta(hours=1))
        assert again.lines == ("The draft of Monday 16 November 2026, 07:00 is made already.",)
    (message,) = relay.messages
    assert [part.get_filename() for part in message.iter_attachments()] == DRAFT
    on_disk = {path.name: path.read_bytes() for path in (office.folder / "drafts").rglob("*.docx")}
    assert {part.get_filename(): part.get_content() for part in message.iter_attachments()} == on_disk
    assert office.stands == [(1, "sent")]


@pytest.mark.on_both
@pytest.mark.parametrize(
    "habits, stands, said",
    [
        pytest.param(None, "composed", "was not sent: 127.0.0.1:PORT: Connection refused.", id="down"),
        pytest.param({"takes": False}, "refused", "was not sent: 127.0.0.1:PORT says “554", id="refusing"),
        pytest.param(
            {"refuses": ("o@desk.example",)},
            "refused",
            "says “550 no such mailbox” to o@desk.example. It is kept",
            id="refusing the recipient",
        ),
        pytest.param(
            {"delay": 1.2, "keeps": False},
            "unsure",
            "may or may not have been sent: no answer in time",
            id="slow",
        ),
        pytest.param(
            {"breaks_off": True, "keeps": False},
            "unsure",
            "may or may not have been sent: the connection was lost after",
            id="dropping after DATA",
        ),
    ],
)
def test_whatever_the_relay_does_the_next_run_delivers_once(office, habits, stands, said):
    port = free_port()
    if habits is None:
        done = office.week(port)
    else:
        with serve_relay(**habits) as relay:
            port = relay.port
            done = office.week(port)
            assert relay.taken == []
    (failure,) = done.failures
    assert said in failure.replace(f"127.0.0.1:{port}", "127.0.0.1:PORT")
    assert office.stands == [(1, stands)]
    assert {path.name for path in (office.folder / "drafts").rglob("*.docx")} == set(DRAFT)
    (before,) = office.store.editions.messages()
    with serve_relay() as relay:
        done = office.week(relay.port, now=NOW + timedelta(hours=1))
        assert (done.lines[-1], done.failures) == ("Draft 1 was sent: to o@desk.example.", ())
        office.week(relay.port, now=NOW + timedelta(hours=2))
    (message,) = relay.messages
    assert message["Message-ID"] == before.id
    assert office.stands == [(1, "sent")]
    assert len(office.store.editions.all()) == 1


@pytest.mark.on_both
@pytest.mark.slow
def test_a_relay_that_always_breaks_off_gets_it_over_two_days_and_no_more(office):
    tried_at, said = [], []
    with serve_relay(breaks_off=True) as relay:
        for hour in (*range(6), *range(10, 60, 2), 100):
            before = len(relay.taken)
            said += office.week(relay.port, now=NOW + hour * HOUR).failures
            tried_at += [hour] * (len(relay.taken) - before)
        assert len({message["Message-ID"] for message in relay.messages}) == 1
    assert tried_at == [0, 1, 4, 12, 24, 48], said
    assert office.stands == [(1, "unsure")]
    (need,) = needs_of(office.store.editions.messages(), NOW + 49 * HOUR)
    assert need.startswith("the e-mail of draft 1 is unsure: the connection was lost after the message was")


@pytest.mark.on_both
def test_a_recipient_that_is_refused_is_said_and_stored_and_the_others_get_one(office):
    with serve_relay(refuses=("p@desk.example",)) as relay:
        done = office.week(relay.port, recipients=("o@desk.example", "p@desk.example"))
        office.week(relay.port, now=NOW + timedelta(hours=1), recipients=("o@desk.example", "p@desk.example"))
    assert done.failures == (
        "Draft 1 was sent to some only: to o@desk.example, but not to p@desk.example: “550 no such mailbox”. "
        "Forward it to the others.",
    )
    assert [recipients for _, recipients, _ in relay.taken] == [("o@desk.example",)]
    assert office.stands == [(1, "partly refused")]
    assert "p@desk.example: “550" in office.store.editions.messages()[0].detail


BOTH = ("o@desk.example", "p@desk.example")


def test_who_is_refused_for_the_moment_is_tried_alone_until_it_is_taken(office):
    """Greylisting: nobody who has it is named again, and the message stays the same."""
    with serve_relay(not_now=("p@desk.example",)) as relay:
        first = office.week(relay.port, recipients=BOTH)
        assert first.failures == (
            "Draft 1 was sent to some only: to o@desk.example, not yet to p@desk.example: "
            "“451 4.2.1 greylisted, try again later”. The next run tries the others again.",
        )
        assert office.stands == [(1, "partly sent")]
        office.week(relay.port, now=NOW + HOUR, recipients=BOTH)
        assert office.stands == [(1, "partly sent")]
        assert next(iter(waiting(office.store.editions.messages(), NOW + HOUR))).startswith(
            f"the e-mail of draft 1 is partly sent: 127.0.0.1:{relay.port} says “451 4.2.1 greylisted"
        )
        relay.habits.not_now = ()
        third = office.week(relay.port, now=NOW + 2 * HOUR, recipients=BOTH)
        assert third.lines[-1] == "Draft 1 was sent: to o@desk.example, p@desk.example."
        office.week(relay.port, now=NOW + 3 * HOUR, recipients=BOTH)
    assert [recipients for _, recipients, _ in relay.taken] == [("o@desk.example",), ("p@desk.example",)]
    assert len({message["Message-ID"] for message in relay.messages}) == 1
    assert office.stands == [(1, "sent")]
    assert office.store.editions.messages()[0].content == b""


@pytest.mark.parametrize(
    "change, stands, taken",
    [
        pytest.param({"breaks_off": True}, "unsure", 2, id="dropping after DATA: not in the next hours"),
        pytest.param({"refuses": ("p@desk.example",)}, "partly refused", 1, id="refused for good"),
        pytest.param({"takes": False}, "partly sent", 1, id="refusing the message"),
        pytest.param(None, "partly sent", 1, id="down"),
    ],
)
def test_whatever_comes_next_nobody_who_has_it_gets_it_again(office, change, stands, taken):
    with serve_relay(not_now=("p@desk.example",)) as relay:
        office.week(relay.port, recipients=BOTH)
        relay.habits.not_now = ()
        for name, value in (change or {}).items():
            setattr(relay.habits, name, value)
        for hours in (1, 1.5, 1.7):
            port = relay.port if change is not None else free_port()
            office.week(port, now=NOW + hours * HOUR, recipients=BOTH)
    assert office.stands == [(1, stands)]
    names = [recipients for _, recipients, _ in relay.taken]
    assert names == [("o@desk.example",), *[("p@desk.example",)] * (taken - 1)]


def test_who_is_no_longer_named_is_no_longer_tried(office):
    with serve_relay(not_now=("p@desk.example",)) as relay:
        office.week(relay.port, recipients=BOTH)
        office.week(relay.port, now=NOW + HOUR, recipients=("o@desk.example", "new@desk.example"))
    assert [recipients for _, recipients, _ in relay.taken] == [("o@desk.example",)]
    assert office.stands == [(1, "sent")]


def test_after_five_days_a_person_is_told_to_forward_it(office):
    with serve_relay(not_now=("p@desk.example",)) as relay:
        for days in (0, 4, 5):
            done = office.week(relay.port, now=NOW + timedelta(days=days), recipients=BOTH)
    assert done.failures == (
        "Draft 1 was sent to some only: to o@desk.example, but not to p@desk.example: "
        "“451 4.2.1 greylisted, try again later”, for 5 days. Forward it to the others.",
    )
    assert office.stands == [(1, "partly refused")]
    assert len(list(needs_of(office.store.editions.messages(), NOW + timedelta(days=5)))) == 1


def test_a_mended_address_takes_effect_on_what_was_kept(office):
    with serve_relay(refuses=("typo@desk.example",)) as relay:
        office.week(relay.port, recipients=("typo@desk.example",))
        office.week(relay.port, now=NOW + timedelta(hours=1), recipients=("O. Fficer <o@desk.example>",))
    ((_, recipients, _),), (message,) = relay.taken, relay.messages
    assert (recipients, message["To"]) == (("o@desk.example",), '"O. Fficer" <o@desk.example>')


@pytest.mark.on_both
def test_two_weeks_without_a_relay_are_made_good_in_order(office):
    for week in range(2):
        office.week(free_port(), now=NOW + timedelta(days=7 * week))
    assert office.stands == [(1, "composed"), (2, "composed")]
    with serve_relay() as relay:
        office.week(relay.port, now=NOW + timedelta(days=7, hours=1))
    assert [message["Subject"].split(": ")[1] for message in relay.messages] == [
        "draft 1, 0 stories",
        "draft 2, 0 stories",
    ]


# ── killed in the middle ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.on_both
def test_a_run_killed_after_its_draft_was_kept_makes_no_second_one(office, monkeypatch):
    with serve_relay() as relay:
        with monkeypatch.context() as killed:
            killed.setattr(Runs, "record", interrupted)
            with pytest.raises(KeyboardInterrupt):
                office.week(relay.port)
        assert (office.stands, relay.taken) == ([(1, "composed")], [])
        office.week(relay.port, now=NOW + timedelta(hours=1))
    assert office.stands == [(1, "sent")]
    assert (len(relay.messages), len(office.store.editions.all())) == (1, 1)


@pytest.mark.parametrize(
    "killed_in, stands",
    [
        pytest.param("_name_addresses", "composed", id="before the message went: nobody has it"),
        pytest.param("_hand_over", "unsure", id="while it went"),
    ],
)
def test_a_run_killed_while_sending_is_in_doubt_only_from_the_first_byte_on(
    office, monkeypatch, killed_in, stands
):
    with serve_relay() as relay:
        with monkeypatch.context() as killed:
            killed.setattr(f"monitor.reporting.delivery.mail.{killed_in}", interrupted)
            with pytest.raises(KeyboardInterrupt):
                office.week(relay.port)
        assert office.stands == [(1, stands)]
        office.week(relay.port, now=NOW + HOUR)
    assert (office.stands, len(relay.messages)) == ([(1, "sent")], 1)


def interrupted(*_, **__):
    raise KeyboardInterrupt


# ── other ways out ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_of_messages_instead_of_a_relay(office):
    done = office.week(eml_folder="outbox")
    (file,) = (office.folder / "outbox").iterdir()
    assert done.lines[-1] == f"Draft 1 was sent: put into {file}."
    assert file.name == "topical-issues.1.20261116T070000.000000.eml"
    assert b"Message-ID: <topical-issues.1.20261116T070000.000000@desk.example>" in file.read_bytes()
    office.week(eml_folder="outbox", now=NOW + timedelta(hours=1))
    assert list((office.folder / "outbox").iterdir()) == [file]


def test_delivery_to_a_folder_composes_nothing(office):
    workspace = Workspace(replace(CONFIG, feeds=()), office.store, office.folder, ROOT)
    done = draft_and_deliver(workspace, lambda: NOW, lambda *_: None)
    assert (office.stands, done.failures) == ([], ())


# ── secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "environment, detail",
    [
        ({"MONITOR_SMTP_USER": "desk"}, "MONITOR_SMTP_USER has no password with it in MONITOR_SMTP_PASSWORD"),
        (
            {"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD_FILE": "/nowhere/secret"},
            "MONITOR_SMTP_USER has its password in /nowhere/secret, which cannot be read: No such file or directory",
        ),
        (
            {"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD": "correct horse"},
            "a password is never sent without STARTTLS: set `starttls: true`, or take the log-in away",
        ),
    ],
)
def test_a_login_that_cannot_be_used_is_said_and_nothing_is_lost(office, monkeypatch, environment, detail):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with serve_relay() as relay:
        done = office.week(relay.port)
    assert relay.taken == []
    assert done.failures == (f"Draft 1 was not sent: {detail}. It is kept, and the next run tries again.",)


def test_no_secret_is_in_archive_log_or_message(office, monkeypatch, tmp_path, caplog):
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n")
    monkeypatch.setenv("MONITOR_SMTP_USER", "stableboy")
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD_FILE", str(secret))
    caplog.set_level("DEBUG")
    with serve_relay() as relay:
        done = office.week(relay.port)
    secret.unlink()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    said = " ".join((*done.lines, *done.failures, caplog.text))
    for word in ("correct horse", "stableboy"):
        assert word.encode() not in written and word not in said


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)'}\n"
        "feeds: [{name: Nobody, url: 'http://127.0.0.1:9/rss', status: paused, reason: a test}]\n"
    )
    write_defaults(folder)
    return folder


def configure(desk, port):
    panel = (ROOT / "panel.yaml").read_text("utf-8").partition("delivery:")[0]
    mail = f"{{from: m@desk.example, recipients: [o@desk.example], host: 127.0.0.1, port: {port}, starttls: false}}"
    (desk / "panel.yaml").write_text(f"{panel}delivery:\n  to: both\n  folder: shared\n  mail: {mail}\n")


def test_the_command_ends_with_1_and_a_plain_line_and_status_asks_for_a_person_after_a_day(
    desk, capsys, monkeypatch
):
    port = free_port()
    configure(desk, port)
    assert main(["--config", str(desk), "weekly"]) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1].startswith("Draft 1: 0 stories in")
    assert shown.err == (
        f"Draft 1 was not sent: 127.0.0.1:{port}: Connection refused. It is kept, and the next run tries again.\n"
    )
    assert len(list((desk / "data" / "shared").rglob("*.docx"))) == 2
    assert main(["--config", str(desk), "status"]) == 1
    said = capsys.readouterr().out
    assert (
        f"Waiting: the e-mail of draft 1 is composed: 127.0.0.1:{port}: Connection refused. The next" in said
    )
    assert "Needs a person: the e-mail" not in said
    with sqlite3.connect(desk / "data" / "archive.db") as archive:
        archive.execute("UPDATE messages SET composed = '2026-01-01T00:00:00.000000+00:00'")
    archive.close()
    assert main(["--config", str(desk), "status"]) == 1
    said = capsys.readouterr().out
    assert f"Needs a person: the e-mail of draft 1 is composed: 127.0.0.1:{port}: Connection refused." in said
    assert "Last delivery did not succeed" in said


def test_the_command_sends(desk, capsys):
    with serve_relay() as relay:
        configure(desk, relay.port)
        assert main(["--config", str(desk), "weekly"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Draft 1 was sent: to o@desk.example."
    assert len(relay.messages) == 1


def test_one_mailbox_in_two_spellings_gets_one_mail(office):
    recipients = ("o@desk.example", "Ann Officer <O@Desk.Example>", "p@desk.example", "O@desk.example")
    with serve_relay() as relay:
        done = office.week(relay.port, recipients=recipients)
    assert done.lines[-1] == "Draft 1 was sent: to o@desk.example, p@desk.example."
    ((_, named, _),) = relay.taken
    assert named == ("o@desk.example", "p@desk.example")
    assert relay.messages[0]["To"] == "o@desk.example, p@desk.example"


def test_a_mailbox_that_is_spelt_anew_is_the_one_that_waits(office):
    with serve_relay(not_now=("p@desk.example",)) as relay:
        office.week(relay.port, recipients=("o@desk.example", "p@desk.example"))
        relay.habits.not_now = ()
        later = NOW + timedelta(hours=1)
        office.week(relay.port, now=later, recipients=("O@Desk.Example", "Pat <P@DESK.example>"))
    assert [named for _, named, _ in relay.taken] == [("o@desk.example",), ("p@desk.example",)]
    assert office.stands == [(1, "sent")]
