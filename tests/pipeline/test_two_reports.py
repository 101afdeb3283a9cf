"""Two reports that were really filed, rebuilt in shape: drafted from articles, edited, learned, and drafted again.

The text is invented; headings, links and paragraphs are as many, as long and in such an order as in the reports of
September 2021 (ten items) and March 2023 (eleven).
"""

from dataclasses import replace
from functools import cache

import pytest
from conftest import NOW, article
from converting import as_libreoffice_saves
from editions import WEEK, edition, health
from officer import Officer, learned, remove, shelf

from monitor.model import Area, Choice, JudgedStory, JudgedWindow, Kinship, Link, Story, Verdict
from monitor.reporting.documents.word import write_word
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.edition.assemble import assemble
from monitor.reporting.edition.past import Past, look_back
from monitor.settings import Excerpt, ExcerptLength, Feed
from tests.rules import THAMES_VALLEY

# What was filed: heading, links, paragraphs. A paragraph count of a list is of its items too.
SEPTEMBER = (
    ("Force fails to use new powers against stalkers", 1, 14),
    ("Force drops computer system after spending £14m", 2, 14),
    ("Police failing to impose orders on men accused of abuse, watchdog finds", 1, 0),
    ("Force to launch new fraud team as inspectors warn that it is treated as 'low priority'", 1, 9),
    ("Additional £800,000 to fund “teachable moment” programmes in the county", 0, 6),
    ("Commissioner provides funding to reduce reoffending", 0, 3),
    ("More than £980,000 awarded to support victims", 0, 15),
    ("", 1, 6),
    ("How police worked to dismantle more than 50 drug lines in two years", 1, 6),
    ("Force to target serious violent crime in hotspots", 1, 0),
)
MARCH = (
    ("Council's CCTV transfer to the force", 1, 6),
    ("Home Office data shows drastic drop in the force's PCSOs", 1, 3),
    ("Force boss backs biggest ever neighbourhood watch campaign", 1, 2),
    ("Police issued more than 150,000 speeding tickets over a two-year period, the third highest number in the country", 1, 0),
    ("A quarter of knife crime offenders jailed in the valley", 1, 6),
    ("54 people charged in one week during county line drugs crackdown", 2, 0),
    ("Victims of stalking to receive specialist support through a new valley-wide service", 0, 4),
    ("Vehicle crime hotspots as 5,992 incidents reported to police in 2022", 1, 0),
    ("Anti-social behaviour hotspots as force receives more than 8,000 reports", 1, 0),
    ("Force announces state-of-the-art forensics centre", 1, 0),
    ("Organisations awarded over £105,000 to support policing priorities", 0, 3),
)  # fmt: skip
REWRITTEN = {
    "Home Office data shows drastic drop in the force's PCSOs": "Police see drastic drop in community policing",
    "Council's CCTV transfer to the force": "Council's CCTV transfer to the force 'flawed'",
    "": "Taxpayers shell out £17 million more for the police",
}
OWN = "Organisations awarded over £105,000 to support policing priorities"  # a release that no feed brought
LIST = "More than £980,000 awarded to support victims"
LISTED = (3, 4, 8, 9, 10, 11, 12)  # its two lists, each below a line that introduces it
FEED = Feed(name="Thames Courier", url="https://courier.example/rss", excerpt=Excerpt.FULL)


def paragraphs(number: int, count: int, *, is_list: bool) -> tuple[str, ...]:
    texts = [f"Paragraph {at} of story {number}, with “{at * 7}%” in it." for at in range(count)]
    return tuple(f"- {text}" if is_list and at in LISTED else text for at, text in enumerate(texts))


def stories(filed) -> list[JudgedStory]:
    """What the feeds brought: each filed item but her own, with two paragraphs more, and four that were not wanted."""
    brought = [
        _story(number, REWRITTEN.get(heading, heading), max(links, 1), count + 2, is_list=heading == LIST)
        for number, (heading, links, count) in enumerate(filed)
        if heading != OWN
    ]
    return brought + [_story(90 + number, f"Not wanted {number}", 1, 3) for number in range(4)]


def _story(number: int, heading: str, links: int, count: int, *, is_list: bool = False) -> JudgedStory:
    articles = tuple(
        article(
            shelf().identify(f"https://courier.example/news/{number}-{at}"),
            url=f"https://courier.example/news/{number}-{at}",
            title=heading,
            paragraphs=paragraphs(number, count, is_list=is_list),
            outlet="Thames Courier" if at == 0 else "Vale Gazette",
        )
        for at in range(links)
    )
    joined = tuple(
        Link(one=articles[0].id, two=other.id, kinship=Kinship.REPORT, score=0.5, reason="both name it")
        for other in articles[1:]
    )
    verdict = Verdict(choice=Choice.INCLUDE, score=number % 5, area=Area.OWN, reason="Figures.")
    return JudgedStory(
        story=Story(id=articles[0].id, articles=articles, links=joined), verdict=verdict, speaker=articles[0]
    )


def drafted(brought, number: int, past: Past):
    made = assemble(
        JudgedWindow(stories=tuple(brought)),
        header=edition().header,
        made=NOW,
        window=WEEK,
        health=health(),
        feeds=[FEED],
        length=ExcerptLength(),
        area=THAMES_VALLEY,
        rules_digest="ab" * 32,
        past=past,
    )
    return replace(made, number=number)


def edit(officer: Officer, filed) -> Officer:
    """From the draft to the report as it was filed."""
    for number in range(4):
        officer.strike(f"Not wanted {number}")
    for heading, links, count in reversed(filed):
        known = REWRITTEN.get(heading, heading)
        if heading == OWN:
            texts = [f"Words of her own {at}." for at in range(count)]
            officer.add(heading, *texts, before=officer.headings()[0].text)
            continue
        _, *below = officer.item(known)
        lines = [each for each in below if each._p.style == "ReportLink"]
        for each in [*lines[links:], *below[len(lines) + count :]]:
            remove(each)
        officer.move_to_top(known)
    for heading, known in REWRITTEN.items():
        if any(heading == each for each, *_ in filed):
            officer.retitle(known, heading) if heading else officer.untitle(known)
    return officer


def shape(written: bytes) -> list[tuple[str, int, int]]:
    """Heading, links and paragraphs of each item, as a reader counts them."""
    items: list[list] = []
    for line in read_back(written, "report.docx").lines[4:]:
        begins = bool(line.marks)
        if begins:
            items.append([line.text if line.level else "", 0, 0])
        if line.links:
            items[-1][1] += 1
        elif not line.level:
            items[-1][2] += 1
    return [tuple(each) for each in items]


@cache
def edited(filed) -> bytes:
    return edit(Officer(write_word(drafted(stories(filed), 1, Past()))), filed).saved()


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory):
    both = (SEPTEMBER, MARCH)
    return dict(
        zip(both, as_libreoffice_saves([*map(edited, both)], tmp_path_factory.mktemp("saved")), strict=True)
    )


@pytest.mark.parametrize("filed", [SEPTEMBER, MARCH], ids=["September 2021", "March 2023"])
def test_a_filed_report_is_rebuilt(filed):
    rebuilt(filed, edited(filed))


@pytest.mark.libreoffice
@pytest.mark.parametrize("filed", [SEPTEMBER, MARCH], ids=["September 2021", "March 2023"])
@pytest.mark.slow
def test_a_filed_report_is_rebuilt_as_libreoffice_saves_it(filed, saved_by_libreoffice):
    rebuilt(filed, saved_by_libreoffice[filed])


def rebuilt(filed, written: bytes) -> None:
    brought = stories(filed)
    first = drafted(brought, 1, Past())
    known = shelf(*(each for one in brought for each in one.story.articles))
    said = learned(first, written, NOW, known)
    second = drafted(brought, 2, look_back([first], [], [said]))
    assert shape(write_word(second)) == list(filed)
    assert sorted(one.heading for one in second.dropped) == [f"Not wanted {number}" for number in range(4)]
    assert second.basis.included + second.basis.dropped == second.basis.stories
    if filed is SEPTEMBER:
        money = next(item for item in second.items if item.heading == LIST)
        listed = [at for at, paragraph in enumerate(money.excerpt) if paragraph.startswith("- ")]
        assert tuple(listed) == LISTED
