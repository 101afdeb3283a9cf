"""Every page of the desk looked at for as long as it takes: axe-core at both widths, in both schemes and for contrast, which
`make test` computes in a simpler way (`tests/desk/looking.py`), and the keyboard to the end of each page."""

import pytest
from chromium import opened_windows, serving
from desks import copied
from everypage import LIST, pages
from test_accessibility import wrong_with
from test_journeys_beside import PHRASE, seen_through

from monitor.app.desk.search.indexing import bring_up
from monitor.store.search import FILE

pytestmark = [pytest.mark.unattended, pytest.mark.chromium, pytest.mark.driver]


@pytest.fixture(scope="module")
def seen(browser, desk_week, tmp_path_factory):
    week, config = desk_week
    desk = copied(week, tmp_path_factory.mktemp("desk") / "week", config)
    bring_up(desk.folder, desk.data, desk.data / FILE, config)
    with serving(desk.application()) as home, opened_windows(browser) as opened:
        yield opened(home)


@pytest.mark.parametrize("address", pages().addresses)
def test_a_page_is_whole_by_every_measure(seen, address):
    seen.noted.clear()
    assert wrong_with(seen.plain().open(address), thorough=True) == {}


def test_a_page_that_is_there_only_once_something_was_done_is_whole(desk, windows):
    with serving(desk.application()) as home:
        window = windows(home).open(f"/rules/list/{LIST['name']}")
        window.fill("Phrase", PHRASE).press("Try it")
        assert wrong_with(seen_through(window), thorough=True) == {}
        window.press("Save")
        assert wrong_with(window, thorough=True) == {}
