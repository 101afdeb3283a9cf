"""The process that keeps the search index current beside the desk: it takes in, follows, and ends with the desk."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from conftest import NOW, article
from papers import COURIER

from monitor.app.desk.search import indexing
from monitor.app.desk.search.indexing import bring_up, index_file, kept_current
from monitor.app.workspace import ARCHIVE
from monitor.model import EVERYTHING, FeedState, PollOutcome, PollResult, Words
from monitor.store import Store
from monitor.store.search import FILE, open_to_ask

WAIT = 60.0  # seconds, on a machine that is busy


def keep(data, *articles):
    with Store.open(data / ARCHIVE) as store:
        outcome = PollOutcome(feed=COURIER.url, at=NOW, result=PollResult.NEW)
        store.feeds.save_poll(outcome, FeedState(url=COURIER.url), articles)


def total(data, digest="", term=EVERYTHING):
    index = open_to_ask(data / FILE, digest)
    if index is None:
        return None
    with index:
        return index.find(term).total


def until(holds):
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


# A desk that is nothing but its index; it says the number of the process, and waits.
DESK = """
import sys, subprocess
from pathlib import Path
from monitor.app.desk.search.indexing import kept_current
started = subprocess.Popen
def noted(*parts, **named):
    process = started(*parts, **named)
    print(process.pid, flush=True)
    return process
subprocess.Popen = noted
folder, data, index = map(Path, sys.argv[1:])
with kept_current(folder, data, index):
    sys.stdin.read()
"""


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] not in "ZX"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, None], ids=str)
@pytest.mark.slow
def test_it_indexes_the_archive_and_ends_with_the_desk_however_that_ends(desk, end):
    """Killed, by Ctrl-C (which a terminal sends to both), or as it should."""
    paths = [str(desk.folder), str(desk.data), str(desk.data / FILE)]
    running = subprocess.Popen(
        [sys.executable, "-c", DESK, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    indexer = int(running.stdout.readline())
    if end is None:  # what it does is looked at once
        until(lambda: total(desk.data))
        with Store.open(desk.data / ARCHIVE, make=False) as store:
            assert total(desk.data) == store.articles.count()
    if end is signal.SIGINT:
        until(lambda: (desk.data / indexing.LOCK).exists())  # from there on it is deaf
        os.killpg(running.pid, end)
    elif end:
        running.send_signal(end)
    if end:
        running.wait(WAIT)
    _, said = running.communicate()
    until(lambda: not is_alive(indexer))
    assert b"indexing" not in said and (b"Traceback" not in said or end is signal.SIGINT)


@pytest.mark.slow
def test_it_follows_the_archive_the_rules_and_its_own_file(desk, monkeypatch):
    """The looks of `keep`, one after the other, without the time between them."""
    looks = iter(
        [
            lambda: keep(desk.data, article("new", paragraphs=("Quite unheard of.",))),
            lambda: (desk.data / FILE).unlink(),  # as an erasure does
            lambda: None,
        ]
    )
    seen = []

    class Over(Exception):
        pass

    def looked(_seconds):
        seen.append(total(desk.data, term=Words(("unheard",))))
        step = next(looks, None)
        if step is None:
            raise Over
        step()

    monkeypatch.setattr(indexing.time, "sleep", looked)
    with pytest.raises(Over):
        indexing.keep(desk.folder, desk.data, desk.data / FILE)
    assert seen == [0, 1, 1, 1]


@pytest.mark.slow
def test_what_is_gone_from_the_archive_is_made_anew_without_it(desk):
    keep(desk.data, article("gone", paragraphs=("Quite unheard of.",)))
    config = desk.open.config()
    bring_up(desk.folder, desk.data, desk.data / FILE, config)
    before = total(desk.data)
    assert total(desk.data, term=Words(("unheard",))) == 1
    with Store.open(desk.data / ARCHIVE) as store:
        store.forgetting.articles({"gone": ("trace",)}, NOW)
    bring_up(desk.folder, desk.data, desk.data / FILE, config)
    assert total(desk.data) == before - 1
    assert b"unheard" not in (desk.data / FILE).read_bytes()


def test_another_desks_process_waits_until_the_first_has_ended(tmp_path, monkeypatch):
    waited = []
    with indexing._the_only_one(tmp_path):

        class Over(Exception):
            pass

        def slept(seconds):
            waited.append(seconds)
            raise Over

        monkeypatch.setattr(indexing.time, "sleep", slept)
        with pytest.raises(Over), indexing._the_only_one(tmp_path):
            pass
    assert waited == [indexing.EVERY]
    with indexing._the_only_one(tmp_path):
        pass


def test_without_an_archive_there_is_no_index(tmp_path):
    bring_up(tmp_path, tmp_path, tmp_path / FILE)
    assert list(tmp_path.iterdir()) == []


def test_where_the_folder_cannot_be_written_the_index_stands_in_one_that_goes(tmp_path, monkeypatch):
    with index_file(tmp_path) as index:
        assert index == tmp_path / FILE
    monkeypatch.setattr(indexing.os, "access", lambda *_: False)
    with index_file(tmp_path) as index:
        assert index.name == FILE and index.parent != tmp_path
        index.write_bytes(b"x")
    assert not index.parent.exists()


def test_nothing_is_started_where_this_python_cannot_search(tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "can_search", lambda: False)
    monkeypatch.setattr(indexing.subprocess, "Popen", lambda *_: pytest.fail("it was started"))
    with kept_current(tmp_path, tmp_path, tmp_path / FILE):
        pass


def test_an_index_that_is_copied_is_whole_between_two_steps(desk, tmp_path):
    """Its log is emptied when it is closed: nothing is left beside it that would be another's."""
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    shutil.copy(desk.data / FILE, tmp_path / FILE)
    assert total(tmp_path) == total(desk.data)
