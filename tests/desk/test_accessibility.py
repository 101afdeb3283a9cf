"""Every page, in a real browser: whole by axe-core wide and light, narrow and dark; no wider than the narrowest window,
reached in full by keyboard, with targets that a finger hits, legible in both schemes, in forced colours and on paper.
What axe says of contrast is in `tests/unattended/test_desk.py`."""

import pytest
from chromium import WIDE, Window, opened_windows, serving, violations
from desks import copied
from everypage import LIST, pages
from looking import faint, left_on_paper, sideways, small_targets, unreached, without_edge
from test_journeys_beside import PHRASE, seen_through

from monitor.app.desk.indexing import bring_up
from monitor.store.search import FILE

pytestmark = [pytest.mark.chromium, pytest.mark.driver]
PAGES = pages()


@pytest.fixture(scope="module")
def home(desk_week, tmp_path_factory):
    """One desk for all pages, for nothing is changed here."""
    week, config = desk_week
    desk = copied(week, tmp_path_factory.mktemp("desk") / "week", config)
    bring_up(desk.folder, desk.data, desk.data / FILE, config)
    with serving(desk.application()) as address:
        yield address


@pytest.fixture(scope="module")
def seen(browser, home):
    """One window for all pages."""
    with opened_windows(browser) as opened:
        yield opened(home)


@pytest.fixture
def looked(seen):
    """The window as a test finds it: wide and light."""
    seen.noted.clear()
    seen.sized(WIDE).page.emulate_media(color_scheme="light", media="screen", forced_colors="none")
    return seen


def test_a_page_whose_address_wants_something_has_a_sample():
    assert PAGES.without_sample == []  # add one to SAMPLES in everypage.py


@pytest.mark.parametrize("address", PAGES.addresses)
def test_a_page_is_whole(looked, address):
    """In one visit, for each costs a second."""
    assert wrong_with(looked.open(address)) == {}


def test_a_page_that_is_there_only_once_something_was_done_is_whole(desk, windows):
    with serving(desk.application()) as home:
        window = windows(home).open(f"/rules/list/{LIST['name']}").sized(WIDE)
        window.fill("Phrase", PHRASE).press("Try it")
        assert wrong_with(seen_through(window)) == {}
        window.sized(WIDE).press("Save")
        assert wrong_with(window) == {}


def wrong_with(window: Window) -> dict[str, list[str]]:
    """By what was looked for; the window is wide and light, and is narrow and dark in the end."""
    page = window.page
    found = {
        "asked, answered or said otherwise": window.left(),
        "axe, wide and light": violations(page),
        "contrast, light": faint(page),
        "targets, wide": small_targets(page),
        "keyboard": unreached(page),
        "on paper": left_on_paper(page),
        "in forced colours": without_edge(page),
        "sideways": sideways(page),
    }
    window.sized(320).page.emulate_media(color_scheme="dark")
    found |= {
        "axe, narrow and dark": violations(page),
        "contrast, dark": faint(page),
        "targets, narrow": small_targets(page),
    }
    page.emulate_media(color_scheme="light")
    return {what: lines for what, lines in found.items() if lines}


def test_the_first_tab_offers_to_skip_the_navigation(looked):
    looked.open("/").page.keyboard.press("Tab")
    skip = looked.page.locator(".skip")
    box = skip.bounding_box()
    assert (box["x"] >= 0, box["height"] >= 24) == (True, True)
    looked.page.keyboard.press("Enter")
    assert looked.page.evaluate("document.activeElement.id") == "main"


# Pages that are not right, each by what it lacks: that what looks at a page sees it.
WRONG = {
    "text too near to its ground": ("<p style='color: #888'>Grey.</p>", faint),
    "text too near to the ground of what it stands in": (
        "<div style='background: #333'><p><b style='color: #555'>Grey.</b></p></div>",
        faint,
    ),
    "half transparent text": ("<p style='color: rgba(0, 0, 0, .5)'>Grey.</p>", faint),
    "a button for a mouse": (
        "<button style='font-size: 8px; padding: 0; border: 0'>x</button>",
        small_targets,
    ),
    "a tick of the system's size": ("<input type=checkbox aria-label=Tick>", small_targets),
    "a wide picture": ("<div style='width: 700px'>x</div>", sideways),
    "a word that does not break": (f"<p>{'x' * 200}</p>", sideways),
    "focus that is not seen": ("<button style='outline: none'>Press</button>", unreached),
    "an order that is not the page's": (
        "<a href='#a' tabindex=2>One</a> <a href='#b' tabindex=1>Two</a>",
        unreached,
    ),
    "what takes the keyboard back": (
        "<a id=a href='#a' onblur='setTimeout(() => a.focus())'>One</a> <a href='#b'>Two</a>",
        unreached,
    ),
    "a button on paper": ("<h1>One</h1><button>Press</button>", left_on_paper),
    "a button without an edge": ("<button style='border: 0'>Press</button>", without_edge),
    "a picture without words": ("<img src='data:,'>", violations),
}


@pytest.fixture(scope="module")
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_page_is_seen(blank, name):
    body, look = WRONG[name]
    blank.set_content(f"<html lang=en><title>A page</title><body>{body}")
    assert len(look(blank)) >= 1
