"""Several articles on one page: each is printed with the link that leads to it, and known again by that link."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, article
from editions import edition, item, link
from test_pipeline import GAZETTE, local_web, poll

from monitor.model import Window
from monitor.pipeline.learn import _by_place
from monitor.pipeline.places import with_places
from monitor.reading.urls import article_id, normalise
from monitor.reporting.learning.match import Shelf
from monitor.reporting.wording import web_address

pytestmark = pytest.mark.on_both

PAGE = "https://council.example/decisions/november"
OWN = article_id(normalise(PAGE))
THERE = "https://gazette.example/news/desk-261128"


@pytest.mark.parametrize(
    "stored, printed",
    [
        pytest.param([("m1", f"{PAGE}#1"), ("m2", f"{PAGE}#2")], [f"{PAGE}#1", f"{PAGE}#2"], id="many on a page"),
        pytest.param([(OWN, f"{PAGE}#1"), ("m2", f"{PAGE}#2")], [f"{PAGE}#1", f"{PAGE}#2"], id="the first of them"),
        pytest.param([("m2", f"{PAGE}#2")], [f"{PAGE}#2"], id="one of them alone this week"),
        pytest.param([(OWN, f"{PAGE}#comments")], [PAGE], id="a fragment that is no place"),
        pytest.param([("m2", PAGE), ("m3", PAGE)], [PAGE, PAGE], id="no fragment at all"),
        pytest.param([("m2", f"{PAGE}?utm_source=rss#2")], [f"{PAGE}#2"], id="beside a tracker"),
        pytest.param(
            [(article_id(normalise("https://a.example/#/news/5")), "https://a.example/#/news/5")],
            ["https://a.example/#/news/5"],
            id="a page of its own",
        ),
        pytest.param(
            [(OWN, f"{PAGE}#Echobox=17"), (article_id(normalise(THERE)), f"{THERE}#xtor=RSS-3")],
            [PAGE, THERE],
            id="where a reader came from",
        ),
    ],
)  # fmt: skip
def test_a_printed_link_leads_to_its_article(stored, printed):
    articles = [article(id, url=url) for id, url in stored]
    shown = with_places(articles)
    assert [web_address(one.url) for one in shown] == printed
    assert [one.id for one in shown] == [id for id, _ in stored]
    assert with_places(shown) == shown


def test_from_a_feed_three_decisions_keep_their_links(store, config):
    web = local_web()
    items = "".join(
        f"<item><link>{PAGE}#{number}</link><title>{title}</title><description>In short: {title}.</description></item>"
        for number, title in enumerate(("Bakery moves", "Front desk closes", "Precept rises"), 1)
    )
    web.pages[GAZETTE.url] = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()
    poll(store, web, config, feeds=[GAZETTE], now=NOW)
    stored = store.articles.of(Window(since=None, until=NOW + timedelta(days=1)))
    assert sorted(web_address(one.url) for one in with_places(stored)) == [f"{PAGE}#{n}" for n in (1, 2, 3)]


def test_an_edited_document_knows_each_by_its_link():
    links = [replace(link("Council"), url=f"{PAGE}?utm_medium=rss#{n}", article=f"m{n}") for n in (1, 2)]
    of = edition(items=[item(story=f"s{n}", links=[one]) for n, one in enumerate(links)])
    identify = _by_place(of, Shelf(identify=lambda url: article_id(normalise(url)), outlet=str))
    assert [identify(f"{PAGE}#{n}") for n in (1, 2, 3)] == ["m1", "m2", OWN]
    assert identify(PAGE) == OWN
