"""What to check before publishing, and what else stands in the comment on a heading."""

import pytest
from conftest import article
from editions import edition, item, link

from monitor.model import Kinship, TextFrom
from monitor.reporting.beside import beside
from monitor.reporting.cautions import cautions


def said(*texts: str, **changes) -> list[str]:
    """The first words of each caution on articles of as many outlets."""
    articles = [
        article(str(number), title="Headline", paragraphs=(text,), outlet=f"Outlet {number}", **changes)
        for number, text in enumerate(texts)
    ]
    return [caution.partition(" (")[0].partition(":")[0] for caution in cautions(articles, articles[0])]


SEXUAL, CHILD = "It may be about a sexual offence", "It may be about a child"
LIVE, SUMMARY = "Proceedings may be live", "Only the feed’s summary could be read"


@pytest.mark.parametrize(
    "texts, expected",
    [
        pytest.param(("The precept rises.", "It rises."), [], id="nothing to say"),
        pytest.param(("Rape figures fall.", "They fall."), [SEXUAL], id="a sexual offence, two outlets"),
        pytest.param(("Rape figures fall.",), [], id="a sexual offence, one outlet"),
        pytest.param(("A boy, 14, was named.", "More."), [CHILD], id="a child"),
        pytest.param(("Scrapers in Oxfordshire.", "A boycott."), [], id="words inside words"),
        pytest.param(("A man was charged with fraud.",), [LIVE], id="charged"),
        pytest.param(("Charged with fraud, he was jailed.",), [], id="charged and jailed"),
        pytest.param(
            ("Seven were arrested.", "All were released without charge."), [], id="an outcome told by another"
        ),
        pytest.param(("He denies rape of a girl.", "More."), [SEXUAL, CHILD, LIVE], id="all at once"),
    ],
)
def test_cautions_for(texts, expected):
    assert said(*texts) == expected


def test_a_summary_is_said_with_its_reason():
    quoted = article(text_from=TextFrom.SUMMARY, text_reason="403 Forbidden")
    assert cautions([quoted], quoted) == (
        "Only the feed’s summary could be read (403 Forbidden): open the page of Thames Courier before you rely on it.",
    )


def test_the_comment_says_all_that_stands_beside_an_item():
    made = item(
        reason="Figures for the whole force.",
        speaks="Orders rose by half.",
        links=(
            link("Thames Courier"),
            link("Vale Gazette", kinship=Kinship.REPORT, later=True),
            link("Chiltern Echo", kinship=Kinship.COPY),
        ),
        first_edition=1,
        decided=2,
        note=("Members asked.",),
        cautions=("Proceedings may be live.",),
    )
    assert beside(made, edition(made, previous=2)) == (
        "Why it is here: Figures for the whole force.",
        "The sentence that speaks: “Orders rose by half.”",
        "Own reports: Thames Courier, 12 November 2026; Vale Gazette, 12 November 2026.",
        "Copies of the same text: Chiltern Echo, 12 November 2026.",
        "First in draft 1.",
        "Since then also: Vale Gazette, 12 November 2026.",
        "As you left it in draft 2.",
        "Your own words: “Members asked.”",
        "Check before publishing: Proceedings may be live.",
    )


@pytest.mark.parametrize(
    "first_edition, previous, line",
    [(None, None, None), (None, 2, "New since draft 2."), (1, 2, "First in draft 1.")],
)
def test_the_first_draft_marks_nothing_as_new(first_edition, previous, line):
    made = item(first_edition=first_edition)
    lines = beside(made, edition(made, previous=previous))
    assert [each for each in lines if "draft" in each] == ([line] if line else [])


def test_a_sentence_without_end_is_shortened():
    (line,) = [each for each in beside(item(speaks="word " * 999), edition()) if "speaks" in each]
    assert len(line) < 640 and line.endswith("word …”")
