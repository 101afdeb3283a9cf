"""The news of a country as it comes in: articles of 43 forces' areas, for what is measured over many panels.

Of a hundred articles three are what a panel wants, 22 are of police and courts otherwise, and 75 say nothing of policing
up front: council, schools, shops, sport. Their sentences are made of those of the labelled stories, each word followed by one
that follows it there: so words and phrases are as common as they are in news, and no two articles share their sentences
unless they are copies. One in twelve is a copy, under another title of its publisher, as groups of papers print
them. Places, forces and figures are those of the article's area.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
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
LONGEST = 32  # words of a sentence
_OURS = re.compile(
    r"Thames Valley Police|(?:the )?Thames Valley|Berkshire|Buckinghamshire|Oxfordshire|Reading|Oxford|Slough|Bracknell|"
    r"Wokingham|Newbury|Windsor|Maidenhead|Milton Keynes|Aylesbury|High Wycombe|Banbury|Bicester|Didcot|Witney|Abingdon"
)
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
    told = [_told(chance, source.sentence(chance), place) for _ in range(chance.randrange(7, 20))]
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

    told = _OURS.sub(place, sentence)
    return "".join(str(chance.randrange(10)) if letter.isdigit() else letter for letter in told)


class _Source:
    """Sentences after the pattern of others."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._first: list[str] = []
        self._next: dict[str, list[str]] = {}
        for sentence in sentences:
            words = _OURS.sub(lambda found: found[0].replace(" ", "_"), sentence).split()
            self._first.append(words[0])
            for word, following in pairwise((*words, "")):
                self._next.setdefault(word, []).append(following)

    def sentence(self, chance: random.Random) -> str:
        words = [chance.choice(self._first)]
        while len(words) < LONGEST and (following := chance.choice(self._next[words[-1]])):
            words.append(following)
        return " ".join(words).replace("_", " ").rstrip(".,;:") + "."


@cache
def _sources() -> tuple[_Source, _Source, _Source]:
    """Of what is wanted, of what is not, and of what of that says nothing of policing."""
    wanted, unwanted = _sentences("include"), _sentences("exclude")
    matcher = matcher_of(tuple(map(Phrase, _POLICING)))
    plain = [one for one in unwanted if not matcher.phrases(one)]
    return _Source(wanted), _Source(unwanted), _Source(plain)


def _sentences(decision: str) -> list[str]:
    found = []
    for name in ("tuning.jsonl", "everyday.jsonl", "hard_cases.jsonl"):
        for line in (SETS / name).read_text("utf-8").splitlines():
            story = json.loads(line)
            if story["decision"] == decision:
                found += [story["text"][start:end] for start, end in sentences(story["text"])]
    return [sentence for sentence in found if len(sentence) > 30]
