"""When two addresses are the same article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.reading.urls import article_id, article_key, host, normalise
from monitor.settings import Publisher

NEWSQUEST = Publisher(name="newsquest", same_article=r"/news/(\d{6,})\.")
KEY = "https://example.org/news/1.story"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://example.org/news/1.story", id="as it is"),
        pytest.param("http://example.org/news/1.story", id="http"),
        pytest.param("HTTPS://Example.ORG/news/1.story", id="scheme and host in capitals"),
        pytest.param("https://www.example.org/news/1.story", id="www"),
        pytest.param("https://example.org./news/1.story", id="dot after the host"),
        pytest.param("https://example.org:443/news/1.story", id="default port"),
        pytest.param("http://example.org:80/news/1.story", id="default port of http"),
        pytest.param("https://reader@example.org/news/1.story", id="user name"),
        pytest.param("https://example.org/news/1.story/", id="trailing slash"),
        pytest.param("https://example.org/news/1.story#comments", id="fragment"),
        pytest.param("https://example.org/news/1.story?", id="empty query"),
        pytest.param("https://example.org/news/1.story?ref=rss", id="where the reader came from"),
        pytest.param("https://example.org/news/1.story?utm_source=a&utm_medium=b&fbclid=c", id="trackers"),
        pytest.param(
            "https://example.org/news/1.story?at_medium=RSS&at_campaign=KARANGA&ns_mchannel=rss", id="BBC's"
        ),
        pytest.param("https://example.org/news/1.story?UTM_Source=a", id="trackers in capitals"),
        pytest.param("  https://example.org/news/1.story\n", id="white space around"),
    ],
)
def test_one_article(url):
    assert normalise(url) == KEY


@pytest.mark.parametrize(
    "one, other",
    [
        pytest.param("https://example.org/a", "https://example.org/b", id="path"),
        pytest.param("https://example.org/A", "https://example.org/a", id="a path has its case"),
        pytest.param("https://news.example.org/a", "https://example.org/a", id="host"),
        pytest.param("https://example.org:8080/a", "https://example.org/a", id="port"),
        pytest.param(
            "https://example.org/s.aspx?articleid=55", "https://example.org/s.aspx", id="unknown parameter"
        ),
        pytest.param("https://example.org/s?id=5", "https://example.org/s?id=6", id="its value"),
        pytest.param(
            "https://example.org/plan?ref=22/01234/FUL", "https://example.org/plan", id="an application's ref"
        ),
        pytest.param("https://example.org/a%2Fb", "https://example.org/a/b", id="quoted slash"),
    ],
)
def test_two_articles(one, other):
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    "url, key",
    [
        ("https://feeds.bbci.co.uk/news/articles/c1", "https://bbc.co.uk/news/articles/c1"),
        ("https://www.bbc.co.uk/news/articles/c1", "https://bbc.co.uk/news/articles/c1"),
        ("https://www.bbc.com/news/articles/c1", "https://bbc.co.uk/news/articles/c1"),
        ("https://example.org/?b=2&a=1&utm_x=3", "https://example.org?a=1&b=2"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/caf\u00e9 bar", "https://example.org/caf%C3%A9%20bar"),
        ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9"),
        ("http://[2001:DB8::1]:80/a", "https://[2001:db8::1]/a"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("http://[::1/broken", "http://[::1/broken"),
        ("https://example.org:port/", "https://example.org:port/"),
        ("http:// #", "http:// #"),
        ("", ""),
    ],
)
def test_the_key(url, key):
    assert normalise(url) == key


addresses = st.one_of(
    st.text(),
    st.builds(
        "{}://{}{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(
            [
                "example.org",
                "www.example.org",
                "www.www.a.uk.",
                "a:443",
                "x:80",
                "u:p@h",
                "[::1]:8080",
                "www.",
            ]
        ),
        st.text("/aA%c3~!é \t?&", max_size=12),
        st.sampled_from(["", "?", "?b=1&a=2", "?utm_a=1&&c", "?ref=RSS&ref=x", "?%c3=é?", "?fbclid"]),
        st.sampled_from(["", "#", "#x?y"]),
    ),
)


@given(addresses)
def test_a_key_is_its_own_key(url):
    assert normalise(normalise(url)) == normalise(url)


@given(addresses)
def test_an_id_is_twelve_hex_digits(url):
    assert len(article_id(normalise(url))) == 12 and int(article_id(normalise(url)), 16) >= 0


def test_ids_never_change():
    """They are printed in documents and stored: a change here is a change of every id."""
    assert article_id("https://example.org/news/1.story") == "bf8bc0903f9e"


@pytest.mark.parametrize(
    "url, publisher, key",
    [
        ("https://www.a.co.uk/news/19394389.one-title/?ref=rss", NEWSQUEST, "newsquest:19394389"),
        ("https://www.b.co.uk/news/19394389.other-words/", NEWSQUEST, "newsquest:19394389"),
        ("https://www.a.co.uk/news/", NEWSQUEST, "https://a.co.uk/news"),
        ("https://www.a.co.uk/news/19394389.one-title/", None, "https://a.co.uk/news/19394389.one-title"),
    ],
)
def test_titles_of_one_publisher_share_a_number(url, publisher, key):
    assert article_key(url, publisher) == key


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://WWW.Example.org:8080/a", "www.example.org"),
        ("http://u:p@example.org./", "example.org"),
        ("ftp://example.org/", ""),
        ("//example.org/", ""),
        ("/a/path", ""),
        ("http://", ""),
        ("http://[::1", ""),
    ],
)
def test_the_host(url, expected):
    assert host(url) == expected
