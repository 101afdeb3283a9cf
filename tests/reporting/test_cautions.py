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
LIVE, RESTRICTED = "Proceedings may be live", "Somebody may not be named"


@pytest.mark.parametrize(
    "texts, expected",
    [
        pytest.param(("The precept rises.", "It rises."), [], id="nothing to say"),
        # a sexual offence
        pytest.param(("A woman was raped.", "She is 40."), [SEXUAL], id="a sexual offence, two outlets"),
        pytest.param(("A woman was raped.",), [], id="a sexual offence, one outlet"),
        pytest.param(("Rape figures fall.", "They fall."), [], id="figures"),
        pytest.param(("A man told of 31 rapes.", "Of 31."), [], id="a total, though a man tells of it"),
        pytest.param(("A new CSE team.", "More."), [], id="a team"),
        pytest.param(("A man, 34, met a CSE team.", "More."), [SEXUAL], id="capitals"),
        pytest.param(("A man, 34, took a cse course.", "More."), [], id="capitals in small letters"),
        pytest.param(("A sex-offence trial ended. A man was jailed.", "More."), [SEXUAL], id="a hyphen"),
        pytest.param(("The rape and murder of a woman.", "More."), [], id="the dead have no anonymity"),
        # a child
        pytest.param(("A boy, 14, was jailed.", "More."), [CHILD], id="a child in a case"),
        pytest.param(("A boy, 14, was jailed.",), [], id="a child in a case, one outlet"),
        pytest.param(("A boy, 14, won a race.", "More."), [], id="a child in no case"),
        pytest.param(("Children were taught.", "A man was jailed."), [], id="children"),
        pytest.param(("Scrapers in Oxfordshire.", "A boycott."), [], id="words inside words"),
        # live proceedings
        pytest.param(("A man was charged with fraud.",), [LIVE], id="charged"),
        pytest.param(("Ann Hale was charged with fraud.",), [LIVE], id="a full name"),
        pytest.param(("He was charged with fraud.",), [LIVE], id="he"),
        pytest.param(("“Men were arrested,” he said.",), [], id="he who only says so"),
        pytest.param(("Of 71 held a man, 34, was remanded.",), [LIVE], id="one among many"),
        pytest.param(("In all 71 people were arrested.",), [], id="a total"),
        pytest.param(("Seventy-two people were arrested.",), [], id="a total in words"),
        pytest.param(("Two people were arrested.",), [LIVE], id="two are a case"),
        pytest.param(("Police arrested people.",), [], id="nobody in particular"),
        pytest.param(("Anyone may be arrested if a man complains.",), [], id="a rule"),
        pytest.param(("Six men went on trial.",), [LIVE], id="one trial of six"),
        pytest.param(("Suspects wait to stand trial.",), [], id="trials in general"),
        pytest.param(("An inquest heard from his wife.",), [LIVE], id="an inquest"),
        pytest.param(("He is on", "trial shifts."), [], id="a phrase in two articles"),
        # and their outcome
        pytest.param(("Charged with fraud, he was jailed.",), [], id="charged and jailed"),
        pytest.param(
            ("A man was arrested.", "He was released without charge."), [], id="an outcome told by another"
        ),
        pytest.param(
            ("A man, 34, was arrested.", "A man, 50, was jailed."), [LIVE], id="somebody else's outcome"
        ),
        pytest.param(("A man was arrested.", "Two others were jailed."), [LIVE], id="the outcome of others"),
        pytest.param(
            ("A man was arrested. Last year 80 people were jailed.",), [LIVE], id="an outcome in figures"
        ),
        pytest.param(("He was jailed, and a retrial follows.",), [LIVE], id="a retrial"),
        pytest.param(("He had been on trial for a week.",), [], id="what had been"),
        # restrictions
        pytest.param(("The woman cannot be named.",), [RESTRICTED], id="cannot be named"),
        pytest.param(("She can’t be named.",), [RESTRICTED], id="can’t, curly"),
        pytest.param(("He was jailed; reporting restrictions apply.",), [RESTRICTED], id="ended or not"),
        pytest.param(("Crimestoppers guarantees anonymity.",), [], id="anonymity that is offered"),
        pytest.param(("It kept 200 children out of the youth court.",), [], id="a youth court in figures"),
        pytest.param(
            ("A man denies rape of a girl, who cannot be named. He is on bail.", "More."),
            [RESTRICTED, SEXUAL, CHILD, LIVE],
            id="all at once",
        ),
    ],
)
def test_cautions_for(texts, expected):
    assert said(*texts) == expected


@pytest.mark.parametrize(
    "text, words",
    [
        ("She cannot be named.", "“cannot be named”"),
        ("A man was On Bail.", "“On Bail”"),
        ("A woman was raped.", "“raped”"),
    ],
)
def test_a_caution_is_one_sentence_that_quotes_its_words(text, words):
    one, two = article("one", paragraphs=(text,)), article("two", outlet="Other", paragraphs=("More.",))
    (caution,) = cautions_of(one, two)
    assert words in caution and caution.endswith(".") and caution.count(". ") == 0 and len(caution) < 200


@pytest.mark.parametrize(
    "words, text, expected",
    [
        pytest.param(
            WatchWords(child=("cadet*",)), "A cadet, 15, was fined.", [CHILD], id="a word of the office's own"
        ),
        pytest.param(WatchWords(child=()), "A boy, 14, was fined.", [], id="a list that was emptied"),
        pytest.param(
            WatchWords(child=("children's home",)),
            "A man left a children’s home and was fined.",
            [CHILD],
            id="curly",
        ),
        pytest.param(
            WatchWords(live=("c++ (trial)",)), "A man in c++ (trial) now.", [LIVE], id="marks are letters"
        ),
        pytest.param(WatchWords(person=()), "A man is on bail.", [], id="nobody is somebody"),
        pytest.param(
            WatchWords(people=()), "A man was among 50 people on bail.", [LIVE], id="nothing is a total"
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
