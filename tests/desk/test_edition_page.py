"""This edition: what stands on the page, each act by its button with its flash, its undo and its state in the next
document, many at once, two windows, filters, and what a hostile feed may send."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from desks import WeekDesk, copied, doubted

from monitor.app.desk.report.review import document, documents, make_document, review
from monitor.desk.pages import edition as pages
from monitor.pipeline.records import edition_of_number

HEADINGS = "section[@aria-labelledby='{}']//li//h3/a"


def words(nodes) -> list[str]:
    return [" ".join(one.text_content().split()) for one in nodes]


def listed(reader, section: str) -> list[str]:
    """The headings of one list, in order."""
    return words(reader.all(f"//{HEADINGS.format(section)}"))


def flash(reader) -> str:
    return words(reader.all("//main/div[@class='said' and @role='status']//p"))[0]


def anchor(reader) -> str:
    return urlsplit(reader.address).fragment


@pytest.fixture
def reader(desk):
    return desk.reader().get("/")


def test_the_page_says_which_report_it_is_what_is_in_it_and_in_which_order(desk, reader):
    seen = review(desk.open)
    assert reader.says("Topical Issues")
    assert reader.all("//nav[@aria-label='Pages']//a[@aria-current='page'][.='This edition']")
    assert reader.says("Draft 1, made Mon 16 Nov 2026, 06:30")
    assert reader.says("12 in the report · 5 further stories · 1 near miss")
    assert listed(reader, "report") == [card.heading for card in seen.items]
    assert words(reader.all("//ol[@class='stories']/li//h3/span")) == [f"{n}." for n in range(1, 13)]
    assert words(reader.all("//section[@aria-labelledby='report']/p[1]"))[0].startswith(
        "The order: part by part ("
    )
    assert listed(reader, "further") == [card.heading for card in seen.further]
    assert listed(reader, "near") == [card.heading for card in seen.near]
    first = reader.all("//ol[@class='stories']/li")[0]
    assert first.get("id") == f"story-{seen.items[0].story}" and first.get("tabindex") == "-1"
    told = " ".join(words([first]))
    link = seen.items[0].links[0]
    assert f"{link.outlet}, {link.published.day} Nov 2026 · 1 more report" in told
    assert seen.items[0].reason in told
    grounds = words(first.xpath(".//ul[@class='grounds']/li/span"))
    assert sum(map(int, grounds)) == seen.items[0].item.points
    further = reader.all("//section[@aria-labelledby='further']//li")[0]
    assert f"Not in the report: {seen.further[0].item.outside}" in " ".join(words([further]))


@pytest.mark.slow
def test_headings_come_before_their_buttons_and_buttons_carry_the_story(reader):
    for one in reader.all("//li[contains(@class, 'card')]"):
        heading = words(one.xpath(".//h3/a"))[0]
        assert not one.xpath(".//h3/preceding::button[ancestor::li = ancestor::li/following::*]")
        assert len(one.xpath(".//h3/following::button")) >= len(one.xpath(".//button")) > 0
        for button in one.xpath(".//div[@class='do']//button"):
            assert heading in button.text_content()
        assert heading in one.xpath(".//label[@class='pick']")[0].text_content()


SIMPLE = [
    # button, from which list, to which, what is said
    ("Drop", "report", "dropped", "Dropped: "),
    ("Later", "report", "later", "Put off"),
    ("Take", "further", "report", "Taken in: "),
    ("Dismiss", "further", "dropped", "Dismissed: "),
    ("Take", "near", "report", "Taken in: "),
    ("Dismiss", "near", "dropped", "Dismissed: "),
]


@pytest.mark.slow
def test_a_story_is_put_where_its_button_says_and_back(desk, reader):
    was = {section: listed(reader, section) for section in ("report", "further", "near")}
    for button, before, after, said in SIMPLE:
        heading = was[before][0]
        reader.press(f"{button}: {heading}")
        assert reader.status == 200
        assert flash(reader).startswith(said) and heading in flash(reader)
        assert reader.all("//main/div[@class='said']//form//button[contains(., 'Undo')]")
        assert heading in listed(reader, after) and heading not in listed(reader, before)
        assert anchor(reader) in reader.all("//@id") or not anchor(reader)
        assert reader.says("1 change since")
        reader.press("Undo: ")
        assert {section: listed(reader, section) for section in was} == was
        assert not reader.says("1 change since")
        reader.press("Undo: ")  # which undoes the undoing
        assert heading in listed(reader, after)
        assert heading in listed(desk.reader().get("/"), after)  # whoever looks, also after a restart
        reader.press("Undo: ")


def test_what_is_dropped_dismissed_or_put_off_is_taken_back_from_its_list(reader):
    for button, section, home in (("Drop", "dropped", "report"), ("Later", "later", "report")):
        heading = listed(reader, "report")[2]
        reader.press(f"{button}: {heading}")
        assert heading in listed(reader, section)
        reader.press(f"Take back: {heading}")
        assert heading in listed(reader, home), button
        assert heading not in listed(reader, section)


@pytest.mark.slow
def test_a_story_is_moved_by_number_and_by_one_up_or_down(desk, reader):
    was = listed(reader, "report")
    reader.press(f"Move to this place: {was[5]}", place="2")
    assert listed(reader, "report") == [was[0], was[5], *was[1:5], *was[6:]]
    reader.press(f"Up: {was[5]}")
    assert listed(reader, "report")[0] == was[5]
    reader.press(f"Down: {was[5]}")
    assert listed(reader, "report")[:2] == [was[0], was[5]]
    reader.press(f"Move to this place: {was[0]}", place="999")
    assert listed(reader, "report")[-1] == was[0]
    order = listed(reader, "report")
    made = make_document(desk.open)
    with desk.open.reading() as workspace:
        edition = edition_of_number(workspace.store, made.number)
    assert [item.heading for item in edition.items] == order


@pytest.mark.slow
def test_a_place_that_is_none_is_refused_in_words(reader):
    was = listed(reader, "report")
    for place in ("", "0", "-1", "x", "1.5", "１", "<b>"):
        reader.press(f"Move to this place: {was[3]}", place=place)
        assert reader.status == 422 and reader.says("A place is a whole number from 1"), place
        assert not reader.all("//main//b")
        assert listed(reader.get("/"), "report") == was
    reader.press(f"Move to this place: {was[3]}", place="9" * 50)
    assert reader.status == 200 and listed(reader, "report")[-1] == was[3]


def test_two_stories_become_one_and_two_again(desk, reader):
    was = listed(reader, "report")
    into = next(card for card in review(desk.open).items if card.heading == was[4])
    reader.press(f"Merge: {was[6]}", into=into.story)
    assert was[6] not in listed(reader, "report")
    merged = next(card for card in review(desk.open).items if card.story == into.story)
    assert len(merged.links) > len(into.links)
    reader.press("Undo: ")
    assert set(listed(reader, "report")) >= set(was[:5])
    reader.press(f"Merge: {was[6]}", into="")
    assert reader.status == 422 and reader.says("Choose the story that it becomes part of")


def test_of_a_report_of_very_many_the_choice_to_merge_stands_on_a_storys_own_page(reader, monkeypatch):
    monkeypatch.setattr(pages, "MOST_TO_CHOOSE", 11)
    heading = listed(reader.get("/"), "report")[6]
    assert not reader.all("//select[@name='into']")
    reader.follow(f"Merge or split: {heading}")
    assert len(reader.all("//select[@name='into']/option")) == 12  # the others, and that one is to be chosen


def test_a_link_is_split_off_and_left_out(desk, reader):
    card = next(card for card in review(desk.open).items if len(card.links) > 1)
    other = card.links[1]
    reader.press(f"Split off: {other.outlet}, from {card.heading}")
    assert reader.status == 200
    left = next(one for one in review(desk.open).items if one.story == card.story)
    assert other.article not in [link.article for link in left.links]
    reader.press("Undo: ")
    reader.press(f"Leave the link out: {other.outlet}, from {card.heading}")
    left = next(one for one in review(desk.open).items if one.story == card.story)
    assert other.article not in [link.article for link in left.links]


def test_what_was_merged_and_is_split_off_again_leaves_the_report_as_long_as_it_was(desk, reader):
    items = review(desk.open).items
    into, other = items[4], items[6]
    reader.press(f"Merge: {other.heading}", into=into.story)
    merged = review(desk.open)
    assert len(merged.items) == len(items), "a further story moved up"
    link = other.links[0]
    reader.press(f"Split off: {link.outlet}, from {merged.items[4].heading}")
    after = review(desk.open)
    assert len(after.items) == len(items)
    assert after.further[0].story == merged.items[-1].story, "and down again"


def test_a_warning_is_looked_at_and_in_sight_again(desk, reader, monkeypatch):
    doubted(monkeypatch)
    reader.get("/")
    (doubt,) = review(desk.open).warnings
    assert reader.says("1 thing to check before this is published") and reader.says(f"To check: {doubt.says}")
    reader.press(f"Checked: {doubt.says}")
    assert reader.status == 200 and not reader.says("to check before this is published")
    assert reader.says("1 warning checked") and not reader.says(f"To check: {doubt.says}")
    reader.press("Not checked: ")
    assert reader.says(f"To check: {doubt.says}")


def test_a_long_list_goes_on_on_pages_of_its_own_with_nothing_left_out(reader, monkeypatch):
    whole = listed(reader, "further")
    for name, number in (("UNFOLDED", 1), ("SHOWN", 2), ("A_PAGE", 2)):
        monkeypatch.setattr(pages, name, number)
    monkeypatch.setattr(pages, "SECTIONS", [(*one[:-1], 1) for one in pages.SECTIONS])
    found = listed(reader.get("/"), "further")
    assert words(reader.all("//section[@aria-labelledby='further']/details/summary")) == ["1 more"]
    assert reader.says("Further stories (5)")
    for rest in (3, 1):
        reader.follow(f"The other {rest}")
        assert not reader.all("//*[@id='report']") and reader.says("Further stories (5)")
        found += listed(reader, "further")
    assert found == whole
    heading = listed(reader, "further")[0]
    reader.press(f"Dismiss: {heading}")
    assert parse_qs(urlsplit(reader.address).query) == {"list": ["further"], "from": ["5"]}
    assert reader.says("There are only 4.")
    reader.follow("The whole edition")
    assert reader.all("//*[@id='report']")


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_heading_an_excerpt_and_a_note_are_changed_and_stand_in_the_next_document(desk, reader):
    card = review(desk.open).items[0]
    reader.follow(f"Edit: {card.heading}")
    ticks = reader.all("//input[@name='paragraph']")
    ticked = [one.get("value") for one in ticks if one.get("checked") is not None]
    assert len(ticked) == len(card.item.excerpt)
    kept = ticked[1:3]
    reader.press("Save", heading="Farm thieves caught", paragraph=kept, note="My own words.\r\n\r\nAnd more.")
    assert reader.status == 200 and "Farm thieves caught" in flash(reader)
    assert anchor(reader) == f"story-{card.story}"
    assert listed(reader, "report")[0] == "Farm thieves caught"
    now = review(desk.open).items[0].item
    assert now.excerpt == (*card.item.excerpt[1:3], "My own words.", "And more.")
    assert now.note == ("My own words.", "And more.")
    reader.get("/").press("Make the document")
    assert reader.says("Draft 2 is made.")
    with desk.open.reading() as workspace:
        made = edition_of_number(workspace.store, 2)
    assert made.items[0].heading == "Farm thieves caught" and made.items[0].excerpt == now.excerpt
    name = next(one.name for one in documents(desk.open) if one.ending == "docx" and "notes" not in one.name)
    with zipfile.ZipFile(io.BytesIO(document(desk.open, name))) as word:
        text = word.read("word/document.xml").decode()
    assert "Farm thieves caught" in text and "My own words." in text
    assert card.item.excerpt[0] not in text
    # unticking all leaves the links alone
    reader.get(f"/story/{card.story}/words").press("Save", paragraph=None, note="")
    assert review(desk.open).items[0].item.excerpt == ()


def test_what_was_typed_comes_back_when_it_cannot_be_taken(desk, reader):
    card = review(desk.open).items[0]
    long = "Very <b>long</b> " * 40
    reader.get(f"/story/{card.story}/words").press("Save", heading=long, note="Keep me.", paragraph=None)
    assert reader.status == 422
    assert reader.title.startswith("Error: ")
    assert reader.all("//div[@class='errors']//a/@href") == ["#heading"]
    assert reader.all("//input[@id='heading']/@value") == [long.strip()]
    assert reader.all("//input[@id='heading']/@aria-invalid") == ["true"]
    assert reader.all("//textarea")[0].text.strip() == "Keep me."
    assert not reader.all("//input[@name='paragraph'][@checked]") and not reader.all("//main//b")
    reader.press("Save", heading="Short")
    assert reader.status == 200 and listed(reader, "report")[0] == "Short"
    assert review(desk.open).items[0].item.note == ("Keep me.",)


def test_only_what_is_in_the_report_is_edited(desk, reader):
    further = review(desk.open).further[0]
    reader.get(f"/story/{further.story}/words")
    assert reader.status == 409 and reader.says("Take it in first.")
    assert reader.get("/story/nothing/words").status == 404


def test_an_item_of_ones_own_stands_in_the_report(desk, reader):
    reader.follow("Add an item of your own")
    reader.press("Add the item", heading="\u200b\u2060", address="", note="Words.")
    assert reader.status == 422 and reader.says("Write a heading")
    reader.press("Add the item", heading="", address="ftp://x", note="Words.")
    assert reader.status == 422 and reader.title.startswith("Error: ")
    assert reader.all("//div[@class='errors']//a/@href") == ["#heading", "#address"]
    assert reader.all("//textarea")[0].text.strip() == "Words."
    reader.press("Add the item", heading="Own item", address="https://me:word@own.example/1", note="Words.")
    assert reader.status == 422 and reader.says("name or password before its host")
    reader.press("Add the item", heading="Own item", address="https://own.example/1", note="One.\n\nTwo.")
    assert reader.status == 200 and "Own item" in flash(reader)
    assert "Own item" in listed(reader, "report")
    own = next(card for card in review(desk.open).items if card.heading == "Own item")
    assert anchor(reader) == f"story-{own.story}"
    assert own.item.excerpt == ("One.", "Two.") and own.links[0].url == "https://own.example/1"
    assert desk.reader().get(f"/story/{own.story}").status == 200
    reader.press("Undo: ")
    assert "Own item" not in listed(reader, "report")


# ── two windows ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_what_was_changed_in_another_window_is_shown_and_not_overwritten(desk):
    mine, other = desk.reader().get("/"), desk.reader().get("/")
    heading = listed(mine, "report")[1]
    card = review(desk.open).items[1]
    other.get(f"/story/{card.story}/words").press("Save", heading="Theirs")
    mine.press(f"Drop: {heading}")
    assert mine.status == 409 and mine.says("This was changed meanwhile")
    assert words(mine.all("//thead//th"))[1:] == ["When you opened it", "As it is now", "As you want it"]
    assert mine.says("Theirs")
    assert "Theirs" in listed(other.get("/"), "report")  # nothing was kept
    mine.press("Do it all the same")
    assert mine.status == 200 and "Theirs" not in listed(mine, "report")


def test_words_typed_in_two_windows_are_not_lost(desk):
    card = review(desk.open).items[1]
    mine, other = desk.reader(), desk.reader()
    mine.get(f"/story/{card.story}/words")
    other.get(f"/story/{card.story}/words").press("Save", heading="Theirs")
    mine.press("Save", heading="Mine", note="My note.")
    assert mine.status == 409 and mine.title.startswith("Error: ")
    assert mine.all("//input[@id='heading']/@value") == ["Mine"]
    assert mine.all("//textarea")[0].text.strip() == "My note."
    row = next(row for row in mine.all("//tbody/tr") if words(row.xpath("th"))[0].startswith("Heading"))
    assert words(row.xpath("td")) == [card.heading, "Theirs", "Mine"]
    mine.press("Save mine all the same")
    assert mine.status == 200 and listed(mine, "report")[1] == "Mine"


def test_the_same_twice_is_done_once(desk):
    one, two = desk.reader().get("/"), desk.reader().get("/")
    heading = listed(one, "report")[0]
    one.press(f"Drop: {heading}")
    two.press(f"Drop: {heading}")
    assert two.status == 200
    assert review(desk.open).undone == 1


# ── many at once ────────────────────────────────────────────────────────────────────────────────────────────────


def ticks(reader, section: str) -> list[str]:
    return reader.all(f"//section[@aria-labelledby='{section}']//input[@name='story']/@value")


@pytest.mark.slow
def test_all_that_are_ticked_are_taken_and_taken_back(desk, reader):
    was = listed(reader, "further")
    two = ticks(reader, "further")[:2]
    assert two[0].split(" ")[0] == review(desk.open).further[0].story
    reader.press("Take all ticked of these further stories", story=[*two, "gone 123"])
    assert flash(reader).startswith("2 stories taken in. 1 could not be: ")
    assert set(was[:2]) <= set(listed(reader, "report"))
    assert not reader.all("//input[@name='story'][@checked]")
    reader.press("Undo: ")
    assert listed(reader, "further") == was
    reader.press("Dismiss all ticked of these further stories", story=ticks(reader, "further")[:3])
    assert flash(reader).startswith("3 stories dismissed.")
    assert set(listed(reader, "dropped")) == set(was[:3])
    reader.press("Take back all ticked of these dropped stories", story=ticks(reader, "dropped"))
    assert listed(reader, "further") == was


@pytest.mark.slow
def test_of_all_that_are_ticked_those_that_changed_meanwhile_are_shown_and_asked_of_again(desk):
    mine, theirs = desk.reader().get("/"), desk.reader().get("/")
    first, second, third = listed(mine, "report")[:3]
    theirs.press(f"Later: {first}")
    theirs.press(f"Drop: {second}")
    mine.press("Drop all ticked of these items", story=ticks(mine, "report")[:3])
    assert mine.status == 409 and flash(mine).startswith("2 stories dropped.")
    assert [one.text for one in mine.all("//main//section/h2")] == [first]
    assert mine.says("Place: was In the report, place 1, is now Put off to the next report")
    assert mine.says("changed it on Monday 16 November 2026")
    mine.press("Do it to those that are ticked", story=mine.all("//main//input[@name='story']/@value"))
    assert mine.status == 200 and set(listed(mine, "dropped")) == {first, second, third}


def test_nothing_ticked_is_said(reader):
    reader.press("Take all ticked of these further stories", story=None)
    assert reader.status == 200 and "Nothing was ticked" in flash(reader)


def test_several_of_the_report_are_put_off_and_dropped(reader):
    was = listed(reader, "report")
    reader.press("Put off all ticked", story=ticks(reader, "report")[:2])
    assert listed(reader, "later") == was[:2]
    third = next(
        tick
        for tick, one in zip(ticks(reader, "report"), listed(reader, "report"), strict=True)
        if one == was[2]
    )
    reader.press("Drop all ticked of these items", story=[third])
    assert listed(reader, "dropped") == [was[2]]


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_filters_show_as_many_as_they_say_and_can_be_lifted(reader):
    options = reader.all("//select[@name='topic']/option[@value != '']")
    assert options
    for option in options[:4]:
        count = int(option.text_content().rpartition("(")[2].rstrip(")"))
        shown = reader.get(f"/?topic={option.get('value')}")
        headings = [
            heading for section in ("report", "further", "near") for heading in listed(shown, section)
        ]
        assert len(headings) == count, option.text_content()
    reader.get("/?topic=nonsense&q=police")
    assert reader.status == 200 and listed(reader, "report") == []
    assert reader.says("None of the 12 stories of the report fits the filters.")
    reader.follow("lift the filter nonsense")
    assert parse_qs(urlsplit(reader.address).query) == {"q": ["police"]}
    assert listed(reader, "report")


def test_a_filter_stays_after_an_act(reader):
    reader.get("/?q=police")
    heading = listed(reader, "report")[0]
    reader.press(f"Later: {heading}")
    assert parse_qs(urlsplit(reader.address).query) == {"q": ["police"]}
    reader.press("Undo: ")
    assert parse_qs(urlsplit(reader.address).query)["q"] == ["police"]


NONSENSE = (
    "topic=%00",
    "area='%20OR%201",
    "q=" + "x" * 5000,
    "list=../../etc",
    "list=further&from=99999999999",
    "from=x",
)


def test_nonsense_in_the_address_is_no_fault(reader):
    for asked in NONSENSE:
        assert reader.get(f"/?{asked}").status == 200, asked


# ── issued, empty, hostile ──────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_for_no_meeting_says_what_issuing_it_takes(reader):
    reader.get("/").follow("Issue …")
    assert reader.says("The meeting that this draft is for is not known.")
    assert reader.says("Write its date under meetings in panel.yaml")


@pytest.mark.slow
def test_a_draft_is_issued_after_one_question_and_can_be_a_draft_again(desk_week, tmp_path):
    week, config = desk_week
    config = replace(config, panel=replace(config.panel, meetings=(date(2026, 12, 4),)))
    reader = copied(week, tmp_path / "met", config).reader().get("/")
    reader.press("Make the document")  # towards the meeting
    assert reader.says("Draft 2 is made.") and reader.says("for the meeting of 4 Dec 2026")
    heading = listed(reader.get("/"), "report")[0]
    reader.press(f"Drop: {heading}")
    reader.follow("Issue …")
    assert reader.says("1 change since draft 2 is not in its document")
    reader.press("Make the document first")
    reader.get("/").follow("Issue …")
    assert words(reader.all("//h1")) == ["Issue draft 3"] and heading not in words(
        reader.all("//main//ol/li")
    )
    assert not reader.says("not in its document")
    reader.press("Issue draft 3")
    assert reader.status == 200 and reader.says("Issued") and not reader.says("Issued by desk")
    assert reader.all("//button[.='Begin the next report']") and not reader.all(
        "//button[.='Make the document']"
    )
    assert not reader.all("//button[contains(., 'Drop')] | //input[@name='story']")
    reader.press("Undo: ")
    assert reader.all("//button[contains(., 'Drop')]")


def test_documents_are_given_to_keep(desk, reader):
    reader.get("/").press("Make the document")
    assert reader.says("Draft 2 is made.")
    links = reader.all("//ul[@class='documents']//a/@href")
    assert links
    for link in links:
        got = desk.reader().get(link)
        assert got.status == 200, link
        assert got.headers["Content-Disposition"].startswith("attachment; filename=")
        assert got.headers["X-Content-Type-Options"] == "nosniff"
    for name in (
        "nothing.docx",
        "..%2f..%2farchive.db",
        "%2e%2e",
        "archive.db",
        "topical-issues-draft-1.docx%00",
    ):
        assert desk.reader().get(f"/documents/{name}").status == 404, name


def test_an_empty_archive_explains_itself_and_offers_the_demo(desk_week, tmp_path):
    week, config = desk_week
    folder = tmp_path / "new"
    folder.mkdir()
    for file in week.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    reader = WeekDesk(folder, config).reader().get("/")
    assert reader.status == 200
    assert words(reader.all("//main//p/code[not(../text())]")) == ["monitor poll", "monitor demo"]
    assert reader.says("It asks each of the 8 feeds that feeds.yaml has on once")
    assert reader.says("The archive is empty") and reader.says("nothing of yours is touched")
    assert not (folder / "data").exists()  # looking leaves no trace


def test_nothing_drafted_offers_to_make_the_first(desk_week, tmp_path):
    week, config = desk_week
    desk = copied(week, tmp_path / "undrafted", config)
    with desk.open.changing() as workspace, workspace.store.archive.transaction() as db:
        db.execute("DELETE FROM editions")
    reader = desk.reader().get("/")
    assert reader.status == 200
    reader.press("Make the first document")
    assert reader.says("is made")
    assert len(listed(reader.get("/"), "report")) == 12


BAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_nothing_typed_or_read_is_markup(desk, reader):
    card = review(desk.open).items[0]
    reader.get(f"/story/{card.story}/words").press("Save", heading=BAD, note=f"{BAD}\n\njavascript:alert(1)")
    reader.get("/own").press("Add the item", heading=BAD, address="https://x.example/" + BAD, note=BAD)
    for address in (
        "/",
        f"/story/{card.story}",
        f"/story/{card.story}/words",
        "/history",
        "/issue",
        "/documents",
    ):
        reader.get(address)
        assert reader.status == 200, address
        assert not reader.all("//script | //img | //@onerror | //@style"), address
        assert not [one for one in reader.all("//@href | //@action") if one.startswith("javascript")], address
    reader.get("/?q=" + BAD.replace("<", "%3C").replace('"', "%22"))
    assert not reader.all("//script | //img | //@onerror")
    reader.get("/")
    reader.press(f"Drop: {listed(reader, 'report')[0]}")
    assert not reader.all("//script | //img | //@onerror")
