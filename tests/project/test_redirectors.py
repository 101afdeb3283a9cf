"""Redirectors' addresses give what they carry; whatever else holds an address in it stays as it is."""

import base64
import time
from urllib.parse import quote

import pytest

from monitor.addresses import canonical
from monitor.addresses.redirectors import unwrapped
from monitor.reading.urls import normalise

PAGE = "https://www.nowhere.example/news/police-desk-261128"
ONCE = quote(PAGE, safe="")
TWICE = quote(ONCE, safe="")


def in_base64(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


IN_BYTES = in_base64(b"\x08\x13\x22" + bytes([len(PAGE)]) + PAGE.encode() + b"\xd2\x01\x00")
IN_TOKEN = in_base64('{"link_id":101,"uri":"bp2:click","url":"' + PAGE + '","bulletin_id":"2026"}')


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(
            f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=67450010&url={ONCE}&c=1110",
            id="news search",
        ),
        pytest.param(
            f"http://www.google.com/url?rct=j&sa=t&url={PAGE}&ct=ga&cd=CAA1&usg=A", id="an alert, not encoded"
        ),
        pytest.param(f"https://www.google.co.uk/url?q={ONCE}&sa=U", id="a search"),
        pytest.param(f"https://duckduckgo.com/l/?uddg={ONCE}&rut=1", id="another"),
        pytest.param(f"https://www.bing.com/ck/a?!&&p=abc&ptn=3&u=a1{in_base64(PAGE)}&ntb=1", id="in base64"),
        pytest.param(
            f"https://r.search.yahoo.com/_ylt=Awr;_ylu=Y2/RV=2/RE=1700000000/RU={ONCE}/RK=2/RS=abc",
            id="in the path",
        ),
        pytest.param(
            f"http://us.rd.yahoo.com/dailynews/rss/search/police/SIG=11/*{ONCE.replace('%2F', '/')}",
            id="after a star",
        ),
        pytest.param(f"https://news.google.com/rss/articles/{IN_BYTES}?oc=5", id="among bytes in base64"),
        pytest.param(f"https://l.facebook.com/l.php?u={ONCE}&h=AT0", id="a social site"),
        pytest.param(f"https://out.reddit.com/t3_x?url={ONCE}&token=A", id="its host says so"),
        pytest.param(f"https://www.linkedin.com/redir/redirect?url={ONCE}&urlhash=1", id="its path says so"),
        pytest.param(f"https://medium.com/r/?url={ONCE}", id="a letter for redirect"),
        pytest.param(f"https://getpocket.com/redirect?url={ONCE}&h=1", id="a reader"),
        pytest.param(
            f"https://eur02.safelinks.protection.outlook.com/?url={ONCE}&data=05%7C02%7Cme%40office.example&reserved=0",
            id="a mail filter",
        ),
        pytest.param(f"https://urldefense.com/v3/__{PAGE}__;!!abc$", id="another, in the path"),
        pytest.param(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.nowhere.example_news_police-2Ddesk-2D261128&d=D",
            id="with a spelling of its own",
        ),
        pytest.param(f"https://secure-web.cisco.com/1abc-def/{ONCE}", id="encoded in the path"),
        pytest.param(
            f"https://x.protection.sophos.com/?d=nowhere.example&u={in_base64(PAGE)}&p=m",
            id="base64 for a page",
        ),
        pytest.param(
            "https://links-1.govdelivery.com/CL0/https:%2F%2Fwww.nowhere.example%2Fnews%2Fpolice-desk-261128/1/0100/a=12",
            id="a bulletin's link",
        ),
        pytest.param(f"https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9.{IN_TOKEN}.abc", id="in a token"),
        pytest.param(f"https://feeds.feedblitz.com/~/t/0/0/paper/~{PAGE}", id="a feed's keeper"),
        pytest.param(f"https://go.skimresources.com/?id=1X2&xs=1&url={ONCE}", id="a shop's"),
        pytest.param(f"https://href.li/?{PAGE}", id="the whole query"),
        pytest.param(f"https://agg.example/read.php?u={ONCE}", id="an aggregator"),
        pytest.param(
            f"https://agg.example/story?target={ONCE}&src=rss", id="another word for where it leads"
        ),
        pytest.param(f"https://agg.example/track?to={TWICE}", id="encoded twice"),
        pytest.param(f"https://go.agg.example/{PAGE}", id="plain in the path"),
        pytest.param(
            "https://www.google.com/amp/s/www.nowhere.example/news/police-desk-261128", id="an AMP viewer"
        ),
        pytest.param(
            "https://www-nowhere-example.cdn.ampproject.org/c/s/www.nowhere.example/news/police-desk-261128",
            id="an AMP cache",
        ),
        pytest.param(
            f"https://www.google.com/url?q={quote(f'https://l.facebook.com/l.php?u={ONCE}', safe='')}",
            id="one in another",
        ),
    ],
)
def test_what_a_redirector_carries(url):
    assert unwrapped(url) == PAGE
    assert (canonical(url), normalise(url)) == (PAGE, normalise(PAGE))


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(PAGE, id="an article"),
        pytest.param(
            "https://paper.example/news/police-desk-in-reading-to-close?url=https://other.example/a",
            id="a headline in the path",
        ),
        pytest.param("https://paper.example/news/25612345?url=https://other.example/a", id="a number in it"),
        pytest.param(
            "https://paper.example/story.aspx?id=55&url=https://other.example/a", id="a number beside it"
        ),
        pytest.param("https://council.example/news?item=55&source=https://police.example/x", id="a source"),
        pytest.param("https://paper.example/news?source=https://police.example/x", id="a source alone"),
        pytest.param(
            "https://paper.example/go/25612345-story?ref=https://www.google.com/x",
            id="where the reader came from",
        ),
        pytest.param("https://paper.example/a?img=https://cdn.example/x.jpg", id="a picture"),
        pytest.param("https://paper.example/?s=https://other.example/a", id="words that were searched for"),
        pytest.param("https://paper.example/read?url=/news/5", id="no absolute address"),
        pytest.param("https://paper.example/view?u=https%3A", id="half an address"),
        pytest.param(
            "https://paper.example/login?return_url=https://www.paper.example/news/a", id="to log in"
        ),
        pytest.param(f"https://www.facebook.com/sharer/sharer.php?u={ONCE}", id="to share"),
        pytest.param(f"https://twitter.com/intent/tweet?url={ONCE}", id="to share elsewhere"),
        pytest.param(f"https://www.linkedin.com/shareArticle?mini=true&url={ONCE}", id="and there"),
        pytest.param(f"https://pins.example/pin/create/button/?url={ONCE}&media=x", id="to pin"),
        pytest.param(f"https://pocket.example/save?url={ONCE}", id="to keep"),
        pytest.param(f"https://social.example/dialog/feed?app_id=5&link={ONCE}", id="a dialog"),
        pytest.param(f"https://accounts.paper.example/logout?target={ONCE}", id="to log out"),
        pytest.param(f"https://w.sound.example/player/?url={ONCE}", id="a player"),
        pytest.param(
            "https://thumbs.example/220x130/https://cdn.example/a/b.jpg", id="a picture made smaller"
        ),
        pytest.param("https://paper.example/feed/;icon-uri=https://s1.example/i/favicon", id="an icon"),
        pytest.param(f"https://web.archive.org/web/20261128120000/{PAGE}", id="a copy in an archive"),
        pytest.param("https://www.google.com/url?q=https://www.nowhere.example/", id="to a front page"),
        pytest.param("https://paper.example/news/c/s/www.x.example/y", id="like an AMP cache's path"),
        pytest.param("mailto:desk@paper.example?body=https://www.nowhere.example/a", id="no web address"),
        pytest.param("https://[oops/?url=https://www.nowhere.example/a", id="a broken one"),
        pytest.param(f"https://www.google.com/url?q={ONCE}" + "x" * 9_000, id="longer than any address"),
    ],
)
def test_what_is_no_redirector(url):
    assert unwrapped(url) == url


@pytest.mark.parametrize(
    "inside, carried",
    [
        ("https%3A%2F%2Fa.example%2Fcaf%C3%A9", "https://a.example/caf%C3%A9"),
        ("https%3A%2F%2Fa.example%2Fcaf%E9", "https://a.example/caf%E9"),
        ("https%3A%2F%2Fa.example%2Fa%20b%0a%1b[31m", "https://a.example/a%20b%0A%1B[31m"),
        ("https%3A%2F%2Fa.example%2Fs%3Fid%3D5%26b%3D6%23x", "https://a.example/s?id=5&b=6#x"),
        ("https%3A%2F%2Fa.example%2Fa%252Fb", "https://a.example/a%2Fb"),
        ("https://a.example/s?id=5", "https://a.example/s?id=5"),
        ("javascript%3Aalert(1)%2F%2Fhttps://a.example/a", None),
        ("ftp%3A%2F%2Fa.example%2Fa", None),
    ],
)
def test_what_comes_out_is_an_address(inside, carried):
    url = f"https://l.agg.example/l.php?u={inside}&h=1"
    assert unwrapped(url) == (carried or url)


def test_it_is_unwrapped_five_times_at_most():
    url = PAGE
    for _ in range(6):
        url = f"https://agg.example/go?u={quote(url, safe='')}"
    assert unwrapped(url) == f"https://agg.example/go?u={ONCE}"


@pytest.mark.parametrize(
    "piece", ["/", "/*", "=~", "%3A", "https:/", "&u=", "a1aHR0c", "12345678a", ";s=1", "(S(a", "-A_"]
)
def test_no_address_costs_more_than_its_length(piece):
    url = "https://go.a.example/" + piece * (7_900 // len(piece))
    began = time.process_time()
    normalise(url)
    normalise(f"https://go.a.example/?u={url[8:]}")
    assert time.process_time() - began < 0.5
