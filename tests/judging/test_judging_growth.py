"""Judging, weighing, grouping and quoting take no longer than a text's length, whatever is in it."""

from datetime import UTC, datetime

import pytest
from growth import grows_with_its_length

from monitor.judging.explain import explain
from monitor.judging.group import group
from monitor.judging.priority import Circumstances, Scales
from monitor.model import JudgedStory, Story
from monitor.reporting.edition.item import speaks
from monitor.reporting.edition.watching import watch_of, watched
from monitor.settings import WatchWords
from tests.rules import article, default_gazetteer, default_judge, default_rules

PHRASES = (
    "The Thames Valley Police and Crime Panel in Reading asks the force for figures: £12m, 300 officers. "
)
HOSTILE = {
    "phrases": PHRASES,
    "no end of a sentence": "police figures show the commissioner ",
    "full stops": ". ",
    "one word": "a",
    "figures": "£1.2m 12,345 2026 ",
    "capitals": "PCC TVP IOPC ",
    "ambiguous names": "Reading, Slough and Wing ",
    "ages and people": "a boy, 12, and a woman aged 44 ",
    "quotation marks": "“‘ ",
}
SIZE = 3_000  # characters to begin with


def story(text: str, n: int):
    return article("Police precept to rise", (text * (n // len(text) + 1))[:n])


def judged(subject):
    verdict = default_judge().verdict(subject)
    return JudgedStory(story=Story(id=subject.id, articles=(subject,)), verdict=verdict, speaker=subject)


@pytest.fixture(scope="module")
def scales():
    now = datetime(2026, 11, 16, 7, tzinfo=UTC)
    about = Circumstances(coming=(), handled=(), until=now, liked=frozenset())
    return Scales(default_rules(), default_gazetteer(), about)


@pytest.fixture(scope="module")
def watch():
    return watch_of(WatchWords())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_verdict(name):
    judge = default_judge()
    assert grows_with_its_length(lambda n: judge.verdict(story(HOSTILE[name], n)), SIZE)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_weight(name, scales):
    texts = {n: judged(story(HOSTILE[name], n)) for n in (SIZE, 10 * SIZE)}
    assert grows_with_its_length(
        lambda n: scales.weigh(texts.get(n) or judged(story(HOSTILE[name], n))), SIZE
    )


@pytest.mark.parametrize("name", ("phrases", "no end of a sentence", "figures", "capitals"))
def test_an_explanation_and_a_quotation(name):
    rules = default_rules()
    where = default_judge().whereabouts(article("Council", "The council met."))

    def said(n: int) -> object:
        one = judged(story(HOSTILE[name], n))
        return speaks(one), explain(one.speaker, one.verdict, where, rules, "the Thames Valley")

    assert grows_with_its_length(said, SIZE)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_caution(name, watch):
    assert grows_with_its_length(lambda n: list(watched(story(HOSTILE[name], n).text, 2, watch)), SIZE)


@pytest.mark.parametrize("name", ("phrases", "one word", "figures", "ambiguous names"))
def test_a_group(name):
    def grouped(n: int) -> object:
        pair = (story(HOSTILE[name], n), article("Another headline", HOSTILE[name] * (n // 10), id="b"))
        return group(pair, default_gazetteer(), default_rules())

    assert grows_with_its_length(grouped, SIZE)
