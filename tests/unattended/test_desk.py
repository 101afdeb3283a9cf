"""What axe-core says of the contrast of every page, in both schemes, wide and narrow: it takes seconds a page, so `make
test` computes it in a simpler way (`tests/desk/looking.py`), and here the two are held against each other."""

import pytest
from chromium import CONTRAST, WIDE, opened_windows, serving, violations
from desks import copied
from everypage import pages
from looking import faint

pytestmark = [pytest.mark.unattended, pytest.mark.chromium, pytest.mark.driver]


@pytest.fixture(scope="module")
def seen(browser, desk_week, tmp_path_factory):
    week, config = desk_week
    desk = copied(week, tmp_path_factory.mktemp("desk") / "week", config)
    with serving(desk.application()) as home, opened_windows(browser) as opened:
        yield opened(home)


@pytest.mark.parametrize("address", pages().addresses)
def test_axe_finds_no_faint_text(seen, address):
    for scheme in ("light", "dark"):
        for width in (WIDE, 320):
            seen.open(address).sized(width).page.emulate_media(color_scheme=scheme)
            assert (faint(seen.page), violations(seen.page, rules=(CONTRAST,))) == ([], []), (scheme, width)
