"""Which addresses look like an article's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.reading.feeds.shape import shape

SITE = "https://gazette.example"


@pytest.mark.parametrize(
    "path, is_article",
    [
        ("/news/maidenhead/196842/police-praised.html", True),
        ("/news/25612345.police-council-plan/", True),
        ("/news/police-officers-praised-for-rescue", True),
        ("/2026/11/12/fete", True),
        ("/2026/11/fete", True),
        ("/story.aspx?articleid=55", True),
        ("/?p=812", True),
        ("/news/", False),
        ("/news/berkshire", False),
        ("/news/slough-and-windsor", False),
        ("/news/?page=2", False),
        ("/news/page/1234", False),
        ("/tag/thames-valley-police-and-crime", False),
        ("/about-us/our-terms-and-conditions-of-use", False),
        ("/media/12345/annual-report-of-the-panel.pdf", False),
        ("/year/2026-99-99", True),  # a number of four digits, if no date
        ("http://[", False),
        ("", False),
    ],
)
def test_an_article_by_its_address(path, is_article):
    assert shape(SITE + path if path.startswith("/") else path).is_article is is_article


def test_the_day_in_an_address():
    assert shape(SITE + "/2026/11/12/fete").day == date(2026, 11, 12)
    assert shape(SITE + "/2026/11/fete").day == date(2026, 11, 1)
    assert shape(SITE + "/2026-02-30/fete").day is None
    assert shape(SITE + "/2026/11/12/fete").number is False, "a year is no article's number"


@given(st.text() | st.text("/-_.?&=0123456789abc%[]:").map(SITE.__add__))
def test_every_text_has_a_shape(url):
    assert isinstance(shape(url).is_article, bool)
