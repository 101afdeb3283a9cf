"""Nothing that a terminal obeys is written to one, and one place alone writes."""

import ast
import json
import logging

import pytest
from where import ROOT

from monitor.cli.showing import PlainFormatter
from monitor.terminal import UNFIT, printable, printable_json


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Police desk to close", "Police desk to close"),
        ("£14 “now”\tand\nthen – é 👮🏽‍♀️ شرطة", "£14 “now”\tand\nthen – é 👮🏽‍♀️ شرطة"),
        ("\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb\x08c\x00\x7f\x0b", "a\\rb\\x08c\\x00\\x7f\\x0b"),
        ("cod\u202efdp.exe\u2066\u200f", "cod\\u202efdp.exe\\u2066\\u200f"),
        ("\u2028line\ufeff", "\\u2028line\\ufeff"),
        ("\udc9b", "\\udc9b"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_may_have(text, shown):
    assert printable(text) == shown
    assert printable(shown) == shown
    asked = json.dumps({"title": text}, ensure_ascii=False)
    assert json.loads(printable_json(asked)) == {"title": text}
    assert UNFIT.search(printable_json(asked)) is None


def test_logs_are_no_way_round():
    try:
        raise ValueError("from \x1b[2J a feed")
    except ValueError as error:
        trace = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("monitor", logging.WARNING, "f.py", 1, "%s", ("\x9b2J\u202e",), trace)
    said = PlainFormatter("%(message)s").format(record)
    assert UNFIT.search(said) is None
    assert "\\x9b2J\\u202e" in said and "from \\x1b[2J a feed" in said


WRITERS = {"echo", "secho", "print", "print_exc", "basicConfig", "StreamHandler"}


def called(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func
            names.add(name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", ""))
    return names


def test_one_place_writes():
    files = [*(ROOT / "monitor").rglob("*.py"), *(ROOT / "jobs").rglob("*.py")]
    texts = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}
    named = {name: text for name, text in texts.items() if any(f"{one}(" in text for one in WRITERS)}
    writing = {name for name, text in named.items() if called(ast.parse(text)) & WRITERS}
    assert writing == {"monitor/cli/showing.py"}
