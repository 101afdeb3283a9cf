"""What two sets of rules have otherwise, and which articles that can touch.

1. Every phrase of the rules is an entry: its words, its list, its points, how many of its list count. An entry that only
   one of the two has is *changed*; so are all phrases of a list whose points are otherwise.
2. An article that no changed phrase hits is judged alike by both, with the same evidence: a verdict is made of the hits.
   So only articles that one of them hits are *touched*; or whose outlet's name one of them hits, for that says where it
   is.
3. Thresholds, the weights of headline and text, and what cases told further down take, weigh every hit: where they are
   otherwise each article is touched. So is each where phrases changed their order, by which ties are broken.
4. Points, grounds and subjects of the priority card, names of topics and comments touch no verdict.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.judging.entries import Entry, Role, entries
from monitor.judging.forms import Phrase, forms_of
from monitor.judging.phrases import matcher_of
from monitor.model import Article
from monitor.settings import Gazetteer, Rules
from monitor.text import INVISIBLE, NEAR

_WEIGHING = ("thresholds", "fields", "unsunk", "sunk_below")


@dataclass(frozen=True, slots=True)
class Changed:
    """A phrase that one of the two sets of rules has, or has otherwise, in one of its lists."""

    rule: str  # as evidence names it: "topic roads", "cue raise figures", "body force"; "" for all bodies and cues
    kind: str  # "strong", "weak", "never", "phrase"
    phrase: str
    before: bool  # whether the rules in force have it there
    after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    phrases: tuple[Changed, ...]  # in the order of the files
    all_because: str  # why every article is touched; "" where only those are that a changed phrase hits

    @property
    def is_nothing(self) -> bool:
        return not self.phrases and not self.all_because

    @property
    def words(self) -> tuple[str, ...]:
        """The changed phrases, each once."""
        return tuple(dict.fromkeys(one.phrase for one in self.phrases))


def difference(before: Rules, after: Rules) -> Difference:
    nowhere = Gazetteer()
    old = {_key(one): one for one in entries(before, nowhere)}
    new = {_key(one): one for one in entries(after, nowhere)}
    places = {
        _place(one): None for key, one in (*old.items(), *new.items()) if key not in old or key not in new
    }
    had, has = set(map(_place, old.values())), set(map(_place, new.values()))
    return Difference(
        phrases=tuple(Changed(*place, before=place in had, after=place in has) for place in places),
        all_because=_weighed_otherwise(before, after) or _in_other_order(old, new),
    )


def touches(
    found: Difference, hits: Callable[[str], frozenset[str]] | None = None
) -> Callable[[Article], bool]:
    """Whether the verdicts on an article can differ. `hits`: as `hits_of` of its words, where that is there already."""
    if found.all_because:
        return lambda _article: True
    hits, needed = hits or hits_of(found.words), needed_words(found.words)
    outlets: dict[str, bool] = {}

    def touched(article: Article) -> bool:
        if article.outlet not in outlets:
            outlets[article.outlet] = bool(hits(article.outlet))
        if outlets[article.outlet]:
            return True
        text = f"{article.title}\n{article.text}"
        if needed is not None:  # nineteen in twenty texts are seen not to hold any, at a fiftieth of the cost
            folded = _folded(text)
            if not any(word in folded for word in needed):
                return False
        return bool(hits(text))

    return touched


def needed_words(phrases: Sequence[str]) -> tuple[str, ...] | None:
    """A word, or the beginning of one, for each phrase that it cannot hit without; None where one is of figures only."""
    found = []
    for phrase in phrases:
        words = [
            word.casefold()
            for side in NEAR.split(phrase)[::2]
            for kind, word in forms_of(Phrase(side))
            if kind != "kind" and word[:1].isalpha()
        ]
        if not words:
            return None
        found.append(max(words, key=len))
    return tuple(dict.fromkeys(found))


def _folded(text: str) -> str:
    """As the words of a text are compared (`text.normal_word`), all together."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold()


def hits_of(phrases: Sequence[str]) -> Callable[[str], frozenset[str]]:
    """Which of the phrases hit a text."""
    matcher = matcher_of(tuple(map(Phrase, phrases)))
    return lambda text: frozenset(phrases[one] for one in matcher.phrases(text))


def _key(one: Entry) -> tuple[object, ...]:
    return (_place(one), one.points, one.most, one.person, one.is_case)


def _place(one: Entry) -> tuple[str, str, str]:
    kinds = {Role.STRONG: "strong", Role.WEAK: "weak", Role.NEVER: "never"}
    return (one.rule, kinds.get(one.role, "phrase"), one.phrase.text)


def _weighed_otherwise(before: Rules, after: Rules) -> str:
    other = [name for name in _WEIGHING if getattr(before, name) != getattr(after, name)]
    return f"{' and '.join(other)} weigh every hit" if other else ""


def _in_other_order(old: Iterable[object], new: Iterable[object]) -> str:
    before, after = list(old), list(new)
    common = set(before) & set(after)
    same = _common(before, common) == _common(after, common)
    return "" if same else "phrases stand in another order, by which ties are broken"


def _common(keys: Iterable[object], common: set[object]) -> list[object]:
    return [key for key in keys if key in common]


def said_of(changed: Sequence[Changed]) -> Iterator[str]:
    """Each change for a person: "added “speed camera*” to strong of topic roads"."""
    for one in changed:
        where = f"{one.kind} of {one.rule}" if one.rule else "never, for all bodies and cues"
        if one.before and one.after:
            yield f"“{one.phrase}” counts otherwise ({where})"
        else:
            yield f"{'removed' if one.before else 'added'} “{one.phrase}” ({where})"
