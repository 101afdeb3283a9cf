"""The news of a country as it comes in: articles of 43 forces' areas, for what is measured over many panels.

Of a hundred articles three are what a panel wants, 22 are of police and courts otherwise, and 75 say nothing of policing
up front: council, schools, shops, sport (in the local feeds that were read for tests/quality four in five). Their
sentences are those of the labelled stories; places, forces and figures become those of the article's area, and one
longer word in six becomes another one of the same stories, so that few texts share their sentences as copies do. One in twelve
is the copy of another, under another title of its publisher, as groups of papers print them.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from benchmarks.forces import Force, forces
from monitor.judging.forms import Phrase
from monitor.judging.phrases import matcher_of
from monitor.model import Article, TextFrom
from monitor.text import sentences

SETS = Path(__file__).parent.parent / "tests" / "quality"
FEEDS = 60  # of an area
WANTED, POLICING = 3, 22  # of a hundred
COPIED = 1 / 12
NATIONAL = 1 / 20  # from outlets of no area
OTHERWISE = 1 / 6  # of the longer words
_OURS = re.compile(
    r"Thames Valley Police|(?:the )?Thames Valley|Berkshire|Buckinghamshire|Oxfordshire|Reading|Oxford|Slough|Bracknell|"
    r"Wokingham|Newbury|Windsor|Maidenhead|Milton Keynes|Aylesbury|High Wycombe|Banbury|Bicester|Didcot|Witney|Abingdon"
)
_LONGER = re.compile(r"\b[a-z]{6,}\b")
_POLICING = (
    *(
        "police*",
        "policing",
        "PCC",
        "crime*",
        "criminal*",
        "offence*",
        "officer*",
        "force",
        "court",
        "jail*",
        "murder*",
    ),
    *(
        "assault*",
        "arrest*",
        "stab*",
        "burglar*",
        "drug*",
        "knife",
        "robber*",
        "theft*",
        "victim*",
        "commissioner*",
    ),
    *(
        "detective*",
        "constable*",
        "prison*",
        "sentence*",
        "attack*",
        "abuse*",
        "rape*",
        "violen*",
        "fraud*",
        "justice",
    ),
    *(
        "shoplift*",
        "anti-social",
        "antisocial",
        "suspect*",
        "charged",
        "CCTV",
        "custody",
        "convict*",
        "probation",
    ),
)


def outlets() -> tuple[tuple[str, str, Force | None], ...]:
    """Name, feed and area of each: those of the areas, and as many again as one area has that are nobody's."""
    found: list[tuple[str, str, Force | None]] = []
    for at, force in enumerate(forces()):
        for number in range(FEEDS):
            town = force.towns[number % len(force.towns)]
            kind = ("News", "Gazette", "Herald")[number // len(force.towns)]
            found.append((f"{town} {kind}", f"https://press-{at}-{number}.example/feed", force))
    for number in range(FEEDS):
        found.append((f"National {number}", f"https://nation-{number}.example/feed", None))
    return tuple(found)


def articles(count: int, until: datetime, span: timedelta, first: int = 0) -> Iterator[Article]:
    """The same for the same arguments, in the order of being seen."""
    chance = random.Random(20261130 + first)
    papers = outlets()
    homes = len(papers) - FEEDS
    last: list[Article] = []
    for number in range(first, first + count):
        seen = until - span + span * (number - first) / count
        if last and chance.random() < COPIED:
            article = _copy(chance.choice(last[-200:]), number, seen, chance)
        else:
            paper = (
                chance.randrange(homes, len(papers))
                if chance.random() < NATIONAL
                else chance.randrange(homes)
            )
            article = _article(chance, number, papers[paper], seen)
        last = [*last[-199:], article]
        yield article


def _copy(article: Article, number: int, seen: datetime, chance: random.Random) -> Article:
    name, feed, _ = chance.choice(outlets_once())
    return replace(
        article,
        id=f"{number:012x}",
        url=f"{feed[:-5]}/news/{number}",
        outlet=name,
        feed=feed,
        first_seen=seen,
    )


outlets_once = cache(outlets)


def _article(
    chance: random.Random, number: int, paper: tuple[str, str, Force | None], seen: datetime
) -> Article:
    name, feed, force = paper
    place = force or chance.choice(forces())
    kind = chance.random() * 100
    wanted, policing, other = _sources()
    source = wanted if kind < WANTED else policing if kind < WANTED + POLICING else other
    told = [_told(chance, sentence, place) for sentence in chance.sample(source, chance.randrange(7, 20))]
    title = told.pop()[:90]
    return Article(
        id=f"{number:012x}",
        url=f"{feed[:-5]}/news/{number}",
        outlet=name,
        feed=feed,
        title=title,
        paragraphs=tuple(" ".join(told[at : at + 2]) for at in range(0, len(told), 2)),
        published=seen - timedelta(minutes=chance.randrange(10, 1_200)),
        first_seen=seen,
        text_from=TextFrom.PAGE if chance.random() < 0.9 else TextFrom.SUMMARY,
    )


def _told(chance: random.Random, sentence: str, force: Force) -> str:
    def place(found: re.Match[str]) -> str:
        said = found[0]
        if said.endswith("Police"):
            return force.name
        return chance.choice(force.counties if said.endswith(("Valley", "shire")) else force.towns)

    def word(found: re.Match[str]) -> str:
        return chance.choice(_words()) if chance.random() < OTHERWISE else found[0]

    told = _LONGER.sub(word, _OURS.sub(place, sentence))
    return "".join(str(chance.randrange(10)) if letter.isdigit() else letter for letter in told)


@cache
def _sources() -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Sentences of what is wanted, of what is not, and of those the ones that say nothing of policing."""
    wanted, unwanted = _sentences("include"), _sentences("exclude")
    matcher = matcher_of(tuple(map(Phrase, _POLICING)))
    return wanted, unwanted, [one for one in unwanted if not matcher.phrases(one)]


@cache
def _words() -> Sequence[str]:
    """Longer words, as often as they are used, but for those of policing."""
    return [word for one in _sources()[2] for word in _LONGER.findall(one)]


def _sentences(decision: str) -> list[str]:
    found = []
    for name in ("tuning.jsonl", "everyday.jsonl", "hard_cases.jsonl"):
        for line in (SETS / name).read_text("utf-8").splitlines():
            story = json.loads(line)
            if story["decision"] == decision:
                found += [story["text"][start:end] for start, end in sentences(story["text"])]
    return [sentence for sentence in found if len(sentence) > 30]
