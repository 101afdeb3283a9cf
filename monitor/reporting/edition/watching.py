"""What in an item's text may harm a trial or name somebody who must not be named. `cautions.py` says it to a person.

The words are the officer's (`cautions` in panel.yaml): whole words in any case, but CAPITALS of two to six letters as
they stand; a final * is a stem; hyphen and space are one, and so are straight and curly quotation marks.

Figures are no case. A sentence is about *one case* where it tells of somebody: an age ("Smith, 34,"; "19-year-old") or a
word of `person`; for proceedings also "he" and "she", unless they only said something, a full name with
a verb, and what was done to one ("was arrested"). Five and more of `people` make it a *total*, in which only an age or
somebody described ("a man") is a case; and a word of `nobody` ("anyone", "suspects") makes it a rule for all.

1. *Restricted.* A word of `restricted` stands anywhere but in a total: somebody must not be named, however the case
   ended. The anonymity that Crimestoppers guarantees to callers is none.
2. *A sexual offence.* Several outlets tell of one case, in the sentence of a word of `sexual_offence` or beside it:
   what one prints may name the victim together with what another prints, for life (Sexual Offences (Amendment) Act
   1992, s 1).
3. *A child.* Likewise where one child, not children, is told of and somebody's case is.
4. *Live.* Proceedings are active (Contempt of Court Act 1981, s 2 and sch 1): a word of `live` in a sentence of one
   case; or one of `trial`, which is one case whatever the number in the dock. Not where an outcome of one case is told:
   in the same paragraph, or of nobody with another age; and not of "others". A word of `coming` counts whatever outcome is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

from monitor.settings import WatchWords
from monitor.text import sentences


class Risk(StrEnum):
    RESTRICTED = "restricted"
    SEXUAL = "sexual"
    CHILD = "child"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Found:
    risk: Risk
    words: str  # as they stand in the text


@dataclass(frozen=True, slots=True)
class Watch:
    """The words, ready to be looked for."""

    restricted: re.Pattern[str]
    sexual_offence: re.Pattern[str]
    child: re.Pattern[str]
    live: re.Pattern[str]
    trial: re.Pattern[str]
    coming: re.Pattern[str]
    outcome: re.Pattern[str]
    person: re.Pattern[str]
    people: re.Pattern[str]
    nobody: re.Pattern[str]


NEAR = 12  # characters between a name with its verb and “arrested”: “Ann Hale has also been arrested”

_AGE = re.compile(
    r"(?:, |[(])([1-9]\d)(?=,|[)]| of | from )|\b([1-9]?\d)[- ]years?[- ]olds?\b|\baged (\d{1,2})\b"
    r"|\b(?:man|woman|boy|girl|youth|teenager) of (\d{1,2}|[a-z]+teen|eight|nine|ten|eleven|twelve)\b"
)
_NAMED = re.compile(
    r"\b(?!The |A )[A-Z][\w’'-]+ [A-Z][\w’'-]+,? (?:was|is|has|had|will|denies|denied|appeared|pleaded|faces)\b"
)
_FIVE = (
    r"\b(?:[5-9]|\d{2,}|\d{1,3}(?:,\d{3})+|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|"
    r"nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ][a-z]+)?|dozens?|hundreds|thousands)\b"
    r"(?:[^\S\n]+[\w’'-]+){0,3}?[^\S\n]+"
)
# What tells of no living victim of its own: figures, and a murder.
_FIGURES = re.compile(
    r"per cent|percent|%|\bfigures\b|\bstatistics\b|\brates?\b|(?<!attempted )\bmurder", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b(?! said| says| added| told| hoped| thought)")
_BEFORE = re.compile(r"\bhad (?:been )?$")  # “had been due to stand trial”
_OTHERS = re.compile(r"\b(?:others?|another)\b", re.IGNORECASE)  # their outcome is not that of the case
_OFFERED = re.compile(r"Crimestoppers|\bguarantee|\bcallers?\b")  # anonymity that is offered, not ordered
_DONE_TO_ONE = re.compile(
    r"\b(?:was|has (?:also |now |since )?been) (?:also |later )?$"
)  # and then “arrested”
_A_PERSON = re.compile(
    r"\b(?:an?|one) (?:[\w-]+ ){0,2}?(?:man|woman|boy|girl|youth|teenager|officer)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Sentence:
    """What it tells of is worked out where a word stands in it: most sentences have none, and this costs more."""

    text: str
    paragraph: int
    watch: Watch

    @cached_property
    def ages(self) -> frozenset[str]:
        return frozenset(age for match in _AGE.finditer(self.text) for age in match.groups() if age)

    @cached_property
    def is_total(self) -> bool:
        return self.watch.people.search(_AGE.sub(",", self.text)) is not None

    @cached_property
    def is_one_case(self) -> bool:
        if self.is_total or self.watch.nobody.search(self.text):
            return bool(self.ages or (self.is_total and _A_PERSON.search(self.text)))
        return bool(self.ages or self.watch.person.search(self.text))


def watch_of(words: WatchWords) -> Watch:
    patterns = {each.name: _pattern(getattr(words, each.name)) for each in fields(Watch)}
    counted = re.compile(f"{_FIVE}(?:{patterns['people'].pattern})", re.IGNORECASE)
    return Watch(**{**patterns, "people": counted})


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, phrases)) or '(?!)'})(?!\w)")


def _form(phrase: str) -> str:
    words = (re.escape(word) for word in re.split(r"[\s-]+", phrase.removesuffix("*").strip()))
    form = re.sub("['‘’]", "['‘’]", r"(?:[^\S\n]+|[-‐‑–])".join(words))
    form += r"\w*" * phrase.endswith("*")
    return form if re.fullmatch("[A-Z]{2,6}", phrase) else f"(?i:{form})"


def watched(text: str, outlets: int, watch: Watch) -> Iterator[Found]:
    """What is found in the texts of an item, a paragraph a line, told by so many outlets. One of each risk."""
    told = _sentences(text, watch)
    yield from _first(Risk.RESTRICTED, _restricted(told, watch))
    if outlets > 1:
        yield from _first(Risk.SEXUAL, _sexual(told, watch))
        yield from _first(Risk.CHILD, _child(told, watch))
    yield from _first(Risk.LIVE, _live(told, watch))


def _first(risk: Risk, found: Iterator[str]) -> Iterator[Found]:
    for words in found:
        yield Found(risk, words)
        return


def _sentences(text: str, watch: Watch) -> list[_Sentence]:
    found = []
    for paragraph, line in enumerate(text.split("\n")):
        for start, end in sentences(line):
            found.append(_Sentence(line[start:end], paragraph, watch))
    return found


def _restricted(told: Sequence[_Sentence], watch: Watch) -> Iterator[str]:
    for sentence in told:
        found = watch.restricted.search(sentence.text)
        if not found or (sentence.is_total and not sentence.is_one_case) or _OFFERED.search(sentence.text):
            continue
        yield found[0]


def _sexual(told: Sequence[_Sentence], watch: Watch) -> Iterator[str]:
    for place, sentence in enumerate(told):
        if not (found := watch.sexual_offence.search(sentence.text)) or _is_figure(sentence):
            continue
        beside = told[max(place - 1, 0) : place + 2]
        if any(each.is_one_case and abs(each.paragraph - sentence.paragraph) < 2 for each in beside):
            yield found[0]


def _child(told: Sequence[_Sentence], watch: Watch) -> Iterator[str]:
    children = [(sentence, found) for sentence in told if (found := watch.child.search(sentence.text))]
    proceedings = (watch.live, watch.trial, watch.coming, watch.outcome, watch.sexual_offence)
    if not children or not any(
        any(words.search(sentence.text) for words in proceedings) and not sentence.is_total
        for sentence in told
    ):
        return
    for sentence, found in children:
        if sentence.is_one_case and not _is_figure(sentence):
            yield found[0]


def _is_figure(sentence: _Sentence) -> bool:
    return sentence.is_total or _FIGURES.search(sentence.text) is not None


def _live(told: Sequence[_Sentence], watch: Watch) -> Iterator[str]:
    ended = [
        each
        for each in told
        if watch.outcome.search(each.text) and not each.is_total and not _OTHERS.search(each.text)
    ]
    for sentence in told:
        for words in (watch.coming, watch.trial, watch.live):
            found = words.search(sentence.text)
            if not found or _BEFORE.search(sentence.text[: found.start()]):
                continue
            is_rule = watch.nobody.search(sentence.text) and not sentence.is_one_case
            if is_rule or (words is watch.live and not _tells_of_somebody(sentence, found.start())):
                continue
            if words is watch.coming or not any(_ends(each, sentence) for each in ended):
                yield found[0]


def _tells_of_somebody(sentence: _Sentence, place: int) -> bool:
    """Whether what stands at the place is told of one case, of “he” or “she”, or of the full name before it."""
    if sentence.is_one_case or sentence.is_total:
        return sentence.is_one_case
    if sentence.text[place:].startswith(("was ", "been ")) or _DONE_TO_ONE.search(sentence.text[:place]):
        return True
    named = any(0 <= place - found.end() <= NEAR for found in _NAMED.finditer(sentence.text))
    return named or _PRONOUN.search(sentence.text) is not None


def _ends(outcome: _Sentence, sentence: _Sentence) -> bool:
    """Whether the outcome may be that of the sentence's case."""
    if outcome.paragraph == sentence.paragraph:
        return True
    return not (outcome.ages and sentence.ages and outcome.ages.isdisjoint(sentence.ages))
