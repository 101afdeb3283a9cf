"""Old stories: out of a draft whatever the rules say, named with their day, and counted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from conftest import NOW, article
from editions import WEEK, edition, item, near_miss
from test_edition import assembled, judged

from monitor.judging.explain import explain
from monitor.model import Area, Choice, Decision, Kinship, Link, Said, Verdict
from monitor.reporting.edition.basis import basis_lines
from monitor.reporting.edition.fates import Fate, fated
from monitor.reporting.edition.past import Past, Reported
from tests.rules import THAMES_VALLEY, default_judge, default_rules

MARCH = datetime(2024, 3, 1, 9, tzinfo=UTC)
OLD = article("old", title="Police desk to close", published=MARCH)
NEW = article("new")
UNDATED = article("undated", published=NOW, published_is_guess=True)


def linked(kinship: Kinship) -> tuple[Link, ...]:
    return (Link(one="old", two="undated", kinship=kinship, score=1, reason="alike"),)


def said(word: Said) -> Past:
    return Past(decisions=(Decision(said=word, edition=1, story="old", drafted="", articles=("old",)),))


REPORTED = Past(reported=(Reported(heading="Desk", day=MARCH.date(), articles=frozenset(("old",))),))


@pytest.mark.parametrize(
    "story, past, fate",
    [
        pytest.param(judged(OLD), Past(), Fate.OLD, id="the rules would take it"),
        pytest.param(judged(OLD, choice=Choice.BORDERLINE), Past(), Fate.OLD, id="or nearly"),
        pytest.param(judged(OLD, choice=Choice.EXCLUDE), Past(), Fate.OLD, id="or not"),
        pytest.param(judged(NEW), Past(), Fate.IN, id="a new one"),
        pytest.param(judged(UNDATED), Past(), Fate.IN, id="one that bears no day"),
        pytest.param(judged(OLD, NEW), Past(), Fate.IN, id="one new report makes it new"),
        pytest.param(
            judged(OLD, UNDATED, links=linked(Kinship.COPY)), Past(), Fate.OLD, id="an undated copy is as old"
        ),
        pytest.param(
            judged(OLD, UNDATED, links=linked(Kinship.REPORT)), Past(), Fate.IN, id="an undated report is not"
        ),
        pytest.param(judged(OLD), said(Said.TAKEN), Fate.IN, id="the officer took it"),
        pytest.param(judged(OLD), said(Said.DROPPED), Fate.DROPPED, id="the officer struck it"),
        pytest.param(judged(OLD), REPORTED, Fate.REPORTED, id="it was reported"),
    ],
)
def test_what_becomes_of_it(story, past, fate):
    assert [one.fate for one in fated([story], past, WEEK)] == [fate]


def test_a_draft_names_it_with_its_day_and_counts_it():
    others = [judged(replace(OLD, id=f"o{n}"), choice=Choice.EXCLUDE) for n in range(6)]
    drafted = assembled(*others, judged(OLD), judged(NEW))
    basis = drafted.basis
    assert (basis.stories, basis.included, basis.old, basis.out) == (8, 1, 7, 0)
    assert [one.story for one in drafted.old][0] == "old", "what the rules would have taken stands first"
    said = "\n".join(basis_lines(drafted))
    assert "0 left out, 7 left out as old." in said
    assert "“Police desk to close” (Thames Courier, 1 March 2024);" in said
    assert said.count("1 March 2024") == 5
    assert "; and 2 more." in said


def test_a_draft_without_one_says_nothing_of_it():
    assert "old" not in " ".join(basis_lines(edition(item(), near=(near_miss(),))))


def test_an_old_report_is_no_development_of_a_reported_story():
    reported = Past(reported=(Reported(heading="Desk", day=NOW.date(), articles=frozenset(("new",))),))
    drafted = assembled(judged(NEW, OLD), past=reported)
    assert [one.links for one in drafted.developments] == []


def _where(article):
    return default_judge().whereabouts(article)


def test_the_explanation_begins_with_it():
    verdict = Verdict(choice=Choice.INCLUDE, score=9, area=Area.OWN, reason="Figures.")
    told = explain(OLD, verdict, _where(OLD), default_rules(), THAMES_VALLEY.name).split("\n\n")
    assert told[1].startswith(
        "Left out as old. Its page, its feed or its address says that it is of 1 March 2024; we"
    )
    assert told[2] == "By the rules alone: in the draft. Figures."
    assert (
        "old" not in explain(NEW, verdict, _where(NEW), default_rules(), THAMES_VALLEY.name).split("\n\n")[1]
    )
