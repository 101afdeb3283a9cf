"""Nothing waits for mail but mail: while a relay takes its time polls and drafts go on, and a second weekly run
sends nothing. And what a relay takes is written down, also when the run is asked to stop meanwhile."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from loopback import serve_raw
from relay import free_port, serve_relay
from where import ROOT

from monitor.app.deliveries import deliver, undelivered
from monitor.app.locks import Work, alone
from monitor.app.unbroken import unbroken
from monitor.app.weekly import draft_and_deliver
from monitor.app.workspace import ARCHIVE, Workspace, recorded
from monitor.cli.stopping import Terminated, stopping
from monitor.config.folder import read_config
from monitor.errors import Busy
from monitor.reporting.delivery.mail import Patience
from monitor.settings import DeliverTo, Mail, Relay
from monitor.store import Store
from monitor.store.owner import insert_into

CONFIG = replace(read_config(ROOT), feeds=())
HOUR = timedelta(hours=1)


@contextmanager
def open_office(data, port):
    mail = Mail(
        sender="m@desk.example",
        recipients=("o@desk.example",),
        relay=Relay(host="127.0.0.1", port=port, starttls=False),
    )
    panel = replace(CONFIG.panel, deliver_to=DeliverTo.E_MAIL, mail=mail)
    with Store.open(data / ARCHIVE) as store:
        yield Workspace(replace(CONFIG, panel=panel), store, data, ROOT)


PATIENT = Patience()


def week(data, port, now=NOW, patience=PATIENT):
    with open_office(data, port) as workspace:
        return draft_and_deliver(workspace, lambda: now, lambda *_: None, patience)


def until(is_so):
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, "it never came to it"
        time.sleep(0.01)


def state_of(data):
    with Store.open(data / ARCHIVE) as store:
        return [message.state.value for message in store.editions.messages()]


def test_while_a_relay_takes_its_time_all_else_goes_on_and_nothing_is_sent_twice(tmp_path):
    asked, answers = threading.Event(), threading.Event()

    def thinks(connection):
        asked.set()
        answers.wait(60)
        connection.sendall(b"421 not today\r\n")

    with serve_raw(thinks) as port, ThreadPoolExecutor(1) as other:
        first = other.submit(week, tmp_path, port)
        assert asked.wait(60)
        try:
            for work in (Work.POLL, Work.DRAFT, Work.LEARN):
                with alone(tmp_path, work):
                    pass
            with open_office(tmp_path, port) as workspace:
                began = time.monotonic()
                with recorded(workspace.store, "poll", lambda: NOW):
                    assert workspace.store.runs.last_success("weekly report") == NOW
                assert time.monotonic() - began < 5  # SQLite would wait for half a minute
                with pytest.raises(Busy):
                    draft_and_deliver(workspace, lambda: NOW + HOUR, lambda *_: None)
                assert len(workspace.store.editions.all()) == 1
        finally:
            answers.set()
        assert "421 not today" in first.result().failures[0]


def test_a_second_weekly_run_beside_a_slow_relay_sends_nothing_twice(tmp_path):
    answers = threading.Event()
    with serve_relay(waits_for=answers) as relay, ThreadPoolExecutor(1) as other:
        first = other.submit(week, tmp_path, relay.port)
        try:
            until(lambda: (tmp_path / ARCHIVE).exists() and state_of(tmp_path) == ["unsure"])
            with pytest.raises(Busy):
                deliver_again(tmp_path, relay.port, NOW + HOUR)
        finally:
            answers.set()
        assert first.result().failures == ()
        deliver_again(tmp_path, relay.port, NOW + 2 * HOUR)
    assert len(relay.taken) == 1


def deliver_again(data, port, now):
    with open_office(data, port) as workspace:
        return deliver(workspace, lambda: now)


@pytest.mark.slow
def test_all_that_waits_is_tried_for_so_long_and_the_rest_by_the_next_run(tmp_path):
    """Five weeks' messages, and a relay that says nothing to each."""
    asked = []

    def drips(connection):
        asked.append(connection)
        while True:
            connection.sendall(b"220-welcome\r\n")
            time.sleep(0.02)

    week(tmp_path, free_port())
    with serve_raw(drips) as port, open_office(tmp_path, port) as workspace:
        for number in range(2, 6):
            kept(workspace.store, number)
        began = time.monotonic()
        done = deliver(workspace, lambda: NOW, Patience(step=9, talk=0.3, taking=0.1, whole=0.8))
        assert time.monotonic() - began < 5
    assert 1 <= len(asked) <= 3 and len(done.failures) == len(asked)
    assert state_of(tmp_path) == ["composed"] * 5


def kept(store, number):
    with store.archive.transaction() as db:
        row = dict(store.archive.read("SELECT * FROM messages")[0])
        other = {**row, "id": f"<{number}@desk.example>", "edition": number}
        db.execute(insert_into("messages", other), other)


def test_what_is_undelivered_after_two_days_is_a_need(tmp_path):
    with serve_relay(breaks_off=True) as relay:
        for hour in (0, 1, 4, 12, 24, 48):
            week(tmp_path, relay.port, NOW + hour * HOUR)
        with open_office(tmp_path, relay.port) as workspace:
            (need,) = undelivered(workspace, NOW + 49 * HOUR)
    assert len({message["Message-ID"] for message in relay.messages}) == 1 and len(relay.messages) == 6
    assert need.startswith(
        "the e-mail of draft 1 is unsure: the connection was lost after the message was handed"
    )


# ── stopped while a message is handed over ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=["kill", "Ctrl-C"])
@pytest.mark.parametrize(
    "delay, parting, stands",
    [pytest.param(0.1, 5.0, "sent", id="answers"), pytest.param(60, 0.2, "unsure", id="does not")],
)
def test_a_run_that_is_stopped_while_the_relay_has_the_message_knows_what_came_of_it(
    tmp_path, monkeypatch, sent, delay, parting, stands
):
    monkeypatch.setattr("monitor.reporting.delivery.line.PARTING", parting)

    def stop():
        until(lambda: (tmp_path / ARCHIVE).exists() and state_of(tmp_path) == ["unsure"])
        os.kill(os.getpid(), sent)

    with serve_relay(delay=delay) as relay, ThreadPoolExecutor(1) as other:
        other_thread = other.submit(stop)
        with stopping(), pytest.raises(KeyboardInterrupt) as by:
            week(tmp_path, relay.port)
        other_thread.result()
        assert isinstance(by.value, Terminated) == (sent == signal.SIGTERM)
        assert state_of(tmp_path) == [stands]
        if stands == "sent":
            week(tmp_path, relay.port, NOW + HOUR)
            assert len(relay.taken) == 1


def test_what_was_held_back_is_heard_at_the_end():
    """Also where it is sent again, as `cli/stopping.py` does until it is heard."""
    told = []
    with pytest.raises(KeyboardInterrupt), unbroken(lambda: told.append("hurry")):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        told.append("went on")
    assert told == ["hurry", "went on"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_on_other_threads_there_is_nothing_to_hold_back():
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: unbroken(lambda: None).__enter__()).result()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
