"""Which pages are asked for again, and when; and what a whole poll makes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, article
from papers import COURIER, FETE, local_web, poll

from monitor.model import FailureKind, Fetched, FetchFailed, TextFrom
from monitor.reading.schedule.retrying import first_retry, is_passing, next_retry

URL = "https://courier.example/news/fete"
HOUR = timedelta(hours=1)


def failed(status=None, kind=FailureKind.SOFT, after=None) -> FetchFailed:
    return FetchFailed(url=URL, kind=kind, reason=f"status {status}", status=status, retry_after=after)


@pytest.mark.parametrize(
    "result, passing",
    [
        (failed(503), True),
        (failed(500), True),
        (failed(429), True),
        (failed(408), True),
        (failed(None, FailureKind.TEMPORARY), True),
        (failed(404), False),
        (failed(403, FailureKind.HARD), False),
        (failed(410, FailureKind.HARD), False),
        (failed(None, FailureKind.HARD), False),
        (Fetched(url=URL, final_url=URL, body=b"a cookie notice"), False),
    ],
)
def test_what_may_pass(result, passing):
    assert is_passing(result) is passing


def test_the_waits_double_and_end_after_two_days():
    retry, waits, now = first_retry(article(), failed(503), NOW), [], NOW
    while retry:
        waits.append(retry.next_try - now)
        now = retry.next_try
        retry = next_retry(retry, failed(503), now)
    assert waits == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR]
    assert now < NOW + timedelta(days=2)


def test_a_server_that_names_a_wait_is_given_it():
    assert first_retry(article(), failed(429, after=5 * HOUR), NOW).next_try == NOW + 5 * HOUR
    longer = first_retry(article(), failed(429, after=timedelta(days=30)), NOW)
    assert (longer.next_try, longer.until) == (NOW + timedelta(days=1), NOW + timedelta(days=3))


def test_a_page_that_was_not_asked_for_was_not_tried():
    unsent = replace(failed(429, after=5 * HOUR), was_asked=False)
    waiting = first_retry(article(), unsent, NOW)
    assert (waiting.tries, waiting.next_try) == (0, NOW + 5 * HOUR)
    assert next_retry(waiting, failed(503), NOW + 5 * HOUR).tries == 1


def test_a_page_that_comes_later_replaces_the_summary_once(store, config):
    web = local_web()
    page, web.pages[URL] = web.pages[URL], failed(503)
    poll(store, web, config)
    before = store.articles.get(URL)
    assert (before.text_from, before.text_reason) == (TextFrom.SUMMARY, "status 503")
    web.asked.clear()
    poll(store, web, config, now=NOW + HOUR / 2)
    assert URL not in web.asked  # not yet
    poll(store, web, config, now=NOW + HOUR)
    assert web.asked.count(URL) == 1 and store.articles.get(URL) == before
    web.pages[URL] = page
    poll(store, web, config, now=NOW + 3 * HOUR)
    after = store.articles.get(URL)
    assert (after.paragraphs, after.text_from, after.text_reason) == (FETE, TextFrom.PAGE, None)
    assert (after.title, after.first_seen, after.published) == (
        before.title,
        before.first_seen,
        before.published,
    )
    web.asked.clear()
    poll(store, web, config, now=NOW + 30 * HOUR)
    assert URL not in web.asked


@pytest.mark.parametrize(
    "later, answer",
    [(3 * HOUR, failed(404)), (timedelta(days=2), None)],
    ids=["it is gone after all", "two days are over"],
)
def test_then_the_summary_stays(store, config, later, answer):
    web = local_web()
    web.pages[URL] = failed(503)
    poll(store, web, config)
    web.pages[URL] = answer or local_web().pages[URL]
    poll(store, web, config, now=NOW + later)
    web.pages[URL] = local_web().pages[URL]
    poll(store, web, config, now=NOW + timedelta(days=3))
    assert store.articles.get(URL).text_from is TextFrom.SUMMARY


def test_a_page_text_is_never_replaced(store, config):
    poll(store, local_web(), config)
    was = store.articles.get(URL)
    store.feeds.end_retry(was.id, article(was.id, paragraphs=("Something else.",)))
    assert store.articles.get(URL) == was


def test_a_paused_feed_is_not_asked_for_its_pages(store, config):
    web = local_web()
    web.pages[URL] = failed(503)
    poll(store, web, config)
    web.asked.clear()
    poll(store, web, config, now=NOW + 2 * HOUR, feeds=[feed for feed in config.feeds if feed != COURIER])
    assert URL not in web.asked
