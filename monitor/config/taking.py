"""Parts of a shipped file written into a person's file: their lines, with the comments above them, and not a byte besides.

1. As in `feeds_edit.py` only the text changes that must: ruamel says where things stand, and lines are put between.
2. What is new stands after what it stands after in the shipped file, as far as yours has that; else at the end of the
   group. A phrase stands among those of its sense: that is what the comment above them says in the shipped file.
3. A comment comes along unless yours has that line already.
4. What yours has in one line, in braces, gets its part in that line.

Whether the text then says what it should is asked by `updating.py`; who cannot be sure here (a group where yours has a
text) raises ByHand.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from monitor.config.parts import Part, Standing, children
from monitor.config.values import Where
from monitor.config.yamlfile import Document

WIDEST = 110  # of a line in a YAML file
_PLAIN = re.compile(r"[A-Za-z£<][^,\[\]{}#:\"\n]*(?<! )")


class ByHand(Exception):
    """The file is written in a way that only a person should change."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as text, as nodes and as values."""

    text: str
    root: Node
    document: Document

    @classmethod
    def of(cls, document: Document) -> "_File":
        text = document.body.decode("utf-8-sig")
        root = YAML(typ="safe", pure=True).compose(text)
        assert root is not None, "the file was judged before"
        return cls(text, root, document)

    def node(self, where: Where) -> Any:
        node: Any = self.root
        for part in where:
            if isinstance(node, MappingNode):
                node = next(value for key, value in node.value if key.value == part)
            else:
                node = node.value[part]
        return node

    def value(self, where: Where) -> Any:
        value: Any = self.document.tree
        for part in where:
            value = value[part]
        return value

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Before the line break."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - (self.text[end - 1 : end] == "\r")

    def last(self, node: Node) -> int:
        """After the last letter of what a node says; the mark of a block lies where the next thing begins."""
        if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
            end = node.value[-1]
            return self.last(end[1] if isinstance(end, tuple) else end)
        return len(self.text[: node.end_mark.index].rstrip()) if node.end_mark.index else 0


@dataclass(slots=True)
class _Edits:
    """What is put in place of which characters. What ends at one place ends from the inside out: a phrase comes into its
    list before a key after the list; and in one group in the order in which it came."""

    made: list[tuple[int, int, int, str]] = field(default_factory=list)
    depth: int = 0  # of the group that is written in

    def add(self, start: int, end: int, text: str) -> None:
        self.made.append((start, -self.depth, end, text))

    def into(self, text: str) -> str:
        newline = "\r\n" if "\r\n" in text else "\n"
        for start, _, end, new in reversed(sorted(self.made, key=lambda one: one[:2])):
            text = text[:start] + new.replace("\n", newline) + text[end:]
        return text


def with_parts(yours: Document, shipped: Document, parts: Sequence[Part]) -> str:
    """The text of your file with the parts. Raises ByHand."""
    old, new, edits = _File.of(yours), _File.of(shipped), _Edits()
    groups: dict[tuple[Where, Where], list[Part]] = {}
    for part in parts:
        if part.standing is Standing.OTHERWISE:
            _say_otherwise(old, new, part, edits)
        else:
            groups.setdefault((part.yours, part.shipped[:-1]), []).append(part)
    for (into, source), members in groups.items():
        edits.depth = len(into)
        _put(_Group(old, new, into, source), members, edits)
    return edits.into(old.text)


def _say_otherwise(old: _File, new: _File, part: Part, edits: _Edits) -> None:
    there, said = old.node(part.yours), new.node(part.shipped)
    if not (isinstance(there, ScalarNode) and isinstance(said, ScalarNode)) or old.last(there) == 0:
        raise ByHand
    start, end = there.start_mark.index, old.last(there)
    if end < start:  # nothing is written there
        raise ByHand
    edits.add(start, end, _written(new, said, new.value(part.shipped)))


def _written(new: _File, node: Node, value: object) -> str:
    """A single value as the shipped file writes it, where that can be read anywhere."""
    written = new.text[node.start_mark.index : new.last(node)]
    is_quoted = written[:1] in "'\"" and "\n" not in written
    is_other = not isinstance(value, str)  # a number, true, null
    return written if is_quoted or is_other or _PLAIN.fullmatch(written) else _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# ── into a group or a list ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Group:
    old: _File
    new: _File
    into: Where
    source: Where

    @property
    def node(self) -> Any:
        return self.old.node(self.into)

    def before(self, part: Part) -> tuple[Where, Where] | None:
        """The nearest thing before it in the shipped file that yours has too: its place there, and in yours."""
        found = None
        theirs = children(self.source_keys, self.old.value(self.into))
        for key, child in children(self.source_keys, self.new.value(self.source)).items():
            if child.place == part.shipped[-1]:
                break
            if key in theirs:
                found = ((*self.source, child.place), (*self.into, theirs[key].place))
        return found

    @property
    def source_keys(self) -> tuple[str, ...]:
        return tuple(map(str, self.source))


def _put(group: _Group, parts: Sequence[Part], edits: _Edits) -> None:
    node = group.node
    if isinstance(node, SequenceNode) and all(
        isinstance(group.new.node(part.shipped), ScalarNode) for part in parts
    ):
        _put_phrases(group, parts, edits)
    elif not isinstance(node, (MappingNode, SequenceNode)):
        raise ByHand
    elif node.flow_style or not node.value:
        _put_in_braces(group, parts, edits)
    else:
        for part in parts:
            _put_lines(group, part, edits)


def _put_in_braces(group: _Group, parts: Sequence[Part], edits: _Edits) -> None:
    node, said = group.node, []
    if not node.flow_style:
        raise ByHand
    for part in parts:
        value = _json(group.new.value(part.shipped))
        said.append(f"{part.shipped[-1]}: {value}" if isinstance(node, MappingNode) else value)
    if node.value:
        end = node.value[-1]
        at = group.old.last(end[1] if isinstance(end, tuple) else end)
        edits.add(at, at, "".join(f", {one}" for one in said))
    else:
        at = node.start_mark.index + 1
        edits.add(at, at, ", ".join(said))


def _put_lines(group: _Group, part: Part, edits: _Edits) -> None:
    """Whole lines, with the comment above them, as far in as their neighbours stand."""
    old, node = group.old, group.node
    before = group.before(part)
    last = node.value[-1]
    neighbour = old.node(before[1]) if before else last[1] if isinstance(last, tuple) else last
    at = old.line_end(old.last(neighbour))
    comment, lines, column = _lines_of(group.new, part)
    comment = [line for line in comment if not _has_line(old.text, line)]
    shift = node.start_mark.column - column
    gap = [""] if not group.into else []  # the sections of a file stand apart
    edits.add(
        at, at, "".join("\n" + line for line in [*gap, *(_shifted(line, shift) for line in comment + lines)])
    )


def _lines_of(new: _File, part: Part) -> tuple[list[str], list[str], int]:
    """The comment above a part, its own lines, and how far in they stand."""
    node = new.node(part.shipped)
    parent = new.node(part.shipped[:-1])
    if parent.flow_style:  # it has no lines of its own there
        key = f"{part.shipped[-1]}:" if isinstance(parent, MappingNode) else "-"
        return [], [f"{key} {_json(new.value(part.shipped))}"], 0
    if isinstance(parent, MappingNode):
        begins = next(key for key, value in parent.value if value is node)
    else:
        begins = node
    start = new.line_start(begins.start_mark.index)
    lines = new.text[start : new.line_end(new.last(node))].splitlines()
    return _comment_above(new.text, start), lines, parent.start_mark.column


def _comment_above(text: str, start: int) -> list[str]:
    found: list[str] = []
    for line in reversed(text[:start].splitlines()):
        if not line.lstrip().startswith("#"):
            break
        found.insert(0, line)
    return found


def _has_line(text: str, line: str) -> bool:
    return any(line.strip() == other.strip() for other in text.splitlines())


def _shifted(line: str, shift: int) -> str:
    if not line.strip():
        return ""
    return " " * shift + line if shift >= 0 else line[min(-shift, len(line) - len(line.lstrip())) :]


# ── phrases ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _put_phrases(group: _Group, parts: Sequence[Part], edits: _Edits) -> None:
    """Each after its neighbour of the same sense; a sense that yours has none of at the list's end."""
    new = group.new
    after: dict[Where, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for part in parts:
        phrase = _written(new, new.node(part.shipped), new.value(part.shipped))
        sense = _sense(group, part.shipped)
        before = group.before(part)
        if before and (_sense(group, before[0]) == sense):
            after.setdefault(before[1], []).append(phrase)
        else:
            alone.setdefault(sense, []).append(phrase)
    for place, phrases in after.items():
        _put_after(group, group.old.node(place), phrases, edits)
    if not group.node.value:
        _fill(group, alone, edits)
        return
    for sense, phrases in alone.items():
        _put_under(group, sense, phrases, edits)


def _fill(group: _Group, senses: dict[str, list[str]], edits: _Edits) -> None:
    """What an empty list is to hold, each sense with its comment."""
    node, indent = group.node, _indent(group)
    lines = [
        line
        for sense, phrases in senses.items()
        for line in (*sense.splitlines(), *_in_lines(phrases, indent))
    ]
    text = "".join(f"\n{indent}{line}" for line in lines) + f"\n{indent[:-2]}"
    if len(lines) == 1:
        text = lines[0].removesuffix(",")
    edits.add(node.start_mark.index, group.old.last(node), f"[{text}]")


def _sense(group: _Group, where: Where) -> str:
    """The comment in the list above a phrase of the shipped file; empty where there is none."""
    new = group.new
    start = new.line_start(new.node(group.source).start_mark.index)
    lines = new.text[start : new.line_start(new.node(where).start_mark.index)].splitlines()
    found: list[str] = []
    for line in reversed(lines[1:]):
        if line.lstrip().startswith("#"):
            found.insert(0, line.strip())
        elif found:
            break
    return "\n".join(found)


def _put_after(group: _Group, neighbour: Node, phrases: Sequence[str], edits: _Edits) -> None:
    old = group.old
    at = old.last(neighbour)
    if not group.node.flow_style:
        dash = old.text[old.line_start(neighbour.start_mark.index) : neighbour.start_mark.index]
        end = old.line_end(at)
        edits.add(end, end, "".join(f"\n{dash}{phrase}" for phrase in phrases))
        return
    line = old.line_start(at)
    rest = len(old.text[at : old.line_end(at)])
    edits.add(at, at, "".join(_folded(phrases, at - line, _indent(group), rest)))


def _folded(phrases: Sequence[str], column: int, indent: str, rest: int) -> Iterator[str]:
    """Each after a comma, in this line or the next one."""
    for phrase in phrases:
        if column + 2 + len(phrase) + max(rest, 1) > WIDEST:
            yield f",\n{indent}{phrase}"
            column = len(indent) + len(phrase)
        else:
            yield f", {phrase}"
            column += 2 + len(phrase)


def _indent(group: _Group) -> str:
    """How far in the lines of a list stand that goes over several."""
    old, node = group.old, group.node
    for item in node.value:
        before = old.text[old.line_start(item.start_mark.index) : item.start_mark.index]
        if not before.strip():
            return str(before)
    line = old.text[old.line_start(node.start_mark.index) :]
    return " " * (len(line) - len(line.lstrip(" ")) + 4)


def _put_under(group: _Group, sense: str, phrases: Sequence[str], edits: _Edits) -> None:
    """Under the comment of their sense: where yours has it, else at the end of the list, and it comes along."""
    old, node = group.old, group.node
    start, end = node.start_mark.index, old.last(node)
    if not node.flow_style:
        dash = old.text[old.line_start(node.value[-1].start_mark.index) : node.value[-1].start_mark.index]
        at = old.line_end(old.last(node.value[-1]))
        comment = [" " * node.start_mark.column + line for line in sense.splitlines()]
        edits.add(at, at, "".join("\n" + line for line in [*comment, *(dash + one for one in phrases)]))
        return
    indent = _indent(group)
    if sense and (under := _below_comment(old.text[start:end], sense)) is not None:
        edits.add(start + under, start + under, f"{indent}{', '.join(phrases)},\n")
        return
    _put_at_the_end(group, sense, phrases, edits)


def _below_comment(text: str, sense: str) -> int | None:
    """Where the line below a comment begins."""
    last, at = sense.splitlines()[-1], 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if line.strip() == last:
            return at
    return None


def _put_at_the_end(group: _Group, sense: str, phrases: Sequence[str], edits: _Edits) -> None:
    old, node = group.old, group.node
    at, close = old.last(node.value[-1]), old.last(node) - 1
    rest = old.text[at:close]
    if not sense:
        column = at - old.line_start(at)
        edits.add(
            at,
            at,
            "".join(_folded(phrases, column, _indent(group), len(rest.splitlines()[0]) if rest else 1)),
        )
        return
    indent = _indent(group)
    lines = [indent + line for line in (*sense.splitlines(), *_in_lines(phrases, indent))]
    if "#" not in rest:
        edits.add(at, at, ",\n" + "\n".join(lines).removesuffix(","))
        return
    if "," not in rest[: rest.index("#")]:
        edits.add(at, at, ",")
    line = old.line_start(close)
    edits.add(line, line, "\n".join(lines) + "\n")


def _in_lines(phrases: Sequence[str], indent: str) -> Iterator[str]:
    """Each line ends in a comma."""
    line = phrases[0]
    for phrase in phrases[1:]:
        if len(indent) + len(line) + 2 + len(phrase) + 1 > WIDEST:
            yield f"{line},"
            line = phrase
        else:
            line += f", {phrase}"
    yield f"{line},"
