"""Workers that are killed, or frozen, while they draft and deliver the weeks of two panels: each is drafted once, and its
officer has it once; twice only where a worker died between the relay's last word and the archive's, and then with one id."""

import os
import random
import signal
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import postgres
import psycopg
import pytest
from loopback import serve
from relay import serve_relay
from sidebyside import HANTS, OF_BOTH, OF_HANTS, OF_THAMES, THAMES
from workers import begun_days_ago, drafted_once, fleet, has_read, is_delivered, two_panels

from benchmarks.fleet import until
from monitor.store.server import server_at

__all__ = ["fleet"]

pytestmark = [pytest.mark.postgresql, pytest.mark.unattended]

WANTED = {THAMES: {OF_THAMES[0], OF_BOTH[0]}, HANTS: {OF_HANTS[0], OF_BOTH[0]}}
OF_ITS_OWN = "solent"  # the outlet of Hampshire's own story
HELD = 29  # the number of an advisory lock


@contextmanager
def office(fleet, other_machine=None):
    """Two workers that have read; the second may have a data folder of its own."""
    with serve({}) as outlets, serve_relay() as of_thames, serve_relay() as of_hants:
        relays = {THAMES: of_thames, HANTS: of_hants}
        side = two_panels(fleet, outlets, relays)
        fleet.begin(1)
        fleet.data = other_machine
        fleet.begin(1)
        until(lambda: has_read(side, 3), 120)
        yield side, relays, outlets


def commands_of(worker, word="monitor"):
    """The processes that it began for drafts and housekeeping, with that word in their command."""
    threads = Path(f"/proc/{worker.pid}/task").glob("*/children")
    children = [int(one) for thread in threads for one in thread.read_text().split()]
    return [one for one in children if word in Path(f"/proc/{one}/cmdline").read_text().split("\0")]


def send(number, processes):
    for one in processes:
        with suppress(ProcessLookupError):
            os.kill(one, number)


@pytest.mark.parametrize("with_its_commands", [True, False], ids=["a container", "a process"])
def test_killed_at_random(fleet, with_its_commands):
    drawn, killed = random.Random(16), 0
    with office(fleet) as (side, relays, _):
        begun_days_ago(side)
        while killed < 8 and not is_delivered(side, relays):
            time.sleep(drawn.uniform(1, 8))
            number = drawn.randrange(2)
            commands = commands_of(fleet.processes[number]) if with_its_commands else []
            fleet.kill(number)
            send(signal.SIGKILL, commands)
            killed += 1
        until(lambda: is_delivered(side, relays), 300)
        fleet.stop()
        for relay in relays.values():
            assert len({message["Message-ID"] for message in relay.messages}) == 1
            del relay.taken[1:]
        drafted_once(side, relays, WANTED)


def asks_for_a_page(side, outlets):
    """It has seen that no draft is made and chosen its stories, and waits for a page that it quotes; nothing is under way
    at the archive's server."""
    goes_on, page = threading.Event(), outlets.answers[f"/{OF_ITS_OWN}"]

    def held(_asked):
        goes_on.wait(30)
        return page

    before = outlets.counts[f"/{OF_ITS_OWN}"]
    outlets.answers[f"/{OF_ITS_OWN}"] = held
    yield lambda: outlets.counts[f"/{OF_ITS_OWN}"] > before
    goes_on.set()


def keeps_its_edition(side, _outlets):
    """It is in the midst of the transaction that keeps the edition."""
    with psycopg.connect(side.address, autocommit=True) as connection:
        connection.execute(
            f"CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"PERFORM pg_advisory_xact_lock({HELD}); RETURN NEW; END $$; CREATE TRIGGER held BEFORE INSERT ON editions "
            f"FOR EACH ROW WHEN (NEW.panel = '{HANTS}') EXECUTE FUNCTION held(); SELECT pg_advisory_lock({HELD})"
        )
        waiting = f"SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = {HELD} AND NOT granted"
        yield lambda: connection.execute(waiting).rowcount


def has_its_name(side, _outlets):
    """Wherever it is by then: it may not have looked yet whether a draft is due, and has nothing to say when it wakes."""
    claim = f"run {server_at(side.address).schema} draft {HANTS}"
    yield lambda: postgres.holders(side.address, claim)


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (asks_for_a_page, "Another run made this week's draft meanwhile"),
        (keeps_its_edition, "What was under way was not kept"),
        (has_its_name, ""),
    ],
    ids=["at a page", "in its last transaction", "anywhere"],
)
def test_frozen_while_it_drafts(when, says, fleet, tmp_path):
    """The others do it when nothing was heard of it for a minute; it wakes, and what it does then changes nothing."""
    with office(fleet, tmp_path / "other machine") as (side, relays, outlets):
        with contextmanager(when)(side, outlets) as is_there:
            begun_days_ago(side)
            until(is_there, 120, 0.05)
            (frozen,) = [worker for worker in fleet.processes if commands_of(worker, HANTS)]
            processes = [frozen.pid, *commands_of(frozen)]
            send(signal.SIGSTOP, processes)
            with side.store(HANTS) as store:
                assert store.editions.all() == ()  # in the midst of it
        until(lambda: is_delivered(side, relays), 300)
        send(signal.SIGCONT, processes)
        until(lambda: not any(Path(f"/proc/{one}").exists() for one in processes[1:]), 60)
        fleet.stop()
        drafted_once(side, relays, WANTED, fleet.data)
        said = fleet.said.read_text()
        assert "Traceback" not in said
        assert says in said
