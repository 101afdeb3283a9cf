"""Pages in worker processes: each ends by its deadline, whatever is on it, and none of the others waits for long."""

import os
import signal
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from queue import SimpleQueue

import pytest
from obedient import OBEY
from processes import living_children

from monitor.model import FailureKind, Fetched, FetchFailed, NoArticle, NotModified, Page
from monitor.reading.pages.apart import page_of, task_of
from monitor.reading.pages.extract import extract
from monitor.reading.workers import LIMITS, Crew, Idle, Limits, answers, between, resident

SEEN = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
SHORT = Limits(deadline=0.4)
TOO_LONG = NoArticle(reason="taking its page apart took longer than 0.4 s")


def page(body: str, site: str = "courier", number: int = 0) -> Fetched:
    url = f"https://{site}.example/{number}"
    return Fetched(url=url, final_url=url, body=body.encode())


def extracted(results, seen, *, workers=None, limits=LIMITS, extract=None, idle=None):
    """Each result with the article on its page, or why there is none."""
    tasks = (task_of(result, seen, extract=extract) for result in results)
    with closing(answers(tasks, workers=workers, limits=limits, idle=idle)) as found:
        for result, answer in found:
            yield result, page_of(result, answer, limits)


def reasons(results, *, workers=2, limits=SHORT) -> dict[str, str | None]:
    """Why there is no article, by address; None where there is one. In the order in which they came."""
    with closing(extracted(results, SEEN, workers=workers, limits=limits, extract=OBEY)) as pages:
        return {result.url: getattr(found, "reason", None) for result, found in pages}


def processes(results, **named) -> list[int]:
    with closing(extracted(results, SEEN, extract=OBEY, **named)) as pages:
        return [int(found.title.split()[-1]) for _, found in pages]


@pytest.mark.parametrize(
    "body, reason",
    [
        ("fine", None),
        ("hang", TOO_LONG.reason),
        ("die", "taking its page apart failed"),
        ("fail", "taking its page apart failed"),
        ("print", None),
        ("swell", "taking its page apart needs too much memory"),
        ("sink", "its page is nested too deep"),
    ],
)
def test_whatever_happens_to_a_page_the_next_is_read(body, reason):
    first, second = page(body, "one"), page("fine", "two")
    assert reasons([first, second], workers=1) == {first.url: reason, second.url: None}


def test_what_is_no_page_is_said_at_once():
    failed = FetchFailed(url="https://a.example/", kind=FailureKind.SOFT, reason="404 Not Found", status=404)
    same = NotModified(url="https://b.example/")
    assert reasons([failed, same]) == {failed.url: "404 Not Found", same.url: "it was not sent again"}


@pytest.mark.slow
def test_an_article_comes_back_as_extract_gives_it():
    body = (
        "<html><head><title>Budget</title></head><body>"
        + "<p>The council agreed its budget on Monday.</p>" * 3
    )
    sent = page(body)
    with closing(extracted([sent], SEEN)) as pages:
        ((result, found),) = pages
    assert result is sent
    assert found == extract(sent.body, sent.final_url, SEEN) and isinstance(found, Page)


@pytest.mark.slow
def test_pages_are_taken_apart_side_by_side():
    found = processes([page("wait", number=number) for number in range(12)], workers=2)
    assert len(found) == 12 and len(set(found)) == 2


@pytest.mark.slow
def test_one_page_needs_one_worker_only():
    assert len(set(processes([page("fine")], workers=4))) == 1
    assert len(set(processes((page("fine", number=number) for number in range(2)), workers=1))) == 1


@pytest.mark.slow
def test_a_worker_retires_after_its_pages():
    found = processes([page("fine", number=n) for n in range(7)], workers=1, limits=Limits(tasks=3))
    assert [found.count(process) for process in dict.fromkeys(found)] == [3, 3, 1]


@pytest.mark.slow
def test_a_site_whose_page_was_killed_waits_for_the_others():
    bad = [page("hang", "bad", number) for number in range(6)]
    good = [page("fine", "good", number) for number in range(20)]
    came = reasons([bad[0], *bad[1:], *good], workers=1)
    assert list(came)[1:21] == [found.url for found in good]
    assert [came[found.url] for found in bad].count(TOO_LONG.reason) == SHORT.killed
    not_begun = "its page was not begun: 3 others of the site took longer than 0.4 s"
    assert [came[found.url] for found in bad].count(not_begun) == 3


@pytest.mark.slow
def test_where_a_worker_stays_free_a_suspect_site_need_not_wait_for_the_end():
    """A stream that is still coming: the bad site's second page is begun before it ends, and holds nobody up."""
    came = []

    def good_until(url: str):
        for number in range(200):
            if url in came:
                return
            yield page("fine", "good", number)
            time.sleep(0.05)  # others come now and then
        raise AssertionError("it waited for the end")

    def fetched():
        yield page("hang", "bad", 0)
        yield from good_until("https://bad.example/0")
        yield page("fine", "bad", 1)
        yield from good_until("https://bad.example/1")

    with closing(extracted(fetched(), SEEN, workers=2, limits=SHORT, extract=OBEY)) as pages:
        for result, _ in pages:
            came.append(result.url)


def test_fetching_goes_on_while_pages_are_taken_apart():
    """The next page is asked for while the first is still at work, but not more than may wait."""
    asked = []

    def fetched():
        for number in range(30):
            asked.append(number)
            yield page("wait", number=number)

    with closing(extracted(fetched(), SEEN, workers=1, extract=OBEY)) as pages:
        next(pages)
        assert 2 <= len(asked) <= 6


@pytest.fixture(autouse=True)
def before():
    """The children there were before each test: workers that polls of other tests handed on (`conftest.py`)."""
    global others
    others = frozenset(living_children())


others: frozenset[str] = frozenset()


def workers_of_ours() -> list[str]:
    return [child for child in living_children() if child not in others]


def no_worker_is_left() -> bool:
    return workers_of_ours() == [] and not any(thread.name == "worker" for thread in threading.enumerate())


def test_closing_early_ends_the_workers_at_once():
    began = time.monotonic()
    pages = extracted(
        [page("fine", "a"), *(page("hang", str(n)) for n in range(9))], SEEN, workers=2, extract=OBEY
    )
    next(pages)
    pages.close()
    assert no_worker_is_left() and time.monotonic() - began < 10


def test_where_fetching_breaks_off_the_pages_in_hand_are_done_first():
    def broken():
        yield page("wait")
        raise KeyboardInterrupt

    pages = extracted(broken(), SEEN, limits=Limits(parting=30), extract=OBEY)
    assert next(pages)[1].title.startswith("wait")
    with pytest.raises(KeyboardInterrupt):
        next(pages)
    assert no_worker_is_left()


def test_a_page_that_hangs_holds_nobody_up_who_wants_to_stop():
    def broken():
        yield page("hang")
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(extracted(broken(), SEEN, limits=Limits(parting=0.1), extract=OBEY))
    assert no_worker_is_left() and time.monotonic() - began < 10


def test_a_worker_that_cannot_start_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="a worker process could not start"):
        reasons([page("fine")])
    assert no_worker_is_left()


def test_workers_that_are_kept_do_the_next_stream_too():
    with Idle() as idle:
        first = processes([page("fine")], workers=1, idle=idle)
        assert len(workers_of_ours()) == 1
        assert processes([page("fine")], workers=1, idle=idle) == first
    assert no_worker_is_left()


def ended(pid: int) -> None:
    """As the system ends a process where memory is short."""
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def test_a_resident_hands_its_workers_from_one_poll_to_the_next():
    with resident():
        with between() as idle:
            first = processes([page("fine")], workers=1, idle=idle)
        with between() as idle:
            assert processes([page("fine")], workers=1, idle=idle) == first
    assert no_worker_is_left()


def test_a_poll_that_is_no_residents_leaves_no_worker():
    with between() as idle:
        processes([page("fine")], workers=1, idle=idle)
    assert no_worker_is_left()


def test_a_worker_that_was_ended_while_it_was_kept_costs_no_page():
    with Idle() as idle:
        first = processes([page("fine")], workers=1, idle=idle)
        ended(first[0])
        assert processes([page("fine")], workers=1, idle=idle) != first
    assert no_worker_is_left()


def test_no_more_workers_are_kept_than_may_be():
    with Idle(1) as idle:
        processes([page("fine", "one"), page("fine", "two"), page("fine", "three")], workers=2, idle=idle)
        assert len(workers_of_ours()) == 1
    assert no_worker_is_left()


# ── many streams side by side ───────────────────────────────────────────────────────────────────────────────────


def test_two_threads_without_a_task_do_not_keep_one_another_awake():
    done = SimpleQueue()
    crew = Crew(2, LIMITS, Idle(), done)
    try:
        for number in range(2):
            crew.add(task_of(page("fine", number=number), SEEN, extract=OBEY))
        for _ in range(2):
            done.get(timeout=30)
        asked = []
        ask, crew._turns.next = crew._turns.next, lambda **named: asked.append(named) or ask(**named)
        time.sleep(0.2)
        assert len(asked) <= 4
    finally:
        crew.close()


def test_workers_that_are_lent_are_never_more_than_there_are_to_lend():
    """Three polls at once in a process that has one worker to lend: it does all their pages, one after the other."""
    found = []

    def read(number):
        with between() as idle:
            found.extend(processes([page("pid", f"s{number}", n) for n in range(3)], workers=2, idle=idle))

    with resident(lends=1):
        reading = [threading.Thread(target=read, args=(number,)) for number in range(3)]
        for one in reading:
            one.start()
        for one in reading:
            one.join()
    assert len(found) == 9 and len(set(found)) == 1


def test_who_waits_for_a_lent_worker_ends_when_its_stream_is_closed():
    with resident(lends=1), between() as idle:
        assert idle.admit(lambda: False)  # somebody has the one
        done = SimpleQueue()
        crew = Crew(1, LIMITS, idle, done)
        crew.add(task_of(page("fine"), SEEN, extract=OBEY))
        crew.close()
        assert done.empty()
        idle.dismiss()
