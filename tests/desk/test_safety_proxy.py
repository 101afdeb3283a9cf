"""Behind a council's web server, one that takes the prefix off and one that does not: real ones, of `served.py`."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from crawling import Crawl
from desks import KEY, Reader
from served import Answered, ask, proxy, served
from test_safety_login import CHEAP, RIGHT
from werkzeug.exceptions import HTTPException
from where import ROOT

from monitor.desk.application import application
from monitor.desk.safety.password import Password
from monitor.desk.safety.standing import standing
from monitor.settings import Desk

PUBLIC = "https://intranet.example"
DESK = Desk(public_address=f"{PUBLIC}/desk", trusted_proxies=("127.0.0.1",), user_header="X-Remote-User")
STANDS = standing("127.0.0.1", "127.0.0.1", "x", DESK, has_password=False)


def keeping(path, headers, peer):
    """`proxy_pass http://127.0.0.1:8642;` with the lines of docs/desk.md."""
    own = {
        "Host": "intranet.example",
        "X-Forwarded-For": peer,
        "X-Forwarded-Proto": "https",
        "X-Remote-User": "j.smith",
    }
    return path, {**headers, **own}


def stripping(path, headers, peer):
    """`proxy_pass http://127.0.0.1:8642/;`"""
    path, headers = keeping(path, headers, peer)
    return path.removeprefix("/desk") or "/", {**headers, "X-Forwarded-Prefix": "/desk"}


def careless(path, headers, peer):
    """As a proxy does without any line: the host is the desk's own, the path is kept."""
    host = {"Host": "127.0.0.1:8642", "X-Forwarded-Host": "intranet.example", "X-Remote-User": "j.smith"}
    return path, {**headers, **host}


def as_documented(slash: str):
    """What the nginx of docs/desk.md hands on, with and without a slash at the end of `proxy_pass`."""
    written = (ROOT / "docs" / "desk.md").read_text("utf-8").partition("```nginx")[2].partition("```")[0]
    lines = re.findall(r"proxy_set_header (\S+) (\S+);", written)
    assert "proxy_pass http://127.0.0.1:8642;" in written and len(lines) == 3

    def handed_on(path, headers, peer):
        said = {"$host": "intranet.example", "$remote_addr": peer, "$remote_user": "j.smith"}
        set_here = {name: said[value] for name, value in lines}
        kept = {
            name: value for name, value in headers.items() if name.lower() not in map(str.lower, set_here)
        }
        return (path.removeprefix("/desk") or "/" if slash else path), {**kept, **set_here}

    return handed_on


class Through:
    """As `Reader.client` is asked, by way of a port on this machine, with the cookies that came."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def get(self, address, base_url="", **_):
        return self.asked("GET", address)

    def asked(self, method, address, body=b"", **named):
        if self.cookies:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = ask(self.port, address, method, body, Host="intranet.example", **named)
        if cookie := answer.headers.get("Set-Cookie"):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
            self.set_cookie = cookie
        return answer


def address_of(answer: Answered, base: str) -> str:
    return urljoin(base, answer.headers["Location"])


@pytest.fixture(scope="module", params=[keeping, stripping, careless], ids=lambda way: way.__name__)
def behind(request, week):
    with served(application(week.open, KEY, STANDS)) as port, proxy(port, request.param) as public:
        yield public


@pytest.fixture(scope="module")
def crawled(week):
    """A page of each kind, by the crawl."""
    crawl = Crawl(Reader(application(week.open, KEY)), each=1)
    return [each for each in crawl.pages() if "//" not in each]


@pytest.mark.slow
def test_no_link_of_any_page_leaves_the_prefix_and_each_is_answered(behind, week, crawled):
    """The pages are those of the crawl; of the addresses on them one of each kind is asked for through the proxy."""
    browser, asked = Through(behind), set()
    routes = application(week.open, KEY).url_map.bind("127.0.0.1")
    for path in crawled:
        answer = browser.get(f"/desk{path}")
        if answer.status in (301, 302, 303, 307, 308):
            assert urlsplit(address_of(answer, f"{PUBLIC}/desk{path}"))[:2] == ("https", "intranet.example")
            assert urlsplit(address_of(answer, f"{PUBLIC}/desk{path}")).path.startswith("/desk/")
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for attribute, link in links_of(answer.body, f"{PUBLIC}/desk{path}"):
            if not link.startswith(PUBLIC):
                continue
            assert f"{link}/".startswith(f"{PUBLIC}/desk/"), (path, attribute, link)
            inside = link.removeprefix(PUBLIC).partition("#")[0]
            if attribute == "href" and (kind := kind_of(routes, inside)) not in asked:
                asked.add(kind)
                assert browser.get(inside).status < 400, (path, link)
    assert {"edition.show", "history.show", "static", "story.show"} <= asked


def kind_of(routes, address):
    """The page that answers it."""
    try:
        return routes.match(urlsplit(address).path.removeprefix("/desk") or "/", "GET")[0]
    except HTTPException:
        return address


def links_of(body, base):
    from lxml import html

    for element in html.fromstring(body).iter():
        for attribute in ("href", "action", "src", "formaction"):
            if element.get(attribute) is not None and not element.get(attribute).startswith("data:"):
                yield attribute, urljoin(base, element.get(attribute))


def test_the_desk_is_whose_the_proxy_says_and_its_cookie_is_of_the_prefix(behind):
    browser = Through(behind)
    page = browser.get("/desk/").body.decode()
    assert "j.smith" in page
    browser.asked("POST", "/desk/history", b"a=1", Content_Type="application/x-www-form-urlencoded")
    parts = {part.strip() for part in browser.set_cookie.split(";")[1:]}
    assert {"Path=/desk", "Secure", "HttpOnly", "SameSite=Lax"} <= parts
    bare = browser.get("/desk")
    assert bare.status == 200 or bare.headers["Location"] == f"{PUBLIC}/desk/"


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_lines_for_nginx_do_what_is_said_of_them(week, slash):
    """Who says to be somebody else is who the web server says."""
    with served(application(week.open, KEY, STANDS)) as port, proxy(port, as_documented(slash)) as public:
        answer = ask(public, "/desk/history", X_Remote_User="evil", X_Forwarded_Prefix="//evil.example")
        assert answer.status == 200 and b"j.smith" in answer.body and b"evil" not in answer.body
        assert b'href="/desk/' in answer.body
        assert ask(port, "/desk/history", Host="intranet.example").status == 403  # beside the web server


def test_a_password_is_asked_for_through_the_proxy_and_one_comes_back_to_the_page(week):
    """And another address' guesses stop nobody."""
    stands = standing("127.0.0.1", "127.0.0.1", "x", Desk(public_address=f"{PUBLIC}/desk"), has_password=True)
    app = application(week.open, KEY, stands, Password(lambda: CHEAP[RIGHT]))
    for way in (keeping, stripping):
        with served(app) as port, proxy(port, way) as public:
            browser = Through(public)
            asked = browser.get("/desk/history?page=1")
            assert (asked.status, asked.headers["Location"]) == (303, "/desk/login?then=/history?page%3D1")
            page = browser.get("/desk/login?then=/history?page%3D1").body.decode()
            token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
            body = f"csrf_token={token}&password={RIGHT.replace(' ', '+')}&then=/history%3Fpage%3D1".encode()
            named = {"Content_Type": "application/x-www-form-urlencoded", "Origin": PUBLIC}
            entered = browser.asked("POST", "/desk/login", body, **named)
            assert (entered.status, entered.headers["Location"]) == (303, "/desk/history?page=1")
            assert browser.get("/desk/history?page=1").status == 200
            assert "Secure" in browser.set_cookie and "Path=/desk" in browser.set_cookie


FORGED = {
    "X-Forwarded-Prefix": "//evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "Forwarded": "host=evil.example;proto=http",
    "X-Script-Name": "//evil.example",
    "X-Original-URL": "//evil.example/",
    "X-Rewrite-URL": "//evil.example/",
}


@pytest.mark.parametrize(
    "stands", [STANDS, standing("127.0.0.1", "127.0.0.1", "x", Desk(), has_password=False)]
)
def test_no_header_moves_a_link(week, stands):
    """Also not from the proxy, which may hand on what somebody sent."""
    client = application(week.open, KEY, stands).test_client()
    named = {"base_url": "http://127.0.0.1", "headers": {**FORGED, "X-Remote-User": "j.smith"}}
    for path in ("/", "/history", "/nothing", "/login"):
        answer = client.get(path, **named)
        assert answer.status_code in (200, 303, 404)
        assert "evil.example" not in answer.text and "evil.example" not in str(answer.headers)
