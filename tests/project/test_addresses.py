"""Addresses as a person is shown them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.addresses import canonical
from monitor.addresses.quoting import quoted
from monitor.reading.urls import normalise

PAGE = "https://www.readingchronicle.example/news/19374532.new-powers/"


@pytest.mark.parametrize(
    "url, shown",
    [
        pytest.param(PAGE, PAGE, id="nothing to take away"),
        pytest.param(f"{PAGE}?ref=rss", PAGE, id="the feed's mark"),
        pytest.param(f"{PAGE}?ref=22-01234-FUL", f"{PAGE}?ref=22-01234-FUL", id="a planning application"),
        pytest.param(
            f"{PAGE}?utm_source=a&id=5&UTM_medium=b&page=2", f"{PAGE}?id=5&page=2", id="trackers among others"
        ),
        pytest.param(f"{PAGE}?at_medium=RSS&at_campaign=rss", PAGE, id="the BBC's"),
        pytest.param(f"{PAGE}?b=2&a=1", f"{PAGE}?b=2&a=1", id="the order stays"),
        pytest.param(f"{PAGE}?", PAGE, id="an empty question"),
        pytest.param(f"{PAGE}#comments", PAGE, id="a place in the page"),
        pytest.param("https://a.example/#!/news/5", "https://a.example/#!/news/5", id="a page of its own"),
        pytest.param("https://a.example/#/news/5", "https://a.example/#/news/5", id="likewise"),
        pytest.param("http://a.example/News/A", "http://a.example/News/A", id="scheme and case stay"),
        pytest.param("https://me:secret@a.example/1", "https://a.example/1", id="a password"),
        pytest.param("https://a.example:443/1", "https://a.example/1", id="the usual port"),
        pytest.param("https://a.example:8443/1", "https://a.example:8443/1", id="another port"),
        pytest.param("https://[2001:db8::1]/1", "https://[2001:db8::1]/1", id="an IPv6 address"),
        pytest.param("https://a.example/1;jsessionid=AB?id=5", "https://a.example/1?id=5", id="a session"),
        pytest.param(
            "https://l.agg.example/l.php?u=https%3A%2F%2Fa.example%2F1%3Futm_source%3Db&h=me",
            "https://a.example/1",
            id="in a redirector",
        ),
        pytest.param("mailto:a@b.example?utm_source=c", "mailto:a@b.example?utm_source=c", id="no address"),
        pytest.param("https://[oops?ref=rss", "https://[oops?ref=rss", id="a broken one"),
        pytest.param("https://a.example:port/?ref=rss", "https://a.example:port/?ref=rss", id="no port"),
    ],
)
def test_an_address_is_shown_without_what_says_where_a_reader_came_from(url, shown):
    assert canonical(url) == shown


PARTS = st.sampled_from(
    ["/", "?", "&", "#", "=", ":", "@", "!", "a", "é", "%c3", "utm_source", "ref=rss", "id=5", "8080", "443"]
)


@given(st.lists(PARTS, max_size=12).map("".join))
@example("?&a=")
@example(":443/?utm_source=a#!/b")
def test_it_stays_the_same_article_and_is_shown_once_for_all(tail):
    url = f"https://www.courier.example{tail}"
    assert canonical(canonical(url)) == canonical(url)
    assert normalise(canonical(url)) == normalise(url)


@pytest.mark.parametrize(
    "url, kept",
    [
        ("https://a.example/news/1?b=c&d=%C3%A9#e", "https://a.example/news/1?b=c&d=%C3%A9#e"),
        ("https://a.example/news/café", "https://a.example/news/caf%C3%A9"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/\x1b[2J", "https://a.example/%1B[2J"),
        ("https://a.example/\x9b31m\x7f\x00", "https://a.example/%C2%9B31m%7F%00"),
        ("https://a.example/\u202efdp", "https://a.example/%E2%80%AEfdp"),
        ("https://a.example/?q=\u2066\ud83d", "https://a.example/?q=%E2%81%A6%ED%A0%BD"),
        ('https://a.example/<b>"{x}|`\\^', "https://a.example/%3Cb%3E%22%7Bx%7D%7C%60%5C%5E"),
        ("https://café.example/", "https://café.example/"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
        ("  https://a.example/ ", "https://a.example/"),
        ("https://a\x1b[2J.example/", None),
        ("https://a\u202e.example/", None),
        ("https://a.example?\x1b", "https://a.example?%1B"),
        ("https://a.example/" + "x" * 9_000, None),
        ("/news/\x1b", "/news/%1B"),
        ("", ""),
    ],
)
def test_an_address_comes_in_in_percents(url, kept):
    assert quoted(url) == kept
    assert kept is None or quoted(kept) == kept
