"""No secret in what is logged or sent: what the environment holds, and what has the form of one wherever it is from."""

import pytest
from growth import grows_with_its_length
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.app.secrets import known_secrets
from monitor.striking import SHORTEST, STRUCK, spellings, struck_out, without_mailboxes

UUID = "9d3f1c0e-5a7b-4c2d-8e6f-0123456789ab"
X = STRUCK


@pytest.mark.parametrize(
    "text, left",
    [
        # a name and a password in an address
        ("via http://bob:hunter2@proxy.example:3128: refused", f"via http://{X}@proxy.example:3128: refused"),
        ("https://token@feeds.example/rss", f"https://{X}@feeds.example/rss"),
        ("https://bob:p@ss@feeds.example/rss", f"https://{X}@feeds.example/rss"),
        ("HTTPS://Bob:Pa%40ss@feeds.example", f"HTTPS://{X}@feeds.example"),
        ("socks5h://u:pw@10.0.0.1:1080", f"socks5h://{X}@10.0.0.1:1080"),
        ("smtp://u:pw@relay.example", f"smtp://{X}@relay.example"),
        ("['http://a:b12@c.example', 1]", f"['http://{X}@c.example', 1]"),
        ("proxy bob:hunter2@proxy.example:3128 did not answer", f"proxy {X}@proxy.example:3128 did not answer"),
        # a word for it in an address
        ("https://a.example/rss?key=abc123&page=2", f"https://a.example/rss?key={X}&page=2"),
        ("https://a.example/rss?page=2&access_token=abc.def-1", f"https://a.example/rss?page=2&access_token={X}"),
        ("https://a.example/?x=1&amp;api_key=abc", f"https://a.example/?x=1&amp;api_key={X}"),
        ("https://a.example/#token=abc", f"https://a.example/#token={X}"),
        ("/rss?X-Amz-Signature=0a1b2c (Caused by …)", f"/rss?X-Amz-Signature={X} (Caused by …)"),
        ("https://a.example/rss?auth=abc\nnext", f"https://a.example/rss?auth={X}\nnext"),
        # a header
        ("Authorization: Basic Ym9iOmh1bnRlcjI=", f"Authorization: {X}"),
        ("proxy-authorization: Bearer abc\r\nHost: x", f"proxy-authorization: {X}\r\nHost: x"),
        ("Cookie: session=abc; theme=dark", f"Cookie: {X}"),
        ("X-Api-Key: abc", f"X-Api-Key: {X}"),
        ("sent Bearer eyJhbGciOi.J9.abc to", f"sent Bearer {X} to"),
        # a word for it in a text
        ("MONITOR_SMTP_PASSWORD=hunter2 monitor weekly", f"MONITOR_SMTP_PASSWORD={X} monitor weekly"),
        ("password = 'two words'", f"password = {X}"),
        ('{"password": "hunter2", "user": "bob"}', f'{{"password": {X}, "user": "bob"}}'),
        ("{'api_key': 'abc'}", f"{{'api_key': {X}}}"),
        ("Login(user='bob', password='hunter2')", f"Login(user='bob', password={X})"),
        ("client_secret=abc;x", f"client_secret={X};x"),
        # an address that is the key
        (f"https://hc-ping.com/{UUID}/fail: timed out", f"https://hc-ping.com/{X}/fail: timed out"),
        (f"http://10.0.0.3:8000/ping/{UUID}?create=1", f"http://10.0.0.3:8000/ping/{X}?create=1"),
    ],
)  # fmt: skip
def test_what_has_the_form_of_a_secret_is_struck_out(text, left):
    assert struck_out(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "not yet to officer@desk.example: “451 4.2.1 greylisted, try again later”",
        "TopicalIssuesMonitor/1.0 (+mailto:someone@example.org)",
        "https://www.example.org/news/24816123.police-keyword=none/",
        "https://www.example.org/@reporter/1",
        "https://www.example.org/rss?page=2&keyword=police",
        "panel.yaml:12: delivery.mail.password: is no key: delete it",
        "MONITOR_SMTP_USER has no password with it in MONITOR_SMTP_PASSWORD. It is kept.",
        "smtp.example.org:587 says no to MONITOR_SMTP_USER and its password (535)",
        "Police seek new authorization for basic officers",
        "File '/srv/monitor/cli/door.py', line 71, in invoke",
        "Draft 3: 18 stories in, 4 near, 120 out, from 1,204 articles.",
        "<topical-issues.3.20261116T070000.000000@desk.example>",
    ],
)
def test_what_is_none_stays(text):
    assert struck_out(text) == text


def test_what_the_environment_holds_is_struck_out_however_it_is_spelt(tmp_path):
    (tmp_path / "pw").write_text("two words\n")
    known = known_secrets(
        {
            "MONITOR_SMTP_USER": "bob",
            "MONITOR_SMTP_PASSWORD": "not asked, the file goes before",
            "MONITOR_SMTP_PASSWORD_FILE": str(tmp_path / "pw"),
            "MONITOR_PROXY": "http://bob:p%C3%A9nny@proxy.example:3128",
            "MONITOR_PING_POLL": "https://ping.example/my-project/poll-of-ours",
            "MONITOR_PING_WEEKLY_FILE": str(tmp_path / "missing"),
            "HOME": "/home/bob",
        }
    )
    for said, left in (
        ("535 two words is wrong", f"535 {X} is wrong"),
        ("two%20words", X),
        ("login of pénny failed", f"login of {X} failed"),
        ("login of p%C3%A9nny failed", f"login of {X} failed"),
        ("Max retries exceeded with url: /my-project/poll-of-ours/start", f"with url: {X}/start"),
        ("bob went to /home/bob", "bob went to /home/bob"),
    ):
        assert struck_out(said, known).endswith(left), said


@pytest.mark.parametrize(
    "text, left",
    [
        ("Draft 1 was sent: to o.fficer+x@desk.example.", "Draft 1 was sent: to [a mailbox]."),
        ("not to <a@b.example>, “c_d@sub.e-f.example”: 550", "not to <[a mailbox]>, “[a mailbox]”: 550"),
        ("from mailto:a@b.example;", "from mailto:[a mailbox];"),
        ("https://www.example.org/@reporter/1 at 3 @ 4", "https://www.example.org/@reporter/1 at 3 @ 4"),
        ("a@localhost", "a@localhost"),
    ],
)
def test_who_is_no_part_of_the_office_hears_of_no_mailbox(text, left):
    assert without_mailboxes(text) == left


@given(st.text(max_size=80), st.text(min_size=SHORTEST, max_size=20))
def test_to_strike_out_twice_is_to_strike_out_once(text, secret):
    known = spellings(secret)
    assume(not any(one in STRUCK for one in known))
    once = struck_out(text, known)
    assert struck_out(once, known) == once
    assert not any(one in once for one in known)


@pytest.mark.parametrize("part", ["a:", "http://", "password=", "?key=", "'token': ", "http://a/", "x.y+"])
def test_a_long_text_is_looked_through_in_a_time_that_grows_with_its_length(part):
    assert grows_with_its_length(lambda size: struck_out(part * size), 100)
