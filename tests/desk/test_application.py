"""The desk as an application: every page is there, guarded, and says what is wrong when something is."""

import pytest
from jinja2 import Environment

from monitor.desk.pages import NAVIGATION

PAGES = ["/", "/search", "/rules", "/feeds", "/overview", "/history"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_stands_in_the_frame(desk, address):
    reader = desk.reader().get(address)
    assert reader.status == 200
    assert len(reader.all("//h1")) == 1
    assert reader.all("//html/@lang") == ["en-GB"]
    assert [one.text_content() for one in reader.all("//nav//a")] == [label for _, label in NAVIGATION]
    assert [one.get("href") for one in reader.all("//nav//a[@aria-current]")] == [address]
    assert reader.all("//body/a[1]/@href") == ["#main"] and reader.all("//main/@id") == ["main"]


def test_a_page_is_compiled_once_for_all_desks(desk, monkeypatch):
    desk.reader().get("/overview")
    monkeypatch.setattr(Environment, "_compile", None)
    assert desk.reader().get("/overview").status == 200


@pytest.mark.parametrize("address", [*PAGES, "/nothing", "/static/desk.css"])
def test_a_page_may_show_text_and_our_own_style_and_nothing_else(desk, address):
    headers = desk.reader().get(address).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_a_script_or_a_style_of_its_own(desk):
    for address in PAGES:
        assert not desk.reader().get(address).all("//script | //style | //@style | //@onclick"), address


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "169.254.169.254", "localhost.evil"]
)
def test_a_strange_name_is_told_nothing(desk, host):
    reader = desk.reader()
    reader.base = f"http://{host}:8642"
    assert reader.get("/").status == 400
    assert "does not go by this name" in reader.text and "<" not in reader.text
