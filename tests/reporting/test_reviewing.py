"""What an act is kept as, what a form was made from, and what is to be looked at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW
from editions import edition, item, link

from monitor.model import Decision, Doubt, KeptWord, Learned, Said, Source
from monitor.model.acts import (
    Check,
    Dismiss,
    Drop,
    Edit,
    Later,
    Merge,
    Move,
    Restore,
    Split,
    Take,
    Uncheck,
    Unlink,
    Write,
)
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.edition.past import Past, standing
from monitor.reporting.reviewing.deciding import decide
from monitor.reporting.reviewing.deeds import Deed, Named, Table
from monitor.reporting.reviewing.overlay import Overlaid
from monitor.reporting.reviewing.telling import said_in
from monitor.reporting.reviewing.versions import holding, order_of, states, version_of
from monitor.reporting.reviewing.warnings import warnings_of

ONE = item(
    "one", heading="Precept", links=(link(article="a"), link("Echo", article="b")), excerpt=("First.",)
)
TWO = item("two", heading="Waits", links=(link(article="c"),), excerpt=("Second.",))
THREE = item("three", heading="Custody", links=(link(article="d"),))
FAR = item("far", heading="Cameras", links=(link(article="e"),))


def decision(said: Said, story: str, *articles: str, **changes) -> Decision:
    return Decision(said=said, edition=1, story=story, drafted=story.title(), articles=articles, **changes)


def overlaid(**decided: Decision) -> Overlaid:
    def held(*items):
        return tuple(Decided(one, decided.get(one.story)) for one in items)

    return Overlaid(
        items=held(ONE, TWO, THREE),
        further=held(FAR),
        near=(),
        later=(),
        dropped=(),
        old=(),
        bases={one.story: one for one in (ONE, TWO, THREE, FAR)},
        is_exact=True,
    )


def table(*decisions: Decision) -> Table:
    found = {
        one.story: Named(story=one.story, heading=one.heading, articles=one.articles)
        for one in (ONE, TWO, THREE, FAR)
    }
    now = overlaid(**{one.story: one for one in decisions})
    return Table(
        past=Past(decisions=decisions),
        number=1,
        day=date(2026, 11, 16),
        find=found.get,
        report=now,
        identify=lambda address: {"https://a.example/a": "a"}.get(address, "new"),
        outlet=lambda address: "Elsewhere",
    )


def said(deed: Deed) -> list[tuple]:
    return [(one.said.value, one.story, one.articles) for one in deed.decisions]


KEPT_ALL = [("kept", "one", ("a", "b")), ("kept", "two", ("c",)), ("kept", "three", ("d",))]

KEPT_AS = {
    "take": (Take(story="far"), [("taken", "far", ("e",))], False),
    "drop": (Drop(story="one"), [("dropped", "one", ("a", "b"))], False),
    "later": (Later(story="one"), [("later", "one", ("a", "b"))], False),
    "dismiss": (Dismiss(story="far"), [("dropped", "far", ("e",))], False),
    "edit": (Edit(story="two", heading="Hers"), [("kept", "two", ("c",))], False),
    "unlink": (Unlink(story="one", article="b"), [("kept", "one", ("a", "b"))], False),
    "move": (Move(story="three", place=1), [KEPT_ALL[2], *KEPT_ALL[:2]], True),
    "move beyond the last": (Move(story="one", place=99), [*KEPT_ALL[1:], KEPT_ALL[0]], True),
    "merge": (
        Merge(story="one", into="three"),
        [KEPT_ALL[1], ("kept", "three", ("d", "a", "b"))],
        True,
    ),
}


@pytest.mark.parametrize("name", KEPT_AS)
def test_an_act_is_kept_as(name):
    act, decisions, in_order = KEPT_AS[name]
    deed = decide(act, table())
    assert isinstance(deed, Deed)
    assert (said(deed), deed.in_order, deed.holds) == (decisions, in_order, False)
    assert all(one.placed is in_order for one in deed.decisions)


def test_a_split_article_is_an_item_of_its_own_behind_the_one_it_left():
    deed = decide(Split(story="one", article="b"), table())
    assert isinstance(deed, Deed)
    first, own, *rest = deed.decisions
    assert (first.story, first.articles, first.without) == ("one", ("a",), ("b",))
    assert (own.said, own.articles, [one.article for one in own.links]) == (Said.ADDED, ("b",), ["b"])
    assert [one.story for one in rest] == ["two", "three"]


def test_an_edit_says_only_what_it_changes():
    deed = decide(Edit(story="one", heading=" Hers  now ", note=("Her word.",)), table())
    assert isinstance(deed, Deed)
    (one,) = deed.decisions
    assert (one.heading, one.excerpt, one.note) == ("Hers now", ("First.", "Her word."), ("Her word.",))
    (other,) = decide(Edit(story="one", quoted=()), table()).decisions
    assert (other.heading, other.excerpt, other.note) == (None, (), ())


HOLDS = {
    "taken twice": (Take(story="far"), decision(Said.TAKEN, "far", "e")),
    "taken, and kept": (Take(story="one"), decision(Said.KEPT, "one", "a")),
    "dropped twice": (Drop(story="one"), decision(Said.DROPPED, "one", "a")),
    "put off twice": (Later(story="one"), decision(Said.LATER, "one", "a")),
    "restored, and nothing was said": (Restore(story="one"), None),
    "the same words": (Edit(story="one", heading="Precept", quoted=("First.",)), None),
    "where it stands": (Move(story="two", place=2), None),
    "a link that is gone": (Unlink(story="one", article="z"), None),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_holds_already_is_not_kept_once_more(name):
    act, before = HOLDS[name]
    assert decide(act, table(*([before] if before else []))).holds


NOT_HELD = {
    "dropped, and was put off": (Drop(story="one"), decision(Said.LATER, "one", "a")),
    "taken, and was dropped": (Take(story="one"), decision(Said.DROPPED, "one", "a")),
    "restored, and was taken": (Restore(story="far"), decision(Said.TAKEN, "far", "e")),
}


@pytest.mark.parametrize("name", NOT_HELD)
def test_what_differs_is_kept(name):
    act, before = NOT_HELD[name]
    assert not decide(act, table(before)).holds


REFUSED = {
    "an unknown story": (Take(story="nobody"), "no story or stored article", True),
    "an edit of an unknown story": (Edit(story="nobody", heading="x"), "no such story", True),
    "an edit of a further story": (Edit(story="far", heading="x"), "take it in first", False),
    "merged into itself": (Merge(story="one", into="one"), "Choose another item", False),
    "merged into what is no item": (Merge(story="one", into="far"), "Choose another item", False),
    "the only link taken out": (Unlink(story="two", article="c"), "drop the story instead", False),
    "the only link split off": (Split(story="two", article="c"), "only link", False),
    "a script for an address": (Write(heading="x", address="javascript:alert(1)"), "https://", False),
    "an address that is there": (
        Write(heading="x", address="https://a.example/a"),
        "“Precept” already",
        False,
    ),
    "nothing at all": (Write(heading="  "), "Write a heading", False),
    "an unknown warning": (Check(warning="x"), "no such warning", True),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_why(name):
    act, why, is_unknown = REFUSED[name]
    no = decide(act, table())
    assert why in no.words and no.is_unknown is is_unknown


def test_a_story_that_is_part_of_another_is_not_said_anything_of():
    merged = decision(Said.KEPT, "two", "c", "e")
    at = table(merged)
    now = replace(at.report, further=())
    assert "part of “Waits”" in decide(Drop(story="far"), replace(at, report=now)).words


# ── what was decided before ─────────────────────────────────────────────────────────────────────────────────────


def act(minute: int, *decisions: Decision, in_order: bool = False, **changes) -> Learned:
    values = {"edition": 1, "newest": 1, "learned": NOW + timedelta(minutes=minute), "digest": str(minute)}
    return Learned(
        **{**values, "decisions": decisions, "source": Source.DESK, "in_order": in_order, **changes}
    )


def alone(said: Said, story: str, *articles: str, **changes) -> Decision:
    return decision(said, story, *articles, **{"placed": False, **changes})


IN_ORDER = act(0, decision(Said.KEPT, "one", "a", "b"), decision(Said.KEPT, "two", "c"), in_order=True)


def held(*learned: Learned) -> list[tuple]:
    return [(one.said.value, one.story, one.articles, one.heading, one.placed) for one in standing(learned)]


HELD = {
    "an edit gives no place": (
        [act(1, alone(Said.KEPT, "one", "a", heading="Hers"))],
        [("kept", "one", ("a",), "Hers", False)],
    ),
    "and takes none": (
        [IN_ORDER, act(1, alone(Said.KEPT, "two", "c", heading="Hers"))],
        [("kept", "one", ("a", "b"), None, True), ("kept", "two", ("c",), "Hers", True)],
    ),
    "a move is an order": (
        [IN_ORDER, act(1, decision(Said.KEPT, "two", "c"), decision(Said.KEPT, "one", "a", "b"), in_order=True)],
        [("kept", "two", ("c",), None, True), ("kept", "one", ("a", "b"), None, True)],
    ),
    "dropped and back: as it was before": (
        [IN_ORDER, act(1, alone(Said.DROPPED, "one", "a", "b")), act(2, alone(Said.BACK, "one", "a"))],
        [("kept", "one", ("a", "b"), None, True), ("kept", "two", ("c",), None, True)],
    ),
    "put off, dropped, back: before both": (
        [
            act(1, alone(Said.TAKEN, "far", "e", heading="Hers")),
            act(2, alone(Said.LATER, "far", "e")),
            act(3, alone(Said.DROPPED, "far", "e")),
            act(4, alone(Said.BACK, "far", "e")),
        ],
        [("taken", "far", ("e",), "Hers", False)],
    ),
    "put off: with what was made of it": (
        [act(1, alone(Said.KEPT, "one", "a", heading="Hers")), act(2, alone(Said.LATER, "one", "a"))],
        [("later", "one", ("a",), "Hers", False)],
    ),
    "an article parted from its item is not given back by what held before": (
        [
            IN_ORDER,
            act(
                1,
                decision(Said.KEPT, "one", "a", without=("b",)),
                decision(Said.ADDED, "own_1", "b"),
                decision(Said.KEPT, "two", "c"),
                in_order=True,
            ),
        ],
        [
            ("kept", "one", ("a",), None, True),
            ("added", "own_1", ("b",), None, True),
            ("kept", "two", ("c",), None, True),
        ],
    ),
    "a link alone taken out stays the item's article": (
        [IN_ORDER, act(1, alone(Said.KEPT, "one", "a", "b", without=("b",)))],
        [("kept", "one", ("a", "b"), None, True), ("kept", "two", ("c",), None, True)],
    ),
    "the words of what was made part of another do not become the other's": (
        [
            act(1, alone(Said.KEPT, "one", "a", "b", heading="Not the other’s")),
            act(
                2,
                decision(Said.KEPT, "two", "c", "a", "b", links=(link(article="a"), link(article="b"))),
                in_order=True,
            ),
        ],
        [("kept", "two", ("c", "a", "b"), None, True)],
    ),
    "split off again after a merge": (
        [
            act(1, decision(Said.KEPT, "two", "c", "a", links=(link(article="a"),)), in_order=True),
            act(
                2,
                decision(Said.KEPT, "two", "c", without=("a",)),
                decision(Said.ADDED, "own_1", "a", heading="Own"),
                in_order=True,
            ),
        ],
        [("kept", "two", ("c",), None, True), ("added", "own_1", ("a",), "Own", True)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HELD)
def test_what_holds_after_acts(name):
    learned, expected = HELD[name]
    assert held(*learned) == expected


def test_a_document_parts_and_joins_in_the_same_way():
    as_document = [replace(one, source=Source.REPORT) for one in HELD["split off again after a merge"][0]]
    (later, first) = (replace(as_document[1], edition=2), as_document[0])
    assert held(first, later) == HELD["split off again after a merge"][1]


# ── versions ────────────────────────────────────────────────────────────────────────────────────────────────────

SAME = version_of(None)
VERSIONS = {
    "kept as drafted": (decision(Said.KEPT, "one", "a"), True),
    "moved": (decision(Said.KEPT, "one", "a", moved=True), True),
    "as the rules have it": (decision(Said.BACK, "one", "a"), True),
    "dropped": (decision(Said.DROPPED, "one", "a"), False),
    "put off": (decision(Said.LATER, "one", "a"), False),
    "taken": (decision(Said.TAKEN, "one", "a"), False),
    "rewritten": (decision(Said.KEPT, "one", "a", heading="Hers"), False),
    "its heading taken out": (decision(Said.KEPT, "one", "a", heading=""), False),
    "its excerpt chosen": (decision(Said.KEPT, "one", "a", excerpt=()), False),
    "a link taken out": (decision(Said.KEPT, "one", "a", without=("b",)), False),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_a_version_is_of_what_was_decided_of_the_story_alone(name):
    one, is_same = VERSIONS[name]
    assert (version_of(one) == SAME) is is_same


def test_versions_are_the_same_after_a_restart():
    assert (SAME, order_of(())) == ("a55a92c9606e", "4f53cda18c2b")


def word(id: int, learned: Learned, withdrawn: int | None = None) -> KeptWord:
    taken_back = NOW + timedelta(minutes=withdrawn) if withdrawn else None
    return KeptWord(id=id, learned=learned, withdrawn=taken_back, holds=withdrawn is None)


def test_every_state_is_remembered_the_latest_first():
    first, second = act(1, alone(Said.DROPPED, "one", "a")), act(2, alone(Said.DROPPED, "two", "c"))
    found = list(states([word(1, first, withdrawn=3), word(2, second)]))
    assert found == [(second,), (first, second), (first,), ()]


def test_of_a_document_the_last_save_holds():
    first, again = (act(minute, decision(Said.KEPT, "one", "a"), source=Source.REPORT) for minute in (1, 2))
    assert holding([word(1, first), word(2, again)]) == (again,)
    assert holding([word(1, first)]) == (first,)


# ── what is told ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_act_says_what_it_did_and_nothing_of_what_it_names_besides():
    moved = decide(Move(story="three", place=1), table(decision(Said.TAKEN, "two", "c")))
    learned = act(1, *moved.decisions, in_order=True, deed="move", about="three")
    assert said_in(learned) == ("“Custody”: moved.",)


def test_a_warning_that_was_looked_at_comes_last_until_it_is_to_be_seen_again():
    drafted = edition(replace(ONE, cautions=("Live.",)), replace(TWO, cautions=("Half read.",)), THREE)
    doubt = Doubt(story="two", heading="Waits", other="Custody", other_story="three", reason="both name bins")
    drafted = replace(drafted, doubts=(doubt,))
    found = warnings_of(drafted, overlaid(), ())
    assert [one.says for one in found] == [
        "Live.", "Half read.", "It may be one event with “Custody”: both name bins.",
    ]  # fmt: skip
    at = replace(table(), warnings=found)
    looked = decide(Check(warning=found[0].id), at)
    words = [word(1, act(1, deed="check", checked=looked.checked))]
    after = warnings_of(drafted, overlaid(), words)
    assert [(one.says, one.checked is not None) for one in after][-1] == ("Live.", True)
    again = decide(Uncheck(warning=found[0].id), replace(at, warnings=after))
    words.append(word(2, act(2, deed="uncheck", checked=again.checked)))
    assert not any(one.checked for one in warnings_of(drafted, overlaid(), words))
    assert decide(Check(warning=found[0].id), replace(at, warnings=after)).holds
