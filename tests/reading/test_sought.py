"""Whether a heading on a page is about what led there."""

import pytest

from monitor.reading.pages.borders.sought import fits, share


@pytest.mark.parametrize(
    "title, heading, expected",
    [
        ("Desk to go", "Police desk in Reading to close", True),
        ("Police desk in Reading to close", "Police desk closes in Reading", True),
        ("Police desk in Reading to close | Gazette", "Reading police desk to close in April", True),
        ("POLICE DESK IN READING TO CLOSE", "Police desk in Reading to close", True),
        ("TVP fined £40,000", "Force fined £40,000 for lost files", True),
        ("Police desk in Reading to close", "Latest news", False),
        ("Police desk in Reading to close", "Police", False),
        ("Police desk in Reading to close", "Before you continue", False),
        ("Police desk in Reading to close", "Bakery wins national prize", False),
        ("It is up", "It is up", False),
        ("", "Police desk in Reading to close", False),
    ],
)
def test_a_heading_fits(title, heading, expected):
    assert fits(title, heading) is expected


@pytest.mark.parametrize(
    "title, text, expected",
    [
        ("Desk to go", "The police desk is going.", 1.0),
        ("Police desk to close", "The bakery is to close.", 1 / 3),
        ("Police desk to close", "We value your privacy", 0.0),
        ("It is up", "It is up", None),
        ("", "It is up", None),
    ],
)
def test_what_of_a_title_stands_in_a_text(title, text, expected):
    assert share(title, text) == expected
