"""The day on which a meeting's papers go out, and what is said and drafted after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import article
from officer import Officer

from monitor.app.archives import archive_of
from monitor.app.learning import learn_documents
from monitor.app.runs import DraftWanted, draft, draft_lines
from monitor.app.setting_up import check
from monitor.app.state import status
from monitor.config.defaults import defaults_folder, write_defaults
from monitor.config.folder import read_config
from monitor.demo.server import serve
from monitor.demo.stories import Label
from monitor.errors import InputError
from monitor.judging.classify import prepare
from monitor.model import Article, Choice, FeedState, PollOutcome, PollResult
from monitor.reading.urls import article_id, normalise
from monitor.store import Store

FEED = "https://courier.example/rss"
MEETING = date(2026, 12, 18)  # its papers go out on the 10th
BEFORE, AFTER = datetime(2026, 12, 7, 7, tzinfo=UTC), datetime(2026, 12, 14, 7, tzinfo=UTC)
SAID = "papers for 18 December went out on the 10th; this is for the meeting after it (none is known)"


@pytest.fixture(scope="module")
def stories():
    """Of the sample week, one story an event that the rules include, and what the papers are full of besides."""
    config = read_config(defaults_folder())
    judge = prepare(config.rules, config.gazetteer)
    with serve(BEFORE) as week:
        by_event = {story.event: story for story in week.labelled(Label.WANTED)}
        everyday = week.labelled(Label.UNWANTED)[:24]
    included = [
        story
        for story in sorted(by_event.values(), key=lambda story: story.headline)
        if judge.verdict(article(title=story.headline, paragraphs=story.paragraphs)).choice is Choice.INCLUDE
    ]
    return included[:5], everyday


class Desk:
    def __init__(self, folder, stories):
        self.folder, self.data = folder, folder / "data"
        self.wanted, self.everyday = stories

    def comes(self, seen, *numbered):
        found = [
            Article(
                id=article_id(normalise(f"https://courier.example/{place}")),
                url=f"https://courier.example/{place}?ref=rss",
                outlet="Thames Courier",
                feed=FEED,
                title=story.headline,
                paragraphs=story.paragraphs,
                published=seen - timedelta(hours=1),
                first_seen=seen,
            )
            for place, story in numbered
        ]
        with Store.open(archive_of(self.data)) as store:
            outcome = PollOutcome(feed=FEED, at=seen, result=PollResult.NEW, entries=1, new=len(found))
            state = FeedState(url=FEED, last_poll=seen, last_success=seen, last_new=seen)
            store.feeds.save_poll(outcome, state, found)

    def draft(self, now, **wanted):
        return draft(
            self.folder,
            self.data,
            DraftWanted(formats=("docx",), **wanted),
            progress=lambda *_: None,
            clock=lambda: now,
        )

    def learns(self, drafted, now, change):
        officer = Officer(drafted.documents[0].read_bytes())
        change(officer)
        edited = self.folder / "edited.docx"
        edited.write_bytes(officer.saved())
        learn_documents(self.folder, self.data, [edited], clock=lambda: now)

    def meets(self, *days):
        panel = self.folder / "panel.yaml"
        before, _, rest = panel.read_text("utf-8").partition("meetings:\n")
        listed = "".join(f"  - {day.isoformat()}\n" for day in days)
        # Without the panel's business, which names meetings of the default file.
        others = rest[rest.index("# Papers go out about") :] if "# Papers go out about" in rest else ""
        panel.write_text(f"{before}meetings:\n{listed}{others}", "utf-8")


@pytest.fixture
def desk(tmp_path, stories, engine):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)'}\n"
        f"feeds: [{{name: Thames Courier, url: '{FEED}', area: Berkshire}}]\n"
    )
    write_defaults(folder)
    made = Desk(folder, stories)
    made.meets(MEETING)
    made.data.mkdir()
    made.comes(BEFORE - timedelta(days=3), *enumerate(made.everyday, 100), *enumerate(made.wanted[:4]))
    return made


def edit(officer, headings):
    """Kept, edited, struck, and an item of her own."""
    officer.retitle(headings[0], "As she calls it").strike(headings[1])
    officer.add("Her own", "https://elsewhere.example/1", "Her own words.")


def told(drafted):
    header = drafted.edition.header
    names = [path.name for path in drafted.documents if path.parent.name != "notes"]
    return header.meeting, drafted.edition.previous, [item.heading for item in drafted.edition.items], names


@pytest.mark.on_both
@pytest.mark.parametrize(
    "learned", [pytest.param(BEFORE, id="learned before"), pytest.param(AFTER, id="learned after")]
)
@pytest.mark.slow
def test_after_the_papers_a_late_edition_holds_what_the_last_draft_held(desk, learned):
    first = desk.draft(BEFORE)
    headings = told(first)[2]
    assert len(headings) == 4
    assert told(first)[3] == ["topical-issues-2026-12-18-draft-1.docx"]
    desk.learns(first, learned, lambda officer: edit(officer, headings))
    desk.comes(AFTER - timedelta(days=2), (4, desk.wanted[4]))
    new = desk.wanted[4].headline
    following = desk.draft(AFTER)
    assert told(following) == (None, None, [new], ["topical-issues-draft-2.docx"])
    assert f"Meeting: {SAID}." in draft_lines(following)
    late = desk.draft(AFTER, meeting=MEETING)
    left = ["As she calls it", *headings[2:], "Her own"]
    assert told(late) == (MEETING, 1, [*left, new], ["topical-issues-2026-12-18-draft-3.docx"])
    assert [one.heading for one in late.edition.dropped] == [headings[1]]
    assert "Meeting: papers for 18 December went out on the 10th; this is a late edition of draft 1." in (
        draft_lines(late)
    )
    assert late.edition.basis.window.since == first.edition.basis.window.since


def test_of_a_meeting_that_is_over_it_looks_no_further_than_that_day(desk):
    first = desk.draft(BEFORE)
    now = datetime(2027, 3, 1, 7, tzinfo=UTC)
    desk.comes(now - timedelta(days=2), (4, desk.wanted[4]))
    late = desk.draft(now, meeting=MEETING)
    assert told(late)[:3] == (MEETING, 1, told(first)[2])
    assert late.edition.basis.window.until == datetime(2026, 12, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "meetings, says",
    [
        pytest.param(
            (MEETING,),
            "There is no meeting on 8 December 2026 in panel.yaml; the nearest is on 18 December 2026. "
            "Name a day that stands under `meetings` there, or add this one to them.",
            id="mistyped",
        ),
        pytest.param((), "in panel.yaml; it names none. Name a day", id="no meeting is known"),
    ],
)
def test_a_day_that_is_no_meeting_is_refused_and_nothing_is_drafted(desk, meetings, says):
    desk.meets(*meetings)
    if not meetings:
        panel = desk.folder / "panel.yaml"
        panel.write_text(panel.read_text("utf-8").replace("meetings:\n", "meetings: []\n"), "utf-8")
    with pytest.raises(InputError) as refused:
        desk.draft(BEFORE, meeting=date(2026, 12, 8))
    assert says in str(refused.value)
    with Store.open(archive_of(desk.data)) as store:
        assert store.editions.all() == ()


LATER = date(2027, 1, 29)
KNOWN = "papers for 18 December went out on the 10th; this is for the meeting after it, 29 January 2027"
UNKNOWN = "no meeting after 18 December 2026 is known"
ADD = "Add its date to `meetings` in panel.yaml."


@pytest.mark.parametrize(
    "meetings, now, checked, stated",
    [
        pytest.param(
            (MEETING,), datetime(2026, 12, 10, 12, tzinfo=UTC), [], ["Next meeting: 18 December 2026."], id="on the day"
        ),
        pytest.param(
            (MEETING,),
            AFTER,
            [
                f"Next draft: {SAID}",
                f"Needs a look: panel.yaml: {UNKNOWN}; add its date, or the draft carries none",
            ],
            [f"Next draft: {SAID}.", f"Needs a person: {UNKNOWN}. {ADD}"],
            id="after it",
        ),
        pytest.param(
            (MEETING, LATER), AFTER, [f"Next draft: {KNOWN}"], [f"Next draft: {KNOWN}."], id="a later one is known"
        ),
        pytest.param(
            (MEETING,),
            datetime(2026, 12, 19, 12, tzinfo=UTC),
            ["Needs a look: panel.yaml: no meeting is to come; add the next date, or the draft carries none"],
            ["Next meeting: to be confirmed.", f"Needs a person: no coming meeting is known. {ADD}"],
            id="after the meeting",
        ),
    ],
)  # fmt: skip
def test_check_and_status_say_what_a_draft_is_for(desk, meetings, now, checked, stated):
    desk.meets(*meetings)
    about = ("Next draft", "Next meeting")
    looks = [line for line in check(desk.folder, now) if line.startswith(about) or "meeting" in line[13:]]
    assert [line for line in looks if not line.startswith("Panel: ")] == checked
    shown = status(desk.folder, desk.data, now).lines()
    assert [line for line in shown if line.startswith(about) or "meeting" in line] == stated
