"""Week after week to the meeting and past it: each draft built on the last and on what the officer did to it."""

import hashlib
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from conftest import article
from docx import Document
from officer import Officer

from monitor import pipeline
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.demo.server import serve
from monitor.demo.stories import Label
from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.judging.group import group
from monitor.model import Article, Choice, FeedState, PollOutcome, PollResult, Window
from monitor.reading.urls import article_id, normalise
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.edition.cycle import window_start
from monitor.reporting.edition.record import edition_record, read_edition
from monitor.reporting.learning.say import understood
from monitor.reporting.wording import day_in_london
from monitor.settings import Cue, Mail, Thresholds

NOVEMBER, JANUARY = date(2026, 11, 27), date(2027, 1, 22)
FEED = "https://courier.example/rss"


def monday(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 7, tzinfo=UTC)


FIRST, SECOND, THIRD, AFTER = monday(11, 2), monday(11, 9), monday(11, 16), monday(11, 23)


@pytest.fixture(scope="module")
def config():
    default = read_config(defaults_folder())
    return replace(default, panel=replace(default.panel, meetings=(NOVEMBER, JANUARY)))


@pytest.fixture(scope="module")
def stories(config):
    """One sample story an event, wanted ones that the rules include."""
    with serve(FIRST) as week:
        by_event = {story.event: story for story in week.labelled(Label.WANTED)}
    judge = prepare(config.rules, config.gazetteer)
    included = [
        story
        for story in by_event.values()
        if judge.verdict(article(title=story.headline, paragraphs=story.paragraphs)).choice is Choice.INCLUDE
    ]
    return sorted(included, key=lambda story: story.headline)


@pytest.fixture(scope="module")
def everyday():
    """What the papers are full of: among a handful of stories alone every name is rare."""
    with serve(FIRST) as week:
        return week.labelled(Label.UNWANTED)[:24]


class Desk:
    """An archive to which stories come, and an officer who gets its drafts."""

    def __init__(self, store, config, stories, everyday, folder):
        self.store, self.config, self.stories, self.everyday = store, config, stories, everyday
        self.folder = folder

    def comes(self, number: int, seen: datetime, **changes) -> Article:
        """The sample's story of that number, read at `seen`."""
        story = self.stories[number]
        values = {
            "url": f"https://courier.example/news/{number}",
            "outlet": "Thames Courier",
            "feed": FEED,
            "title": story.headline,
            "paragraphs": story.paragraphs,
            "published": seen - timedelta(hours=1),
            "first_seen": seen,
        }
        values |= changes
        article = Article(id=article_id(normalise(values["url"])), **values)
        outcome = PollOutcome(feed=FEED, at=seen, result=PollResult.NEW, entries=1, new=1)
        self.store.feeds.save_poll(outcome, FeedState(url=FEED, last_poll=seen), [article])
        return article

    def week_passes(self, end: datetime) -> None:
        for number, story in enumerate(self.everyday):
            url = f"https://courier.example/{end:%m-%d}/{number}"
            figures = tuple(f"{paragraph} ({end:%d %B})" for paragraph in story.paragraphs)
            self.comes(
                0, end - timedelta(days=2), url=url, title=f"{story.headline} {end:%d}", paragraphs=figures
            )

    def also(self, number: int, seen: datetime, outlet="Vale Gazette") -> Article:
        """Another outlet prints the same story."""
        name = outlet.lower().replace(" ", "-")
        return self.comes(number, seen, url=f"https://{name}.example/{number}", outlet=outlet)

    def draft(self, now: datetime, *, config=None, formats=("docx",), mail=False):
        """The draft; with `mail` the message that it is kept with."""
        config = config or self.config
        today = day_in_london(now)
        since = window_start(self.store.editions.all(), 8, today)
        meeting = next(day for day in (NOVEMBER, JANUARY) if today <= day - timedelta(days=8))
        window = Window(since=since, until=now)
        if mail:
            addresses = Mail(sender="m@desk.example", recipients=("o@desk.example",), eml_folder="out")
            config = replace(config, panel=replace(config.panel, mail=addresses))
        drafted = pipeline.draft(
            self.store, config, window, meeting, self.folder, formats, now, lambda *_: None, mailed=mail
        )
        basis = drafted.edition.basis
        assert basis.included + basis.own == len(drafted.edition.items)
        assert basis.dropped == len(drafted.edition.dropped)
        return self.store.editions.messages()[-1] if mail else drafted

    def edits(self, drafted, change, now=None):
        officer = Officer(drafted.documents[0].read_bytes())
        change(officer)
        return self.learns(officer.saved(), now or drafted.edition.made)

    def learns(self, written: bytes, now: datetime):
        digest = hashlib.sha256(written).hexdigest()
        returned = read_back(written, "edited.docx")
        return pipeline.learn(self.store, self.config, returned, name="edited.docx", digest=digest, now=now)


@pytest.fixture
def desk(store, config, stories, everyday, tmp_path):
    made = Desk(store, config, stories, everyday, tmp_path / "drafts")
    made.week_passes(FIRST)
    for number in range(5):
        made.comes(number, FIRST - timedelta(days=1))
    return made


def headings(drafted) -> list[str]:
    return [item.heading for item in drafted.edition.items]


@pytest.mark.slow
def test_what_stood_before_is_known_and_what_is_new_is_marked(desk):
    first = desk.draft(FIRST)
    desk.comes(5, SECOND - timedelta(days=1))
    second = desk.draft(SECOND)
    assert len(headings(first)) == 5 and len(headings(second)) == 6
    assert (first.edition.previous, second.edition.previous) == (None, 1)
    assert {item.heading: item.first_edition for item in second.edition.items} == {
        **dict.fromkeys(headings(first), 1),
        desk.stories[5].headline: None,
    }


def test_a_story_that_develops_stays_one_item_with_what_is_later_under_it(desk):
    first = desk.draft(FIRST)
    desk.also(0, SECOND - timedelta(days=2))
    second = desk.draft(SECOND)
    before, after = (
        next(item for item in drafted.edition.items if item.heading == desk.stories[0].headline)
        for drafted in (first, second)
    )
    assert (after.heading, after.excerpt) == (before.heading, before.excerpt)
    assert [(link.outlet, link.later) for link in after.links] == [
        ("Thames Courier", False),
        ("Vale Gazette", True),
    ]
    shown = [each.text for each in Officer(second.documents[0].read_bytes()).item(before.heading)]
    assert shown[1:3] == [
        "Thames Courier, 1 November 2026\nhttps://courier.example/news/0",
        "Also reported on 7 November 2026: Vale Gazette (same text)\nhttps://vale-gazette.example/0",
    ]


def test_the_next_draft_starts_from_what_she_did(desk):
    first = desk.draft(FIRST)
    top, cut, named, gone, last = headings(first)
    desk.edits(
        first,
        lambda officer: (
            officer.strike(gone)
            .move_to_top(last)
            .retitle(named, "As she calls it")
            .note(officer.item(cut)[-1].text, "Members will ask about this.")
            .add("Her own", "https://elsewhere.example/1", "Her own words.")
        ),
    )
    desk.comes(5, SECOND - timedelta(days=1))
    desk.also(3, SECOND - timedelta(days=1))
    second = desk.draft(SECOND)
    assert headings(second) == [last, top, cut, "As she calls it", "Her own", desk.stories[5].headline]
    assert [one.heading for one in second.edition.dropped] == [gone]
    assert (second.edition.basis.dropped, second.edition.basis.own) == (1, 1)
    noted, own = (
        next(item for item in second.edition.items if item.heading == each) for each in (cut, "Her own")
    )
    assert noted.note == ("Members will ask about this.",) and noted.excerpt[-1] == noted.note[0]
    assert [link.url for link in own.links] == ["https://elsewhere.example/1"]
    assert own.excerpt == ("Her own words.",)
    assert [item.decided for item in second.edition.items] == [1, 1, 1, 1, 1, None]


@pytest.mark.slow
def test_it_lasts_over_drafts_that_she_did_not_touch_and_later_words_win(desk):
    first = desk.draft(FIRST)
    one, two, three, *_ = headings(first)
    desk.edits(first, lambda officer: officer.strike(one).retitle(two, "Hers").retitle(three, "Hers too"))
    second = desk.draft(SECOND)
    third = desk.draft(THIRD)
    assert headings(second) == headings(third) == ["Hers", "Hers too", *headings(first)[3:]]
    desk.edits(third, lambda officer: officer.retitle("Hers too", "Hers again"))
    assert headings(desk.draft(THIRD))[:2] == ["Hers", "Hers again"]


def test_kept_stays_kept_whatever_the_rules_say_now(desk):
    first = desk.draft(FIRST)
    desk.edits(first, lambda officer: officer.strike(headings(first)[0]))
    nothing = Thresholds(include=999, borderline=998, national=999, policing=2)
    strict = replace(desk.config, rules=replace(desk.config.rules, thresholds=nothing))
    desk.comes(5, SECOND - timedelta(days=1))
    second = desk.draft(SECOND, config=strict)
    assert headings(second) == headings(first)[1:]
    assert second.edition.items[0].reason.startswith("You kept it in draft 1. The rules by themselves say: ")
    assert len(second.edition.dropped) == 1


def test_an_issued_report_closes_the_window_and_its_stories_are_never_new_again(desk):
    desk.draft(FIRST)
    third = desk.draft(THIRD)
    struck = headings(third)[0]
    desk.edits(third, lambda officer: officer.strike(struck))
    numbers = {story.headline: number for number, story in enumerate(desk.stories)}
    reported = headings(third)[1]
    desk.also(numbers[reported], AFTER - timedelta(days=3))
    desk.also(numbers[struck], AFTER - timedelta(days=3))
    desk.comes(6, AFTER - timedelta(days=2))
    desk.week_passes(AFTER)
    after = desk.draft(AFTER)
    assert after.edition.basis.window.since == THIRD
    assert headings(after) == [desk.stories[6].headline]
    (development,) = after.edition.developments
    assert (development.heading, development.reported) == (reported, NOVEMBER)
    assert [(link.outlet, link.published) for link in development.links] == [
        ("Vale Gazette", date(2026, 11, 20))
    ]
    assert [one.heading for one in after.edition.dropped] == [struck]
    basis = after.edition.basis
    assert (basis.articles, basis.included, basis.reported, basis.dropped) == (27, 1, 1, 1)
    assert after.edition.previous is None


def test_a_frozen_edition_is_changed_by_nothing_that_comes_later(desk):
    first = desk.draft(FIRST, formats=("docx", "json"))
    record, document = desk.store.editions.record(1), first.documents[0].read_bytes()
    desk.edits(first, lambda officer: officer.strike(headings(first)[0]).retitle(headings(first)[1], "Hers"))
    for number in range(5):
        desk.also(number, SECOND - timedelta(days=1))
    desk.draft(SECOND)
    desk.draft(AFTER)
    assert desk.store.editions.record(1) == record == edition_record(first.edition)
    assert first.documents[0].read_bytes() == document


def test_a_draft_asks_the_archive_as_often_for_many_stories_as_for_few(desk, tmp_path):
    counts = []
    for first, end in ((0, FIRST), (5, SECOND)):
        for number in range(first, first + 5):
            desk.comes(number, end - timedelta(days=1))
        asked: list[str] = []
        desk.store.archive._connection.set_trace_callback(asked.append)
        drafted = desk.draft(end)
        desk.store.archive._connection.set_trace_callback(None)
        counts.append((len(drafted.edition.items), sum(each.startswith("SELECT") for each in asked)))
    (few, queries), (many, more) = counts
    assert (few, many) == (5, 10)
    assert more == queries + 2  # the record of the draft before: for what stood in it, and for the notes


def test_an_issued_edition_is_not_changed_by_a_later_regrouping(desk):
    """An article that repeats two reported stories makes them one to the grouping; the report keeps them two."""
    filed = desk.draft(THIRD, formats=("docx", "json"))
    one, two = filed.edition.items[:2]
    numbers = {story.headline: number for number, story in enumerate(desk.stories)}
    record, written = desk.store.editions.record(1), [path.read_bytes() for path in filed.documents]
    told = tuple(words for item in (one, two) for words in desk.stories[numbers[item.heading]].paragraphs)
    seen = AFTER - timedelta(days=2)
    both = desk.comes(
        0, seen, url="https://vale-gazette.example/both", outlet="Vale Gazette", paragraphs=told
    )
    desk.week_passes(AFTER)
    stored = desk.store.articles.of(Window(since=None, until=AFTER))
    regrouped = [
        story.articles
        for story in group(stored, desk.config.gazetteer, desk.config.rules)
        if both.id in {a.id for a in story.articles}
    ]
    assert {*one.articles, *two.articles} < {article.id for article in regrouped[0]}
    after = desk.draft(AFTER)
    assert headings(after) == []
    assert [link.article for each in after.edition.developments for link in each.links] == [both.id]
    assert desk.store.editions.record(1) == record == edition_record(read_edition(record))
    assert [path.read_bytes() for path in filed.documents] == written
    kept = read_edition(record)
    written_again = write_word(kept, links=desk.config.panel.links)
    assert [item.articles for item in kept.items[:2]] == [one.articles, two.articles]
    assert [each.text for each in Officer(written_again).document.paragraphs] == [
        each.text for each in Officer(written[0]).document.paragraphs
    ]


def test_the_same_file_learned_twice_changes_nothing_and_a_later_save_replaces_it(desk):
    first = desk.draft(FIRST)
    one, two, *_ = headings(first)
    struck = Officer(first.documents[0].read_bytes()).strike(one).saved()
    assert [desk.learns(struck, FIRST).is_new for _ in range(2)] == [True, False]
    other = Officer(first.documents[0].read_bytes()).strike(two).saved()
    assert desk.learns(other, FIRST).is_new
    assert len(desk.store.decisions.records()) == 1
    assert [each.heading for each in desk.draft(SECOND).edition.dropped] == [two]


def test_a_missed_story_says_why_the_rules_missed_it(desk):
    strange = desk.comes(
        9, FIRST - timedelta(days=1), title="Fete raises £412", paragraphs=("The cake stall was busy.",)
    )
    first = desk.draft(FIRST)
    lesson = desk.edits(
        first,
        lambda officer: (
            officer.add("The fete after all", strange.url + "?utm_source=x")
            .add("From elsewhere", "https://elsewhere.example/1")
            .add("Said at the meeting", "In her own words.")
        ),
    )
    assert [(one.heading, one.article, one.why) for one in lesson.missed] == [
        (
            "The fete after all",
            strange.id,
            "the rules left it out: Not a matter of policing, crime or justice.",
        ),
        (
            "From elsewhere",
            None,
            "no feed brought it: elsewhere.example is where it stands, see whether that is read.",
        ),
        ("Said at the meeting", None, "it has no link, so it cannot be looked up."),
    ]
    second = desk.draft(SECOND)
    basis = second.edition.basis
    assert headings(second)[-3:] == ["The fete after all", "From elsewhere", "Said at the meeting"]
    assert (basis.included, basis.own) == (6, 2)  # the fete is a story of the window
    assert second.edition.items[-3].links[0].outlet == "Thames Courier"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda o: o.forget_edition(), id="bookmarks left"),
        pytest.param(lambda o: o.forget_edition().strip("w:bookmarkStart", "w:bookmarkEnd"), id="links left"),
        pytest.param(
            lambda o: o.forget_edition().strip("w:bookmarkStart", "w:bookmarkEnd", "w:hyperlink"),
            id="headings left",
        ),
    ],
)
def test_a_document_that_forgot_its_edition_is_known_by_what_is_left(desk, change):
    first = desk.draft(FIRST)
    assert desk.edits(first, change).learned.edition == 1


def test_a_document_of_another_archive_is_refused(desk, tmp_path):
    first = desk.draft(FIRST)
    made_elsewhere = replace(first.edition, made=first.edition.made + timedelta(minutes=1))
    with pytest.raises(
        InputError, match="edited.docx is of draft 1, made Monday 2 November 2026, 07:01, and this"
    ):
        desk.learns(write_word(made_elsewhere), FIRST)
    assert desk.store.decisions.records() == ()


def test_a_document_that_is_not_ours_is_refused(desk):
    desk.draft(FIRST)
    stranger = Officer(desk.draft(FIRST).documents[0].read_bytes())
    for each in list(stranger.document.element.body)[:-1]:
        stranger.document.element.body.remove(each)
    stranger.forget_edition().add("Agenda", "Apologies for absence.")
    with pytest.raises(InputError, match="edited.docx is no draft of this archive"):
        desk.learns(stranger.saved(), FIRST)
    assert desk.store.decisions.records() == ()


@pytest.mark.slow
def test_a_suggestion_that_would_change_nothing_is_not_made(desk):
    watch = Cue(name="watch", points=1, most=1, phrases=("Community Speedwatch",))
    desk.config = replace(
        desk.config, rules=replace(desk.config.rules, raises=(*desk.config.rules.raises, watch))
    )
    for number in range(5, 9):
        words = (*desk.stories[number].paragraphs, "Help came from community speedwatch.")
        desk.comes(number, FIRST - timedelta(hours=5), paragraphs=words)
    unwanted = [desk.stories[number].headline for number in range(5, 9)]
    lesson = desk.edits(desk.draft(FIRST), lambda officer: [officer.strike(each) for each in unwanted])
    assert lesson.suggestions == ()


@pytest.mark.slow
def test_repeated_drops_become_a_suggestion_and_change_nothing(desk):
    watch = Cue(name="watch", points=1, most=1, phrases=("Community Speedwatch",))
    rules = replace(desk.config.rules, raises=(*desk.config.rules.raises, watch))
    desk.config = replace(desk.config, rules=rules)
    with serve(FIRST) as week:  # one of the four is in by that phrase alone
        near = next(story for story in week.labelled(Label.BORDERLINE) if story.event == "messages-hearing")
    desk.stories = [*desk.stories[:8], near, *desk.stories[8:]]
    for number in range(5, 9):
        story = desk.stories[number]
        words = (*story.paragraphs, "Help came from community speedwatch.")
        desk.comes(number, FIRST - timedelta(hours=5), paragraphs=words)
    first = desk.draft(FIRST)
    unwanted = [desk.stories[number].headline for number in range(5, 9)]
    lesson = desk.edits(first, lambda officer: [officer.strike(each) for each in unwanted])
    (suggestion,) = lesson.suggestions
    assert (suggestion.rule, suggestion.phrase, suggestion.dropped) == (
        "cue raise watch",
        "Community Speedwatch",
        4,
    )
    assert desk.config.rules == rules
    second = desk.draft(SECOND)
    assert len(headings(second)) == 5
    notes = [each.text for each in Document(second.documents[-1]).paragraphs]
    assert notes[notes.index("Suggestions") + 1] == str(suggestion)
    assert str(suggestion).startswith(
        "Dropped 4 of 4 with ‘Community Speedwatch’ (cue raise watch). Without "
    )
    mailed = message_from_bytes(desk.draft(THIRD, mail=True).content, policy=SMTP)
    for kind in ("plain", "html"):
        body = " ".join(mailed.get_body((kind,)).get_content().split())
        assert str(suggestion) in body.replace("&#39;", "'")


AMNESTY = (
    "Officers took back 733 knives after a week of amnesty, Thames Valley Police said. Chief Inspector Helena "
    "Roberts was pleased.",
    "It was the third such week since 2019, and knife crime fell by 4 per cent in the year.",
)
THANKS = (
    "The Police and Crime Commissioner has thanked Chief Inspector Helena Roberts and her colleagues for all they do.",
    "It is a priority of the plan. Funding for youth workers rises by £200,000 under the strategy.",
    "Schools, clubs and a bus that tours the villages are to teach children why no one need carry a blade.",
    "Ponies graze beside the canal, where volunteers mend the towpath in spring.",
)


def doubtful_pair(desk):
    """Two items that may be one event, as they come in the second week."""
    seen = SECOND - timedelta(days=1)
    desk.comes(0, seen, url="https://a.example/1", outlet="A", title="Knives handed in", paragraphs=AMNESTY)
    desk.comes(0, seen, url="https://b.example/2", outlet="B", title="Thanks for week", paragraphs=THANKS)
    drafted = desk.draft(SECOND)
    both = {"Knives handed in", "Thanks for week"}
    (doubt,) = [one for one in drafted.edition.doubts if {one.heading, one.other} == both]
    assert doubt.reason.startswith("both name ") and "Helena Roberts" in doubt.reason
    return drafted


def test_a_doubt_is_settled_by_leaving_both(desk):
    drafted = doubtful_pair(desk)
    desk.edits(drafted, lambda officer: officer.retitle("Knives handed in", "733 knives handed in"))
    after = desk.draft(THIRD)
    assert {"733 knives handed in", "Thanks for week"} < set(headings(after))
    assert after.edition.doubts == ()


def join(officer: Officer, one: str, other: str) -> Officer:
    """The link of one item below the other's, and the rest of it struck."""
    officer.item(other)[1]._p.addnext(officer.item(one)[1]._p)
    return officer.strike(one)


@pytest.mark.slow
def test_a_doubt_is_settled_by_making_one_of_two(desk):
    drafted = doubtful_pair(desk)
    lesson = desk.edits(drafted, lambda officer: join(officer, "Thanks for week", "Knives handed in"))
    assert "Made part of another: “Thanks for week”" in understood(lesson.learned, drafted.edition)
    after = desk.draft(THIRD)
    (item,) = [each for each in after.edition.items if each.heading == "Knives handed in"]
    assert [(each.outlet, each.later) for each in item.links] == [("A", False), ("B", False)]
    seen = THIRD + timedelta(days=1)
    desk.comes(0, seen, url="https://c.example/3", outlet="C", title="Thanks for week", paragraphs=THANKS)
    (item,) = [
        each
        for each in desk.draft(seen + timedelta(hours=1)).edition.items
        if each.heading == "Knives handed in"
    ]
    assert [(each.outlet, each.later) for each in item.links] == [("A", False), ("B", False), ("C", True)]
    assert "Thanks for week" not in headings(after) and after.edition.doubts == after.edition.dropped == ()


@pytest.mark.slow
def test_of_two_made_one_the_edits_of_the_one_that_stays_stay(desk):
    """Both were edited a week before, in the other order."""
    drafted = doubtful_pair(desk)
    one, other = "The week in knives", "A word of thanks"

    def edited(officer: Officer) -> None:
        officer.retitle("Knives handed in", one).retitle("Thanks for week", other).move_to_top(other)

    desk.edits(drafted, edited)
    later = desk.draft(THIRD)
    desk.edits(later, lambda officer: join(officer, other, one))
    last = desk.draft(THIRD + timedelta(days=2))
    (item,) = [each for each in last.edition.items if {"A", "B"} <= {link.outlet for link in each.links}]
    assert (item.heading, item.excerpt) == (
        one,
        next(e.excerpt for e in later.edition.items if e.heading == one),
    )
    assert other not in headings(last)


def test_a_link_that_both_items_have_takes_neither_away(desk):
    """The officer refers from one item to the other's report and leaves both."""
    drafted = doubtful_pair(desk)

    def refer(officer: Officer) -> None:
        there = officer.item("Thanks for week")[1]._p
        officer.item("Knives handed in")[1]._p.addnext(deepcopy(there))

    desk.edits(drafted, refer)
    after = desk.draft(THIRD)
    outlets = {each.heading: {link.outlet for link in each.links} for each in after.edition.items}
    assert outlets["Knives handed in"] == {"A", "B"} and outlets["Thanks for week"] == {"B"}


def test_an_own_item_that_refers_to_another_takes_it_not_away(desk):
    drafted = doubtful_pair(desk)
    url = "https://b.example/2"
    desk.edits(drafted, lambda officer: officer.add("What the panel asked", url, "It asked for figures."))
    after = desk.draft(THIRD)
    linked = {each.heading: [link.url for link in each.links] for each in after.edition.items}
    assert linked["What the panel asked"] == linked["Thanks for week"] == [url]
