"""The Rules page: what topics.yaml says; a change tried, ticked, saved, taken back and restored; and what goes wrong."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from desks import Reader

from monitor.app.desk.rules.drafts import digest_of
from monitor.app.desk.rules.phrase_counts import searched
from monitor.app.desk.rules.previews import Previews
from monitor.app.desk.search.indexing import bring_up
from monitor.store.search import FILE

LIST = "/rules/list/cues/raise/figures"


def reader_of(desk, *, tries: bool = False) -> Reader:
    """`tries`: previews are worked out while a page is asked for, so that none is half done. Else they wait for ever."""
    app = desk.application()
    app.extensions["rule previews"] = Previews(desk.open, begin=lambda work: work() if tries else None)
    return Reader(app)


def topics(desk) -> str:
    return (desk.folder / "topics.yaml").read_text("utf-8")


def drafted(reader, phrase: str, name: str = LIST):
    reader.get(name).press("Try it", phrase=phrase)
    assert reader.status == 200 and "/rules/drafts/" in reader.address, reader.text
    return reader


def test_the_rules_are_shown_and_a_phrase_is_carried_to_its_list(desk):
    reader = reader_of(desk).get("/rules?phrase=speed+awareness+course")
    assert reader.status == 200 and reader.says("Where should “speed awareness course” stand?")
    for heading in ("Thresholds", "Bodies", "Cues", "Topics", "Priorities"):
        assert reader.all(f"//h2[.='{heading}']"), heading
    reader.follow("Figures (raises)")
    assert reader.all("//input[@name='phrase']/@value") == ["speed awareness course"]
    assert reader.says("A longer “never” phrase cancels each hit inside it")


@pytest.mark.slow
def test_a_phrase_is_tried_saved_taken_back_and_restored(desk):
    before, reader = topics(desk), reader_of(desk, tries=True)
    drafted(reader, "lollipop patrol reviews")
    assert reader.says("added “lollipop patrol reviews” to cues, raise, figures")
    assert reader.says("not saved yet") and topics(desk) == before
    assert reader.says("hits nothing in these weeks")
    assert reader.says("None of the")  # of the twelve leaves
    tried = reader.address
    reader.press("Save")
    assert reader.says("Saved: added “lollipop patrol reviews” to cues, raise, figures")
    assert reader.says("It counts from the next draft on")
    after = topics(desk)
    lines, stood = after.splitlines(), before.splitlines()
    came = [line for line in lines if line not in stood]
    gone = [line for line in stood if line not in lines]
    assert "lollipop patrol reviews" in came[0] and len(came) == 1 and len(gone) <= 1
    copies = [one.name for one in desk.folder.glob("topics.yaml.*")]
    assert copies == ["topics.yaml.2026-11-16"] and (desk.folder / copies[0]).read_text() == before
    assert max(map(len, after.splitlines())) <= 110

    assert reader_of(desk).get(tried).says("A change of the rules, saved")

    reader.press("Undo")
    assert reader.says("Taken back: version 1") and topics(desk) == before
    reader.get("/rules/versions/1").press("Restore these rules")
    assert reader.says("This would bring the old text back") and topics(desk) == before
    reader.press("Save")
    assert topics(desk) == after
    reader.get("/rules/versions")
    assert [one.text_content() for one in reader.all("//h2/a")] == ["Version 3", "Version 2", "Version 1"]


@pytest.mark.slow
def test_a_phrase_is_changed_and_removed_and_a_figure_set(desk):
    reader = reader_of(desk).get("/rules/list/topics/roads/strong")
    phrase = reader.all("//tbody//th")[0].text_content()
    reader.press(f"Try without: {phrase}")
    assert reader.says(f"removed “{phrase}” from topics, roads, strong")
    reader.get(f"/rules/phrase/topics/roads/strong?{urlencode({'old': phrase})}")
    reader.press("Try it", new="roundabout audits")
    assert reader.says("added “roundabout audits” to topics, roads, strong")
    assert reader.says(f"removed “{phrase}” from topics, roads, strong")
    reader.get("/rules/figure/thresholds/include").press("Try it", value="6")
    assert reader.says("changed thresholds, include from 5 to 6")


@pytest.mark.slow
def test_one_change_goes_on_from_another(desk):
    reader = drafted(reader_of(desk), "lollipop patrol reviews")
    reader.follow("Figures (raises)")
    reader.press("Try it", phrase="zebra crossing counts")
    assert reader.says("lollipop patrol reviews") and reader.says("zebra crossing counts")
    reader.press("Save")
    assert "lollipop patrol reviews" in topics(desk) and "zebra crossing counts" in topics(desk)


AMISS = [
    ("", "Write a phrase"),
    ("the", "hits stories of every kind"),
    ("burglar*y", "can match nothing"),
    ("<speed>", "is no kind of figure"),
    ("x" * 201, "write fewer words"),
]


def test_a_phrase_that_cannot_work_comes_back_with_the_reason(desk):
    reader = reader_of(desk)
    for phrase, said in AMISS:
        reader.get(LIST).press("Try it", phrase=phrase)
        assert reader.status == 422 and reader.title.startswith("Error: ") and reader.says(said)
        assert reader.all("//input[@id='phrase']/@value") == [phrase]
        assert reader.all("//div[@class='errors']//a/@href") == ["#phrase"]


@pytest.mark.slow
def test_a_phrase_that_is_there_already_or_swallowed_is_told(desk):
    reader = reader_of(desk, tries=True).get("/rules/list/topics/roads/strong")
    phrase = next(
        one.text_content()
        for one in reader.all("//tbody//th")
        if re.fullmatch(r"[a-z]+ [a-z]+", one.text_content())
    )
    reader.press("Try it", phrase=phrase)
    assert reader.status == 422 and reader.says(f"{phrase} is in this list already")
    drafted(reader, f"{phrase} again", "/rules/list/topics/roads/strong")
    assert reader.says(f"{phrase} again changes nothing: {phrase} hits wherever it stands")


@pytest.mark.slow
def test_mistakes_of_a_text_are_named_by_line_and_nothing_is_saved(desk):
    before, reader = topics(desk), reader_of(desk)
    reader.get("/rules/text").press("Try it", text=before.replace("  include: 5\n", "  include: 9\n"))
    assert reader.says("This cannot be saved: 1 mistake") and reader.says(
        "topics.yaml:23: thresholds.include"
    )
    assert not reader.all("//button[contains(., 'Save')]")
    address = reader.address
    token = reader.get("/rules/try").all("//input[@name='csrf_token']/@value")[0]
    digest = digest_of((desk.data / "rules" / "drafts" / address.split("/")[-1] / "topics.yaml").read_bytes())
    reader.post(f"{address}/save", {"csrf_token": token, "previewed": digest})
    assert reader.says("Nothing was saved: mend what is named below first") and topics(desk) == before
    reader.follow("Mend it in the text")
    assert "  include: 9\n" in reader.all("//textarea")[0].text
    reader.press("Try it", text="topics: [")
    assert reader.says("This cannot be saved") and topics(desk) == before


@pytest.mark.slow
def test_a_file_that_was_changed_meanwhile_is_not_overwritten(desk):
    reader = drafted(reader_of(desk), "lollipop patrol reviews")
    address = reader.address
    theirs = topics(desk).replace("  borderline: 3\n", "  borderline: 4\n")
    (desk.folder / "topics.yaml").write_text(theirs, "utf-8")
    reader.press("Save")
    assert reader.status == 409 and reader.title.startswith("Error: ") and topics(desk) == theirs
    assert reader.says("changed thresholds, borderline from 3 to 4")
    reader.press("Put this change on the file as it is now")
    assert reader.address != address and reader.says("lollipop patrol reviews")
    reader.press("Save")
    assert "  borderline: 4\n" in topics(desk) and "lollipop patrol reviews" in topics(desk)


def test_a_text_typed_on_an_older_file_comes_back(desk):
    reader = reader_of(desk).get("/rules/text")
    mine = topics(desk).replace("  national: 7\n", "  national: 8\n")
    theirs = topics(desk).replace("  borderline: 3\n", "  borderline: 4\n")
    (desk.folder / "topics.yaml").write_text(theirs, "utf-8")
    reader.press("Try it", text=mine)
    assert reader.status == 409 and reader.says("changed since you opened this page")
    assert reader.all("//textarea")[0].text.strip() == mine.strip()
    assert reader.says("changed thresholds, borderline from 4 to 3") and topics(desk) == theirs


@pytest.mark.slow
def test_a_version_whose_record_is_gone_is_not_written_over(desk):
    drafted(reader_of(desk), "lollipop patrol reviews").press("Save")
    kept = desk.data / "rules" / "versions"
    before = (kept / "0001-before.yaml").read_bytes()
    (kept / "0001.json").unlink()
    drafted(reader_of(desk), "zebra crossing reviews").press("Save")
    assert (kept / "0001-before.yaml").read_bytes() == before and (kept / "0002.json").exists()


def test_a_text_that_takes_too_long_to_read_comes_back_unread(desk):
    reader = reader_of(desk).get("/rules/text")
    for much, says in (("a: 1\n" * 10_001, "10,001 lines"), ("# " + "x" * 500_000, "500 kB")):
        reader.get("/rules/text").press("Try it", text=much)
        assert reader.status == 422 and reader.says(says) and reader.title.startswith("Error: ")
        assert reader.all("//textarea")[0].text.strip() == much.strip()


@pytest.mark.slow
def test_taking_back_after_another_change_makes_a_draft(desk):
    reader = drafted(reader_of(desk), "lollipop patrol reviews").press("Save")
    theirs = topics(desk).replace("  borderline: 3\n", "  borderline: 4\n")
    (desk.folder / "topics.yaml").write_text(theirs, "utf-8")
    reader.press("Take this change back")
    assert reader.says("nothing was taken back") and topics(desk) == theirs
    assert "/rules/drafts/" in reader.address


@pytest.mark.slow
def test_a_broken_file_is_named_by_line_and_the_page_works_on(desk):
    (desk.folder / "topics.yaml").write_text(
        topics(desk).replace("  include: 5\n", "  include: 9\n"), "utf-8"
    )
    reader = reader_of(desk).get("/rules")
    assert reader.status == 200 and reader.says("topics.yaml:23: thresholds.include")
    assert not reader.all("//h2[.='Topics']")  # a form could not be sure what it changes
    reader.get("/rules/try").press("Judge it", text="Thames Valley Police crime figures rise by 12 per cent")
    assert reader.says("What was found in it")
    reader.get("/rules").follow("here as a text")
    reader.press("Try it", text=reader.all("//textarea")[0].text.replace("  include: 9\n", "  include: 5\n"))
    reader.press("Save")
    assert not desk.open.mistakes()


def lost_story(desk):
    """A draft that loses stories: nothing is in that is not worth 40 points."""
    reader = reader_of(desk, tries=True)
    reader.get("/rules/text").press(
        "Try it",
        text=topics(desk).replace("  include: 5\n  national: 7\n", "  include: 40\n  national: 40\n"),
    )
    return reader


@pytest.mark.slow
def test_lost_stories_are_shown_first_with_their_reasons_and_ticked(desk):
    reader = lost_story(desk)
    lost = reader.all("//h2[@id='lost']")[0].text_content()
    assert int(lost.removeprefix("Lost: ")) > 3 and not reader.all("//h2[@id='gained']")
    assert reader.says("a near miss") and reader.says("Still speaking for it, though not enough")
    assert reader.says("leaves place 1")
    name = reader.all("//ul[@class='stories']/li/@id")[0]
    reader.press("Wrong")
    assert reader.says("Ticked as wanted") and reader.says("You ticked: wrong")
    lines = [json.loads(line) for line in (desk.data / "labels.jsonl").read_text("utf-8").splitlines()]
    assert [(f"story-{one['id']}", one["decision"]) for one in lines] == [(name, "include")]
    assert reader.says("your ticks")
    reader.press("Right")
    reader.press("Right")  # said twice is said once
    assert (desk.data / "labels.jsonl").read_text("utf-8").count("\n") == 1
    assert reader.says("You ticked: right")
    reader.press("Undo")
    reader.press("Take the tick back")
    assert (desk.data / "labels.jsonl").read_text("utf-8") == ""


@pytest.mark.slow
def test_the_ticks_are_a_labelled_set_that_evaluate_reads(desk):
    from monitor.judging.labelled import read_labelled

    lost_story(desk).press("Wrong")
    config = desk.open.config()
    file = desk.data / "labels.jsonl"
    topics_there = [topic.id for topic in config.rules.topics]
    (one,) = read_labelled(file.name, file.read_text("utf-8").splitlines(), config.panel.area, topics_there)
    assert (
        one.decision == "include"
        and one.text
        and one.why.startswith("ticked in the desk on 2026-11-16: changed")
    )


def test_a_text_says_which_rules_act_on_it(desk):
    text = (
        "Thames Valley Police misses its target\nThe commissioner <script>alert(1)</script> said.\n"
        + "word " * 5000
    )
    reader = reader_of(desk).get("/rules/try").press("Judge it", text=text)
    assert reader.status == 200 and reader.says("body force") and not reader.all("//script")
    assert reader.says("Only the first 20,000 characters were judged")
    reader.press("Judge it", text="  \n ")
    assert reader.status == 200 and not reader.all("//h2[@id='verdict']")


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202eevil",
    "{{ 7*7 }}",
    "a: [b, #c",
]


def test_what_is_typed_is_text(desk):
    reader = reader_of(desk)
    for phrase in HOSTILE:
        reader.get(LIST, query_string={"phrase": phrase})
        assert not reader.all("//script | //img")
        assert "49" not in reader.all("//input[@name='phrase']/@value")[0]
        reader.get("/rules", query_string={"phrase": phrase})
        assert not reader.all("//script | //img")
        if phrase.startswith(("<", "{{")):
            reader.get(LIST).press("Try it", phrase=phrase)
            assert reader.status in (200, 422) and not reader.all("//script | //img | //@onerror")


NOWHERE = [
    "/rules/list/cues/raise/nothing",
    "/rules/list/../../etc/passwd",
    "/rules/list/topics/roads/name",
    "/rules/figure/named/nobody",
    "/rules/drafts/../../archive.db",
    "/rules/drafts/0123456789ab",
    "/rules/drafts/%2e%2e%2f%2e%2e",
    "/rules/versions/7",
    "/rules/phrase/cues/raise/figures?old=nothing",
    f"{LIST}?on=0123456789ab",
]


def test_what_is_not_there_is_not_found(desk):
    reader = reader_of(desk)
    assert [address for address in NOWHERE if reader.get(address).status != 404] == []


def test_a_draft_is_there_after_a_restart_and_for_a_colleague(desk):
    address = drafted(reader_of(desk), "lollipop patrol reviews").address
    again = reader_of(desk).get(address)
    assert again.status == 200 and again.says("lollipop patrol reviews")
    assert (Path(desk.data) / "rules" / "drafts").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_page_is_there_while_a_preview_is_worked_out(desk):
    waiting = []
    app = desk.application()
    app.extensions["rule previews"] = Previews(desk.open, begin=waiting.append)
    reader = drafted(Reader(app), "lollipop patrol reviews")
    assert reader.says("Waiting for its turn") and reader.all("//a[.='Look again']")
    assert len(waiting) == 1
    waiting.pop()()
    reader.follow("Look again")
    assert (
        reader.says("hits nothing in these weeks") and not reader.all("//a[.='Look again']") and not waiting
    )


@pytest.mark.slow
def test_how_often_the_words_of_each_phrase_come_is_said_and_leads_to_the_search_that_counts_it(desk):
    reader = reader_of(desk).get("/rules/list/bodies/force")
    assert reader.says("How often each phrase comes is counted beside the pages")
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config(), desk.open.clock)
    reader.get("/rules/list/bodies/force")
    counted = {row[0].text_content(): row[1] for row in reader.all("//tbody/tr")}
    assert reader.says("of this list stand in no stored article.")
    assert [name for name, cell in counted.items() if cell.text_content() == "none"]
    linked = {name: cell for name, cell in counted.items() if cell.xpath("a")}
    assert "Thames Valley Police" in linked
    for cell in linked.values():
        number = cell.xpath("string(a/text())")
        assert reader.get(cell.xpath("string(a/@href)")).says(f"{number} article"), cell.text_content()
    assert reader.get("/rules").says("in no stored article), line")


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        ("stop and search", '"stop and search"'),
        ("burglar*", "burglar*"),
        ("council tax*", ""),
        ("<large>", ""),
        ("one ~5 other", ""),
        ("PCC’s", '"PCC’s"'),
    ],
)
def test_a_phrase_is_searched_for_by_its_words(phrase, typed):
    assert searched(phrase) == typed
