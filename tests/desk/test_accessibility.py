"""Every page, in a real browser: whole by axe-core at both widths and in both schemes, no wider than the narrowest window,
reached in full by keyboard, with targets that a finger hits, legible in forced colours and on paper."""

import pytest
from chromium import WIDE, opened_windows, serving, sideways, small_targets, violations
from desks import copied
from everypage import pages

pytestmark = [pytest.mark.chromium, pytest.mark.driver]
PAGES = pages()
NARROW = (320, 360, 640)  # the least that is asked for, a telephone, and 1280 at 200 % zoom


@pytest.fixture(scope="module")
def home(desk_week, tmp_path_factory):
    """One desk for all pages, for nothing is changed here."""
    week, config = desk_week
    with serving(copied(week, tmp_path_factory.mktemp("desk") / "week", config).application()) as address:
        yield address


@pytest.fixture(scope="module")
def seen(browser, home):
    """One window for all pages."""
    with opened_windows(browser) as opened:
        yield opened(home)


@pytest.fixture
def looked(seen):
    """The window as a test finds it: wide and light."""
    seen.sized(WIDE).page.emulate_media(color_scheme="light", media="screen", forced_colors="none")
    return seen


def test_a_page_whose_address_wants_something_has_a_sample():
    assert PAGES.without_sample == []  # add one to SAMPLES in everypage.py


@pytest.mark.parametrize("address", PAGES.addresses)
def test_a_page_is_whole_by_axe_wide_and_light_narrow_and_dark(looked, address):
    looked.open(address)
    assert violations(looked.page) == []
    assert small_targets(looked.page) == []
    looked.sized(320).page.emulate_media(color_scheme="dark")
    assert violations(looked.page) == []
    assert small_targets(looked.page) == []


@pytest.mark.parametrize("address", PAGES.addresses)
def test_a_page_is_no_wider_than_its_window(looked, address):
    looked.open(address)
    assert {width: over for width in NARROW if (over := sideways(looked.sized(width).page))} == {}


# Whatever takes focus is written down with how that is seen: an outline, or a border that changes.
LISTEN = """() => {
  window.reached = [];
  document.addEventListener('focusin', event => {
    const style = getComputedStyle(event.target);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    window.reached.push([event.target.outerHTML.slice(0, 160), seen]);
  });
  document.activeElement.blur();
}"""
# What is to be reached, in the order of the page; of the buttons of one choice only one takes focus.
STOPS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .filter(one => one.type !== 'radio' || one === (document.querySelector(`input[name="${one.name}"]:checked`)
                                                  || document.querySelector(`input[name="${one.name}"]`)))
  .map(one => one.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("address", PAGES.addresses)
def test_the_tab_key_reaches_all_of_a_page_in_its_order_and_one_sees_where(looked, address):
    looked.open(address)
    stops = looked.page.evaluate(STOPS)
    looked.page.evaluate(LISTEN)
    for _ in stops:
        looked.page.keyboard.press("Tab")
    reached = looked.page.evaluate("window.reached")
    assert [stop for stop, _ in reached] == stops
    assert [stop for stop, seen in reached if not seen] == []


def test_the_first_tab_offers_to_skip_the_navigation(looked):
    looked.open("/").page.keyboard.press("Tab")
    skip = looked.page.locator(".skip")
    box = skip.bounding_box()
    assert (box["x"] >= 0, box["height"] >= 24) == (True, True)
    looked.page.keyboard.press("Enter")
    assert looked.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", PAGES.addresses)
def test_on_paper_stands_what_is_read_and_nothing_to_press(looked, address):
    looked.open(address).page.emulate_media(media="print")
    pressed = looked.page.locator("button, nav a, .skip, footer")
    assert [one.inner_text() for one in pressed.all() if one.is_visible()] == []
    assert looked.page.locator("h1").is_visible()


@pytest.mark.parametrize("address", PAGES.addresses)
def test_in_forced_colours_every_button_has_an_edge(looked, address):
    looked.open(address).page.emulate_media(forced_colors="active")
    edges = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea')]
      .filter(one => one.checkVisibility() && one.type !== 'checkbox' && one.type !== 'radio')
      .filter(one => { const style = getComputedStyle(one);
                       return !parseFloat(style.borderTopWidth) || style.borderTopColor === style.backgroundColor; })
      .map(one => one.outerHTML.slice(0, 120))"""
    assert looked.page.evaluate(edges) == []
