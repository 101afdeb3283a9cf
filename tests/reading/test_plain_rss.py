"""What is read without feedparser comes out as feedparser has it, and what is out of the ordinary is left to it."""

import pytest
from feedtext import SEEN, URL, item, rss
from hypothesis import given, settings
from hypothesis import strategies as st
from where import DATA

from monitor.reading.feeds import parse as parsing
from monitor.reading.feeds.parse import parse
from monitor.reading.feeds.plain_rss import read_plain_rss

FEEDS = DATA / "feeds"
DATE = "Fri, 13 Nov 2026 08:15:00 GMT"
ORDINARY = item(guid="1", description="Said.", pubDate=DATE)


def by_feedparser(body: bytes):
    quick = parsing.read_plain_rss
    try:
        parsing.read_plain_rss = lambda *_: None
        return parse(body, "application/rss+xml", URL, SEEN)
    finally:
        parsing.read_plain_rss = quick


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss(ORDINARY), id="ordinary"),
        pytest.param(
            rss(item(description="&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;")), id="markup, escaped"
        ),
        pytest.param(rss(item(description="<![CDATA[<p>Fish & chips</p>]]> and peas")), id="markup in CDATA"),
        pytest.param(rss(item(pubDate="Fri, 13 Jul 2026 08:15:00 BST")), id="summer time"),
        pytest.param(rss(item(pubDate="13 Nov 2026 08:15:00 -0500")), id="an offset"),
        pytest.param(rss(item(title="A &amp;amp; B &amp; C")), id="escaped twice"),
        pytest.param(rss(item(title="Â£80 fine")), id="UTF-8 taken for Latin-1"),
        pytest.param(rss(item(link="https://example.org/?a=1&amp;b=2")), id="a link with parameters"),
        pytest.param(rss(item(guid=" spaced "), item(link=" https://example.org/2 ")), id="spaces"),
        pytest.param(
            rss(item(category="Crime"), item(author="a@b.example", comments="https://c.example")),
            id="what does not matter",
        ),
        pytest.param(
            rss(ORDINARY.replace("</item>", "<m:content url='https://i.example/1.jpg'/></item>")).replace(
                "<rss", "<rss xmlns:m='http://search.yahoo.com/mrss/'"
            ),
            id="a picture",
        ),
        pytest.param(rss("<!-- a note -->" + ORDINARY), id="a comment"),
        pytest.param(rss(), id="no entries"),
    ],
)
def test_both_ways_give_the_same(body):
    assert read_plain_rss(body.encode(), 500) is not None
    assert parse(body.encode(), None, URL, SEEN) == by_feedparser(body.encode())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss(item(link="")), id="no link"),
        pytest.param(rss(item(title="<b>bold</b>")), id="markup where text is meant"),
        pytest.param(
            rss(item(link="https://example.org/?a=1&amp;amp;b=2")), id="a link that was escaped twice"
        ),
        pytest.param(rss(item(title="A \x96 B")), id="Windows' characters under the wrong numbers"),
        pytest.param(rss(ORDINARY.replace("</item>", "<title>again</title></item>")), id="two titles"),
        pytest.param(rss(ORDINARY.replace("</item>", "<source>x</source></item>")), id="a source"),
        pytest.param(rss(ORDINARY.replace("<link>", "<link rel='self'>")), id="an attribute"),
        pytest.param(rss(item(pubDate="yesterday")), id="no date"),
        pytest.param(rss(item(pubDate="Fri, 31 Feb 99999 08:15:00 GMT")), id="no day"),
        pytest.param(rss(ORDINARY)[:-10], id="cut short"),
        pytest.param(
            rss(ORDINARY).replace("<rss", "<!DOCTYPE rss [<!ENTITY x 'y'>]><rss"), id="a document type"
        ),
        pytest.param("<feed xmlns='http://www.w3.org/2005/Atom'/>", id="Atom"),
    ],
)
def test_what_is_left_to_feedparser(body):
    assert read_plain_rss(body.encode(), 500) is None


@pytest.mark.parametrize("path", sorted(FEEDS.iterdir()), ids=lambda path: path.name)
def test_sample_feeds_come_out_the_same_both_ways(path):
    assert parse(path.read_bytes(), None, URL, SEEN) == by_feedparser(path.read_bytes())


texts = st.text(st.sampled_from("ab <>&;#'\"-–é\n\u200b") | st.characters(codec="utf-8"), max_size=12)
escaped = texts.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
dates = st.sampled_from(
    [
        DATE,
        "Fri, 13 Jul 2026 08:15:00 BST",
        "13 Nov 2026 08:15:61 +0100",
        "x",
        "Sun, 00 Nov 2026 08:15:00 GMT",
    ]
)


@settings(max_examples=200)
@given(escaped, escaped, escaped, dates)
@pytest.mark.slow
def test_any_text_comes_out_the_same_both_ways(title, summary, guid, date):
    body = rss(item(title=title, description=summary, guid=guid, pubDate=date)).encode()
    assert parse(body, None, URL, SEEN) == by_feedparser(body)
