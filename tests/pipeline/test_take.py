"""The officer's word, with documents and without: what becomes of a story in the next draft, in every situation."""

import hashlib
import shutil
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import article
from docx.oxml.ns import qn
from officer import Officer, Ticker

from monitor import pipeline
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.demo.server import serve
from monitor.demo.stories import Label
from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.model import Choice, FeedState, PollOutcome, PollResult, Said, Window
from monitor.pipeline.learn import Edited, learn_all
from monitor.pipeline.take import say
from monitor.reading.urls import article_id, normalise
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.edition.cycle import window_start
from monitor.reporting.learning.say import understood
from monitor.reporting.wording import day_in_london
from monitor.settings import ReportSize
from monitor.store import Store

NOVEMBER, JANUARY = date(2026, 11, 27), date(2027, 1, 22)
FEED = "https://courier.example/rss"
FIRST = datetime(2026, 11, 2, 7, tzinfo=UTC)
STEP = timedelta(days=3)  # five drafts before the papers of November go out


@pytest.fixture(scope="module")
def config():
    default = read_config(defaults_folder())
    size = ReportSize(items=2, per_topic=2, good_news=0)
    return replace(default, panel=replace(default.panel, meetings=(NOVEMBER, JANUARY), size=size))


@pytest.fixture(scope="module")
def papers(config):
    """Sample stories by what the rules make of them: four that are in, a near miss, one that is left out; then what
    the papers are full of, for among a handful of stories alone every name is rare."""
    judge = prepare(config.rules, config.gazetteer)
    found = {choice: [] for choice in Choice}
    with serve(FIRST) as week:
        by_event = {story.event: story for label in Label for story in week.labelled(label)}
    for story in sorted(by_event.values(), key=lambda story: story.headline):
        choice = judge.verdict(article(title=story.headline, paragraphs=story.paragraphs)).choice
        found[choice].append(story)
    return found[Choice.INCLUDE][:4], found[Choice.BORDERLINE][0], *found[Choice.EXCLUDE][:25]


class Desk:
    """An archive with a first draft, its two documents, and names for its stories: "item 1", "further 2", "near",
    "out"."""

    def __init__(self, store, config, papers, folder):
        self.store, self.config, self.folder, self.now = store, config, folder, FIRST
        included, near, out, *everyday = papers
        self.everyday = everyday
        for number, story in enumerate((*included, near, out, *everyday)):
            self.comes(number, story)
        self.ids = {"out": article_id(normalise("https://courier.example/news/5"))}
        self.drafted = self.draft()
        made = self.drafted.edition
        self.ids |= {f"item {place}": one.story for place, one in enumerate(made.items, 1)}
        self.ids |= {f"further {place}": one.story for place, one in enumerate(made.further, 1)}
        self.ids |= {"near": made.near_misses[0].story}
        self.heads = {one.story: one.heading for one in (*made.items, *made.further)}
        self.heads |= {made.near_misses[0].story: made.near_misses[0].title, self.ids["out"]: out.headline}

    def copied(self, store, folder) -> "Desk":
        """The same, of a copied archive and folder."""
        made = copy(self)
        made.store, made.folder = store, folder
        made.ids, made.heads = dict(self.ids), dict(self.heads)
        documents = tuple(folder / path.relative_to(self.folder) for path in self.drafted.documents)
        made.drafted = replace(self.drafted, documents=documents)
        return made

    def comes(self, number: int, story) -> None:
        url = f"https://courier.example/news/{number}"
        seen = self.now - timedelta(days=1)
        come = article(
            article_id(normalise(url)),
            url=url,
            outlet="Thames Courier",
            feed=FEED,
            title=story.headline,
            paragraphs=story.paragraphs,
            published=seen,
            first_seen=seen,
        )
        outcome = PollOutcome(feed=FEED, at=seen, result=PollResult.NEW, entries=1, new=1)
        self.store.feeds.save_poll(outcome, FeedState(url=FEED, last_poll=seen), [come])

    def everyday_news(self) -> None:
        """What the papers are full of, of another day."""
        for number, story in enumerate(self.everyday, 100):
            told = tuple(f"{paragraph} ({self.now:%d %B})" for paragraph in story.paragraphs)
            self.comes(number, replace(story, headline=f"{story.headline} {self.now:%d}", paragraphs=told))

    def draft(self):
        today = day_in_london(self.now)
        window = Window(since=window_start(self.store.editions.all(), 8, today), until=self.now)
        meeting = next(day for day in (NOVEMBER, JANUARY) if today <= day - timedelta(days=8))
        formats = ("docx",)
        return pipeline.draft(
            self.store, self.config, window, meeting, self.folder, formats, self.now, lambda *_: None
        )

    def next_draft(self):
        self.now += STEP
        self.drafted = self.draft()
        return self.drafted.edition

    # what she does, a moment after the draft or the last thing she did

    def head(self, name: str) -> str:
        return self.heads[self.ids[name]]

    def take(self, *names: str):
        return self._say(Said.TAKEN, names)

    def drop(self, *names: str):
        return self._say(Said.DROPPED, names)

    def _say(self, said: Said, names):
        self.now += timedelta(minutes=1)
        return say(self.store, self.config, [self.ids.get(name, name) for name in names], said, self.now)

    def report(self, drafted=None) -> Officer:
        return Officer((drafted or self.drafted).documents[0].read_bytes())

    def notes(self, drafted=None) -> Ticker:
        return Ticker((drafted or self.drafted).documents[1].read_bytes())

    def learn(self, *documents):
        self.now += timedelta(minutes=1)
        edited = [
            Edited(
                returned=read_back(content, f"document {place}"),
                name=f"document {place}",
                digest=hashlib.sha256(content).hexdigest(),
            )
            for place, content in enumerate(each.saved() for each in documents)
        ]
        return learn_all(self.store, self.config, edited, self.now)

    def where(self, edition) -> dict[str, str]:
        """Where each story stands; "decided" where it is hers."""
        found = {one.story: "further" for one in edition.further}
        found |= {one.story: "report" if one.decided is None else "hers" for one in edition.items}
        found |= {one.story: "near" for one in edition.near_misses}
        found |= {one.links[0].article: "dropped" for one in edition.dropped}
        return {name: found.get(id, "nowhere") for name, id in self.ids.items()}


@pytest.fixture(scope="module")
def first(config, papers, tmp_path_factory):
    """A desk with its first draft, which every test begins with a copy of."""
    folder = tmp_path_factory.mktemp("first")
    with Store.open(folder / "archive.db") as store:
        made = Desk(store, config, papers, folder / "drafts")
        assert made.where(made.drafted.edition) == AS_DRAFTED
    return made  # a closed archive is one file


@pytest.fixture
def desk(first, tmp_path):
    shutil.copytree(first.folder, tmp_path / "drafts")
    shutil.copy(first.folder.parent / "archive.db", tmp_path / "archive.db")
    with Store.open(tmp_path / "archive.db") as store:
        yield first.copied(store, tmp_path / "drafts")


AS_DRAFTED = {
    "item 1": "report",
    "item 2": "report",
    "further 1": "further",
    "further 2": "further",
    "near": "near",
    "out": "nowhere",
}


def both_kept(desk):
    return {"item 1": "hers", "item 2": "hers"}


SITUATIONS = {
    "nothing is said": (lambda d: None, {}),
    "a further story is taken by word": (
        lambda d: d.take("further 2"),
        {"further 2": "hers", "item 2": "further"},
    ),
    "and by a tick": (
        lambda d: d.learn(d.notes().click(d.head("further 2"))),
        {"further 2": "hers", "item 2": "further"},
    ),
    "and by its heading in the report": (
        lambda d: d.learn(d.report().add(d.head("further 2"))),
        {"item 1": "hers", "item 2": "hers", "further 2": "hers"},
    ),
    "an item is dropped by word": (lambda d: d.drop("item 1"), {"item 1": "dropped", "further 1": "report"}),
    "an item is struck from the report": (
        lambda d: d.learn(d.report().strike(d.head("item 1"))),
        {"item 1": "dropped", "item 2": "hers", "further 1": "report"},
    ),
    "a word takes back what a document struck": (
        lambda d: (d.learn(d.report().strike(d.head("item 1"))), d.take("item 1")),
        {"item 1": "hers", "item 2": "hers"},
    ),
    "a word takes back what a word dropped": (
        lambda d: (d.drop("item 1"), d.take("item 1")),
        {"item 1": "hers"},
    ),
    "a later word drops what a document kept": (
        lambda d: (d.learn(d.report()), d.drop("item 1")),
        {"item 1": "dropped", "item 2": "hers", "further 1": "report"},
    ),
    "a later document keeps what a word dropped": (
        lambda d: (d.drop("item 1"), d.learn(d.report())),
        {"item 1": "hers", "item 2": "hers"},
    ),
    "a document says nothing of a story that was not in it": (
        lambda d: (d.take("further 2"), d.learn(d.report())),
        {"item 1": "hers", "item 2": "hers", "further 2": "hers"},
    ),
    "a near miss is taken": (lambda d: d.take("near"), {"near": "hers", "item 2": "further"}),
    "a near miss is dismissed by its tick": (
        lambda d: d.learn(d.notes().click(d.head("near"), 1)),
        {"near": "dropped"},
    ),
    "and by word": (lambda d: d.drop("near"), {"near": "dropped"}),
    "one that was left out is taken": (lambda d: d.take("out"), {"out": "hers", "item 2": "further"}),
    "a story is named by the address of an article": (
        lambda d: d.take("https://courier.example/news/5?utm_source=rss"),
        {"out": "hers", "item 2": "further"},
    ),
    "an item is taken: it stays": (lambda d: d.take("item 2"), {"item 2": "hers"}),
    "report and notes, both given": (
        lambda d: d.learn(d.report().strike(d.head("item 1")), d.notes().click(d.head("further 2"))),
        {"item 1": "dropped", "item 2": "hers", "further 2": "hers"},
    ),
    "in the other order": (
        lambda d: d.learn(d.notes().click(d.head("further 2")), d.report().strike(d.head("item 1"))),
        {"item 1": "dropped", "item 2": "hers", "further 2": "hers"},
    ),
    "notes alone drop nothing": (lambda d: d.learn(d.notes()), {}),
    "ticked, and in the report already": (
        lambda d: d.learn(
            d.report().add(d.head("further 2"), "Her words on it."), d.notes().click(d.head("further 2"))
        ),
        {"item 1": "hers", "item 2": "hers", "further 2": "hers"},
    ),
    "a tick taken out again, and learned again": (
        lambda d: (d.learn(d.notes().click(d.head("further 2"))), d.learn(d.notes())),
        {},
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_becomes_of_the_stories_where(situation, desk):
    do, changed = SITUATIONS[situation]
    do(desk)
    edition = desk.next_draft()
    assert desk.where(edition) == {**AS_DRAFTED, **changed}
    assert all(one.excerpt for one in edition.items)
    assert desk.where(desk.next_draft()) == {**AS_DRAFTED, **changed}  # and in every week after


def test_what_was_taken_stands_in_the_report_s_order_and_says_so(desk):
    desk.take("further 2")
    edition = desk.next_draft()
    taken = next(one for one in edition.items if one.story == desk.ids["further 2"])
    assert (taken.taken, taken.decided) == (True, 1)
    comment = next(
        one.text for one in desk.report().document.comments if one.text.startswith("You took it in.")
    )
    assert "Why it matters" in comment


def test_what_is_dropped_is_told_once(desk):
    desk.drop("item 1")
    told = f"Dropped by you: {desk.head('item 1')}"
    for times in (1, 0, 0):
        desk.next_draft()
        assert [each.text for each in desk.notes().document.paragraphs].count(told) == times
    assert desk.head("item 1") not in "".join(each.text for each in desk.report().document.paragraphs)


def test_take_brings_back_what_she_had_made_of_it(desk):
    desk.learn(
        desk.report().note(desk.head("item 1"), "Her note.").retitle(desk.head("item 1"), "As she calls it")
    )
    desk.next_draft()
    desk.learn(desk.report().strike("As she calls it"))
    desk.next_draft()
    desk.take("item 1")
    back = next(one for one in desk.next_draft().items if one.story == desk.ids["item 1"])
    assert (back.heading, back.note, len(back.excerpt) > 1) == ("As she calls it", ("Her note.",), True)


def test_an_item_of_her_own_can_be_dropped_and_taken_back(desk):
    desk.learn(desk.report().add("Her own", "https://elsewhere.example/1", "Her words."))
    (own,) = [one for one in desk.next_draft().items if one.heading == "Her own"]
    desk.drop(own.story)
    assert "Her own" not in [one.heading for one in desk.next_draft().items]
    desk.take(own.story)
    (back,) = [one for one in desk.next_draft().items if one.heading == "Her own"]
    assert (back.story, back.excerpt, back.links) == (own.story, own.excerpt, own.links)


def test_an_unknown_id_is_named_with_the_remedy_and_nothing_is_kept(desk):
    with pytest.raises(
        InputError, match=r"address nothing, https://no.example/1; nothing was changed.*`story`"
    ):
        desk.take("further 2", "nothing", "https://no.example/1")
    assert desk.store.decisions.records() == ()


def test_what_holds_already_is_said_and_not_kept_again(desk):
    assert [one.is_new for one in desk.take("further 2", "further 2")] == [True]
    assert [one.is_new for one in desk.take("further 2")] == [False]
    assert [one.is_new for one in desk.drop("further 2")] == [True]
    assert [one.is_new for one in desk.drop("further 2")] == [False]
    assert len(desk.store.decisions.records()) == 2


def test_a_tick_in_the_notes_on_an_old_draft_is_taken_and_said(desk):
    old = desk.drafted
    desk.next_draft()
    desk.next_draft()
    (lesson,) = desk.learn(desk.notes(old).click(desk.head("further 2")))
    assert lesson.remarks == (
        "document 0 are the notes on draft 1; the newest draft is 3. What is ticked counts for the next draft.",
    )
    assert understood(lesson.learned, lesson.edition) == (
        f"Taken in: “{desk.head('further 2')}”",
        "Notes on draft 1: 1 taken in, 0 dismissed.",
    )
    assert desk.where(desk.next_draft())["further 2"] == "hers"


def test_a_tick_in_the_notes_of_a_report_that_was_filed_counts_for_the_next(desk):
    old = desk.drafted
    desk.now = datetime(2026, 11, 23, 7, tzinfo=UTC)  # the papers of November are out
    desk.everyday_news()
    (lesson,) = desk.learn(desk.notes(old).click(desk.head("further 2")))
    assert "its report was filed since" in lesson.remarks[0]
    assert desk.where(desk.next_draft())["further 2"] == "hers"


def test_a_word_before_the_first_draft_of_a_report_is_for_that_report_alone(desk):
    desk.now = datetime(2026, 11, 23, 7, tzinfo=UTC)
    desk.take("further 1")
    january = desk.next_draft()
    assert [one.story for one in january.items] == [desk.ids["further 1"]]


def test_ticks_of_another_archive_are_refused_and_nothing_is_kept(desk):
    notes = desk.notes().click(desk.head("further 2"))
    _other_moment(notes)
    with pytest.raises(
        InputError, match="document 1 is of draft 1, made .* and this archive holds no such draft"
    ):
        desk.learn(desk.report(), notes)
    assert desk.store.decisions.records() == ()


def _other_moment(notes: Officer) -> None:
    (part,) = [
        each for each in notes.document.part.package.iter_parts() if each.partname == "/docProps/custom.xml"
    ]
    part._blob = part.blob.replace(b"1 of 2026", b"1 of 2025")


def test_a_story_that_is_stored_no_more_is_named(desk):
    notes = desk.notes().click(desk.head("further 2"))
    with desk.store.archive.transaction() as db:
        db.execute("DELETE FROM articles WHERE id = ?", [desk.ids["further 2"]])
    (lesson,) = desk.learn(notes)
    assert lesson.remarks == (
        f"“{desk.head('further 2')}” is ticked and is not stored any more: nothing of it can be taken.",
    )
    assert lesson.learned.decisions == ()


def test_the_notes_name_what_fell_out_and_what_came_before_it(desk):
    desk.take("further 2")
    desk.next_draft()
    lines = [each.text for each in desk.notes().document.paragraphs]
    assert f"Taken in by you: {desk.head('further 2')}" in lines
    assert (
        f"No longer in the report: {desk.head('item 2')}; before it now: “{desk.head('further 2')}”" in lines
    )
    assert desk.notes().document.element.body.find(qn("w:sdt")) is None  # the boxes stand inside their lines
