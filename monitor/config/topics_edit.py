"""topics.yaml changed for the editor, who goes on writing in it by hand: a phrase, or a figure, and not a byte besides.

1. As in `feeds_edit.py` only the text changes that must; ruamel says where things stand. Comments, folds and the order
   of everything else stay. A line stays within 110 signs where it can.
2. A new phrase comes behind the last of its list, or of the comment in it that says its sense.
3. What comes out is read again, and must say what was asked for and nothing else; who cannot be sure says so, and the
   whole file is there to be edited by hand.
"""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from monitor.config.insertion import ByHand, Edits, File, Group
from monitor.config.nodes import MappingNode, ScalarNode, SequenceNode, tag_of
from monitor.config.phrases_in import WIDEST, fill, put_after
from monitor.config.topics_file import written_alike
from monitor.config.values import Where
from monitor.config.yamlfile import Document, document_of
from monitor.errors import InputError, Mistake

BY_HAND = "This place of topics.yaml is written in a way that only a person should change: edit it as a text."
_PLAIN = re.compile(r"[A-Za-z£<][^,\[\]{}#:\"\n]*(?<! )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to do. `where` is the list of a phrase, or the place of a figure."""

    where: Where
    old: str = ""  # the phrase that goes; "" where one only comes
    new: str = ""  # the phrase that comes; "" where one only goes
    value: int | None = None  # of a figure: what it is to be; then there is no phrase
    sense: str = ""  # the comment under which a new phrase is put; "" for the end of the list


def changed(document: Document, change: Change) -> str:
    """The text with the change. Raises InputError where it is there already, is not there any more, or cannot be made."""
    try:
        text = _with(_file(document.file, document.body), change)
    except (ByHand, StopIteration, KeyError, IndexError, TypeError) as error:
        raise InputError(BY_HAND) from error
    after = document_of(document.file, text.encode("utf-8"))
    if isinstance(after, Mistake) or not _says(document.tree, after.tree, change):
        raise InputError(BY_HAND)
    return text


def senses(document: Document, where: Where) -> tuple[str, ...]:
    """The comments in a list, each of which says what the phrases below it are for."""
    file = _file(document.file, document.body)
    try:
        node = file.node(where)
    except (StopIteration, KeyError, IndexError, TypeError):
        return ()
    return tuple(dict.fromkeys(sense for sense, _ in _by_sense(file, node) if sense))


def phrases_at(document: Document, where: Where) -> tuple[str, ...]:
    found: Any = document.tree
    for part in where:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


@lru_cache(maxsize=4)
def _file(name: str, body: bytes) -> File:
    """A quarter of a second for the file as it comes: a page that asks for its comments is not to wait for that twice."""
    document = document_of(name, body)
    assert isinstance(document, Document), "it was read before"
    return File.of(document)


def _with(file: File, change: Change) -> str:
    edits = Edits()
    if change.value is not None:
        _set(file, change.where, change.value, edits)
    elif change.old and change.new:
        _replace(file, _item(file, change.where, change.old), change.new, edits)
    elif change.old:
        _remove(file, change.where, _place(file, change.where, change.old), edits)
    else:
        _add(file, change, edits)
    return edits.into(file.text)


# ── phrases ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _add(file: File, change: Change, edits: Edits) -> None:
    if any(
        written_alike(one) == written_alike(change.new) for one in phrases_at(file.document, change.where)
    ):
        raise InputError(f"{change.new} is in this list already.")
    written = _written(change.new)
    parent = file.node(change.where[:-1])
    if isinstance(parent, MappingNode) and all(key.value != change.where[-1] for key, _ in parent.value):
        _put_key(file, parent, str(change.where[-1]), f"[{written}]", edits)
        return
    node = file.node(change.where)
    if not isinstance(node, SequenceNode):
        raise ByHand
    group = Group(file, file, change.where, change.where)
    if not node.value:
        fill(group, {"": [written]}, edits)
        return
    under = [item for sense, item in _by_sense(file, node) if sense == change.sense]
    put_after(group, (under or node.value)[-1], [written], edits)


def _by_sense(file: File, node: SequenceNode) -> Iterator[tuple[str, Any]]:
    """Each phrase with the comment above it in the list."""
    sense, at = "", node.start_mark.index
    for item in node.value:
        lines = [line.strip() for line in file.text[at : item.start_mark.index].splitlines()]
        if said := [line for line in lines if line.startswith("#")]:
            sense = " ".join(line.lstrip("# ") for line in said)
        yield sense, item
        at = file.last(item)


def _place(file: File, where: Where, phrase: str) -> int:
    found = phrases_at(file.document, where)
    if phrase not in found:
        raise InputError(f"{phrase} is not in this list any more.")
    return found.index(phrase)


def _item(file: File, where: Where, phrase: str) -> Any:
    return file.node((*where, _place(file, where, phrase)))


def _remove(file: File, where: Where, place: int, edits: Edits) -> None:
    text, node = file.text, file.node(where)
    item = node.value[place]
    start, end = item.start_mark.index, file.last(item)
    if not node.flow_style:
        edits.add(file.line_start(start), _next_line(text, end), "")
        return
    if behind := re.compile(r",[ \t]*").match(text, end):
        end = behind.end()
    elif place:
        comma = text.index(",", file.last(node.value[place - 1]))
        if "#" in text[comma:start]:
            edits.add(comma, comma + 1, "")
        else:
            start = comma
    if not text[file.line_start(start) : start].strip() and not text[end : file.line_end(end)].strip():
        edits.add(file.line_start(start), _next_line(text, end), "")
        return
    if not text[end : file.line_end(end)].strip():
        start = len(text[:start].rstrip(" \t"))
    edits.add(start, end, "")


def _next_line(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _replace(file: File, item: Any, phrase: str, edits: Edits) -> None:
    written, start, end = _written(phrase), item.start_mark.index, file.last(item)
    line, ends = file.line_start(start), file.line_end(end)
    if start - line + len(written) + (ends - end) <= WIDEST:
        edits.add(start, end, written)
        return
    whole = file.text[line:ends]
    indent = " " * (len(whole) - len(whole.lstrip()) + (4 if "[" in file.text[line:start] else 0))
    if file.text[line:start].strip():
        edits.add(len(file.text[:start].rstrip(" ")), start, f"\n{indent}")
    edits.add(start, end, written)
    behind = re.compile(r", *(?=\S)").match(file.text, end)
    if behind and behind.end() < ends:
        edits.add(end, behind.end(), f",\n{indent}")


def _written(phrase: str) -> str:
    """Without quotes where that is sure to be read as this text anywhere."""
    is_plain = _PLAIN.fullmatch(phrase) and tag_of(phrase).endswith(":str")
    return phrase if is_plain else json.dumps(phrase, ensure_ascii=False)


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _set(file: File, where: Where, value: int, edits: Edits) -> None:
    parent = file.node(where[:-1])
    if not isinstance(parent, MappingNode):
        raise ByHand
    there = next((node for key, node in parent.value if key.value == where[-1]), None)
    if there is None:
        _put_key(file, parent, str(where[-1]), str(value), edits)
    elif isinstance(there, ScalarNode) and file.last(there) > there.start_mark.index:
        edits.add(there.start_mark.index, file.last(there), str(value))
    else:
        raise ByHand


def _put_key(file: File, parent: MappingNode, key: str, value: str, edits: Edits) -> None:
    if not parent.value:
        raise ByHand
    at = file.last(parent.value[-1][1])
    if parent.flow_style:
        edits.add(at, at, f", {key}: {value}")
        return
    end = file.line_end(at)
    column = parent.value[0][0].start_mark.column
    edits.add(end, end, f"\n{' ' * column}{key}: {value}")


# ── looked over ─────────────────────────────────────────────────────────────────────────────────────────────────


def _says(before: object, after: object, change: Change) -> bool:
    """Whether the new tree is the old one with the change, and nothing else."""
    wanted: Any = deepcopy(before)
    parent = wanted
    for part in change.where[:-1]:
        parent = parent[part]
    key = change.where[-1]
    if change.value is not None:
        parent[key] = change.value
        return bool(wanted == after)
    phrases = parent.setdefault(key, []) if isinstance(parent, dict) else parent[key]
    if change.old and change.new:
        phrases[phrases.index(change.old)] = change.new
    elif change.old:
        phrases.remove(change.old)
    else:
        place = _where_it_came(after, change)
        if place is None:
            return False
        phrases.insert(place, change.new)
    return bool(wanted == after)


def _where_it_came(after: Any, change: Change) -> int | None:
    for part in change.where:
        after = after[part]
    return after.index(change.new) if change.new in after else None
