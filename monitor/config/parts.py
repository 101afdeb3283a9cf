"""What the shipped files have and a person's files lack, part by part. Pure: two files as written, and what was seen
before.

    lacking     the shipped file has it, and yours does not: a feed, a topic, a phrase, a place, a setting
    otherwise   both have it, and say otherwise
    own         yours has it, and the shipped file does not: it is shown, and never touched

- What a part is in is told by what names it (a topic by its id, a feed by its address, a phrase by its words), not by
  where it stands: order, quotes, spacing and comments are the person's own.
- Of what is lacking as a whole (a topic) only the whole is a part.
- What was shipped when the person last had it before their eyes (`seen`) and is not in their file was left out on
  purpose: it is `known`. Likewise a value that they changed while the shipped one stayed.
- A value is `untouched` where it is as it was shipped once: then nobody chose it, and a new one may take its place.
- A feed's `verified` is compared by nobody: who deletes it has seen the feed answer.
- Where the panel is another force's, our feeds, places, people and meetings are none of its business.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple

from monitor.config.feeds_file import spelt
from monitor.config.topics_file import written_alike
from monitor.config.values import Where
from monitor.errors import InputError

ALL = "all"  # the word for everything that is new


class Standing(StrEnum):
    LACKING = "lacking"
    OTHERWISE = "otherwise"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str  # as a person names it: "topics/rural-crime/strong/tractor thefts"
    file: str
    mark: str  # tells it again, whatever it is called beside others
    standing: Standing
    says: str  # what it is, for a person
    shipped: Where = ()  # its place in the shipped file
    yours: Where = ()  # its place in yours; of what is lacking that of what it goes into
    known: bool = False  # it was seen before, and left so; of your own, that it was shipped once
    untouched: bool = False  # what yours says was shipped once
    marks: frozenset[str] = frozenset()  # what is seen when the part is

    @property
    def is_new(self) -> bool:
        """Whether it is to be shown without being asked for."""
        return self.standing is not Standing.OWN and not self.known

    @property
    def is_taken_by_all(self) -> bool:
        return self.is_new and (self.standing is Standing.LACKING or self.untouched)


class Child(NamedTuple):
    word: str  # as a person names it
    place: str | int
    value: Any


# What names a member of a list of groups, the first of these that it has.
_NAMED_BY = ("id", "url", "name", "meeting")
# The first word of a part: keys of places.yaml and panel.yaml are found in other files too.
_PREFIX = {"places.yaml": "places", "panel.yaml": "panel"}
_LOCAL = {
    "feeds.yaml": ("feeds",),
    "topics.yaml": ("bodies", "people"),
    "places.yaml": ("",),
    "panel.yaml": ("panel", "force", "area", "report", "meetings", "programme", "handled"),
}


@dataclass(frozen=True, slots=True)
class _Here:
    """A place in both files."""

    file: str
    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # as it is told again, whatever it is called
    shipped: Where = ()
    yours: Where = ()

    @property
    def name(self) -> str:
        return "/".join((*filter(None, [_PREFIX.get(self.file)]), *self.words))

    def within(self, key: str, shipped: Child | None, yours: Child | None) -> "_Here":
        word = shipped.word if shipped else yours.word if yours else key
        return _Here(
            self.file,
            (*self.words, word),
            (*self.keys, key),
            (*self.shipped, shipped.place) if shipped else self.shipped,
            (*self.yours, yours.place) if yours else self.yours,
        )


def parts_of(
    file: str, shipped: object, yours: object, seen: Collection[str], *, elsewhere: bool = False
) -> tuple[Part, ...]:
    """Every difference, in the order of the shipped file; your own after what is beside it. `elsewhere`: the panel is
    another force's."""
    found = _differences(_Here(file), shipped, yours, seen)
    return tuple(part for part in found if not (elsewhere and _is_local(file, part)))


def marks_of(file: str, shipped: object) -> frozenset[str]:
    """What is seen when the whole file is."""
    return frozenset(_marks(_Here(file), shipped))


def chosen(parts: Sequence[Part], names: Sequence[str]) -> tuple[Part, ...]:
    """The parts that are named: each by its name, those in a group by the group's, what is new by the word `all`.
    Raises InputError where a name names none."""
    wanted: dict[str, Part] = {}
    for name in names:
        found = _named(parts, name)
        if not found and name != ALL:
            raise InputError(_nothing_named(parts, name))
        wanted |= {part.name: part for part in found}
    return tuple(part for part in parts if part.name in wanted)


def _named(parts: Sequence[Part], name: str) -> list[Part]:
    offered = [part for part in parts if part.standing is not Standing.OWN]
    if name == ALL:
        return [part for part in offered if part.is_taken_by_all]
    if exact := [part for part in offered if part.name == name]:
        return exact
    within = [part for part in offered if part.file == name or part.name.startswith(name.rstrip("/") + "/")]
    return [part for part in within if part.is_taken_by_all]


def _nothing_named(parts: Sequence[Part], name: str) -> str:
    near = get_close_matches(name, [part.name for part in parts if part.standing is not Standing.OWN], 1)
    meant = f" Is {near[0]} meant?" if near else ""
    return f"There is nothing new of the name {name}, so nothing was changed.{meant} `init --diff` lists the names."


def children(words: Sequence[str], node: object) -> dict[str, Child]:
    """What stands in a group or a list, by what names it; one that stands twice is there once."""
    if isinstance(node, dict):
        skipped = ("verified",) if len(words) == 2 and words[0] == "feeds" else ()
        return {str(key): Child(str(key), key, value) for key, value in node.items() if key not in skipped}
    if not isinstance(node, list):
        return {}
    outlets = Counter(str(item.get("name")) for item in node if isinstance(item, dict) and "url" in item)
    found: dict[str, Child] = {}
    for place, item in enumerate(node):
        key, word = _identity(item, outlets)
        found.setdefault(key, Child(word, place, item))
    return found


def _identity(item: object, outlets: Counter[str]) -> tuple[str, str]:
    """What tells it again, and what a person calls it."""
    if not isinstance(item, dict):
        return (written_alike(str(item)) or str(item), str(item))
    by = next((key for key in _NAMED_BY if key in item), None)
    if by is None:
        return (_json(item), _json(item))
    if by == "url":
        name, url = str(item.get("name")), str(item["url"])
        return spelt(url), name if outlets[name] == 1 else f"{name}/{url}"
    return str(item[by]), str(item[by])


def _differences(here: _Here, shipped: object, yours: object, seen: Collection[str]) -> Iterator[Part]:
    if type(shipped) is not type(yours) or not isinstance(shipped, (dict, list)):
        if not _same(shipped, yours):
            yield _otherwise(here, shipped, yours, seen)
        return
    ours, theirs = children(here.keys, shipped), children(here.keys, yours)
    for key, child in ours.items():
        there = here.within(key, child, theirs.get(key))
        if key in theirs and isinstance(shipped, list) and not isinstance(child.value, dict):
            continue  # the same phrase, however it is written
        if key in theirs:
            yield from _differences(there, child.value, theirs[key].value, seen)
        else:
            yield _lacking(there, child.value, seen)
    for key, child in theirs.items():
        if key not in ours:
            there = here.within(key, None, child)
            mark = mark_of(there.file, there.keys)
            yield Part(
                name=there.name, file=there.file, mark=mark, standing=Standing.OWN, says=summary(child.value),
                yours=there.yours, known=mark in seen,
            )  # fmt: skip


def _lacking(here: _Here, value: object, seen: Collection[str]) -> Part:
    mark = mark_of(here.file, here.keys)
    return Part(
        name=here.name, file=here.file, mark=mark, standing=Standing.LACKING, says=summary(value),
        shipped=here.shipped, yours=here.yours, known=mark in seen, marks=frozenset(_marks(here, value)),
    )  # fmt: skip


def _otherwise(here: _Here, shipped: object, yours: object, seen: Collection[str]) -> Part:
    return Part(
        name=here.name, file=here.file, mark=mark_of(here.file, here.keys), standing=Standing.OTHERWISE,
        says=f"{shown(shipped)} in the shipped file, {shown(yours)} in yours",
        shipped=here.shipped, yours=here.yours,
        known=mark_of(here.file, here.keys, shipped) in seen,
        untouched=mark_of(here.file, here.keys, yours) in seen,
        marks=frozenset(_marks(here, shipped)),
    )  # fmt: skip


def _is_local(file: str, part: Part) -> bool:
    where = (*part.shipped, *part.yours)
    return any(name in ("", where[0]) for name in _LOCAL.get(file, ())) if where else False


def _same(one: object, other: object) -> bool:
    if str(one).startswith("http"):
        return spelt(str(one)) == spelt(str(other))
    return " ".join(str(one).split()) == " ".join(str(other).split()) and isinstance(one, type(other))


# ── what was seen ───────────────────────────────────────────────────────────────────────────────────────────────


def mark_of(file: str, keys: Sequence[str], *value: object) -> str:
    """A short digest of a part's place, or of its place and what it says."""
    said = json.dumps([file, *keys, *map(_json, value)], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]


def _marks(here: _Here, node: object) -> Iterator[str]:
    if here.keys:
        yield mark_of(here.file, here.keys)
    if isinstance(node, (dict, list)):
        for key, child in children(here.keys, node).items():
            there = here.within(key, child, None)
            is_phrase = isinstance(node, list) and not isinstance(child.value, dict)
            yield from [mark_of(there.file, there.keys)] if is_phrase else _marks(there, child.value)
    else:
        yield mark_of(here.file, here.keys, node)


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────


def shown(value: object) -> str:
    if isinstance(value, (dict, list)):
        return f"a {'group' if isinstance(value, dict) else 'list'} of {len(value)}"
    return "nothing" if value is None else str(value) if not isinstance(value, bool) else _json(value)


def summary(value: object) -> str:
    """What a group or a list is, in few words; of a single value itself."""
    if isinstance(value, list):
        return shown(value)
    if not isinstance(value, dict):
        return shown(value)
    if "url" in value:
        return ", ".join(str(value[key]) for key in ("url", "area") if value.get(key))
    said = [str(value[key]) for key in ("name", "says", "office") if isinstance(value.get(key), str)]
    phrases = sum(len(item) for item in value.values() if isinstance(item, list))
    if phrases:
        said.append(f"{phrases} {'entry' if phrases == 1 else 'entries'}")
    return ", ".join(said) or shown(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
