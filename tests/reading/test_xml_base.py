"""Links that are relative to an `xml:base`, at every level."""

import pytest
from feedtext import read

ATOM = "xmlns='http://www.w3.org/2005/Atom'"


@pytest.mark.parametrize(
    "body, url",
    [
        pytest.param(
            "<rss version='2.0' xml:base='https://www.n.example/'><channel><title>F</title><item><title>T</title>"
            "<link>news/1</link></item></channel></rss>",
            "https://www.n.example/news/1",
            id="RSS, at the feed",
        ),
        pytest.param(
            "<rss version='2.0'><channel xml:base='https://www.n.example/a/'><title>F</title><item><title>T</title>"
            "<link>1</link></item></channel></rss>",
            "https://www.n.example/a/1",
            id="RSS, at the channel",
        ),
        pytest.param(
            "<rss version='2.0'><channel><title>F</title><item xml:base='https://www.n.example/news/'><title>T</title>"
            "<link>1</link></item></channel></rss>",
            "https://www.n.example/news/1",
            id="RSS, at the item",
        ),
        pytest.param(
            "<rss version='2.0'><channel><title>F</title><item><title>T</title>"
            "<link xml:base='https://www.n.example/news/'>1</link></item></channel></rss>",
            "https://www.n.example/news/1",
            id="RSS, at the link",
        ),
        pytest.param(
            "<rss version='2.0' xml:base='https://www.n.example/a/'><channel xml:base='b/'><title>F</title>"
            "<item xml:base='../c/'><title>T</title><link>1</link></item></channel></rss>",
            "https://www.n.example/a/c/1",
            id="RSS, one within another",
        ),
        pytest.param(
            "<rss version='2.0' xml:base='/news/'><channel><title>F</title><item><title>T</title>"
            "<link>1</link></item></channel></rss>",
            "https://www.example.org/news/1",
            id="RSS, relative to where the feed is",
        ),
        pytest.param(
            "<rss version='2.0' xml:base='../'><channel><title>F</title><item><title>T</title>"
            "<link>1</link></item></channel></rss>",
            "https://www.example.org/news/1",
            id="RSS, above where the feed is",
        ),
        pytest.param(
            "<rss version='2.0' xml:base='https://www.n.example/'><channel><title>F</title><item><title>T</title>"
            "<link>https://o.example/1</link></item></channel></rss>",
            "https://o.example/1",
            id="RSS, a link that is whole",
        ),
        pytest.param(
            f"<feed {ATOM} xml:base='https://www.n.example/a/'><title>F</title><entry xml:base='b/'><title>T</title>"
            "<link xml:base='c/' href='1'/></entry></feed>",
            "https://www.n.example/a/b/c/1",
            id="Atom, at feed, entry and link",
        ),
        pytest.param(
            f"<feed {ATOM}><title>F</title><entry xml:base='//cdn.example/x/'><title>T</title><link href='1'/></entry></feed>",
            "https://cdn.example/x/1",
            id="Atom, without a scheme",
        ),
        pytest.param(
            f"<feed {ATOM} xml:base='https://www.n.example/'><title>F</title><entry><title>T<b></title>"
            "<link href='/news/1'/></entry></feed>",
            "https://www.n.example/news/1",
            id="Atom, badly formed",
        ),
        pytest.param(
            "<rss version='2.0'><channel><title>F</title><item><title>T</title><link>/news/1</link></item></channel></rss>",
            "https://www.example.org/news/1",
            id="none",
        ),
        pytest.param(
            "<rss version='2.0' xml:base=''><channel><title>F</title><item><title>T</title><link>/news/1</link></item>"
            "</channel></rss>",
            "https://www.example.org/news/1",
            id="an empty one",
        ),
    ],
)
def test_a_link_is_relative_to_the_nearest_base(body, url):
    (entry,) = read(body).entries
    assert entry.url == url
