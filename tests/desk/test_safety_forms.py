"""What may be sent, from where, and with what token. `noted` is what got through."""

from datetime import timedelta

import pytest
from desks import KEY, Reader
from flask import request
from freezing import at_second

from monitor.desk.application import application
from monitor.desk.safety.bodies import LARGEST_FILE, LARGEST_FORM, MOST_FIELDS, takes_a_file
from monitor.desk.safety.origins import is_own
from monitor.desk.safety.standing import AT_HOME, Standing

HOME = "http://127.0.0.1"
FORM = "application/x-www-form-urlencoded"
PUBLIC = Standing(
    names=frozenset({"127.0.0.1", "intranet.example"}), public="https://intranet.example", prefix="/desk"
)


class Noting:
    """A desk with a page that says which forms got through."""

    def __init__(self, week, stands=AT_HOME):
        self.app = application(week.open, KEY, stands)
        self.noted = []
        methods = ["GET", "POST"]
        self.app.add_url_rule("/note", "test.note", self.note, methods=methods)
        self.app.add_url_rule(
            "/file", "test.file", takes_a_file(LARGEST_FILE)(lambda: self.note()), methods=["POST"]
        )

    def note(self):
        self.noted.append(request.method)
        return "noted"

    def reader(self):
        return Reader(self.app)


@pytest.fixture
def noting(week):
    return Noting(week)


def token(reader):
    """That of a form that came back for want of one."""
    reader.post("/note", {"a": "1"})
    return reader.all("//input[@name='csrf_token']/@value")[0]


# ── the token ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_address_that_takes_a_form_wants_its_token(noting):
    for rule in noting.app.url_map.iter_rules():
        if "POST" in rule.methods:
            parts = {name: min(getattr(rule._converters[name], "items", "1")) for name in rule.arguments}
            address = noting.app.url_map.bind("127.0.0.1").build(rule.endpoint, parts, method="POST")
            for fields in ({}, {"csrf_token": ""}, {"csrf_token": "x"}):
                reader = noting.reader()
                assert reader.post(address, fields).status == 400, rule
    assert noting.noted == []
    assert noting.app.extensions["csrf"]._exempt_views == set()
    assert noting.app.extensions["csrf"]._exempt_blueprints == set()


def test_a_token_is_of_one_session(noting):
    mine, another = noting.reader(), noting.reader()
    of_another = token(another)
    token(mine)
    for forged in (of_another, of_another[:-1], of_another + "x", "", "null", "x" * 5000):
        assert mine.post("/note", {"csrf_token": forged}).status == 400, forged
    assert mine.post("/note", {}, headers={"X-CSRFToken": token(mine)}).status == 400
    assert mine.post("/note", {"prefix-csrf_token": of_another}).status == 400
    assert mine.post(f"/note?csrf_token={token(mine)}", {"a": "1"}).status == 400
    assert noting.noted == []
    assert mine.post("/note", {"csrf_token": token(mine)}).text == "noted"


def test_one_that_another_desk_signed_is_none(week, noting):
    reader = Reader(application(week.open, b"another key of thirty-two bytes!"))
    reader.post("/login", {"a": "1"})
    foreign = reader.all("//input[@name='csrf_token']/@value")[0]
    assert noting.reader().post("/note", {"csrf_token": foreign}).status == 400


def test_older_windows_can_still_send_all_day_and_not_for_ever(noting, monkeypatch):
    reader = noting.reader()
    first = token(reader)
    for _ in range(3):
        token(reader)  # newer windows
    at_second(monkeypatch, timedelta(hours=11, minutes=59))
    assert reader.post("/note", {"csrf_token": first}).text == "noted"
    at_second(monkeypatch, timedelta(hours=12, minutes=1))
    assert reader.post("/note", {"csrf_token": first}).status == 400
    assert reader.press("Send again").text == "noted"


# ── where it was sent from ──────────────────────────────────────────────────────────────────────────────────────

OURS = frozenset({"http://127.0.0.1:8642", "https://intranet.example"})


@pytest.mark.parametrize(
    "site, origin, wanted",
    [
        ("same-origin", "http://127.0.0.1:8642", True),
        ("same-origin", "null", True),  # a proxy's Referrer-Policy
        ("none", None, True),
        ("same-site", "https://intranet.example", False),
        ("cross-site", None, False),
        ("cross-site", "http://127.0.0.1:8642", False),
        ("", None, False),
        (None, None, True),
        (None, "https://intranet.example", True),
        (None, "HTTPS://Intranet.example", True),
        (None, "http://intranet.example", False),
        (None, "https://intranet.example:444", False),
        (None, "https://intranet.example.evil.example", False),
        (None, "http://127.0.0.1:9000", False),
        (None, "null", False),
        (None, "", False),
    ],
)
def test_an_origin(site, origin, wanted):
    assert is_own(site, origin, OURS) == wanted


@pytest.mark.parametrize(
    "headers, got",
    [
        ({"Origin": "https://intranet.example"}, True),
        ({"Origin": "http://127.0.0.1"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
    ],
)
def test_a_form_from_elsewhere_is_refused_though_its_token_is_right(week, headers, got):
    """And nothing of it is shown: what another site wrote is not to be sent on by a person who trusts the desk."""
    noting = Noting(week, PUBLIC)
    reader = noting.reader()
    reader.post("/desk/note", {"a": "1"})
    right = reader.all("//input[@name='csrf_token']/@value")[0]
    reader.post("/desk/note", {"csrf_token": right, "a": "their words"}, headers=headers)
    assert (reader.status, noting.noted) == ((200, ["POST"]) if got else (403, []))
    reader.post("/desk/note", {"a": "their words"}, headers=headers)
    assert ("their words" in reader.text) == got


# ── what it is ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/json", "multipart/form-data; boundary=x", "application/xml", "", f"{FORM}x"],
)
def test_what_is_no_plain_form_is_refused(noting, kind):
    reader = noting.reader()
    body = f"csrf_token={token(reader)}"
    reader._taken(reader.client.post("/note", data=body, content_type=kind, base_url=HOME), "/note")
    assert reader.status == 415 and reader.says("Nothing was changed") and noting.noted == []
    reader._taken(
        reader.client.post("/note", data=body, content_type=f"{FORM}; charset=utf-8", base_url=HOME), "/note"
    )
    assert reader.text == "noted"


def test_only_a_page_that_takes_a_file_takes_one_and_of_a_bounded_size(noting):
    reader = noting.reader()
    right = token(reader)

    def bring(address, size, name="list.opml"):
        parts = [('name="csrf_token"', right), (f'name="file"; filename="{name}"', "x" * size)]
        body = "".join(
            f"--b\r\nContent-Disposition: form-data; {said}\r\n\r\n{held}\r\n" for said, held in parts
        )
        return reader.post(address, f"{body}--b--\r\n", content_type="multipart/form-data; boundary=b").status

    assert bring("/note", 10) == 415
    assert bring("/file", LARGEST_FILE + 1) == 413 and reader.says("a list of feeds 2 MB")
    assert noting.noted == []
    assert bring("/file", LARGEST_FILE - 2_000) == 200
    assert bring("/file", 10, "../../etc/passwd\x00.opml") == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "POST", "LOCK", "CONNECT"])
def test_a_page_that_shows_takes_nothing(noting, method):
    reader = noting.reader()
    fields = {"csrf_token": token(reader)}
    for address in ("/", "/history", "/static/desk.css", "/login" if method != "POST" else "/"):
        answer = reader.client.open(address, method=method, data=fields, base_url=HOME)
        assert answer.status_code == 405, address
    answer = reader.client.post("/", data=fields, base_url=HOME, headers={"X-HTTP-Method-Override": "GET"})
    assert answer.status_code == 405


# ── how much of it ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fields, wanted",
    [
        ({"text": "x" * 3_500_000}, 200),
        ({"text": "x" * (LARGEST_FORM + 1)}, 413),
        ({f"field{number}": "1" for number in range(MOST_FIELDS - 2)}, 200),
        ({f"field{number}": "1" for number in range(MOST_FIELDS + 1)}, 413),
        ({"same": ["1"] * (MOST_FIELDS + 1)}, 413),
    ],
    ids=["long", "too long", "many", "too many", "too many of one name"],
)
def test_a_form_may_be_as_large_as_a_person_fills_it(noting, fields, wanted):
    reader = noting.reader()
    reader.post("/note", {"csrf_token": token(reader), **fields})
    assert reader.status == wanted and (wanted == 200) == bool(noting.noted)
    if wanted == 413:
        assert reader.says("The form is too large") and reader.says("Nothing was changed.")
