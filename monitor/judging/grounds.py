"""What a panel's own rules say of names, for those who compare articles: which are places, and which everybody names.

- A *place* is known by its council, or by itself where it is elsewhere. The force's people stand for its area, and
  another force for the place that it polices. The longest name wins; what `places.yaml` calls never a place is none.
- *Own* words are those of the force, its people, the commissioner, the area, and of every phrase in `topics.yaml`: two
  stories that name the chief constable, or a Safer Streets Fund, need not be one. They are no rare names in however
  small an archive.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, count

from monitor.judging.bare import bare_words
from monitor.settings import Gazetteer, Rules

OURS = "ours"  # the area as a whole
_FOREIGN = "elsewhere "
_NO_PLACE = ""


class Grounds:
    def __init__(self, gazetteer: Gazetteer, rules: Rules) -> None:
        self.names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._list(gazetteer.never, _NO_PLACE)
        self._list((*gazetteer.area, *gazetteer.shared_area), OURS)
        for person in rules.people:
            self._list(person.names, OURS)
        for council in gazetteer.councils:
            self._list((*council.places, *council.shared), council.id)
        for name in gazetteer.elsewhere:
            self._list([name], f"{_FOREIGN}{name.lower()}")
        for body in rules.bodies:
            if body.name == "other_forces":
                for name in body.names:
                    self._list(
                        [name],
                        f"{_FOREIGN}{name.lower().removesuffix(' police').removesuffix(' constabulary')}",
                    )
        for names in self.names.values():
            names.sort(key=lambda one: -len(one[0]))
        self.own = frozenset(_words_of(_spoken_everywhere(gazetteer, rules)))
        self.everyday = frozenset(_words_of(_named_everywhere(gazetteer, rules)))
        self.common_names = (
            self.own | {word for first in self.names for word in _small(first)} | _placed(self.names)
        )

    def _list(self, names: Iterable[str], place: str) -> None:
        for name in names:
            words = tuple(bare_words(name))
            if words and words[0][0].isupper():
                self.names.setdefault(words[0], []).append((words[1:], place))

    def places(self, words: Sequence[str]) -> list[tuple[int, str]]:
        """Those that the words, as written, name, each with the number of its first word."""
        found = []
        free = 0
        for at in compress(count(), map(self.names.__contains__, words)):  # few of them
            if at >= free and (named := self._named(words, at)) is not None:
                place, free = named
                if place:
                    found.append((at, place))
        return found

    def _named(self, words: Sequence[str], at: int) -> tuple[str, int] | None:
        """The longest name that begins there, with the number of the word after it."""
        for rest, place in self.names[words[at]]:
            end = at + 1 + len(rest)
            if tuple(words[at + 1 : end]) == rest:
                return place, end
        return None


@lru_cache(maxsize=4)
def grounds_of(gazetteer: Gazetteer, rules: Rules) -> Grounds:
    """Made once for the rules in force: an edition is compared again and again while somebody looks at it."""
    return Grounds(gazetteer, rules)


def is_elsewhere(place: str) -> bool:
    return place.startswith(_FOREIGN)


def _named_everywhere(gazetteer: Gazetteer, rules: Rules) -> Iterable[str]:
    """The force and its area: hardly a story does without them."""
    yield from (*gazetteer.area, *gazetteer.shared_area)
    for body in rules.bodies:
        if body.name == "force":
            yield from body.names


def _spoken_everywhere(gazetteer: Gazetteer, rules: Rules) -> Iterable[str]:
    for body in rules.bodies:
        yield from body.names
    for person in rules.people:
        yield from person.names
    for topic in rules.topics:
        yield from (*topic.strong, *topic.weak)
    for cue in (*rules.raises, *rules.sinks):
        yield from cue.phrases
    yield from (*gazetteer.area, *gazetteer.shared_area, *gazetteer.nation)


def _words_of(phrases: Iterable[str]) -> Iterable[str]:
    return (word for phrase in phrases for word in bare_words(phrase.lower()))


def _small(word: str) -> tuple[str]:
    return (word.lower(),)


def _placed(names: dict[str, list[tuple[tuple[str, ...], str]]]) -> set[str]:
    return {word.lower() for rests in names.values() for rest, _ in rests for word in rest}
