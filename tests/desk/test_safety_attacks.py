"""What people write into an address bar who do not want to read the news: on every address and parameter that the desk
has, also those that are added later.
"""

import re
import sqlite3
from contextlib import closing
from urllib.parse import quote, urlsplit

import pytest
from crawling import Crawl
from desks import KEY, Reader, copied
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from monitor.desk.application import application

TRAVERSAL = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..%5c..%5c..%5cwindows%5cwin.ini",
    "....//....//etc/passwd",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "file:%2f%2f%2fetc%2fpasswd",
    "desk.css%00.html",
    "%00",
    "desk.key",
    "../desk.key",
    "..%2fdata%2fdesk.key",
    "..%c0%af..%c0%afetc%c0%afpasswd",
    "CON",
    "~root",
    "x" * 3_000,
)
VALUES = (
    "'",
    '"',
    "' OR '1'='1",
    "1; DROP TABLE articles; --",
    "1) UNION SELECT sql FROM sqlite_master --",
    '" OR 1=1 --',
    "%",
    "_",
    "*",
    "a*",
    "NEAR(",
    '"unfinished',
    "title:",
    "a AND",
    "()",
    "^",
    "{a b}: c",
    "-x",
    "NULL",
    "\\",
    "\x00",
    "a\x00b",
    "\r\nX-Evil: 1",
    "\r\n\r\n<script>x55</script>",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "../../../../etc/passwd",
    "//evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "0",
    "-1",
    "9" * 40,
    "1e309",
    "NaN",
    "٣",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-11-16T07:00:00+99:00",
    "true",
    "[]",
    "{{ 7 * 191 }}",
    "${7*191}",
    "%s%n",
    "x" * 5_000,
    "",
)
ALONE = ("'", '"unfinished', "a\x00b", "9" * 40, "2026-02-30", "\r\nX-Evil: 1", "//evil.example", "")
BYTES = (b"%ff", b"%c3%28", b"%ed%a0%80", b"%f5%80%80%80", b"%", b"%zz", b"%u0041")


class Asked(ImmutableMultiDict):
    """A request's parameters, which remember by which names a page asked for them."""

    names: set[str] = set()

    def __getitem__(self, name):
        Asked.names.add(name)
        return super().__getitem__(name)

    def get(self, name, *rest, **named):
        Asked.names.add(name)
        return super().get(name, *rest, **named)

    def getlist(self, name, *rest, **named):
        Asked.names.add(name)
        return super().getlist(name, *rest, **named)


class AskedRequest(Request):
    parameter_storage_class = Asked


def stored(desk) -> dict[str, object]:
    """What a reader must not change: the archive's tables, and every file but the archive and the desk's own."""
    with closing(sqlite3.connect(desk.data / "archive.db")) as archive:
        tables = [name for (name,) in archive.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: archive.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    files = [
        path
        for path in desk.folder.rglob("*")
        if path.is_file() and path.suffix in (".yaml", ".docx", ".json")
    ]
    return {**rows, **{str(path): path.read_bytes() for path in files}}


class Attack:
    def __init__(self, desk):
        self.reader = Reader(application(desk.open, KEY))
        self.app = self.reader.app
        self.app.request_class = AskedRequest
        self.wrong: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        crawl, found, self.before = Crawl(self.reader, each=1), set(), stored(desk)
        Asked.names.clear()
        for address in crawl.pages():
            path = urlsplit(address).path
            self.paths.setdefault(crawl._endpoint(path, "GET"), path)
            found |= {(path, name) for name in Asked.names}
            Asked.names.clear()
        for path in (*crawl._fixed(), "/logout"):
            self.app.test_client().head(path, base_url="http://127.0.0.1")
        self.after = stored(desk)
        self.forms = crawl.forms
        self.parameters = sorted(found)

    def get(self, address):
        client = self.app.test_client()
        answer = client.get(address, base_url="http://127.0.0.1")
        self.judge(address, answer)
        return answer

    def judge(self, what, answer):
        """An answer in words, of this desk, that leads nowhere else, and holds nothing of this machine."""
        text, place = answer.get_data().decode("utf-8", "replace"), answer.headers.get("Location", "/")
        said = str(answer.headers)
        if answer.status_code >= 500 and answer.status_code != 503:
            self.wrong[what[:200]] = f"{answer.status_code}: {re.sub('<[^>]*>', ' ', text)[-400:]}"
        elif "X-Evil" in answer.headers or "\r\nX-Evil" in said:
            self.wrong[what[:200]] = "a header of theirs"
        elif not re.match(r"/(?![/\\])|http://127\.0\.0\.1/(?!/)", place):
            self.wrong[what[:200]] = f"leads to {place}"
        elif any(
            word in text for word in ("root:x:", "CREATE TABLE", "Traceback", "sqlite3.", "no such column")
        ):
            self.wrong[what[:200]] = "says what is nobody's business"
        elif "<script>x55" in text or "1337" in text:
            self.wrong[what[:200]] = "is taken for our own"
        answer.close()


@pytest.fixture(scope="module")
def attack(desk_week, tmp_path_factory):
    made, config = desk_week
    return Attack(copied(made, tmp_path_factory.mktemp("attacked") / "week", config))


@pytest.mark.slow
def test_no_part_of_an_address_leads_to_a_file_or_a_bug(attack):
    rules = [rule for rule in attack.app.url_map.iter_rules() if rule.arguments]
    assert any(rule.endpoint == "static" for rule in rules)
    values = (*(quote(value, safe="") for value in VALUES[:32]), *(one.decode() for one in BYTES))
    for number, rule in enumerate(rules):
        for payload in (
            (*TRAVERSAL, *values) if rule.endpoint == "static" else (*TRAVERSAL, *values)[number % 4 :: 4]
        ):
            answer = attack.get(re.sub(r"<[^>]+>", lambda _: payload, rule.rule))  # noqa: B023
            assert answer.status_code != 200 or rule.endpoint != "static", (rule, payload)
    assert attack.wrong == {}


@pytest.mark.slow
def test_no_parameter_leads_to_a_bug_or_away(attack):
    """Each is given some of the values, the next one the next."""
    assert ("/login", "then") in attack.parameters
    for number, (path, name) in enumerate(attack.parameters):
        for value in (ALONE[number % len(ALONE)], *VALUES[number % 24 :: 24]):
            attack.get(f"{path}?{name}={quote(value, safe='')}")
    assert attack.wrong == {}


@pytest.mark.slow
def test_a_parameter_that_is_no_text_or_comes_many_times_is_no_bug(attack):
    for number, (path, name) in enumerate(attack.parameters):
        raw = BYTES[number % len(BYTES)].decode()
        many = f"{name}=1&{name}=2&{name}[]=3&{name}=&&={name}&&&="
        attack.get(f"{path}?{name}={raw}&{raw}={raw}" if number % 2 else f"{path}?{many}")
    assert attack.wrong == {}


@pytest.mark.slow
def test_no_field_of_a_form_leads_to_a_bug_or_away(attack):
    """Every form that changes something, each of its fields hostile, then left out, then many times, then no text."""
    client = attack.app.test_client()
    page = client.post("/login", data={"a": "1"}, base_url="http://127.0.0.1").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def send(action, pairs):
        body = "&".join(f"{quote(name)}={value}" for name, value in [*pairs, ("csrf_token", token)])
        kind = "application/x-www-form-urlencoded"
        answer = client.post(action, data=body, content_type=kind, base_url="http://127.0.0.1")
        attack.judge(f"{action} {body}", answer)

    for number, (action, fields) in enumerate(attack.forms.values()):
        names = [name for name, *_ in fields if name != "csrf_token"]
        send(action, [])
        send(action, [(name, BYTES[number % len(BYTES)].decode()) for name in names])
        send(action, [(name, value) for name in names for value in ("1", "2", "")])
        for value in VALUES[number % 9 :: 9]:
            send(action, [(name, quote(value)) for name in names])
    assert attack.wrong == {}


@pytest.mark.parametrize(
    "method", ["HEAD", "OPTIONS", "TRACE", "TRACK", "DEBUG", "PUT", "DELETE", "PATCH", "X" * 100]
)
def test_another_verb_does_nothing(attack, method):
    for path in attack.paths.values():
        answer = attack.app.test_client().open(path, method=method, base_url="http://127.0.0.1")
        assert answer.status_code in (200, 301, 302, 303, 308, 400, 404, 405, 409), (method, path)
        assert method in ("HEAD", "OPTIONS") or answer.status_code in (404, 405), (method, path)
        assert method != "TRACE" or "127.0.0.1" not in answer.text


def test_nothing_is_changed_by_looking(attack):
    """A link, a picture on another site's page, a browser that fetches ahead: none of them may do anything. All pages were
    looked at, and nothing else was done yet."""
    before, after = attack.before, attack.after
    assert len(before) > 10 and len(attack.paths) > 6
    assert {name for name in before | after if before.get(name) != after.get(name)} == set()


@pytest.mark.slow
def test_no_page_may_stand_in_anothers_frame(attack):
    for path in attack.paths.values():
        headers = attack.app.test_client().get(path, base_url="http://127.0.0.1").headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Frame-Options"] == "DENY" and "Access-Control-Allow-Origin" not in headers, path
        assert "script-src" not in headers["Content-Security-Policy"] and "unsafe" not in str(headers), path
        assert headers["Cache-Control"] == "no-store" or path.startswith("/static"), path
