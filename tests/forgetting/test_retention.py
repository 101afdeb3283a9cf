"""What goes because its time is over, and what stays whatever panel.yaml says."""

from datetime import UTC, datetime, timedelta

import pytest
from editions import edition, item, link

from monitor.forgetting.retention import Facts, before, used_by, what_goes
from monitor.model import (
    Decision,
    Dropped,
    Goes,
    KeptEdition,
    Learned,
    Message,
    MessageState,
    Said,
    Sighting,
    Source,
    Window,
)
from monitor.settings import Retention, Span

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
KEEP = Retention(
    texts=Span(months=13),
    unused=Span(months=6),
    titles=Span(months=36),
    drafts=Span(months=13),
    editions=Span(months=72),
    messages=Span(months=13),
    runs=Span(months=13),
    polls=Span(days=90),
)
YEAR = timedelta(days=365)


def ago(**span) -> datetime:
    return NOW - timedelta(**span)


def facts(**changes) -> Facts:
    values = {
        "articles": (),
        "editions": (),
        "uses": {},
        "learned": {},
        "messages": (),
        "open_drafts": frozenset(),
        "issued": frozenset(),
        "window": ago(days=60),
        "remembered": YEAR,
    }
    return Facts(**{**values, **changes})


def seen(id: str, days: int, *, has_text: bool = True) -> Sighting:
    return Sighting(id=id, first_seen=ago(days=days), has_text=has_text)


def kept(number: int, days: int) -> KeptEdition:
    made = ago(days=days)
    return KeptEdition(number=number, made=made, window=Window(since=None, until=made), meeting=None, items=1)


def said(edition_number: int, *articles: str, days: int = 30, source: Source = Source.REPORT) -> Learned:
    decision = Decision(
        said=Said.KEPT, edition=edition_number, story="s", drafted="d", articles=tuple(articles)
    )
    return Learned(
        edition=edition_number, learned=ago(days=days), digest="d", decisions=(decision,), source=source,
        newest=edition_number,
    )  # fmt: skip


def message(id: str, days: int, state: MessageState) -> Message:
    return Message(id=id, edition=1, composed=ago(days=days), content=b"", state=state)


@pytest.mark.parametrize(
    "span, moment",
    [
        (Span(days=90), datetime(2026, 8, 18, 7, 0, tzinfo=UTC)),
        (Span(months=13), datetime(2025, 10, 16, 7, 0, tzinfo=UTC)),
        (Span(months=11), datetime(2025, 12, 16, 7, 0, tzinfo=UTC)),
        (Span(months=12), datetime(2025, 11, 16, 7, 0, tzinfo=UTC)),
        (None, None),
    ],
)
def test_a_span_is_counted_by_the_calendar(span, moment):
    assert before(NOW, span) == moment


def test_a_month_back_from_its_last_day_is_the_last_of_the_month_before():
    assert before(datetime(2027, 3, 31, tzinfo=UTC), Span(months=1)) == datetime(2027, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    "what, stored, goes",
    [
        ("young", {"articles": (seen("a", 100),)}, Goes()),
        ("half a year old and never used", {"articles": (seen("a", 200),)}, Goes(texts=("a",))),
        (
            "in a draft of a report long filed",
            {"articles": (seen("a", 200),), "uses": {3: frozenset("a")}, "editions": (kept(3, 190),)},
            Goes(),
        ),
        ("named in a decision", {"articles": (seen("a", 200),), "learned": {1: said(3, "a")}, "editions": (kept(3, 190),)}, Goes()),
        ("in the window of an open draft", {"articles": (seen("a", 200),), "window": ago(days=250)}, Goes()),
        ("in a window without a beginning", {"articles": (seen("a", 200),), "window": None}, Goes()),
        (
            "in a window without a beginning, past the time of texts",
            {"articles": (seen("a", 400),), "window": None},
            Goes(texts=("a",)),
        ),
        (
            "used, past the time of texts",
            {"articles": (seen("a", 400),), "uses": {3: frozenset("a")}, "editions": (kept(3, 390),)},
            Goes(texts=("a",)),
        ),
        (
            "used by an open draft, however old",
            {"articles": (seen("a", 2000),), "uses": {3: frozenset("a")}, "editions": (kept(3, 5),), "open_drafts": {3}},
            Goes(),
        ),
        (
            "decided on in an open draft, however old",
            {"articles": (seen("a", 2000),), "learned": {1: said(3, "a")}, "editions": (kept(3, 5),), "open_drafts": {3}},
            Goes(),
        ),
        (
            "said before the first draft",
            {"articles": (seen("a", 2000),), "learned": {1: said(0, "a", source=Source.WORD)}},
            Goes(),
        ),
        ("its text gone already", {"articles": (seen("a", 500, has_text=False),)}, Goes()),
        ("three years old", {"articles": (seen("a", 1100, has_text=False),)}, Goes(articles=("a",))),
        ("three years old, with its text still", {"articles": (seen("a", 1100),)}, Goes(articles=("a",))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_article(what, stored, goes):
    found = what_goes(NOW, KEEP, facts(**stored))
    assert (found.texts, found.articles) == (goes.texts, goes.articles)


def test_a_reported_story_is_recognised_for_a_year_whatever_is_written():
    short = Retention(texts=Span(months=3), unused=Span(months=1))
    stored = facts(
        articles=(seen("new", 300), seen("old", 380), seen("other", 300)),
        editions=(kept(3, 290),),
        uses={3: frozenset(("new", "old"))},
        issued=frozenset({3}),
    )
    assert what_goes(NOW, short, stored).texts == ("old", "other")


def test_for_ever_is_for_ever():
    never = Retention(
        texts=None, unused=None, titles=None, drafts=None, editions=None, messages=None, runs=None, polls=None
    )
    stored = facts(
        articles=(seen("a", 9000),),
        editions=(kept(1, 9000), kept(2, 1)),
        messages=(message("m", 9000, MessageState.SENT), message("n", 1, MessageState.SENT)),
    )
    assert what_goes(NOW, never, stored) == Goes()


@pytest.mark.parametrize(
    "what, stored, goes",
    [
        ("a draft that another followed", {"editions": (kept(1, 400), kept(2, 1))}, (1,)),
        ("a younger one", {"editions": (kept(1, 300), kept(2, 1))}, ()),
        ("the newest of all", {"editions": (kept(1, 4000),)}, ()),
        ("an open one", {"editions": (kept(1, 4000), kept(2, 1)), "open_drafts": {1, 2}}, ()),
        ("an issued report", {"editions": (kept(1, 2000), kept(2, 1)), "issued": {1}}, ()),
        ("an issued report of seven years ago", {"editions": (kept(1, 2600), kept(2, 1)), "issued": {1}}, (1,)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_edition(what, stored, goes):
    assert what_goes(NOW, KEEP, facts(**stored)).editions == goes


@pytest.mark.parametrize(
    "what, learned, goes",
    [
        ("of a draft that goes", said(1, "a", days=400), (7,)),
        ("of a draft that stays", said(2, "a", days=400), ()),
        ("of a draft that went before", said(9, "a", days=10), (7,)),
        ("a word before the first draft, of this report", said(0, "a", days=1, source=Source.WORD), ()),
        ("a word before a report that was issued long ago", said(0, "a", days=900, source=Source.WORD), (7,)),
        ("a word of not so long ago", said(0, "a", days=300, source=Source.WORD), ()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_officer_said(what, learned, goes):
    stored = facts(
        editions=(kept(1, 400), kept(2, 200), kept(3, 1)), issued=frozenset({2}), learned={7: learned}
    )
    assert what_goes(NOW, KEEP, stored).decisions == goes


def test_an_article_that_only_a_draft_used_that_goes_now_is_unused():
    stored = facts(
        articles=(seen("a", 395),),
        editions=(kept(1, 400), kept(2, 1)),
        uses={1: frozenset("a")},
        window=ago(days=60),
    )
    assert what_goes(NOW, KEEP, stored).texts == ("a",)


@pytest.mark.parametrize(
    "what, messages, goes",
    [
        ("sent long ago", (message("a", 400, MessageState.SENT), message("z", 1, MessageState.SENT)), ("a",)),
        ("sent lately", (message("a", 300, MessageState.SENT), message("z", 1, MessageState.SENT)), ()),
        ("the newest", (message("a", 400, MessageState.SENT),), ()),
        ("still to be sent", (message("a", 400, MessageState.COMPOSED), message("z", 1, MessageState.UNSURE)), ()),
        ("with some", (message("a", 400, MessageState.PARTLY_SENT), message("z", 1, MessageState.REFUSED)), ()),
        (
            "never sent, and a later one was",
            (message("a", 400, MessageState.UNSURE), message("z", 1, MessageState.SENT)),
            ("a",),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_message(what, messages, goes):
    assert what_goes(NOW, KEEP, facts(messages=messages)).messages == goes


def test_records_go_by_their_moment():
    found = what_goes(NOW, KEEP, facts())
    assert (found.runs, found.polls) == (datetime(2025, 10, 16, 7, 0, tzinfo=UTC), ago(days=90))


def test_what_an_edition_uses():
    made = edition(
        item(links=(link(article="one"), link(article="two"))),
        further=(item("further", links=(link(article="three"),)),),
        dropped=(Dropped(heading="Struck", edition=1, links=(link(article="four"),)),),
        articles=("five", "one"),
    )
    assert used_by(made) == {"one", "two", "three", "four"}
