"""What goes another way than by one browser and one person: Word beside the desk, two windows, what is typed wrongly, a
page that was open for too long; and the first page, as it is read out."""

import pytest
from chromium import violations
from officer import Officer
from test_journeys import CRIME, CUSTODY, STOPPED, THEFT

from monitor.app.learning import learn_documents

pytestmark = [pytest.mark.chromium, pytest.mark.driver, pytest.mark.slow]


def test_what_she_did_in_word_stands_at_the_desk(window, desk):
    draft = desk.folder / "topical-issues-draft-1.docx"
    edited = (
        Officer(draft.read_bytes())
        .strike(THEFT)
        .retitle(STOPPED, "Searched more often, and no better explained")
    )
    draft.write_bytes(edited.note("Complaints about", "To be asked of the commissioner.").saved())
    learn_documents(desk.folder, desk.data, [draft], clock=desk.open.clock)

    window.open("/")
    listed = window.headings("The report")
    assert "Searched more often, and no better explained" in listed and THEFT not in listed
    assert window.reads("in an edited Word file")
    window.follow("History")
    assert window.page.get_by_role("row").filter(has_text="in an edited Word file").count() == 1
    assert violations(window.page) == []

    window.press("Take back")
    window.open("/")
    assert window.headings("The report")[1] == STOPPED and THEFT in window.headings("The report")


def test_of_two_windows_the_later_is_told_and_loses_nothing(window, windows):
    other = windows(window.home).open("/")
    for each in (window, other):
        each.follow(f"Edit: {STOPPED}")
    window.fill("Heading", "As the first window has it").press("Save")

    other.expects(409).fill("Heading", "As the second window has it").press("Save")
    assert other.reads("changed") and other.page.title().startswith("Error: ")
    row = other.page.get_by_role("row").filter(has_text="Heading").first
    assert [STOPPED in row.inner_text(), "first window" in row.inner_text(), "second window" in row.inner_text()] == [
        True, True, True
    ]  # fmt: skip
    assert other.page.get_by_label("Heading").input_value() == "As the second window has it"
    assert "As the first window has it" in window.open("/").headings("The report")
    assert violations(other.page) == []

    other.press("Save mine all the same")
    assert "As the second window has it" in other.headings("The report")


def test_a_button_of_an_older_page_is_answered_by_what_changed(window, windows):
    other = windows(window.home).open("/")
    window.press(f"Drop: {THEFT}")
    other.expects(409).press(f"Later: {THEFT}")
    assert other.heading == "This was changed meanwhile"
    other.follow("Leave it as it is")
    assert THEFT not in other.open("/").headings("The report")


def test_what_is_typed_wrongly_comes_back_with_what_to_write_instead(window):
    window.follow("Add an item of your own")
    window.fill("Address", "www.panel.example/visit").fill("Text", "Members saw the suite.")
    window.expects(422).press("Add the item")
    assert window.page.title().startswith("Error: ")
    summary = window.page.get_by_role("alert")
    assert summary.get_by_role("link").all_inner_texts() == [
        "Write a heading: the report has nothing else to call it by.",
        "The address must begin with http:// or https://, or be left empty.",
    ]
    assert window.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert violations(window.page) == []

    summary.get_by_role("link").first.click()
    assert window.page.evaluate("document.activeElement.name") == "heading"
    assert window.page.get_by_label("Text").input_value() == "Members saw the suite."
    window.fill("Heading", "Panel visits the new suite").fill("Address", "https://panel.example/visit")
    window.press("Add the item")
    assert "Panel visits the new suite" in window.headings("The report")


def test_a_form_that_was_open_for_too_long_is_sent_again_with_all_its_words(window):
    note = "A paragraph that took half an hour to write, and that nobody wants to write again.\n\nAnd a second one."
    window.follow(f"Edit: {STOPPED}").fill("Your note", note)
    window.page.context.clear_cookies()
    window.expects(400).press("Save")
    assert window.heading == "Send this again"
    assert window.page.get_by_label("Note").input_value().replace("\r", "") == note
    assert violations(window.page) == []
    window.press("Send again")
    assert "And a second one." in window.story(STOPPED).inner_text() or window.reads("note")
    assert window.heading == "This edition"


def test_an_address_that_leads_nowhere_leads_back(window):
    for address in ("/story/ffffffffffff", "/nothing", "/history?before=-1"):
        window.noted.clear()
        window.open(address)
        assert window.page.get_by_role("link", name="This edition").first.is_visible()
    window.noted.clear()


def test_the_first_page_can_be_read_out(window):
    """As a screen reader has it: what there is to jump by, and each button with the story that it acts on."""
    tree = window.page.get_by_role("main").aria_snapshot()
    assert (
        tree.index('heading "This edition" [level=1]') < tree.index('heading "The report') < tree.index(CRIME)
    )
    assert tree.count("- listitem") >= 12
    tree = tree.replace(" : ", ": ")
    assert f'button "Drop: {CRIME}"' in tree and f'button "Take: {CUSTODY}"' in tree
    assert f'spinbutton "Place of {STOPPED}"' in tree
    nameless = [
        line.strip() for line in tree.splitlines() if line.strip() in ("- button", "- link", "- textbox")
    ]
    assert nameless == []
