"""What an officer does at the desk on a Monday, in a real browser, from the first page to the document: twelve journeys, of
which these are the report's. `test_journeys_beside.py` has those of the rules, feeds and search, and
`test_journeys_astray.py` what goes wrong on the way.

A journey says what a person sees: names of buttons, the line that says what was done, the words of the document. Where a
page in the middle of something shows what it does not show at rest, axe is asked.
"""

import pytest
from chromium import violations

from monitor.reporting.documents.word.back import read_back

pytestmark = [pytest.mark.chromium, pytest.mark.driver]

CRIME = (
    "Rural crime taskforce recovers £1.2m of farm machinery in a year"  # the report's first, of two outlets
)
STOPPED = "Black people 3.4 times as likely to be stopped and searched, figures show"  # its second
THEFT = "Shop theft up six per cent but more thieves are charged"  # its fifth
CUSTODY = "Custody suites ‘much improved’, but reviews of detention too often late"  # the first further story


def words_of(document: bytes) -> list[str]:
    """A Word file's lines, as it is read back when it was edited."""
    return [line.text for line in read_back(document, "draft.docx").lines]


@pytest.mark.slow
def test_she_reviews_the_edition_and_issues_it(window, desk):
    """First the meeting was not known; then its date was written into panel.yaml, as the page said."""
    window.follow("Issue …")
    assert window.reads("Write its date under meetings in panel.yaml")
    panel = desk.folder / "panel.yaml"
    panel.write_text(
        panel.read_text("utf-8").replace("  - 2026-01-23\n", "  - 2026-01-23\n  - 2026-12-18\n"), "utf-8"
    )
    window.open("/")
    assert len(window.headings("The report")) == 12
    window.press(f"Drop: {THEFT}")
    assert f"Dropped: “{THEFT}”." in window.said()
    assert THEFT not in window.headings("The report")
    assert violations(window.page) == []

    window.press("Make the document")
    assert (window.heading, "Draft 2 is made" in window.said()) == ("Documents", True)
    document = words_of(window.downloaded("Word"))
    assert CRIME in document and THEFT not in document

    window.follow("Issue …")
    assert window.heading == "Issue draft 2"
    window.press("Issue draft 2")
    assert window.heading == "This edition" and window.reads("Issued")
    assert window.page.get_by_role("button", name="Drop: ").count() == 0
    assert window.page.get_by_role("button", name="Undo").is_visible()


@pytest.mark.slow
def test_she_takes_a_further_story_and_thinks_better_of_it(window):
    assert window.headings("Further stories")[0] == CUSTODY
    window.press(f"Take: {CUSTODY}")
    assert f"“{CUSTODY}”" in window.said()
    assert CUSTODY in window.headings("The report")

    window.press("Undo")
    assert CUSTODY not in window.headings("The report")
    assert window.headings("Further stories")[0] == CUSTODY

    window.press("Undo")  # of the undoing: many steps, both ways
    assert CUSTODY in window.headings("The report")
    window.follow("History")
    assert window.page.get_by_role("row").filter(has_text=CUSTODY).count() >= 1


@pytest.mark.slow
def test_she_puts_a_story_first_by_keyboard_alone(window):
    keys = window.page.keyboard
    window.tab_to(f"Place of {THEFT}")
    keys.press("Control+A")
    keys.type("1")
    window.enter()
    assert window.headings("The report")[:2] == [THEFT, CRIME]
    assert THEFT in window.said()

    keys.press("Tab")  # and she is where she was, not at the top of the page
    assert window.story(THEFT).locator(":focus").count() == 1


@pytest.mark.slow
def test_a_story_that_was_acted_on_is_framed_and_not_one_block_of_colour(window):
    window.tab_to(f"Place of {CRIME}")
    window.enter()
    ground = "getComputedStyle(document.querySelector('li:target')).backgroundColor"
    assert window.page.evaluate(ground) == "rgba(0, 0, 0, 0)"


@pytest.mark.slow
def test_what_was_done_stays_in_sight_with_its_undo_further_down_the_page(window):
    window.press(f"Down: {THEFT}")
    said = window.page.locator("[role=status]").first
    assert window.page.evaluate("scrollY") > 400
    assert said.bounding_box()["y"] >= 0 and said.get_by_role("button", name="Undo").is_visible()
    top = window.story(THEFT).bounding_box()["y"]
    assert top >= said.bounding_box()["y"] + said.bounding_box()["height"], (
        "it covers no story that is led to"
    )


@pytest.mark.slow
def test_she_rewrites_a_story_and_the_document_says_so(window):
    window.follow(f"Edit: {STOPPED}")
    paragraphs = window.page.get_by_role("group", name="Excerpt").get_by_role("checkbox")
    texts = window.page.get_by_role("group", name="Excerpt").locator(".tick label").all_inner_texts()
    kept = [text for text, tick in zip(texts, paragraphs.all(), strict=True) if tick.is_checked()]
    assert len(kept) > 1
    for number in range(paragraphs.count()):
        paragraphs.nth(number).set_checked(number == 1)
    window.fill("Heading", "Stop and search: the gap is as wide as ever")
    window.fill("Your note", "The panel asked for these figures in March.")
    window.press("Save")
    assert "Stop and search: the gap is as wide as ever" in window.headings("The report")

    window.press("Make the document")
    document = words_of(window.downloaded("Word"))
    at = document.index("Stop and search: the gap is as wide as ever")
    item = document[at : at + 6]
    assert texts[1] in item and texts[0] not in item
    assert "The panel asked for these figures in March." in item
    assert STOPPED not in document


@pytest.mark.slow
def test_she_makes_one_story_of_two_and_two_of_one(window):
    story = window.story(STOPPED)
    story.get_by_text("Merge or split").click()
    story.get_by_label("Merge into").select_option(label=f"1. {CRIME}")
    window.press(f"Merge: {STOPPED}")
    assert STOPPED not in window.headings("The report")
    assert "3 links" in window.story(CRIME).inner_text()

    story = window.story(CRIME)
    story.get_by_text("Merge or split").click()
    assert violations(window.page) == []
    window.press("Split off: The Thames Courier", within=story)
    assert "2 links" in window.story(CRIME).inner_text()


@pytest.mark.slow
def test_she_writes_an_item_of_her_own(window):
    window.follow("Add an item of your own")
    window.fill("Heading", "Panel visits the new custody suite")
    window.fill("Address", "https://panel.example/visit")
    window.fill("Text", "Members saw the suite on 3 November.\n\nThey will report in January.")
    window.press("Add the item")
    assert "Panel visits the new custody suite" in window.headings("The report")
    assert (
        "They will report in January." in window.story("Panel visits").locator("details").first.text_content()
    )
