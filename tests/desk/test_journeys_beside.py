"""What is done at the desk beside the report, in a real browser: a phrase tuned and taken back, a feed added that nobody
knew the address of, the archive searched."""

import csv
import io

import pytest
from chromium import violations
from loopback import Answer, serve

from monitor.app.desk.search.indexing import bring_up
from monitor.store.search import FILE

pytestmark = [pytest.mark.chromium, pytest.mark.driver, pytest.mark.slow]

STORY = (
    b"<html lang=en><title>Ferry fares</title><article><h1>Ferry fares to rise</h1>"
    b"<p>The fares of the ferry rise by a tenth from January, the council said on Monday.</p>"
    b"<p>A single crossing is to cost two pounds and twenty pence, its cabinet heard.</p></article></html>"
)
LINKS = b"".join(
    b"<h3><a href='/news/1234%d'>Story %d of the ferry week</a></h3>" % (n, n) for n in range(1, 5)
)
HOME = b"<html lang=en><head><title>Ferry Weekly | Home</title></head><body>" + LINKS + b"</body></html>"


HEARING = "Officer to face gross misconduct hearing over messages"  # the week's one near miss
PHRASE = "misconduct hearing*"


def seen_through(window, link="Look again"):
    """Until what is worked out beside the page is done: the page says so, and has a link to look again."""
    for _ in range(100):
        if not window.page.get_by_role("link", name=link).count():
            return window
        window.page.wait_for_timeout(200)
        window.follow(link)
    raise AssertionError(f"still not done: {window.page.get_by_role('main').inner_text()[:500]}")


def test_he_tunes_a_phrase_sees_what_it_does_and_takes_it_back(window, desk):
    before = (desk.folder / "topics.yaml").read_bytes()
    window.follow("Rules").follow("Performance (raises)")
    window.fill("Phrase", PHRASE).press("Try it")
    assert window.reads("not saved yet") and (desk.folder / "topics.yaml").read_bytes() == before
    seen_through(window)
    assert window.reads("0 lost, 1 gained")
    gained = window.story(HEARING).inner_text()
    assert "Now a near miss" in gained and "Then in the draft" in gained
    assert violations(window.page) == []

    window.press("Save")
    after = (desk.folder / "topics.yaml").read_bytes()
    assert PHRASE.encode() in after and after.count(b"#") == before.count(b"#")  # no comment is lost
    assert window.reads("It counts from the next draft on")

    window.press("Take this change back")
    assert (desk.folder / "topics.yaml").read_bytes() == before


def test_a_phrase_that_cannot_work_is_not_saved(window, desk):
    before = (desk.folder / "topics.yaml").read_bytes()
    window.follow("Rules").follow("Performance (raises)")
    window.expects(422).fill("Phrase", "hearing ~x police").press("Try it")
    assert window.page.title().startswith("Error: ")
    assert window.page.get_by_role("textbox", name="Phrase").input_value() == "hearing ~x police"
    assert window.page.get_by_role("alert").is_visible()
    assert (desk.folder / "topics.yaml").read_bytes() == before


def test_he_finds_a_story_in_the_archive_and_takes_it_in(window, desk):
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    window.follow("Search").fill("Words", '"misconduct hearing"').press("Search")
    assert window.reads("1 article: ") and HEARING in window.story(HEARING).inner_text()
    rows = list(csv.DictReader(io.StringIO(window.downloaded("As a table (CSV)").decode("utf-8-sig"))))
    assert [HEARING in row.values() for row in rows] == [True]

    window.press(f"Take into the edition: {HEARING}")
    assert HEARING in window.said() and "q=" in window.address
    assert HEARING in window.open("/").headings("The report")


@pytest.fixture
def outlet(desk):
    """A paper's own site on this machine: it has no feed, only a page of links. The proxy of the demo is gone."""
    feeds = desk.folder / "feeds.yaml"
    lines = feeds.read_text("utf-8").splitlines(keepends=True)
    feeds.write_text("".join(line for line in lines if "proxy:" not in line), "utf-8")
    answers = {f"/news/1234{n}": Answer(STORY, headers={"Content-Type": "text/html"}) for n in range(1, 5)}
    with serve({"/": Answer(HOME, headers={"Content-Type": "text/html"}), **answers}) as server:
        yield server


def test_he_adds_an_outlet_that_has_no_feed(outlet, window, desk):
    window.follow("Feeds").follow("Try an address")
    window.fill("Address", outlet.url("/")).press("Try it")
    assert window.reads("a page that links 4 articles".capitalize()) and window.reads(
        "Story 1 of the ferry week"
    )
    assert window.reads("The fares of the ferry rise by a tenth")
    assert violations(window.page) == []

    window.follow("Add this feed")
    window.fill("Name", "Ferry Weekly").fill("Area", "Berkshire").press("Add it")
    assert "Ferry Weekly" in window.said()
    written = (desk.folder / "feeds.yaml").read_text("utf-8")
    assert f"url: {outlet.url('/')}" in written and "kind: listing" in written

    window.press("Undo")
    assert "Ferry Weekly" not in (desk.folder / "feeds.yaml").read_text("utf-8")


def test_a_file_that_is_no_list_of_feeds_is_refused_with_what_one_is(window, tmp_path):
    wrong = tmp_path / "minutes.txt"
    wrong.write_text("Minutes of the panel, 3 November.", "utf-8")
    window.open("/feeds/import")
    window.page.get_by_label("A file").set_input_files(wrong)
    window.expects(422).press("Show what it would add")
    assert window.page.title().startswith("Error: ")
    assert window.page.get_by_role("alert").get_by_role("link").count() == 1
    assert violations(window.page) == []
