"""A YAML file as text, as nodes and as values at once, and what is put where in its text."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from monitor.config.composing import tree_of
from monitor.config.nodes import MappingNode, Node, SequenceNode
from monitor.config.parts import Part, children
from monitor.config.values import Where
from monitor.config.yamlfile import Document

_PLAIN = re.compile(r"[A-Za-z£<][^,\[\]{}#:\"\n]*(?<! )")


class ByHand(Exception):
    """The file is written in a way that only a person should change."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as text, as nodes and as values."""

    text: str
    root: Node
    document: Document

    @classmethod
    def of(cls, document: Document) -> "File":
        text = document.body.decode("utf-8-sig")
        root = tree_of(text)
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
class Edits:
    """What is put in place of which characters. What ends at one place ends from the inside out: a phrase comes into
    its list before a key after the list; and in one group in the order in which it came."""

    made: list[tuple[int, int, int, str]] = field(default_factory=list)
    depth: int = 0  # of the group that is written in

    def add(self, start: int, end: int, text: str) -> None:
        self.made.append((start, -self.depth, end, text))

    def into(self, text: str) -> str:
        newline = "\r\n" if "\r\n" in text else "\n"
        for start, _, end, new in reversed(sorted(self.made, key=lambda one: one[:2])):
            text = text[:start] + new.replace("\n", newline) + text[end:]
        return text


@dataclass(frozen=True, slots=True)
class Group:
    old: File
    new: File
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


def written_anywhere(new: File, node: Node, value: object) -> str:
    """A single value as the shipped file writes it, where that can be read anywhere."""
    written = new.text[node.start_mark.index : new.last(node)]
    is_quoted = written[:1] in "'\"" and "\n" not in written
    is_other = not isinstance(value, str)  # a number, true, null
    return written if is_quoted or is_other or _PLAIN.fullmatch(written) else as_json(value)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
