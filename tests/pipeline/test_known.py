"""Never one lost, never one twice: feeds whose links, ids and pages change between polls, and what is stored of them."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from conftest import NOW
from papers import COURIER, FETE, GAZETTE, PRECEPT, poll
from web import Web, html_page

from monitor.model import (
    Entry,
    EntryName,
    FeedState,
    Fetched,
    Page,
    PollOutcome,
    PollResult,
    TextFrom,
    Window,
)
from monitor.pipeline.known import begun, settled, sift
from monitor.reading.feeds.shared import told_apart
from monitor.reading.pages.article import NO_PAGE_OF_ITS_OWN, article_of
from monitor.reading.recognise import id_of
from monitor.settings import Feed

pytestmark = pytest.mark.on_both

FEED = Feed(name="Nowhere Council", url="https://www.nowhere.example/rss")
SITE = "https://www.nowhere.example"
ALERTS = f"{SITE}/alerts"
NOTICES = f"{SITE}/news/latest-police-news-and-alerts"

DESK = (
    "Police desk in Reading to close",
    "The public front desk at Nowhere Road police station will close in April, saving £1.2m a year.",
)
DESK_AGAIN = ("Reading police desk will close in spring", DESK[1])
BAKERY = (
    "Bakery wins national prize",
    "Judges visited forty shops in secret and liked the sourdough of Mill Lane.",
)
CRICKET = (
    "Cricket returns to the village",
    "Volunteers cleared eighty tonnes of rubble from the ground by the river.",
)
CAVERSHAM = (
    "Burglary in Caversham",
    "Officers are asking for witnesses after a burglary in Caversham on Friday night.",
)
TILEHURST = (
    "Burglary in Tilehurst",
    "Officers are asking for witnesses after a burglary in Tilehurst on Friday night.",
)
SATURDAY = (
    "Crime update",
    "Three sheds were broken into along Tidmarsh Lane, and a quad bike is missing from a farm.",
)
SUNDAY = (
    "Crime update",
    "Patrols found cannabis plants growing inside an empty shop after neighbours complained.",
)


def entry(guid: str, url: str, told: tuple[str, str]) -> Entry:
    return Entry(id=guid or url, url=url, title=told[0], summary=told[1])


def read(
    store, *entries: Entry, feed: Feed = FEED, page: Page | None = None, others: tuple[Feed, ...] = ()
) -> list[str]:
    """A poll of one feed without a network; returns the titles of what was new."""
    sifted = sift(store, begun((feed, *others)), feed, told_apart(entries))
    articles = [
        article_of(found, feed, page if not found.mark else NO_PAGE_OF_ITS_OWN, NOW)
        for found in sifted.new.values()
    ]
    assert [article.id for article in articles] == list(sifted.new)
    outcome = PollOutcome(feed=feed.url, at=NOW, result=PollResult.NEW)
    store.feeds.save_poll(outcome, FeedState(url=feed.url), articles, names=sifted.names)
    return [article.title for article in articles]


B, C, D, X = BAKERY[0], CRICKET[0], DESK[0], SATURDAY[0]


@pytest.mark.parametrize(
    "polls, new",
    [
        pytest.param(
            [
                [("1", f"{SITE}/v.jsp;jsessionid=A1?id=5&s=1", DESK)],
                [("1", f"{SITE}/v.jsp;jsessionid=B2?id=5&s=2", DESK)],
            ],
            [[D], []],
            id="a session in the link",
        ),
        pytest.param(
            [[("n-1", f"{SITE}/a?t=1796030000", DESK)], [("n-1", f"{SITE}/a?t=1796040000", DESK_AGAIN)]],
            [[D], []],
            id="a link with the time in it, and a new headline",
        ),
        pytest.param(
            [
                [("n-51234", f"{SITE}/police-desk", DESK)],
                [("n-51234", f"{SITE}/2026/reading-desk", ("Station’s front desk in Reading shuts", ""))],
            ],
            [[D], []],
            id="an article moved and retitled under a number of its own",
        ),
        pytest.param(
            [
                [(f"{SITE}/?p=512", f"{SITE}/police-desk-in-reading-to-close", DESK)],
                [("http://nowhere.example/?p=512", f"{SITE}/news/reading-desk-will-close", DESK_AGAIN)],
            ],
            [[D], []],
            id="a guid that is an address, in two spellings",
        ),
        pytest.param(
            [
                [("1", f"{SITE}/desk", DESK), ("2", f"{SITE}/bakery", BAKERY)],
                [("1", f"{SITE}/cricket", CRICKET)],
            ],
            [[D, B], [C]],
            id="numbered from one each day",
        ),
        pytest.param(
            [[("top-story", f"{SITE}/desk", DESK)], [("top-story", f"{SITE}/bakery", BAKERY)]],
            [[D], [B]],
            id="a guid for the place on the page",
        ),
        pytest.param(
            [[("column", f"{SITE}/update-261121", SATURDAY)], [("column", f"{SITE}/update-261128", SUNDAY)]],
            [[X], [X]],
            id="a column with one guid and one title",
        ),
        pytest.param(
            [
                [
                    ("x", f"{SITE}/desk", DESK),
                    ("x", f"{SITE}/bakery", BAKERY),
                    ("x", f"{SITE}/cricket", CRICKET),
                ]
            ],
            [[D, B, C]],
            id="one guid for all",
        ),
        pytest.param(
            [
                [(SITE, f"{SITE}/desk", DESK), (SITE, f"{SITE}/bakery", BAKERY)],
                [(SITE, f"{SITE}/cricket", CRICKET)],
            ],
            [[D, B], [C]],
            id="the front page as guid of all",
        ),
        pytest.param(
            [[("7", f"{SITE}/news/desk", DESK), ("7", f"{SITE}/police/desk", DESK)]],
            [[D]],
            id="one story in two sections",
        ),
        pytest.param(
            [
                [("a-1", NOTICES, BAKERY), ("a-2", NOTICES, DESK), ("a-3", NOTICES, CRICKET)],
                [("a-3", NOTICES, CRICKET)],
            ],
            [[B, D, C], []],
            id="three notices with one address",
        ),
        pytest.param(
            [
                [("a-1", NOTICES, BAKERY)],
                [("a-2", NOTICES, DESK)],
                [("a-3", NOTICES, CRICKET), ("a-2", NOTICES, DESK)],
            ],
            [[B], [D], [C]],
            id="one notice at a time",
        ),
        pytest.param(
            [[("a-1", NOTICES, CAVERSHAM)], [("a-2", NOTICES, TILEHURST)], [("a-2", NOTICES, TILEHURST)]],
            [[CAVERSHAM[0]], [TILEHURST[0]], []],
            id="notices from one template, one at a time",
        ),
        pytest.param(
            [[("a-1", NOTICES, CAVERSHAM), ("a-2", NOTICES, TILEHURST)]],
            [[CAVERSHAM[0], TILEHURST[0]]],
            id="notices from one template",
        ),
        pytest.param(
            [[("a-1", ALERTS, SATURDAY), ("a-2", ALERTS, SUNDAY)], [("a-2", ALERTS, SUNDAY)]],
            [[X, X], []],
            id="notices with one title",
        ),
        pytest.param(
            [[("a-1", ALERTS, SATURDAY)], [("a-2", ALERTS, SUNDAY)]],
            [[X], [X]],
            id="with one title, one at a time",
        ),
        pytest.param(
            [[("", ALERTS, SATURDAY), ("", ALERTS, SUNDAY)], [("", ALERTS, SUNDAY)]],
            [[X, X], []],
            id="with one title and no guid",
        ),
        pytest.param(
            [[("", SITE, BAKERY), ("", SITE, DESK)], [("", SITE, CRICKET), ("", SITE, BAKERY)]],
            [[B, D], [C]],
            id="no guid, and all link the front page",
        ),
        pytest.param(
            [[("", NOTICES, BAKERY)], [("", NOTICES, DESK)], [("", NOTICES, DESK)]],
            [[B], [D], []],
            id="no guid, and one at a time",
        ),
        pytest.param(
            [
                [("now", ALERTS, BAKERY)],
                [("now", ALERTS, DESK)],
                [("now", ALERTS, DESK)],
                [("now", ALERTS, CRICKET)],
            ],
            [[B], [D], [], [C]],
            id="guid and link constant, the story new",
        ),
        pytest.param(
            [[("now", ALERTS, BAKERY), ("now", ALERTS, DESK)], [("now", ALERTS, DESK)]],
            [[B, D], []],
            id="guid and link one for all",
        ),
        pytest.param(
            [
                [("", f"{NOTICES}#1", BAKERY), ("", f"{NOTICES}#2", DESK)],
                [("", f"{NOTICES}#3", CRICKET), ("", f"{NOTICES}#2", DESK)],
                [("", f"{NOTICES}#3", CRICKET)],
            ],
            [[B, D], [C], []],
            id="places on a page",
        ),
        pytest.param(
            [[("", f"{NOTICES}#1", BAKERY)], [("", f"{NOTICES}#2", DESK)], [("", f"{NOTICES}#1", BAKERY)]],
            [[B], [D], []],
            id="places on a page, one at a time",
        ),
        pytest.param(
            [[(f"{NOTICES}#1", NOTICES, BAKERY), (f"{NOTICES}#2", NOTICES, DESK)]],
            [[B, D]],
            id="places that only the guid names",
        ),
        pytest.param(
            [
                [("", f"{SITE}/#/news/5", BAKERY), ("", f"{SITE}/#/news/6", DESK)],
                [("", f"{SITE}/#/news/6", DESK)],
            ],
            [[B, D], []],
            id="pages by fragment",
        ),
        pytest.param(
            [[("", f"{SITE}/news/desk-261128", DESK)], [("", f"{SITE}/news/desk-261128#comments", DESK)]],
            [[D], []],
            id="a fragment that is no place of its own",
        ),
        pytest.param(
            [
                [(f"{SITE}/news/articles/c1#0", f"{SITE}/news/articles/c1", DESK)],
                [(f"{SITE}/news/articles/c1#1", f"{SITE}/news/articles/c1", DESK_AGAIN)],
            ],
            [[D], []],
            id="a guid that counts its revisions",
        ),
        pytest.param(
            [[("r1", f"{SITE}/news/desk-261128", DESK)], [("r2", f"{SITE}/news/desk-261128", DESK)]],
            [[D], []],
            id="a guid that is new at each poll",
        ),
        pytest.param(
            [[("r1", f"{SITE}/news/25612345", BAKERY)], [("r1", f"{SITE}/news/25612345", DESK)]],
            [[B], []],
            id="an article written anew at its own address",
        ),
        pytest.param(
            [[("", f"{SITE}/news/desk", (DESK[0], ""))], [("", f"{SITE}/news/desk", (BAKERY[0], ""))]],
            [[D], []],
            id="a headline without a text says too little",
        ),
    ],
)
def test_what_is_new_at_each_poll(store, polls, new):
    assert [read(store, *(entry(*given) for given in given_at_once)) for given_at_once in polls] == new
    assert read(store, *(entry(*given) for given in polls[-1])) == [], "the same again brings nothing"


def test_each_of_a_page_of_many_is_judged_by_its_own_text(store):
    read(
        store,
        entry("a-1", NOTICES, BAKERY),
        entry("a-2", NOTICES, DESK),
        page=Page(title="All", paragraphs=("All.",)),
    )
    stored = store.articles.last_of_each_outlet(NOW + timedelta(days=1), 9)
    assert {article.paragraphs for article in stored} == {(BAKERY[1],), (DESK[1],)}
    assert {(article.text_from, article.text_reason) for article in stored} == {
        (TextFrom.SUMMARY, "the feed gives it no page of its own")
    }


def test_a_guid_is_its_feed_s_own(store):
    other = Feed(name="Other", url="https://other.example/rss")
    assert read(store, entry("1", f"{SITE}/desk", DESK)) == [D]
    assert read(store, entry("1", "https://other.example/bakery", BAKERY), feed=other) == [B]
    assert read(store, entry("9", f"{SITE}/desk", DESK), feed=other) == [], "an address is everybody's"
    assert read(store, entry("9", f"{SITE}/moved/desk?s=1", DESK), feed=other) == [], (
        "and it is known there by its own"
    )


def test_a_guid_is_looked_up_once_it_is_stored_and_not_written_again(store):
    first = entry("n-1", f"{SITE}/desk?t=1", DESK)
    sifted = sift(store, begun(()), FEED, (first,))
    assert sifted.names == [EntryName(feed=FEED.url, entry="n-1", article=next(iter(sifted.new)))]
    read(store, first)
    assert sift(store, begun(()), FEED, (entry("n-1", f"{SITE}/desk?t=2", DESK),)).names == []


def test_an_archive_from_before_knows_its_articles_under_its_own_keys(store):
    """A page of many was told apart by titles, and a headline in capitals was an address of its own."""
    known = article_of(entry("", f"{SITE}/News/Police-Desk-To-Close", DESK), FEED, None, NOW)
    old = [type(known)(**{**{n: getattr(known, n) for n in known.__slots__}, "id": "0123456789ab"})]
    store.feeds.save_poll(
        PollOutcome(feed=FEED.url, at=NOW, result=PollResult.NEW), FeedState(url=FEED.url), old
    )
    assert read(store, entry("new", f"{SITE}/News/Police-Desk-To-Close", DESK)) == []
    for told in (BAKERY, CRICKET):
        found = Entry(id=ALERTS, url=ALERTS, title=told[0], summary=told[1], mark=told[0])
        before = article_of(found, FEED, NO_PAGE_OF_ITS_OWN, NOW)
        store.feeds.save_poll(
            PollOutcome(feed=FEED.url, at=NOW, result=PollResult.NEW), FeedState(url=FEED.url), [before]
        )
    edited = (BAKERY[0], f"Corrected: {BAKERY[1]}")
    assert read(store, entry("a-1", ALERTS, edited), entry("a-2", ALERTS, CRICKET)) == []


# ── whole polls ─────────────────────────────────────────────────────────────────────────────────────────────────


def feed_of(*items: tuple[str, str, tuple[str, str]], source: str = "") -> bytes:
    written = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link.replace('&', '&amp;')}</link><title>{told[0]}</title>"
        f"<description>{told[1]}</description>{source}</item>"
        for guid, link, told in items
    )
    return f"<rss version='2.0' xmlns:n='urn:n'><channel><title>F</title>{written}</channel></rss>".encode()


PRECEPT_AT = "https://courier.example/news/police-precept-261128"
TOLD = ("Police precept to rise by £14", PRECEPT[0])
ALERT = Feed(name="Alert", url="https://www.search.example/alerts/1")


def search(number: int) -> str:
    return f"https://www.search.example/url?sa=t&url={quote(PRECEPT_AT, safe='')}&ct=ga&cd=CA{number}"


def test_an_aggregator_gives_the_outlet_s_own_address_and_name_once(store, config):
    titled = (f"{TOLD[0]} - Thames Courier", TOLD[1])
    web = Web({PRECEPT_AT: html_page(TOLD[0], *PRECEPT), COURIER.url: feed_of(("c", PRECEPT_AT, TOLD))})
    for hour in range(2):
        web.pages[ALERT.url] = feed_of((f"tag:{hour}", search(hour), titled))
        poll(store, web, config, feeds=[ALERT, COURIER], now=NOW + timedelta(hours=hour))
    (stored,) = store.articles.last_of_each_outlet(NOW + timedelta(days=1), 9)
    assert (stored.url, stored.outlet, stored.title) == (PRECEPT_AT, "Thames Courier", TOLD[0])
    assert sorted(web.asked).count(PRECEPT_AT) == 1
    assert not any("/url?" in asked for asked in web.asked), "the redirector is not asked"


@pytest.mark.parametrize(
    "page, stored, asked",
    [
        pytest.param(
            html_page(TOLD[0], *PRECEPT),
            [("https://paper.example/1", "paper.example")],
            [0, 2],
            id="its article",
        ),
        pytest.param(
            html_page("Before you go on", *FETE),
            [(f"https://www.search.example/x/{number}", "Alert") for number in (0, 2)],
            [0, 2],
            id="something else on the way",
        ),
    ],
)
def test_a_link_that_says_nothing_is_known_by_where_it_led(store, config, page, stored, asked):
    """Two links under one guid, then a third under another."""
    web = Web({"https://paper.example/1": page})
    for number in range(3):
        link = f"https://www.search.example/x/{number}"
        web.moved[link] = "https://paper.example/1"
        web.pages[ALERT.url] = feed_of((f"tag:{number // 2}", link, TOLD))
        poll(store, web, config, feeds=[ALERT], now=NOW + timedelta(hours=number))
    found = store.articles.last_of_each_outlet(NOW + timedelta(days=1), 9)
    assert [(article.url, article.outlet) for article in found] == stored
    assert [url for url in web.asked if "/x/" in url] == [
        f"https://www.search.example/x/{number}" for number in asked
    ]


def test_what_another_feed_has_taken_up_is_not_taken_up_again(store):
    first = entry("a", "https://www.search.example/x/1", TOLD)
    result = Fetched(url=first.url, final_url="https://paper.example/1", body=b"")
    page = Page(title=TOLD[0], paragraphs=PRECEPT)
    together = begun([ALERT])
    found, name = settled(store, together, ALERT, first, result, page)
    assert found is not None and (found.url, found.is_passed_on) == ("https://paper.example/1", True)
    assert name == EntryName(feed=ALERT.url, entry="a", article=id_of(found))
    assert settled(store, together, ALERT, replace(first, id="b"), result, page) == (
        None,
        replace(name, entry="b"),
    )


def test_two_feeds_whose_links_lead_to_one_page_bring_it_once(store, config):
    web = Web({"https://paper.example/1": html_page(TOLD[0], *PRECEPT)})
    for feed in (COURIER, GAZETTE):
        link = f"{feed.url}/click"
        web.moved[link] = "https://paper.example/1"
        web.pages[feed.url] = feed_of(("g", link, TOLD))
    poll(store, web, config)
    (stored,) = store.articles.last_of_each_outlet(NOW + timedelta(days=1), 9)
    assert stored.url == "https://paper.example/1"
    asked = len(web.asked)
    web.pages = {url: body + b" " for url, body in web.pages.items()}
    poll(store, web, config, now=NOW + timedelta(hours=1))
    assert web.asked[asked:] == [COURIER.url, GAZETTE.url] or sorted(web.asked[asked:]) == [
        COURIER.url,
        GAZETTE.url,
    ]


# ── which feeds list an article, whichever brought it ───────────────────────────────────────────────────────────

OTHER = Feed(name="Somewhere Post", url="https://post.example/rss")
STORY = f"{SITE}/desk"


def listings(store) -> list[set[str]]:
    """Of each article that has any, the feeds."""
    found = store.articles.listings(Window(since=None, until=NOW + timedelta(days=1)))
    return [set(feeds) for feeds in found.values()]


@pytest.mark.parametrize("guid", ["", "post-7"], ids=["without an id of its own", "with one"])
def test_an_article_that_came_by_another_feed_is_known_to_be_listed_here_too(store, guid):
    read(store, entry("n-1", STORY, DESK))
    assert read(store, entry(guid, STORY, DESK), feed=OTHER) == []
    assert listings(store) == [{OTHER.url}]


def test_so_it_is_where_both_bring_it_in_one_poll(store):
    round = begun((FEED, OTHER))
    first, second = (sift(store, round, feed, (entry("", STORY, DESK),)) for feed in (FEED, OTHER))
    (id,) = first.new
    assert (second.new, first.names) == ({}, [])
    assert second.names == [EntryName(feed=OTHER.url, entry=f"={id}", article=id)]


def test_that_is_written_once(store):
    read(store, entry("n-1", STORY, DESK))
    read(store, entry("", STORY, DESK), feed=OTHER)
    assert sift(store, begun(()), OTHER, (entry("", STORY, DESK),)).names == []


def test_of_its_own_articles_a_feed_writes_nothing_more(store):
    read(store, entry("", STORY, DESK))
    assert sift(store, begun(()), FEED, (entry("", STORY, DESK),)).names == []


def test_that_it_lists_one_is_no_name_by_which_a_feed_knows_it(store):
    """Else an entry with an id of its own would be taken for another story of the page."""
    read(store, entry("n-1", STORY, DESK))
    read(store, entry("", STORY, DESK), feed=OTHER)
    assert read(store, entry("post-7", STORY, DESK), feed=OTHER) == []


@pytest.mark.parametrize(
    "wants, seen",
    [
        (None, {"one", "both", "other"}),
        ({FEED.url}, {"one", "both"}),
        ({OTHER.url}, {"both", "other"}),
        ({"https://kent.example/rss"}, set()),
    ],
    ids=["all", "the one", "the other", "neither"],
)
def test_a_panel_has_the_articles_that_one_of_its_feeds_lists(store, wants, seen):
    both = entry("", STORY, DESK)
    read(store, both, entry("", f"{SITE}/bakery", BAKERY))
    read(store, both, entry("", "https://post.example/cricket", CRICKET), feed=OTHER)
    names = {BAKERY[0]: "one", DESK[0]: "both", CRICKET[0]: "other"}
    ever = Window(since=None, until=NOW + timedelta(days=1))
    own = store.of("kent", wants=None if wants is None else frozenset(wants)).articles
    assert {names[article.title] for article in own.of(ever)} == seen
    assert (own.counted(ever), len(own.ids(ever))) == (len(seen), len(seen))
