"""Figures that count, and figures that are ages, times, telephone numbers, roads and the like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judging.counts import counts
from monitor.judging.forms import Phrase
from monitor.judging.phrases import Matcher


def figures(text: str) -> list[str]:
    """What `<number>` finds in the text."""
    return [text[hit.start : hit.end] for hit in Matcher([Phrase("<number>")]).hits(text)]


@pytest.mark.parametrize(
    "text",
    [
        # ages
        "A man, 34, was arrested",
        "John Hale, 34, was arrested",
        "Hale, 34, of Slough, was arrested",
        "John Hale (34) was arrested",
        "Men, 34 and 29, were arrested",
        "A 34-year-old was arrested",
        "A 16- and a 17-year-old were arrested",
        "Charges for 16 to 24-year-olds",
        "Arrested: a woman aged 34",
        "Those aged between 18 and 24 were arrested",
        "They are aged 15, 16",
        "A man of 34 was arrested",
        "Hale, who is 34, was arrested",
        "He is 34 years old",
        "A child of the age of 10",
        "Aged ten, he was arrested",
        # times and dates
        "Arrested at 10.30 in Slough",
        "Arrested at 10:30 in Slough",
        "Open between 7 and 9pm",
        "Open at 10 am",
        "Open at 10 o’clock",
        "Roads closed from 2130 hours",
        "Arrests on 12 March",
        "Arrests on 12 and 13 March",
        "Arrests on March 12, 2025",
        "Arrested on Friday 12 in Slough",
        "Arrested on 12/03/2025",
        "It was released yesterday (October 28)",
        "The budget for 2018/19 rose",
        "The budget for 2018-19 rose",
        "Cells are staffed 24/7",
        # telephone numbers
        "101 non-emergency calls",
        "Call 101 or, in an emergency, 999",
        "The 999 calls were answered",
        "Call Crimestoppers on 0800 555111",
        "Call Crimestoppers on 0800 555 111",
        "Ring 01865 841148",
        "Ring 020 7946 0123",
        # roads, junctions, houses
        "On the A 34, officers stopped drivers",
        "The M 4 was closed",
        "Route 66 opened",
        "Closed between junctions 10 and 11",
        "At junction 10 drivers stopped",
        "A raid at 34 High Street",
        "A raid at 34 Great Western Road",
        "The minister left No 10",
        # references, sections, phases, channels, speeds
        "Quote reference 1234",
        "Call, quoting 512",
        "PC 1234 Hale",
        "A section 60 order",
        "Sections 18 and 20 of the act",
        "Phase 2 begins",
        "The Covid 19 rules",
        "Heart 97 said so",
        "BBC Radio 4 said so",
        "Tune in to 97.1 FM",
        "Drivers caught at 90 mph",
    ],
)
def test_no_count(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("In all 34 people were arrested", ["34"], id="people"),
        pytest.param("Of 120 stopped, 34, or a third, were charged", ["120", "34"], id="between commas"),
        pytest.param("Slough had 34, Reading had 20", ["34", "20"], id="by town"),
        pytest.param("In 11 of 19 cases", ["11", "19"], id="a part of a whole"),
        pytest.param("Within a week 101 arrests were made", ["101"], id="101 that counts"),
        pytest.param("In March 12 people were arrested", ["12"], id="after a month, people"),
        pytest.param("On Friday 12 arrests were made", ["12"], id="after a day, arrests"),
        pytest.param("A 34 per cent rise", ["34"], id="A that is no road"),
        pytest.param("The rate was 10.30 per cent", ["10.30"], id="a decimal"),
        pytest.param("The rise stood at 10.30 per cent", ["10.30"], id="at a decimal"),
        pytest.param("It fell by 12.45 million", ["12.45"], id="by a decimal"),
        pytest.param("Some 34 High Street shops were raided", [], id="shops of a street: taken for a house"),
        pytest.param("Officers seized 34 Range Rovers", ["34"], id="capitals without a street"),
        pytest.param("A three-day operation, 40 arrests", ["three", "40"], id="words"),
        pytest.param("over 18 months", ["18"], id="months"),
        pytest.param("answered within 10 seconds", ["10"], id="seconds"),
        pytest.param("Thames Valley Police, 4,200 officers", ["4,200"], id="thousands after a name"),
        pytest.param("There were 34.\nAt 10.30 it closed", ["34"], id="two paragraphs"),
        pytest.param("Aged\n34 arrests", ["34"], id="nothing crosses a line"),
    ],
)
def test_counts(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "phrase, text, is_found",
    [
        pytest.param("<many> ~3 arrested", "Hale, 34, was arrested", False, id="an age is no total"),
        pytest.param("<many> ~3 arrested", "In all 34 were arrested", True, id="a total"),
        pytest.param("<many> ~3 arrested", "Hale, 34, and 20 others were arrested", True, id="both"),
        pytest.param("<large> ~3 calls", "101 non-emergency calls", False, id="a number to ring"),
        pytest.param("<large> ~3 calls", "512 non-emergency calls", True, id="calls counted"),
        pytest.param(", <age>,", "Hale, 34, was arrested", True, id="an age is still an age"),
        pytest.param("101", "101 non-emergency calls", True, id="and a word a word"),
        pytest.param("<time>", "at 3pm", True, id="a time is still a time"),
        pytest.param("arrest* <number> in <number>", "arrests: arrested 20 in 34", True, id="two figures"),
        pytest.param("arrest* <number> at <number>", "arrested 20 at 10:30", False, id="one of two"),
    ],
)
def test_a_phrase_hangs_on_what_counts(phrase, text, is_found):
    matcher = Matcher([Phrase(phrase)])
    assert bool(matcher.hits(text)) == bool(matcher.phrases(text)) == is_found


@given(st.text(alphabet="aA1 ,.(-)/:Mof", max_size=80), st.integers(0, 80), st.integers(1, 4))
def test_any_text_is_answered(text, start, length):
    assert counts(text, min(start, len(text)), min(start + length, len(text))) in (True, False)
