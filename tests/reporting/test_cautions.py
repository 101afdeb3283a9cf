"""What to check before publishing, and what else stands in the comment on a heading."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW, article
from editions import edition, item, link
from where import ROOT

from monitor.config.folder import read_config
from monitor.model import ArticleChange, Ground, Kinship, TextFrom
from monitor.reporting.documents.beside import beside
from monitor.reporting.edition.cautions import cautioned
from monitor.settings import WatchWords

READ = NOW - timedelta(days=10)
WORDS = WatchWords()


def cautions_of(*articles, words=WORDS, changed=(), unchecked=(), **changes) -> tuple[str, ...]:
    """The cautions of an item that links the articles and quotes the first."""
    links = tuple(
        link(one.outlet, url=one.url, article=one.id, kinship=Kinship.REPORT if at else None)
        for at, one in enumerate(articles)
    )
    made = edition(item(links=links, **changes))
    made = replace(made, basis=replace(made.basis, changed=changed, unchecked=unchecked))
    (done,) = cautioned(made, {one.id: one for one in articles}, words).items
    return done.cautions


def said(*texts: str, words=WORDS) -> list[str]:
    """The first words of each caution on articles of as many outlets."""
    articles = [
        article(
            str(number),
            url=f"https://{number}.example/",
            title="Headline",
            paragraphs=(text,),
            outlet=f"Outlet {number}",
        )
        for number, text in enumerate(texts)
    ]
    return [each.partition(" (")[0].partition(":")[0] for each in cautions_of(*articles, words=words)]


SEXUAL, CHILD = "It may be about a sexual offence", "It may be about a child"
LIVE = "Proceedings may be live"


@pytest.mark.parametrize(
    "texts, expected",
    [
        pytest.param(("The precept rises.", "It rises."), [], id="nothing to say"),
        pytest.param(("Rape figures fall.", "They fall."), [SEXUAL], id="a sexual offence, two outlets"),
        pytest.param(("Rape figures fall.",), [], id="a sexual offence, one outlet"),
        pytest.param(("A boy, 14, was named.", "More."), [CHILD], id="a child"),
        pytest.param(("Scrapers in Oxfordshire.", "A boycott."), [], id="words inside words"),
        pytest.param(("A new CSE team.", "More."), [SEXUAL], id="capitals"),
        pytest.param(("The cse course.", "More."), [], id="capitals in small letters"),
        pytest.param(("A sex-offence case.", "More."), [SEXUAL], id="a hyphen"),
        pytest.param(("A man was charged with fraud.",), [LIVE], id="charged"),
        pytest.param(("The fee was charged", "with care."), [LIVE], id="a phrase of which half is one too"),
        pytest.param(("He is on", "trial shifts."), [], id="a phrase in two articles"),
        pytest.param(("Charged with fraud, he was jailed.",), [], id="charged and jailed"),
        pytest.param(
            ("Seven were arrested.", "All were released without charge."), [], id="an outcome told by another"
        ),
        pytest.param(("He denies rape of a girl.", "More."), [SEXUAL, CHILD, LIVE], id="all at once"),
    ],
)
def test_cautions_for(texts, expected):
    assert said(*texts) == expected


@pytest.mark.parametrize(
    "words, text, expected",
    [
        pytest.param(
            WatchWords(child=("cadet*",)), "Cadets paraded.", [CHILD], id="a word of the office's own"
        ),
        pytest.param(WatchWords(child=()), "A boy, 14, was named.", [], id="a list that was emptied"),
        pytest.param(WatchWords(child=("children's home",)), "A children’s home.", [CHILD], id="curly"),
        pytest.param(
            WatchWords(live=("c++ (trial)",)), "In c++ (trial) now.", [LIVE], id="marks are letters"
        ),
    ],
)
def test_the_words_are_those_of_panel_yaml(words, text, expected):
    assert said(text, "More.", words=words) == expected


def test_what_the_officer_wrote_is_looked_at_too():
    made = item(heading="Her own", links=(), excerpt=("Two men were arrested.",))
    (done,) = cautioned(edition(made), {}, WORDS).items
    assert [each.partition(" (")[0] for each in done.cautions] == [LIVE]


def test_the_words_can_be_seen_and_are_the_usual_ones():
    written = read_config(ROOT).panel.cautions
    assert written == WatchWords()
    assert "rape*" in (ROOT / "panel.yaml").read_text()


def test_a_summary_is_said_with_its_reason():
    quoted = article(text_from=TextFrom.SUMMARY, text_reason="403 Forbidden")
    assert cautions_of(quoted) == (
        "Only the feed’s summary could be read (403 Forbidden): open the page of Thames Courier before you rely on it.",
    )
    assert cautions_of(quoted, excerpt=()) == ()  # nothing of it is printed


COURIER = article("c", url="https://courier.example/1", title="Force publishes figures", first_seen=READ)
GAZETTE = article("g", url="https://gazette.example/1", outlet="Vale Gazette")


def change(of, what):
    return ArticleChange(outlet=of.outlet, title=of.title, url=of.url, what=what)


@pytest.mark.parametrize(
    "what",
    [
        "its headline is now “Force withdraws figures”",
        "23% of its text was rewritten or taken out",
        "its page is gone (404 Not Found)",
    ],
)
def test_what_a_page_has_become_is_said_in_the_comment(what):
    """Of any article under the heading, and of no other item."""
    expected = (
        f"The story of Vale Gazette has changed since it was read: {what}. See whether what you quote still stands.",
    )
    assert cautions_of(COURIER, GAZETTE, changed=(change(GAZETTE, what),)) == expected
    assert cautions_of(COURIER, changed=(change(GAZETTE, what),)) == ()


def test_a_page_that_could_not_be_read_again_is_said_in_the_comment():
    assert cautions_of(COURIER, unchecked=(change(COURIER, "no answer within 20 s"),)) == (
        "The page of Thames Courier could not be read again (no answer within 20 s): open it to see whether it has "
        "changed since 6 November 2026.",
    )


LINKS = (
    link("Thames Courier"),
    link("Vale Gazette", kinship=Kinship.REPORT, later=True),
    link("Chiltern Echo", kinship=Kinship.COPY),
)
WHY = (
    Ground(points=5, says="an outside body’s verdict on the force (“inadequate”)"),
    Ground(points=-2, says="it speaks of one town or district"),
    Ground(points=2, says="figures with a comparison (“per cent”)"),
    Ground(points=1, says="new in the last 35 days"),
    Ground(points=1, says="an amount of money (“£2m”)"),
)
IT_MATTERS = (
    "Why it matters: an outside body’s verdict on the force (“inadequate”); figures with a comparison (“per cent”); "
    "new in the last 35 days."
)


@pytest.mark.parametrize(
    "changes, lines",
    [
        pytest.param({"why": WHY}, [IT_MATTERS], id="why, by the weightiest that raise it; one outlet is in the link"),
        pytest.param(
            {"why": WHY, "links": LINKS, "cautions": ("Proceedings may be live.", "Its page is gone.")},
            [
                IT_MATTERS,
                "Own reports: Thames Courier, Vale Gazette. Same text: Chiltern Echo.",
                "Check before publishing: Proceedings may be live. Its page is gone.",
            ],
            id="three lines at most",
        ),
        pytest.param({"links": LINKS[::2]}, ["Why it matters: Figures for the whole force.", "Own report: Thames Courier. Same text: Chiltern Echo."], id="no ground: the reason for which it is in"),
        pytest.param({"why": WHY, "links": LINKS, "cautions": ("Proceedings may be live.",), "decided": 2, "first_edition": 1, "note": ("Hers.",)}, ["As you left it in draft 2."], id="as she left it, and nothing else"),
        pytest.param({"why": WHY, "decided": 2, "taken": True, "cautions": ("Proceedings may be live.",)}, [f"You took it in. {IT_MATTERS}", "Check before publishing: Proceedings may be live."], id="taken in: she has not seen it as an item yet"),
    ],
)  # fmt: skip
def test_the_comment_says_what_an_officer_needs(changes, lines):
    made = item(**changes)
    assert list(beside(made, edition(made, previous=2))) == lines
