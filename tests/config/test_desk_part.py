"""`desk` in panel.yaml."""

import pytest

from monitor.config.panel_file import read_panel
from monitor.settings import Desk

PANEL = "panel: P\nforce: F\nreport: {to: To, title: T, author: A}\n"  # ends in line 3
PUBLIC = "public_address: https://intranet.example/desk"


@pytest.mark.parametrize(
    "written, wanted",
    [
        ("", Desk(public_address="", trusted_proxies=(), user_header="", hours=12)),
        ("desk: {hours: 8}\n", Desk(hours=8)),
        (f"desk: {{{PUBLIC}/}}\n", Desk(public_address="https://intranet.example/desk")),
        (
            "desk: {public_address: 'https://Desk.Example:8443'}\n",
            Desk(public_address="https://desk.example:8443"),
        ),
        (
            f"desk: {{{PUBLIC}, trusted_proxy: 127.0.0.1, user_header: X-Remote-User}}\n",
            Desk(
                public_address="https://intranet.example/desk",
                trusted_proxies=("127.0.0.1",),
                user_header="X-Remote-User",
            ),
        ),
        (
            f"desk: {{{PUBLIC}, trusted_proxy: [10.1.2.3, '2001:DB8::1', 10.1.2.3]}}\n",
            Desk(public_address="https://intranet.example/desk", trusted_proxies=("10.1.2.3", "2001:db8::1")),
        ),
    ],
)
def test_it_is_read(tmp_path, written, wanted):
    (tmp_path / "panel.yaml").write_text(PANEL + written)
    assert read_panel(tmp_path / "panel.yaml").value.desk == wanted


@pytest.mark.parametrize(
    "written, said",
    [
        ("{public_address: intranet.example/desk}", "4: desk.public_address: "),
        ("{public_address: 'javascript:alert(1)'}", "4: desk.public_address: "),
        ("{public_address: 'https://me:secret@intranet.example'}", "4: desk.public_address: carries a user name"),
        ("{public_address: 'https://intranet.example/desk?x=1'}", "4: desk.public_address: "),
        ("{public_address: 'https://intranet.example//evil.example'}", "4: desk.public_address: "),
        ("{public_address: 'https://intranet.example/a/../b'}", "4: desk.public_address: "),
        ("{public_address: 'https://intranet.example/d%2Fk'}", "4: desk.public_address: "),
        (f"{{{PUBLIC}, trusted_proxy: proxy.example}}", "4: desk.trusted_proxy: proxy.example is not an IP address"),
        (f"{{{PUBLIC}, trusted_proxy: '*'}}", "4: desk.trusted_proxy: * is not an IP address"),
        (f"{{{PUBLIC}, trusted_proxy: 10.0.0.0/8}}", "4: desk.trusted_proxy: 10.0.0.0/8 is not an IP address"),
        (f"{{{PUBLIC}, trusted_proxy: []}}", "4: desk.trusted_proxy: names nobody"),
        (f"{{{PUBLIC}, user_header: X-Remote-User}}", "4: desk: believes a header whoever sends it: add `trusted_proxy:`"),
        ("{trusted_proxy: 127.0.0.1}", "4: desk: names a proxy, and nothing says by which address"),
        (f"{{{PUBLIC}, trusted_proxy: 127.0.0.1, user_header: X_User}}", "4: desk.user_header: X_User is no header's name"),
        (f"{{{PUBLIC}, trusted_proxy: 127.0.0.1, user_header: Host}}", "4: desk.user_header: Host means something else"),
        ("{hours: 0}", "4: desk.hours: "),
        ("{hours: 1000}", "4: desk.hours: "),
        ("{password: secret}", "4: desk.password: no such key"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path, written, said):
    (tmp_path / "panel.yaml").write_text(f"{PANEL}desk: {written}\n")
    mistakes = read_panel(tmp_path / "panel.yaml")
    assert [str(mistake)[: len(said) + 11] for mistake in mistakes] == [f"panel.yaml:{said}"]
