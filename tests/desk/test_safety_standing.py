"""Where the desk stands: what is refused, and what is said when it starts."""

import pytest

from monitor.desk.safety.standing import lines, plain_address, standing
from monitor.errors import InputError
from monitor.settings import Desk

PUBLIC = Desk(public_address="https://intranet.example/desk")
PLAIN = Desk(public_address="http://intranet.example/desk")
SINGLE = Desk(
    public_address="https://intranet.example/desk", trusted_proxies=("10.0.0.2",), user_header="X-Remote-User"
)


@pytest.mark.parametrize(
    "host, desk, said",
    [
        ("0.0.0.0", Desk(), "On 0.0.0.0 others than this machine reach the desk, and it has no password: set one"),
        ("::", Desk(), "On :: others than this machine reach the desk, and it has no password: set one"),
        ("192.168.1.5", Desk(), "On 192.168.1.5 others than this machine reach the desk"),
        ("2001:db8::5", Desk(), "On 2001:db8::5 others than this machine reach the desk"),
        ("0.0.0.0", SINGLE, "On 0.0.0.0 others than this machine reach the desk"),
        ("127.0.0.1", PUBLIC, "Whoever opens https://intranet.example/desk would be in, for the desk has no password"),
        ("::1", PLAIN, "Whoever opens http://intranet.example/desk would be in"),
    ],
)  # fmt: skip
def test_nobody_is_let_in_by_mistake(host, desk, said):
    with pytest.raises(InputError) as refused:
        standing(host, host, "office-pc", desk, has_password=False)
    assert str(refused.value).startswith(said) and "\n" not in str(refused.value)
    assert "`monitor desk --new-password`" in str(refused.value)


def test_no_password_goes_over_a_network_that_can_be_read():
    with pytest.raises(InputError, match="plain http to http://intranet.example/desk.*with https"):
        standing("0.0.0.0", "0.0.0.0", "office-pc", PLAIN, has_password=True)


@pytest.mark.parametrize(
    "host, desk, has_password, secure",
    [
        ("127.0.0.1", Desk(), False, False),
        ("127.0.0.7", Desk(), True, False),
        ("::1", Desk(), True, False),
        ("::ffff:127.0.0.1", Desk(), False, False),
        ("127.0.0.1", PUBLIC, True, True),
        ("127.0.0.1", PLAIN, True, False),
        ("127.0.0.1", SINGLE, False, True),
        ("0.0.0.0", Desk(), True, True),
        ("192.168.1.5", PUBLIC, True, True),
    ],
)
def test_cookies_are_secure_wherever_the_public_address_is_or_others_reach_it(
    host, desk, has_password, secure
):
    assert standing(host, host, "office-pc", desk, has_password=has_password).secure == secure


@pytest.mark.parametrize(
    "host, desk, has_password, said",
    [
        (
            "127.0.0.1", Desk(), False,
            ["The desk is at http://127.0.0.1:8642/ (Ctrl-C ends it).",
             "No password is asked for: nobody but this machine reaches it.",
             "Its cookies are not Secure: they go by plain http, and on this machine only."],
        ),
        (
            "0.0.0.0", Desk(), True,
            ["The desk is at http://0.0.0.0:8642/ (Ctrl-C ends it).",
             "A password is asked for.",
             "Its cookies are Secure: it takes a web server with https before it to log in, which desk.public_address in "
             "panel.yaml names (docs/desk.md says how)."],
        ),
        (
            "127.0.0.1", SINGLE, False,
            ["The desk is at https://intranet.example/desk/ by way of your web server; it listens on "
             "http://127.0.0.1:8642/ (Ctrl-C ends it).",
             "Behind the proxy 10.0.0.2: it alone is believed who asks and who is logged in (X-Remote-User).",
             "Its cookies are Secure: they go by https alone."],
        ),
        (
            "127.0.0.1", PLAIN, True,
            ["The desk is at http://intranet.example/desk/ by way of your web server; it listens on "
             "http://127.0.0.1:8642/ (Ctrl-C ends it).",
             "A password is asked for.",
             "Its cookies are not Secure: they go by plain http."],
        ),
    ],
)  # fmt: skip
def test_it_says_how_it_stands(host, desk, has_password, said):
    stands = standing(host, host, "office-pc", desk, has_password=has_password)
    assert list(lines(stands, f"http://{host}:8642/", has_password=has_password)) == said


@pytest.mark.parametrize(
    "written, plain",
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::ffff:10.0.0.2", "10.0.0.2"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("nobody", "nobody"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(written, plain):
    assert plain_address(written) == plain
