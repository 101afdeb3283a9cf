"""Only by our own names, before anything else is looked at."""

import pytest
from desks import KEY, Reader

from monitor.desk.application import application
from monitor.desk.safety.hosts import cookie_of, is_ours
from monitor.desk.safety.standing import AT_HOME, Standing, standing
from monitor.settings import Desk

LAN = standing("192.168.1.5", "192.168.1.5", "office-pc", Desk(), has_password=True)
ALL = standing("0.0.0.0", "0.0.0.0", "Office-PC", Desk(), has_password=True)
PROXIED = standing(
    "127.0.0.1", "127.0.0.1", "x", Desk(public_address="https://intranet.example/desk"), has_password=True
)


@pytest.mark.parametrize(
    "stands, host, wanted",
    [
        (AT_HOME, "127.0.0.1:8642", True),
        (AT_HOME, "127.0.0.1", True),
        (AT_HOME, "localhost:1", True),
        (AT_HOME, "LOCALHOST", True),
        (AT_HOME, "[::1]:8642", True),
        (AT_HOME, "[::1]", True),
        (AT_HOME, "[0:0:0:0:0:0:0:1]:8642", True),
        (AT_HOME, "::1", False),
        (AT_HOME, None, False),
        (AT_HOME, "", False),
        (AT_HOME, "evil.example", False),
        (AT_HOME, "evil.example:8642", False),
        (AT_HOME, "127.0.0.1.evil.example", False),
        (AT_HOME, "localhost.evil.example", False),
        (AT_HOME, "evil-localhost", False),
        (AT_HOME, "127.0.0.1@evil.example", False),
        (AT_HOME, "evil.example@127.0.0.1", False),
        (AT_HOME, "127.0.0.1, evil.example", False),
        (AT_HOME, "127.0.0.1 evil.example", False),
        (AT_HOME, "127.0.0.1:8642/evil", False),
        (AT_HOME, "127.0.0.1:evil", False),
        (AT_HOME, "127.0.0.1:", False),
        (AT_HOME, "localhost.", False),
        (AT_HOME, "0.0.0.0", False),
        (AT_HOME, "169.254.169.254", False),
        (AT_HOME, "[::ffff:127.0.0.1]", False),
        (AT_HOME, "[::1", False),
        (AT_HOME, "[evil]", False),
        (AT_HOME, "2130706433", False),
        (AT_HOME, "0x7f.1", False),
        (AT_HOME, "ｌocalhost", False),
        (AT_HOME, "127.0.0.1\r\nX-Evil: 1", False),
        (AT_HOME, "127.0.0.1\x00", False),
        (LAN, "192.168.1.5:8642", True),
        (LAN, "192.168.1.6", False),
        (LAN, "localhost", False),
        (LAN, "office-pc", False),
        (ALL, "192.168.1.6", True),
        (ALL, "[2001:db8::7]:80", True),
        (ALL, "office-pc:8642", True),
        (ALL, "localhost", True),
        (ALL, "office-pc.evil.example", False),
        (ALL, "evil.example", False),
        (ALL, "999.1.1.1", False),
        (PROXIED, "intranet.example", True),
        (PROXIED, "intranet.example:8443", True),
        (PROXIED, "127.0.0.1:8642", True),
        (PROXIED, "intranet.example.evil.example", False),
        (PROXIED, "other.example", False),
    ],
)
def test_a_name(stands, host, wanted):
    assert is_ours(host, stands) == wanted


@pytest.mark.parametrize("method", ["get", "post", "put", "options"])
@pytest.mark.parametrize("address", ["/", "/nothing", "/static/desk.css", "/login", "/%2e%2e/"])
def test_a_strange_name_is_told_nothing_whatever_it_asks_for(week, address, method):
    """A page elsewhere that gave its name our address: Host and Origin are its own, and agree."""
    client = application(week.open, KEY).test_client()
    evil = {"Origin": "http://evil.example:8642", "Sec-Fetch-Site": "same-origin"}
    answer = getattr(client, method)(address, base_url="http://evil.example:8642", headers=evil)
    assert answer.status_code == 400
    assert answer.text.startswith("The desk does not go by this name.") and "<" not in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Set-Cookie" not in answer.headers


def test_no_link_holds_the_host_that_was_asked(week):
    """A forged one would else be in the answer to a colleague."""
    for host in ("localhost", "127.0.0.1:9"):
        reader = Reader(application(week.open, KEY), f"http://{host}").get("/")
        assert reader.status == 200 and host not in reader.text


def test_each_archive_has_a_cookie_of_its_own(tmp_path):
    names = {cookie_of(tmp_path / name) for name in ("one", "two")} | {cookie_of(tmp_path / "." / "one")}
    assert len(names) == 2 and all(name.startswith("desk_") for name in names)


def test_one_that_nothing_is_said_of_is_this_machines():
    assert Standing() == AT_HOME and AT_HOME.names == {"127.0.0.1", "localhost", "::1"}
