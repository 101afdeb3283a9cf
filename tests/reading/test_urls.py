"""When two addresses are the same article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.reading.urls import article_id, article_key, host, normalise, site_name
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
        pytest.param("https://m.example.org/news/1.story", id="for telephones"),
        pytest.param("https://mobile.example.org/news/1.story", id="likewise"),
        pytest.param("https://www2.example.org/news/1.story", id="a second server"),
        pytest.param("https://example.org//news//1.story", id="slashes twice"),
        pytest.param("https://example.org/news/1.story/index.html", id="the file of a folder"),
        pytest.param("https://example.org/news/1.story/Index.PHP", id="another"),
        pytest.param("https://example.org/%6Eews/1%2Estory", id="letters encoded"),
        pytest.param("https://example.org/news/1.story.amp", id="accelerated"),
        pytest.param("https://example.org/news/1.story?amp=1", id="by a parameter"),
        pytest.param("https://example.org/news/1.story?outputType=amp", id="by another"),
        pytest.param("https://example.org/news/1.story?amp", id="without a value"),
        pytest.param("https://example.org/news/1.story?mobile=1&m=1", id="for a small screen"),
        pytest.param("https://example.org/news/1.story?amp_js_v=0.1&usqp=mq331", id="a viewer's"),
        pytest.param("https://example.org/news/1.story?replytocom=52", id="to answer a comment"),
        pytest.param("https://example.org/news/1.story?service=rss", id="a service that is a feed"),
        pytest.param("https://example.org/news/1.story?source=rss&from=newsletter", id="sources"),
        pytest.param("https://example.org/news/1.story?amp;utm_medium=rss", id="an ampersand escaped twice"),
        pytest.param("https://example.org/news/1.story?WT.mc_id=a&mkt_tok=b&srsltid=c", id="more trackers"),
        pytest.param("https://example.org/news/1.story?print=1", id="on paper"),
        pytest.param("https://example.org/news/1.story;jsessionid=ABC1F", id="a session in the path"),
        pytest.param("https://example.org/news/1.story;jsessionid=AB1.node2?PHPSESSID=x", id="two sessions"),
        pytest.param("https://example.org/news/1.story?CFID=12&CFTOKEN=9f", id="ColdFusion's"),
        pytest.param("https://example.org/news/1.story?sid=0123456789abcdef0123", id="a token"),
        pytest.param("https://example.org/news/1.story?session_id=a1b2c3d4e5f6a7b8c9", id="a longer name"),
        pytest.param(
            "https://example.org/(S(lit3py55t21z5v55vlm25s55))/news/1.story", id="a server's session"
        ),
    ],
)
def test_one_article(url):
    assert normalise(url) == KEY


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://example.org/news/police-desk-to-close", id="as it is"),
        pytest.param("https://example.org/News/Police-Desk-To-Close", id="a headline in capitals"),
        pytest.param("https://example.org/NEWS/POLICE-DESK-TO-CLOSE", id="all of it"),
        pytest.param("https://example.org/news/police%2Ddesk%2dto-close", id="hyphens encoded"),
        pytest.param("https://example.org/news/police-desk-to-close/amp/", id="accelerated, behind"),
        pytest.param("https://example.org/amp/news/police-desk-to-close", id="before"),
        pytest.param("https://amp.example.org/news/police-desk-to-close", id="by the host"),
        pytest.param("https://example.org/news/police-desk-to-close/amp/index.html", id="in two ways"),
        pytest.param(
            "https://www.google.com/url?q=https%3A%2F%2Fm.example.org%2Fnews%2Fpolice-desk-to-close",
            id="in a redirector",
        ),
    ],
)
def test_one_headline(url):
    assert normalise(url) == "https://example.org/news/police-desk-to-close"


def test_a_number_before_a_headline():
    assert normalise("https://example.org/News/25612345.Police-Desk-To-Close/") == (
        "https://example.org/news/25612345.police-desk-to-close"
    )


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
        pytest.param(
            "https://example.org/watch?v=AbC", "https://example.org/watch?v=abc", id="a value has its case"
        ),
        pytest.param(
            "https://example.org/p/Ab-Cd-9xQ", "https://example.org/p/ab-cd-9xq", id="a number in letters"
        ),
        pytest.param("https://example.org/towns/amp", "https://example.org/towns", id="a town called Amp"),
        pytest.param("https://example.org/amp/a", "https://example.org/a", id="a section called Amp"),
        pytest.param("https://example.org/lamp?amp=5", "https://example.org/lamp?amp=6", id="amperes"),
        pytest.param(
            "https://example.org/s?sid=12345", "https://example.org/s?sid=12346", id="a story's sid"
        ),
        pytest.param(
            "https://example.org/s?session=2026", "https://example.org/s?session=2025", id="of parliament"
        ),
        pytest.param(
            "https://example.org/s?source=5", "https://example.org/s?source=6", id="a source's number"
        ),
        pytest.param("https://example.org/a?print=3", "https://example.org/a?print=4", id="a print's number"),
        pytest.param("https://example.org/a?page=1", "https://example.org/a?page=2", id="pages"),
        pytest.param("https://example.org/#/news/5", "https://example.org/#/news/6", id="pages by fragment"),
        pytest.param("https://example.org/#!/news/5", "https://example.org/", id="likewise"),
        pytest.param(
            "https://example.org/a/index.html", "https://example.org/b/index.html", id="files of folders"
        ),
        pytest.param(
            "https://example.org/index.php?id=5", "https://example.org/index.php?id=6", id="one file"
        ),
        pytest.param("https://example.org/index.php/a", "https://example.org/index.php/b", id="its paths"),
        pytest.param("https://m.co.uk/a", "https://co.uk/a", id="a site called m"),
        pytest.param("https://amp.example/a", "https://example/a", id="a site called amp"),
        pytest.param("https://s.example/a;v=1", "https://s.example/a;v=2", id="path parameters"),
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
        ("https://example.org/News/Story.aspx?ID=AbC", "https://example.org/news/story.aspx?id=AbC"),
        ("https://example.org/100%-safe", "https://example.org/100%25-safe"),
        ("https://z\u00fcrich.example/a", "https://xn--zrich-kva.example/a"),
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
        st.one_of(
            st.text("/aA%c3~!é \t?&", max_size=12),
            st.lists(
                st.sampled_from(
                    [
                        "/",
                        "/amp",
                        "/index.html",
                        "Big-New-Words",
                        ".amp",
                        "%2D",
                        "%2",
                        "4",
                        ";jsessionid=1",
                        "/url",
                    ]
                    + ["?u=https%3A%2F%2Fb.example%2F", "&amp;", "/https://c.example/", "=", "é"]
                ),
                max_size=8,
            ).map("".join),
        ),
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


@pytest.mark.parametrize(
    "url, name",
    [
        ("https://www.paper.co.uk/a", "paper"),
        ("https://news.alerts.search.example/a", "search"),
        ("https://bbc.co.uk/a", "bbc"),
        ("https://www.gov.uk/a", "gov"),
        ("https://www.paper.example", "paper"),
        ("https://localhost/a", ""),
        ("no address", ""),
    ],
)
def test_the_name_of_a_site(url, name):
    assert site_name(url) == name
