"""The password, the sessions it begins, and what is kept for who must log in again."""

import re
from datetime import timedelta

import pytest
from conftest import NOW
from desks import KEY, Reader, WeekDesk
from flask import request
from werkzeug.security import generate_password_hash

from monitor.desk.application import application
from monitor.desk.safety.attempts import FREE
from monitor.desk.safety.password import AT_ONCE, Password
from monitor.desk.safety.returning import own_path
from monitor.desk.safety.standing import AT_HOME, Standing

RIGHT, OTHER = "correct horse battery", "another three words"
CHEAP = {word: generate_password_hash(word, method="scrypt:1024:8:1") for word in (RIGHT, OTHER)}


class Locked:
    """A desk with a password, whose clock, seconds and password a test may turn."""

    def __init__(self, desk: WeekDesk, stands: Standing = AT_HOME) -> None:
        self.now, self.seconds, self.held = NOW, 0.0, CHEAP[RIGHT]
        opened = WeekDesk(desk.folder, desk.open.config(), lambda: self.now).open
        self.password = Password(lambda: self.held)
        self.app = application(opened, KEY, stands, self.password, lambda: self.seconds)
        self.app.add_url_rule("/note", "test.note", self._note, methods=["GET", "POST"])
        self.noted: list[tuple[str, str]] = []

    def _note(self) -> str:
        self.noted += [*request.form.items(multi=True)]
        return "noted"

    def reader(self) -> Reader:
        return Reader(self.app)

    def inside(self, then: str = "/") -> Reader:
        return self.reader().get(then).press("Log in", password=RIGHT)


@pytest.fixture
def locked(week):
    return Locked(week)


def cookie(reader: Reader) -> str:
    (found,) = [one for one in reader.client._cookies.values() if one.key.startswith("desk_")]
    return found.value


# ── in and out ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_seen_without_logging_in(locked):
    for rule in locked.app.url_map.iter_rules():
        if rule.endpoint in ("static", "login.show", "login.enter"):
            continue
        address = re.sub(r"<[^>]+>", "x", rule.rule)
        reader = locked.reader()
        assert reader.get(address).title.startswith("Log in –"), rule
        assert not reader.all("//nav") and not reader.all("//button[contains(., 'Log out')]")
        assert reader.post(address, {}).status == 401, rule
    assert locked.reader().get("/nothing").title.startswith("Log in –")
    assert locked.reader().get("/static/desk.css").status == 200
    assert locked.noted == []


def test_the_log_in_page_helps(locked):
    reader = locked.reader().get("/")
    (field,) = reader.all("//input[@type='password']")
    assert (field.get("autocomplete"), field.get("id")) == ("current-password", "password")
    assert reader.all("//label[@for='password']") and not reader.all("//@onpaste | //@readonly")
    assert reader.says("Ask whoever runs this machine for monitor desk --new-password")


def test_who_knows_the_password_goes_on_to_what_was_asked_for(locked):
    reader = locked.inside("/note?then=1&q=a%20b")
    assert (reader.text, reader.address) == ("noted", "/note?then=1&q=a%20b")
    page = reader.get("/")
    assert page.title.startswith("This edition") and page.all("//button[contains(., 'Log out')]")
    assert page.get("/login").title.startswith("This edition")


@pytest.mark.parametrize(
    "typed",
    ["", "wrong", RIGHT.upper(), f"{RIGHT} ", "\x00", "ä" * 200, CHEAP[RIGHT]],
    ids=["nothing", "another", "in capitals", "with a blank", "a nought", "a long one", "its hash"],
)
def test_a_wrong_one_does_not(locked, typed):
    reader = locked.reader().get("/history").press("Log in", password=typed)
    assert reader.status == 422 and reader.title.startswith("Error: log in –")
    assert reader.all("//*[@role='alert']//a/@href") == ["#password"]
    assert reader.all("//input[@name='password']/@value") == [""]
    assert reader.get("/").title.startswith("Log in –")
    reader.get("/history").press("Log in", password=typed).press("Log in", password=RIGHT)
    assert reader.address == "/history"


def test_logging_out_takes_a_form_with_a_token(locked):
    reader = locked.inside()
    assert reader.get("/logout").status == 405 and reader.get("/").title.startswith("This edition")
    assert reader.post("/logout", {}).status == 400 and reader.get("/").title.startswith("This edition")
    assert reader.press("Log out").says("You are logged out.")
    assert reader.get("/").title.startswith("Log in –")


# ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_that_was_planted_is_not_the_one_that_is_logged_in(locked):
    reader = locked.reader().get("/login")
    planted, token = cookie(reader), reader.all("//input[@name='csrf_token']/@value")[0]
    with reader.client.session_transaction(base_url="http://127.0.0.1") as session:
        session["planted"] = "1"
    reader.get("/login").press("Log in", password=RIGHT)
    assert cookie(reader) != planted
    with reader.client.session_transaction(base_url="http://127.0.0.1") as session:
        assert "planted" not in session and session["number"]
    assert reader.post("/note", {"csrf_token": token}).status == 400
    other = locked.reader()
    other.client.set_cookie(reader.app.config["SESSION_COOKIE_NAME"], planted, domain="127.0.0.1")
    assert other.get("/").title.startswith("Log in –")
    numbers = set()
    for _ in range(3):
        inside = locked.inside()
        with inside.client.session_transaction(base_url="http://127.0.0.1") as session:
            numbers.add(session["number"])
    assert len(numbers) == 3


def test_a_copy_of_a_session_is_good_for_nothing_after_logging_out_nor_after_a_restart(locked, week):
    reader = locked.inside()
    copy = cookie(reader)
    other = locked.inside()
    reader.press("Log out")
    for app in (locked.app, Locked(week).app):
        thief = Reader(app)
        thief.client.set_cookie(app.config["SESSION_COOKIE_NAME"], copy, domain="127.0.0.1")
        assert thief.get("/").title.startswith("Log in –")
    assert other.get("/").title.startswith("This edition")


@pytest.mark.parametrize(
    "hours, passed, is_in",
    [
        (12, timedelta(hours=11, minutes=59), True),
        (12, timedelta(hours=12), False),
        (1, timedelta(hours=1), False),
        (48, timedelta(hours=40), True),
        (12, timedelta(hours=-2), False),  # a clock that was ahead
    ],
)
def test_a_session_ends_after_its_hours_however_much_is_done(week, hours, passed, is_in):
    locked = Locked(week, Standing(hours=hours))
    reader = locked.inside()
    locked.now += passed / 2
    reader.get("/")
    locked.now = NOW + passed
    assert reader.get("/").title.startswith("This edition" if is_in else "Log in")


def test_another_password_ends_all_sessions(locked):
    reader = locked.inside()
    locked.held = CHEAP[OTHER]
    assert reader.get("/").title.startswith("Log in –")
    assert reader.press("Log in", password=RIGHT).status == 422
    assert reader.press("Log in", password=OTHER).title.startswith("This edition")


def test_where_the_password_is_gone_nobody_is_let_in(locked):
    reader = locked.inside()
    locked.held = None
    for each in (reader, locked.reader()):
        assert each.get("/").status == 503 and each.says("not to be found any more, so nobody is let in")
        assert each.post("/note", {}).status == 503
    assert not reader.all("//nav") and locked.noted == []


def test_a_password_that_is_set_while_the_desk_is_open_is_asked_for(week):
    locked = Locked(week)
    locked.held = None
    locked.password.is_asked = False
    reader = locked.reader().get("/")
    assert reader.title.startswith("This edition") and not reader.all("//button[contains(., 'Log out')]")
    locked.held = CHEAP[RIGHT]
    assert reader.get("/").title.startswith("Log in –")


@pytest.mark.parametrize("changed", ["", "x", "eyJiZWdhbiI6MX0.x.y", "..", "%00", "a" * 3000])
def test_a_cookie_that_we_did_not_sign_is_none(locked, changed):
    reader = locked.reader()
    reader.client.set_cookie(locked.app.config["SESSION_COOKIE_NAME"], changed, domain="127.0.0.1")
    assert reader.get("/").title.startswith("Log in –")


# ── no typed word is lost ───────────────────────────────────────────────────────────────────────────────────────

WRITTEN = [("note", 'Two lines,\nand "marks" <b>&amp;'), ("tick", "a"), ("tick", "b"), ("empty", "")]
FIELDS = {"note": WRITTEN[0][1], "tick": ["a", "b"], "empty": "", "password": "not kept"}


def test_what_was_sent_after_the_session_ended_is_kept_through_the_log_in(locked):
    reader = locked.inside("/note")
    locked.now += timedelta(hours=13)
    assert reader.post("/note?x=1", FIELDS).status == 401 and locked.noted == []
    assert reader.says("What you had sent is kept")
    assert reader.press("Log in", password="wrong").status == 422
    assert reader.press("Log in", password=RIGHT).says("send it again")
    assert reader.title.startswith("Send this again")
    reader.press("Send again")
    assert reader.text == "noted" and reader.address == "/note"
    assert [pair for pair in locked.noted if pair[0] != "csrf_token"] == WRITTEN


def test_a_form_whose_token_is_old_comes_back_filled(locked):
    reader = locked.inside("/note")
    assert reader.post("/note", FIELDS).status == 400 and locked.noted == []
    assert reader.title.startswith("Error: send this again") and "not kept" not in reader.text
    reader.press("Send again")
    assert [pair for pair in locked.noted if pair[0] != "csrf_token"] == WRITTEN


def test_a_log_in_page_that_was_left_open_asks_again_and_repeats_no_password(locked):
    reader = locked.reader().get("/note")
    assert reader.post("/login", {"password": RIGHT, "then": "/note", "kept.note": "word"}).status == 400
    assert RIGHT not in reader.text and reader.says("Type the password again")
    assert reader.press("Log in", password=RIGHT).press("Send again").text == "noted"


@pytest.mark.parametrize(
    "stands, said",
    [(AT_HOME, "Allow cookies for this address."), (Standing(secure=True), "begins with https://")],
)
def test_a_browser_that_brings_no_cookie_is_told_so(week, stands, said):
    reader = Locked(week, stands).reader()
    assert reader.post("/login", {"password": RIGHT}).status == 400
    assert reader.says("brought no cookie") and reader.says(said)


# ── guessing ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_guessing_is_slowed_and_who_waits_gets_in(locked):
    reader = locked.reader().get("/note")
    for _ in range(FREE):
        assert reader.press("Log in", password="wrong").status == 422
    for typed in ("wrong", RIGHT):  # within the wait none is looked at
        refused = reader.press("Log in", password=typed)
        assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
        assert refused.says("Wait 1 second, then try again.") and refused.all("//input[@name='password']")
    locked.seconds += 1
    assert reader.press("Log in", password=RIGHT).text == "noted"
    assert locked.reader().get("/note").press("Log in", password="wrong").status == 422


def test_behind_a_proxy_each_address_is_slowed_by_itself(week):
    locked = Locked(week, Standing(proxies=frozenset({"127.0.0.1"})))

    def guess(address):
        reader = locked.reader()
        named = {"headers": {"X-Forwarded-For": f"6.6.6.6, {address}"}}
        token = reader.get("/login", **named).all("//input[@name='csrf_token']/@value")[0]
        return reader.post("/login", {"password": "wrong", "csrf_token": token}, **named).status

    assert [guess("192.0.2.1") for _ in range(FREE + 1)] == [422] * FREE + [429]
    assert guess("192.0.2.2") == 422


def test_without_a_named_proxy_no_header_makes_somebody_another(locked):
    reader = locked.reader().get("/login")
    token = reader.all("//input[@name='csrf_token']/@value")[0]
    statuses = [
        reader.post(
            "/login", {"password": "x", "csrf_token": token}, headers={"X-Forwarded-For": f"192.0.2.{number}"}
        ).status
        for number in range(FREE + 1)
    ]
    assert statuses == [422] * FREE + [429]


def test_a_long_password_is_not_hashed_and_no_more_than_two_at_once(locked, monkeypatch):
    asked = []
    monkeypatch.setattr("monitor.desk.safety.password.check_password_hash", lambda *_: asked.append(1))
    reader = locked.reader().get("/").press("Log in", password="x" * 1_001)
    assert reader.status == 422 and reader.says("at most 1,000 bytes") and asked == []
    monkeypatch.setattr("monitor.desk.safety.password.PATIENCE", 0.01)
    for _ in range(AT_ONCE):
        locked.password._looking.acquire()
    assert reader.press("Log in", password=RIGHT).status == 429
    assert reader.says("Others are logging in") and asked == []


# ── where one goes back to ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "written, wanted",
    [
        ("/", "/"),
        ("/search?q=a%20b&page=2", "/search?q=a%20b&page=2"),
        ("/%2Fevil.example", "/%2Fevil.example"),  # a path of ours, whatever it holds
        (None, "/"),
        ("", "/"),
        ("search", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/a\\b", "/"),
        ("https://evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("data:text/html,x", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("\t//evil.example", "/"),
        (" //evil.example", "/"),
        ("/\r\nX-Evil: 1", "/"),
        ("/\x00", "/"),
        ("/" + "x" * 3000, "/"),
        ("?q=1", "/"),
        ("@evil.example", "/"),
        (".evil.example", "/"),
    ],
)
def test_nobody_is_led_away(locked, written, wanted):
    assert own_path(written) == wanted
    client = locked.app.test_client()
    page = client.get("/login", query_string={"then": written or ""}, base_url="http://127.0.0.1").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    for then in (re.search(r'name="then" value="([^"]*)"', page)[1].replace("&amp;", "&"), written or ""):
        answer = client.post(
            "/login", data={"password": RIGHT, "then": then, "csrf_token": token}, base_url="http://127.0.0.1"
        )
        if answer.status_code == 303:  # the second time the token is of the session before
            assert answer.headers["Location"] == wanted
    kept = client.post(
        "/login", data={"then": written or "", "kept.x": "1"}, base_url="http://127.0.0.1"
    ).text
    assert "evil.example" not in kept or wanted != "/"
