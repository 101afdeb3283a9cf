"""Every page, in a real browser: whole by axe-core, no wider than the narrowest window, reached by keyboard, with targets
that a finger hits, legible in both schemes, in forced colours and on paper. `tests/unattended/test_desk.py` looks longer."""

import pytest
from chromium import CONTRAST, Window, opened_windows, serving, violations
from desks import copied
from everypage import LIKE_ANOTHER, MOST_USED, pages
from looking import faint, left_on_paper, sideways, small_targets, unreached, without_edge

from monitor.app.desk.search.indexing import bring_up
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
    return seen.plain()


def test_a_page_whose_address_wants_something_has_a_sample():
    assert PAGES.without_sample == []  # add one to SAMPLES in everypage.py


def test_what_is_left_to_the_long_look_is_there_to_be_looked_at():
    assert (LIKE_ANOTHER | MOST_USED) - set(PAGES.addresses) == set()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(one, marks=() if one in MOST_USED else pytest.mark.slow)
        for one in PAGES.addresses
        if one not in LIKE_ANOTHER
    ],
)
def test_a_page_is_whole(looked, address):
    """In one visit, for each costs a second."""
    assert wrong_with(looked.open(address)) == {}


def wrong_with(window: Window, *, thorough: bool = False) -> dict[str, list[str]]:
    """By what was looked for. `thorough` asks axe once more where the page is narrow and dark, axe for the contrast, and
    goes by keyboard to the page's end: `tests/unattended/test_desk.py`."""
    page = window.page
    found = {
        "asked, answered or said otherwise": window.left(),
        "axe": violations(page),
        "contrast, light": faint(page),
        "keyboard": unreached(page, most=1_000 if thorough else 25),
        "on paper": left_on_paper(page),
        "in forced colours": without_edge(page),
        "sideways": sideways(page),
    }
    window.sized(320).page.emulate_media(color_scheme="dark")
    found |= {"contrast, dark": faint(page), "targets": small_targets(page)}
    if thorough:
        found |= {
            "axe, narrow and dark": violations(page),
            "axe's contrast, dark": violations(page, rules=(CONTRAST,)),
        }
        found |= {"axe's contrast, light": violations(window.plain().page, rules=(CONTRAST,))}
    window.plain()
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
