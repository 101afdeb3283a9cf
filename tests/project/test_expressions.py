"""Regular expressions do the same in every Python that is promised.

In 3.11.0 to 3.11.4 (Debian 12 brings 3.11.2) a group that keeps what it took, `(…)*+` or `(?>…)`, goes on from a wrong
place where it fails in the midst (python/cpython#101955 and #106052). A single character or class that does, `[^<]*+`, is
right there. What must not be given up again is looked ahead to: `(?=(?P<kept>…))(?P=kept)`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(file for folder in ("monitor", "jobs") for file in (ROOT / folder).rglob("*.py"))
CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
KEEPS = re.compile(r"(?<!\\)\)(?:[*?+]|\{[\d,]+\})\+|\(\?>")


def expressions(tree: ast.AST) -> Iterator[str]:
    """The texts within a call of `re`, those of an f-string in parts."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and getattr(node.func.value, "id", "") == "re"
        ):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def keeping(source: str) -> list[str]:
    return [
        one for one in expressions(ast.parse(source)) if KEEPS.search(CLASS.sub("x", one.replace("\\\\", "")))
    ]


def test_no_group_keeps_what_it_took():
    texts = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in SOURCES}
    found = {name: keeping(text) for name, text in texts.items() if re.search(r"\bre\s*\.", text)}
    assert {name: these for name, these in found.items() if these} == {}


@pytest.mark.parametrize(
    "expression, is_found",
    [
        (r"(?:a|b)*+c", True),
        (r"(?:\.\d)?+", True),
        (r"(ab){2,3}+", True),
        (r"(?>a+)b", True),
        (r"[^<]*+\d++", False),
        (r"[()*+,;]", False),
        (r"[])*+]x", False),
        (r"f\(\)*+x", False),
        (r"(a)*", False),
    ],
)
def test_what_is_one(expression, is_found):
    assert bool(keeping(f"re.compile({expression!r})")) is is_found
