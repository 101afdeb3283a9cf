"""What a quoted page has become, in words; and that a draft says it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, article
from papers import PRECEPT, draft, local_web, poll, quietly
from web import Web, html_page

from monitor import pipeline
from monitor.model import (
    FailureKind,
    Fetched,
    FetchFailed,
    NoArticle,
    Page,
    PageCheck,
    Revision,
    TextFrom,
    Window,
)
from monitor.reading import workers
from monitor.reading.pages.changes import check, is_due, revision
from monitor.settings import ArticleFrom

URL = "https://courier.example/news/precept"
LONG = tuple(
    f"Paragraph {n} tells what the panel asked of the commissioner about {thing} in the {n}th quarter of the year."
    for n, thing in enumerate(
        ["money", "rural crime", "cameras", "custody", "call times", "vetting", "dogs", "vans"]
    )
)
BOX = "Want the headlines before breakfast? The Courier’s briefing costs nothing and can be stopped at any time."
READ = article(title="Panel asks", page_title="Panel asks for answers", paragraphs=LONG)
OK = Fetched(url=READ.url, final_url=READ.url, body=b"")
HEADLINE = "its headline is now “Panel demands answers”"


def page(*paragraphs: str, title: str = "Panel asks for answers") -> Page:
    return Page(title=title, paragraphs=paragraphs or LONG)


def failed(status: int | None, reason: str) -> FetchFailed:
    return FetchFailed(url=READ.url, kind=FailureKind.SOFT, reason=reason, status=status)


def what(was, result, found, last=None, boilerplate=()) -> str | None:
    changed = revision(was, result, found, last, boilerplate, NOW)
    return changed and changed.what


@pytest.mark.parametrize(
    "found, expected",
    [
        pytest.param(page(), None, id="as it was"),
        pytest.param(page(title="PANEL asks, for answers!"), None, id="the headline in capitals"),
        pytest.param(page(title="Panel demands answers"), HEADLINE, id="another headline"),
        pytest.param(page(title=""), None, id="no headline"),
        pytest.param(page(LONG[0].replace("0th", "10th"), *LONG[1:]), None, id="one figure corrected"),
        pytest.param(page(*LONG[:6]), "23% of its text was rewritten or taken out", id="two paragraphs gone"),
        pytest.param(page(*LONG, LONG[0].replace("0", "9")), None, id="a sentence more"),
        pytest.param(
            page(*LONG, "New: " + "more was said today " * 8),
            "33 words were added to its text",
            id="an update",
        ),
        pytest.param(page(BOX, *LONG, BOX), None, id="only boilerplate is new"),
        pytest.param(
            page(*LONG[4:], title="Panel demands answers"),
            f"{HEADLINE}; 47% of its text was rewritten or taken out",
            id="both",
        ),
        pytest.param(
            NoArticle(reason="the site says that there is no such page"),
            "its page is gone: the site says that there is no such page",
            id="gone with status 200",
        ),
        pytest.param(
            NoArticle(reason="the article is for the site's subscribers"),
            "its page no longer shows it: the article is for the site's subscribers",
            id="for subscribers since",
        ),
        pytest.param(NoArticle(reason="a cookie notice, not an article"), None, id="a cookie notice"),
        pytest.param(NoArticle(reason="taking its page apart took longer than 20 s"), None, id="too long"),
    ],
)
def test_what_a_page_has_become(found, expected):
    assert what(READ, OK, found, boilerplate={BOX}) == expected


@pytest.mark.parametrize(
    "status, reason, expected",
    [
        (404, "404 Not Found", "its page is gone (404 Not Found)"),
        (410, "410 Gone", "its page is gone (410 Gone)"),
        (403, "403 Forbidden", None),
        (503, "503 Service Unavailable", None),
        (None, "no answer within 20 s", None),
    ],
)
def test_a_page_that_does_not_come(status, reason, expected):
    assert what(READ, failed(status, reason), NoArticle(reason=reason)) == expected


def test_a_text_that_is_the_feeds_is_not_compared_with_the_page():
    summary = replace(READ, text_from=TextFrom.SUMMARY, page_title=None, paragraphs=("In short.",))
    assert what(summary, OK, page()) is None


def test_what_was_for_subscribers_when_it_was_first_read_is_as_it_was():
    walled = NoArticle(reason="the article is for the site's subscribers", beginning=("In short.",))
    was = replace(READ, text_from=TextFrom.SUMMARY, text_reason=walled.reason, paragraphs=walled.beginning)
    assert what(was, OK, walled) is None
    assert check(was, OK, walled, NOW).unread is None


def test_only_what_differs_from_the_last_revision_is_news():
    last = Revision(article=READ.id, at=NOW, what=HEADLINE)
    assert what(READ, OK, page(title="Panel demands answers"), last) is None
    assert what(READ, OK, page(), last) == ""  # as first read, again
    assert what(READ, failed(404, "404 Not Found"), NoArticle(reason="404 Not Found"), last).startswith(
        "its page is gone"
    )


@pytest.mark.parametrize(
    "seen, checked, due",
    [(-30, None, True), (-2, None, False), (-90, -30, True), (-90, -2, False)],
    ids=["read yesterday", "read just now", "checked yesterday", "checked just now"],
)
def test_when_a_page_is_read_again(seen, checked, due):
    was = article(first_seen=NOW + timedelta(hours=seen))
    last = None if checked is None else PageCheck(article=was.id, at=NOW + timedelta(hours=checked))
    assert is_due(was, last, NOW) is due
    if last:
        assert is_due(was, replace(last, unread="403 Forbidden"), NOW), "what could not be read is due again"


# ── a draft ─────────────────────────────────────────────────────────────────────────────────────────────────────

LATER = NOW + timedelta(days=2)


def drafted(store, config, folder, web, now=LATER):
    window = Window(since=None, until=NOW + timedelta(minutes=1))
    made = pipeline.draft(store, config, window, None, folder, ("md", "json"), now, quietly, web)
    return [(change.url, change.what) for change in made.edition.basis.changed], made


def test_a_draft_says_what_has_changed_and_quotes_what_was_read(store, config, tmp_path):
    poll(store, local_web(), config)
    web = Web({URL: html_page("Precept to rise by £15", *PRECEPT[1:])})
    changes, made = drafted(store, config, tmp_path, web)
    assert web.asked == [URL]  # the quoted page, and no other
    assert changes == [
        (URL, "its headline is now “Precept to rise by £15”; 30% of its text was rewritten or taken out")
    ]
    assert made.edition.items[0].excerpt == PRECEPT
    (said,) = made.edition.basis.changed
    assert (said.outlet, said.what[:22]) == ("Thames Courier", "its headline is now “P")
    assert store.articles.get(URL).paragraphs == PRECEPT
    (kept,) = store.articles.last_revisions([store.articles.get(URL).id]).values()
    assert (kept.at, kept.title, kept.paragraphs) == (LATER, "Precept to rise by £15", PRECEPT[1:])


def test_the_worker_that_a_resident_s_poll_left_reads_them(store, config, tmp_path, monkeypatch):
    poll(store, local_web(), config)
    monkeypatch.setattr(workers, "_Worker", None)  # no other can begin
    assert drafted(store, config, tmp_path, local_web())[0] == []
    assert store.articles.last_checks().keys() == {store.articles.get(URL).id}


def test_what_is_known_is_said_without_the_network_and_not_asked_twice_a_day(store, config, tmp_path):
    poll(store, local_web(), config)
    gone = Web({URL: failed(404, "404 Not Found")})
    gone.pages[URL] = replace(gone.pages[URL], url=URL)
    drafted(store, config, tmp_path, gone)
    assert drafted(store, config, tmp_path, None)[0] == [(URL, "its page is gone (404 Not Found)")]
    gone.asked.clear()
    drafted(store, config, tmp_path, gone, LATER + timedelta(hours=1))
    assert gone.asked == []
    back = local_web()
    assert drafted(store, config, tmp_path, back, LATER + timedelta(days=1))[0] == []
    assert back.asked == [URL]


def unchecked(made) -> list[tuple[str, str]]:
    return [(change.url, change.what) for change in made.edition.basis.unchecked]


@pytest.mark.parametrize(
    "answer, why",
    [
        pytest.param(
            replace(failed(503, "503 Service Unavailable"), url=URL),
            "503 Service Unavailable",
            id="in trouble",
        ),
        pytest.param(
            replace(failed(403, "403 Forbidden: the site refuses us"), url=URL),
            "403 Forbidden: the site refuses us",
            id="refused",
        ),
        pytest.param(
            html_page("Just a moment...", "Checking your browser before you go on."),
            "the site checks for robots and shows no article",
            id="a block page",
        ),
    ],
)
def test_a_page_that_cannot_be_read_again_is_said_and_asked_for_by_the_next_draft(
    store,
    config,
    tmp_path,
    answer,
    why,
):
    poll(store, local_web(), config)
    web = Web({URL: answer})
    changes, made = drafted(store, config, tmp_path, web)
    assert (changes, unchecked(made)) == ([], [(URL, why)])
    assert made.edition.items[0].cautions[-1] == (
        f"The page of Thames Courier could not be read again ({why}): open it to see whether it has changed since "
        "16 November 2026."
    )
    _, plain = drafted(store, config, tmp_path, None, LATER + timedelta(minutes=1))
    assert unchecked(plain) == [(URL, why)], "a draft that asks for nothing says what is known"
    drafted(store, config, tmp_path, web, LATER + timedelta(minutes=5))
    assert web.asked == [URL, URL]
    back = local_web()
    _, made = drafted(store, config, tmp_path, back, LATER + timedelta(minutes=10))
    assert (unchecked(made), back.asked) == ([], [URL])
    assert store.articles.last_checks()[store.articles.get(URL).id].unread is None


@pytest.mark.parametrize("change", [{"article": ArticleFrom.FEED}, {"paused": "it asked us to stop"}])
def test_an_outlet_that_is_left_alone_is_left_alone_here_too(store, config, tmp_path, change):
    poll(store, local_web(), config)
    feeds = tuple(replace(feed, **change) for feed in config.feeds)
    web = local_web()
    drafted(store, replace(config, feeds=feeds), tmp_path, web)
    assert web.asked == []


def test_a_plain_draft_asks_for_nothing(store, config, tmp_path):
    poll(store, local_web(), config)
    assert draft(store, config, tmp_path).edition.basis.changed == ()
    assert store.articles.last_checks() == {}
