"""A YAML file as a tree of what is written: each value with its kind, its tag and where it stands. Pure.

Both parsers give it (`composing.py`), so that nobody who reads a tree has to know which of them made it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

TAG = "tag:yaml.org,2002:"
STR, SEQ, MAP = TAG + "str", TAG + "seq", TAG + "map"


class Mark(Protocol):
    """A place in the text; all three count from 0."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(slots=True, eq=False)
class ScalarNode:
    value: str
    tag: str
    style: str | None  # None: without quotes
    start_mark: Mark
    end_mark: Mark
    anchor: str | None = None


@dataclass(slots=True, eq=False)
class SequenceNode:
    value: "list[Node]"
    tag: str
    flow_style: bool  # [a, b]
    start_mark: Mark
    end_mark: Mark
    anchor: str | None = None


@dataclass(slots=True, eq=False)
class MappingNode:
    value: "list[tuple[Node, Node]]"
    tag: str
    flow_style: bool  # {a: b}
    start_mark: Mark
    end_mark: Mark
    anchor: str | None = None


Node = ScalarNode | SequenceNode | MappingNode

# What a text without quotes is by YAML 1.2, as ruamel reads it; the first that fits. A test compares with ruamel.
_KINDS: Sequence[tuple[str, re.Pattern[str]]] = [
    (TAG + kind, re.compile(pattern))
    for kind, pattern in (
        ("bool", "true|True|TRUE|false|False|FALSE"),
        (
            "float",
            r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)"
            r"|[-+]?\.(?:[0-9_]+(?:[eE][-+][0-9]+)?|inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        ),
        ("int", "(?!_)[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)"),
        ("merge", "<<"),
        ("null", "~|null|Null|NULL|"),
        (
            "timestamp",
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
            r"(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?",
        ),
        ("value", "="),
        ("yaml", "[!&*]"),
    )
]
_MAY_BE_MORE = frozenset("tTfF-+0123456789.<~nN=!&*")  # what all of these begin with


@lru_cache(maxsize=10_000)
def tag_of(text: str) -> str:
    """What a text without quotes is for YAML: a word, a number, `true`."""
    if text and text[0] not in _MAY_BE_MORE:
        return STR
    return next((tag for tag, pattern in _KINDS if pattern.fullmatch(text)), STR)
