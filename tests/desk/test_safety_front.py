"""What is believed of a proxy's headers, and from whom; and under which prefix the pages stand."""

import pytest
from desks import KEY

from monitor.desk.application import application
from monitor.desk.safety.front import PROXIED, USER, Front, client_of, name_in
from monitor.desk.safety.standing import standing
from monitor.desk.safety.who import who
from monitor.errors import InputError
from monitor.settings import Desk

PROXY = "10.0.0.2"
DESK = Desk(
    public_address="https://intranet.example/desk", trusted_proxies=(PROXY,), user_header="X-Remote-User"
)
STANDS = standing("127.0.0.1", "127.0.0.1", "x", DESK, has_password=False)
BEHIND = frozenset({PROXY, "10.0.0.3"})


@pytest.mark.parametrize(
    "forwarded, wanted",
    [
        ("", ""),
        ("192.0.2.1", "192.0.2.1"),
        ("6.6.6.6, 192.0.2.1", "192.0.2.1"),  # the first is what somebody sent
        ("192.0.2.1, 10.0.0.3", "192.0.2.1"),  # by way of two of ours
        ("192.0.2.1:4711", "192.0.2.1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
        (PROXY, ""),
    ],
)
def test_who_asks_is_the_last_that_a_proxy_added(forwarded, wanted):
    assert client_of(forwarded, BEHIND) == wanted


@pytest.mark.parametrize(
    "header, wanted",
    [
        ("j.smith", "j.smith"),
        (" COUNCIL\\jsmith ", "COUNCIL\\jsmith"),
        ("Siân Jones".encode().decode("latin-1"), "Siân Jones"),
        ("Sian Jon\xe9s", "Sian Jonés"),
        ("", ""),
        ("evil, j.smith", ""),  # the header came twice
        ("j\x1b[2Jsmith", ""),
        ("j\u202esmith".encode().decode("latin-1"), ""),
        ("x" * 101, ""),
    ],
)
def test_a_name_is_one_name(header, wanted):
    assert name_in(header) == wanted


def passed_on(**environ):
    seen = {}
    application = Front(lambda environ, start: seen.update(environ) or [], STANDS)
    application(
        {"HTTP_HOST": "intranet.example", "wsgi.url_scheme": "http", "PATH_INFO": "/", **environ}, None
    )
    return seen


FORGED = {
    "HTTP_X_FORWARDED_FOR": "192.0.2.1",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PROTO": "gopher",
    "HTTP_X_FORWARDED_PREFIX": "//evil.example",
    "HTTP_X_FORWARDED_PORT": "99",
    "HTTP_FORWARDED": "for=192.0.2.1;host=evil.example",
    "HTTP_X_REMOTE_USER": "j.smith",
}


@pytest.mark.parametrize(
    "peer, asks, user, proxied",
    [
        (PROXY, "192.0.2.1", "j.smith", True),
        (f"::ffff:{PROXY}", "192.0.2.1", "j.smith", True),
        ("127.0.0.1", "127.0.0.1", "", False),
        ("192.0.2.66", "192.0.2.66", "", False),
    ],
)
def test_only_the_named_proxy_is_believed_and_only_who_asks(peer, asks, user, proxied):
    seen = passed_on(REMOTE_ADDR=peer, **FORGED)
    assert (seen["REMOTE_ADDR"], seen[USER], seen[PROXIED]) == (asks, user, proxied)
    assert (seen["wsgi.url_scheme"], seen["HTTP_HOST"], seen["SCRIPT_NAME"]) == (
        "https",
        "intranet.example",
        "/desk",
    )
    assert [key for key in seen if "FORWARDED" in key or "REMOTE_USER" in key] == []


@pytest.mark.parametrize(
    "path, wanted",
    [
        ("/desk/history", "/history"),
        ("/history", "/history"),
        ("/desk", ""),
        ("/desk/", "/"),
        ("/desks", "/desks"),
        ("/desk/desk/x", "/desk/x"),
        ("/", "/"),
    ],
)
def test_the_prefix_is_understood_whether_the_proxy_takes_it_off_or_not(path, wanted):
    seen = passed_on(REMOTE_ADDR=PROXY, PATH_INFO=path)
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == ("/desk", wanted)


def test_a_prefix_that_is_a_page_is_refused(week):
    stands = standing(
        "127.0.0.1",
        "127.0.0.1",
        "x",
        Desk(public_address="https://intranet.example/search"),
        has_password=True,
    )
    with pytest.raises(InputError, match="ends in /search, which is one of the desk’s own pages"):
        application(week.open, KEY, stands)


def who_is_asked(week, peer, **headers):
    app = application(week.open, KEY, STANDS)
    app.add_url_rule("/who", "test.who", who)
    client = app.test_client()
    return client.get(
        "/who", base_url="http://intranet.example", environ_base={"REMOTE_ADDR": peer}, headers=headers
    )


def test_single_sign_on_is_believed_from_the_named_proxy_alone(week):
    named = {"X-Remote-User": "j.smith"}
    assert who_is_asked(week, PROXY, **named).text == "j.smith"
    for peer, headers in (
        (PROXY, {}),
        ("127.0.0.1", named),
        ("192.0.2.66", named),
        (PROXY, {"X-Remote-User": " "}),
    ):
        refused = who_is_asked(week, peer, **headers)
        assert refused.status_code == 403 and "named nobody" in refused.text, peer
    forged = {**named, "X-Forwarded-For": PROXY}
    assert who_is_asked(week, "192.0.2.66", **forged).status_code == 403


def test_the_page_says_who_is_logged_in_and_another_gets_none_of_their_session(week):
    """A form that was opened as one person is not sent as another: its token is of the first one's session."""
    client = application(week.open, KEY, STANDS).test_client()

    def as_user(name, method="get", **named):
        return getattr(client, method)(
            "/desk/", base_url="https://intranet.example", headers={"X-Remote-User": name},
            environ_base={"REMOTE_ADDR": PROXY}, **named,
        )  # fmt: skip

    page = as_user("<b>j.smith</b>").text
    assert "&lt;b&gt;j.smith&lt;/b&gt;" in page and "Log out" not in page
    stored = lambda: client.session_transaction(path="/desk/", base_url="https://intranet.example")  # noqa: E731
    with stored() as session:
        session["theirs"] = "1"
    as_user("<b>j.smith</b>")
    with stored() as session:
        assert session["theirs"] == "1"
    as_user("other")
    with stored() as session:
        assert "theirs" not in session


def test_without_a_proxy_it_is_the_desk_that_acts(week):
    app = application(week.open, KEY)
    app.add_url_rule("/who", "test.who", who)
    assert app.test_client().get("/who", base_url="http://127.0.0.1").text == "desk"
