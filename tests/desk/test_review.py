"""The report under review: what a person does to it, sees of it, and takes back; the pages of it have tests of their own."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW
from desks import WeekDesk, doubted

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.report.review import (
    act,
    document,
    documents,
    history,
    issue,
    make_document,
    paragraphs_of,
    redo,
    review,
    undo,
    unissue,
)
from monitor.app.desk.report.where import where
from monitor.app.learning import speak, take_back
from monitor.app.state import standing
from monitor.model import NeedKind, Said, Source
from monitor.model.acts import (
    Check,
    Drop,
    Edit,
    Later,
    Merge,
    Move,
    Restore,
    Split,
    Take,
    Unlink,
    Write,
)
from monitor.model.review import Conflict, Done, Place, Refused, Stage
from monitor.pipeline.reviewing import Reviewing

DECEMBER, JANUARY = date(2026, 12, 18), date(2027, 1, 29)


@pytest.fixture
def at_work(desk) -> WeekDesk:
    """With two known meetings, and a clock that the test moves."""
    config = desk.open.config()
    desk.open._kept.config = replace(config, panel=replace(config.panel, meetings=(DECEMBER, JANUARY)))
    return _at(desk, NOW)


def _at(desk, moment) -> WeekDesk:
    kept = desk.open._kept
    desk.open = OpenDesk(desk.folder, desk.data, lambda: moment, _kept=kept)
    return desk


def headings(cards) -> list[str]:
    return [card.heading for card in cards]


def test_a_report_is_reviewed_undone_and_made(at_work):
    desk = at_work.open
    before = review(desk)
    assert (before.stage, before.number, len(before.items)) == (Stage.DRAFTED, 1, 12)
    assert before.is_exact and before.undone == 0 and before.last is None
    first, second, *_ = before.items
    assert {"drop", "later", "edit", "move", "merge"} <= first.can and not first.changes

    dropped = act(desk, Drop(story=first.story), by="Ann", seen=first.version)
    assert dropped == Done(words=f"Dropped: “{first.heading}”.", undo=1, next=second.story, story=first.story)
    assert act(desk, Drop(story=first.story), by="Ben").undo is None  # twice sent, once done
    after = review(desk)
    assert first.story not in [card.story for card in after.items] and len(after.items) == 12
    assert headings(after.dropped) == [first.heading] and after.undone == 1
    (change,) = after.dropped[0].changes
    assert (change.words, change.by, change.source, change.is_new) == ("dropped", "Ann", Source.DESK, True)
    assert after.last.id == 1 and "restore" in after.dropped[0].can

    assert undo(desk, 1, by="Ben").words.startswith("Taken back: ")
    assert headings(review(desk).items) == headings(before.items)
    assert redo(desk, 1).undo == 1 and headings(review(desk).items) == headings(after.items)
    assert "already" in redo(desk, 1).words and undo(desk, 99).is_unknown

    made = make_document(desk)
    assert made.number == 2 and any("Draft 2" in line for line in made.lines)
    drafted = review(desk)
    assert (drafted.number, drafted.undone) == (2, 0)
    assert headings(drafted.items) == headings(after.items)
    (told,) = history(desk)
    assert (told.id, told.by, told.lines, told.fixed) == (
        1, "Ann", (f"“{first.heading}”: dropped.",), "",
    )  # fmt: skip
    undo(desk, 1, by="Ben")
    (told,) = history(desk)
    assert told.withdrawn == NOW and told.withdrawn_by == "Ben" and review(desk).undone == 1


def test_a_form_of_an_older_state_is_refused_with_what_changed(at_work):
    desk = at_work.open
    seen = review(desk)
    one, other = seen.items[:2]
    act(desk, Edit(story=one.story, heading="Theirs"), by="Ben", seen=one.version)
    found = act(desk, Edit(story=one.story, heading="Mine"), by="Ann", seen=one.version)
    assert isinstance(found, Conflict)
    assert [dict(side.rows)["Heading"] for side in (found.before, found.theirs, found.yours)] == [
        one.heading, "Theirs", "Mine",
    ]  # fmt: skip
    assert found.words.startswith("Ben changed it") and review(desk).items[0].heading == "Theirs"
    # another story, and the same story as it is now, disturb nobody
    assert isinstance(act(desk, Edit(story=other.story, heading="Hers"), seen=other.version), Done)
    assert isinstance(act(desk, Edit(story=one.story, heading="Mine"), seen=found.version), Done)
    # what holds already is done, whatever was seen
    assert act(desk, Edit(story=one.story, heading="Mine"), seen=one.version).undo is None
    # and the order is one thing, of which moves alone are
    assert isinstance(act(desk, Move(story=one.story, place=3), seen=seen.order), Done)
    assert isinstance(act(desk, Move(story=other.story, place=5), seen=seen.order), Conflict)
    assert isinstance(act(desk, Drop(story=other.story), seen=review(desk).items[0].version), Done | Conflict)


def test_what_is_done_here_and_by_command_is_one_word(at_work):
    desk, folder, data = at_work.open, at_work.folder, at_work.data
    shown = review(desk)
    story = shown.further[0].story
    speak(folder, data, [story], Said.TAKEN, clock=desk.clock)
    taken = next(card for card in review(desk).items if card.story == story)
    assert taken.changes[0].source is Source.WORD
    spoken = speak(folder, data, [story], Said.TAKEN, clock=desk.clock)
    assert [one["new"] for one in spoken.records()] == [False]
    assert act(desk, Take(story=story)).undo is None
    dropped = act(desk, Drop(story=story))
    assert [one["new"] for one in speak(folder, data, [story], Said.DROPPED, clock=desk.clock).records()] == [
        False
    ]
    undo(desk, dropped.undo)
    assert story in [card.story for card in review(desk).items]
    with pytest.raises(Exception, match="No document was learned"):
        take_back(folder, data, clock=desk.clock)  # an act is no document


def test_everything_a_story_can_have_done_to_it(at_work):
    desk = at_work.open
    shown = review(desk)
    a, b, c, d = (card.story for card in shown.items[:4])
    quoted = shown.items[0].item.excerpt[:1]
    act(desk, Edit(story=a, heading="Hers", quoted=quoted, note=("Her word.",)))
    act(desk, Later(story=b))
    act(desk, Merge(story=c, into=d))
    act(desk, Write(heading="Her own", address="https://elsewhere.example/story"))
    now = review(desk)
    mine = next(card for card in now.items if card.story == a)
    assert (mine.item.heading, mine.item.excerpt) == ("Hers", (*quoted, "Her word."))
    assert headings(now.later) == [shown.items[1].heading] and now.later[0].place is Place.LATER
    joined = next(card for card in now.items if card.story == d)
    assert c not in [card.story for card in now.items] and len(joined.links) > len(shown.items[3].links)
    assert headings(now.items)[-1] == "Her own"
    assert isinstance(act(desk, Drop(story=c)), Refused)  # it is part of another
    apart = act(desk, Split(story=d, article=shown.items[2].links[0].article))
    assert apart.story in [card.story for card in review(desk).items]
    act(desk, Restore(story=b))
    assert not review(desk).later
    offered = paragraphs_of(desk, a)
    assert [one.text for one in offered if one.is_chosen] == list(quoted) and len(offered) > 1
    assert paragraphs_of(desk, "nobody") == ()
    assert act(desk, Unlink(story=d, article="nobody")).undo is None


def test_a_warning_is_looked_at(at_work, monkeypatch):
    doubted(monkeypatch)
    desk = at_work.open
    warnings = review(desk).warnings
    assert warnings
    looked = act(desk, Check(warning=warnings[0].id), by="Ann")
    (checked,) = [one for one in review(desk).warnings if one.checked]
    assert (checked.id, checked.checked.by) == (warnings[0].id, "Ann")
    undo(desk, looked.undo)
    assert not [one for one in review(desk).warnings if one.checked]


@pytest.mark.slow
def test_a_report_is_issued_and_frozen_and_taken_back(at_work):
    desk = at_work.open
    assert "no known meeting" in issue(desk, 1).words  # the demo's draft was made for none
    make_document(desk)
    number, story = review(desk).number, review(desk).items[0].story
    said = act(desk, Drop(story=review(desk).items[-1].story))
    assert review(desk).can_issue
    assert (
        issue(desk, number, by="Ann").words == f"Issued: draft {number}, for the meeting of 18 December 2026."
    )
    assert issue(desk, number).undo is None and issue(desk, 1).words != ""
    shown = review(desk)
    assert (shown.stage, shown.meeting, shown.number) == (Stage.ISSUED, DECEMBER, number)
    assert shown.issued.by == "Ann" and shown.issued.can_take_back and not shown.items[0].can
    assert isinstance(act(desk, Drop(story=story)), Refused)
    assert isinstance(act(desk, Move(story=story, place=2)), Refused)
    assert isinstance(act(desk, Take(story=shown.further[0].story)), Done)  # for the next report
    assert [story for story, _ in review(desk).ahead] == [shown.further[0].story]
    with (
        desk.reading() as workspace
    ):  # what was issued is no draft any more, also where its papers are still to go out
        assert (
            Reviewing(workspace.store, workspace.config, desk.remembered).so_far(NOW.date()).edition is None
        )
        only = replace(workspace.config, panel=replace(workspace.config.panel, meetings=(DECEMBER,)))
        (need,) = [
            one.sentence
            for one in standing(replace(workspace, config=only), NOW).needs
            if one.kind is NeedKind.NO_MEETING
        ]
        assert need.startswith("no meeting after 18 December 2026 is known.")
    assert unissue(desk, number).words == f"Taken back: draft {number} is a draft again."
    assert review(desk).stage is Stage.DRAFTED and isinstance(undo(desk, said.undo), Done)
    issue(desk, number, by="Ann")
    later = _at(at_work, NOW + timedelta(days=7)).open
    make_document(later)
    next_one = review(later)
    assert (next_one.stage, next_one.meeting, next_one.number) == (Stage.DRAFTED, JANUARY, number + 1)
    assert next_one.basis.window.since == NOW
    assert "builds on it" in unissue(later, number).words
    told = {one.id: one.fixed for one in history(later)}
    assert not any(told.values())  # nothing was made with what was said of it after it was made


@pytest.mark.slow
def test_what_was_put_off_is_an_item_of_the_next_report_and_can_be_dropped_there(at_work):
    desk = at_work.open
    make_document(desk)
    story = review(desk).items[0]
    act(desk, Edit(story=story.story, heading="Hers"))
    act(desk, Later(story=story.story), by="Ann")
    number = make_document(desk).number
    assert headings(review(desk).later) == ["Hers"]
    issue(desk, number)
    later = _at(at_work, NOW + timedelta(days=7)).open
    make_document(later)
    shown = review(later)
    card = next(card for card in shown.items if card.story == story.story)
    assert card.heading == "Hers" and card.reason.startswith("You put it off in draft")
    act(later, Drop(story=card.story))
    make_document(later)
    assert card.story not in [one.story for one in review(later).items]


def test_documents_are_listed_and_given_also_where_their_files_are_gone(at_work):
    desk = at_work.open
    listed = documents(desk)
    names = [one.name for one in listed]
    assert names[0] == "topical-issues-draft-1.docx" and names[-1] == "topical-issues-draft-1-notes.html"
    assert document(desk, names[0])[:2] == b"PK"
    assert json.loads(document(desk, "topical-issues-draft-1.json"))["number"] == 1
    for name in ("../panel.yaml", "panel.yaml", "/etc/passwd", "topical-issues-draft-2.docx", ""):
        assert document(desk, name) is None
    folder = at_work.data / desk.config().panel.folder
    for path in (path for path in Path(folder).rglob("*") if path.is_file()):
        path.unlink()
    assert json.loads(document(desk, "topical-issues-draft-1.json"))["number"] == 1


def test_before_there_is_a_draft_it_says_what_to_do_first(desk, tmp_path):
    empty = OpenDesk(desk.folder, tmp_path / "nothing", lambda: NOW, _kept=desk.open._kept)
    make = make_document(empty)
    assert "read the feeds first" in make.words
    assert (review(empty).stage, documents(empty)) == (Stage.NOTHING_READ, ())


def test_where_a_story_is(at_work):
    desk = at_work.open
    shown = review(desk)
    card = shown.items[0]
    (found,) = where(desk, f"  {card.links[0].url}?utm_source=mail ").found
    assert (found.article, found.story, found.stopped_by) == (card.links[0].article, card.story, "")
    assert [step.what for step in found.steps] == ["Seen", "Text", "Rules", "Report"]
    assert found.steps[-1].says == "Item 1 of the report."
    further = shown.further[0]
    assert "no room" in where(desk, further.links[0].url).found[0].stopped_by
    act(desk, Drop(story=card.story), by="Ann")
    stopped = where(desk, card.links[0].url).found[0].stopped_by
    assert stopped == "Dropped by Ann on 16 November 2026 (at the desk)."
    words = " ".join(card.heading.upper().replace("’", "'").split()[:3])
    assert card.links[0].article in [one.article for one in where(desk, words).found]
    with desk.changing() as workspace:
        left_out = workspace.store.archive.read("SELECT count(*) AS n FROM articles")[0]["n"]
    assert left_out > 12
    strange = where(desk, "https://nobody-reads.example/1")
    assert strange.can_take and "No feed of nobody-reads.example is read" in strange.missing[1].says
    host = desk.config().feeds[0].url.split("/")[2]
    ours = where(desk, f"https://{host}/not-there")
    assert desk.config().feeds[0].name in ours.missing[1].says
    assert "Paste an address" in where(desk, " ").missing[0].says
    assert "reword" in where(desk, "zebra quagga").missing[0].says
    assert not where(desk, "%_' OR 1=1 --").found


RECURRING = "Sign up to our newsletter for all that the police and the council are up to near you."
OFTEN = (
    "The Thames Courier",
    "The Spires Recorder",
    "Grid Square News",
)  # a dozen articles each, so that something can recur


def test_what_recurs_in_an_outlet_s_articles_is_neither_offered_nor_quoted(desk):
    """In a document it is left out; so what is made anew at the desk has it no more than what was drafted."""
    with closing(sqlite3.connect(desk.data / "archive.db")) as db, db:
        for id, paragraphs in db.execute("SELECT id, paragraphs FROM articles").fetchall():
            anew = json.dumps([RECURRING, *json.loads(paragraphs)], ensure_ascii=False)
            db.execute("UPDATE articles SET paragraphs = ? WHERE id = ?", (anew, id))
    items = review(desk.open).items
    into, alone = [card for card in items if card.links[0].outlet in OFTEN][:2]
    offered = [one.text for one in paragraphs_of(desk.open, into.story)]
    assert offered and RECURRING not in offered

    shared, link = next(
        (card, link) for card in items for link in card.links if len(card.links) > 1 and link.outlet in OFTEN
    )
    apart = act(desk.open, Split(story=shared.story, article=link.article)).story
    made = next(card for card in review(desk.open).items if card.story == apart)
    assert made.item.excerpt and RECURRING not in made.item.excerpt

    act(desk.open, Merge(story=alone.story, into=into.story))
    joined = next(card for card in review(desk.open).items if card.story == into.story)
    assert joined.item.excerpt and RECURRING not in joined.item.excerpt
