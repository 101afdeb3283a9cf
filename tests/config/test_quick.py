"""Files are read by the parser in C, and what might be read differently by ruamel: the two never disagree."""

import random
from collections.abc import Iterator

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode as RuamelsNode

from monitor.config import quick, thorough
from monitor.config.composing import DEEPEST, compose
from monitor.config.nodes import MappingNode, Node, ScalarNode, tag_of
from monitor.errors import Mistake
from tests.where import ROOT

SHIPPED = ("feeds.yaml", "panel.yaml", "places.yaml", "topics.yaml")
HERE, LEFT = "read in C", "left to ruamel"

# what | text | by whom it is read
ODD = {
    "a usual file": ("a: b\nc: [d, 1, 'e', true]\nf:\n  - g: h  # i\n    j: |\n      k\n", HERE),
    "Windows line breaks": ("a: b\r\nc:\r\n  - d\r\n", HERE),
    "accents, an emoji and a no-break space": ("é: 😀\nb: c\u00a0d\n", HERE),
    "addresses in brackets": ("[http://a/b?c=d, e:f, {g: h:i}]\n", HERE),
    "a quoted key without a space after its colon": ('{"a":1, b: 2}\n', HERE),
    "a key without a space after its colon": ("{a:1, b: 2}\n", LEFT),
    "a question": ("a: really?\nb: why not ?c\n", HERE),
    "a slash that is escaped": ('a: "\\/"\n', HERE),
    "every escape": (
        'a: "\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\/\\\\\\N\\_\\L\\P\\x41\\u00e9\\U0001f600"\n',
        HERE,
    ),
    "a key twice": ("a: 1\na: 2\n", HERE),
    "a key that merges": ("<<: {a: b}\n", HERE),
    "words of YAML 1.1": ("[yes, No, on, OFF, y, 010, 1:30, 2026-11-30, 0b1, 1_000, =]\n", HERE),
    "a text folded over lines, and one that keeps them": (
        "a: >-\n  b\n  c\n\n  d\ne: |+\n  f\n\ng: h\n",
        HERE,
    ),
    "a plain text over lines": ("a: b\n  c\n\n  d\ne: f\n", HERE),
    "a list as the file": ("- a\n- - b\n  - c\n", HERE),
    "as deep as may be": ("[" * (DEEPEST - 1) + "a" + "]" * (DEEPEST - 1), HERE),
    "one deeper": ("[" * DEEPEST + "a" + "]" * DEEPEST, LEFT),
    "a thousand deep": ("[" * 1000, LEFT),
    "an anchor and its alias": ("a: &b c\nd: *b\n", LEFT),
    "a billion laughs": (
        "a: &a [x, x]\n" + "".join(f"{i}: &{i} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" for i in range(9)),
        LEFT,
    ),
    "a list that holds itself": ("&a [*a]\n", LEFT),
    "a tag": ("a: !!str 1\nb: !c d\n", LEFT),
    "the tag that says nothing": ("a: ! 1\n", LEFT),
    "YAML 1.1": ("%YAML 1.1\n---\na: yes\n", LEFT),
    "a document's beginning": ("---\na: b\n", LEFT),
    "two documents": ("a: b\n---\nc: d\n", LEFT),
    "a document's end": ("a: b\n...\n", LEFT),
    "a byte order mark inside": ("a: b\ufeff\n", LEFT),
    "a tab after a colon": ("a:\tb\n", LEFT),
    "an old line break": ("a: b\x85c: d\n", LEFT),
    "a line separator": ("a: b\u2028c: d\n", LEFT),
    "a carriage return alone": ("a: b\rc: d\n", LEFT),
    "a bell": ("a: \x07\n", LEFT),
    "half a character": ('a: "\\ud800"\n', LEFT),
    "a key after a question mark": ("? a\n: b\n", LEFT),
    "a question mark in brackets": ("[? a : b]\n", LEFT),
    "nothing after a key": ("a:\nb: c\n", LEFT),
    "nothing after a dash": ("-\n- a\n", LEFT),
    "a comment that touches a text's mark": ("a: |#b\n  c\n", LEFT),
    "a text as the file": ("|+\n#\n", LEFT),
    "a word as the file": ("a\n", LEFT),
    "nothing": ("", LEFT),
    "a comment only": ("# a\n", LEFT),
    "a bracket that stays open": ("a: [b\n", LEFT),
    "indented unevenly": ("a: b\n c: d\n", LEFT),
    "a colon too many": ("a: b: c\n", LEFT),
}
# Of these broken files are thrown together.
PIECES = (
    *"abc:,[]{}-?#'\"|>&*!%@`\\/ \n",
    *(
        ": ",
        "- ",
        "? ",
        "\n  ",
        "\n    ",
        "\n\n",
        " #c",
        "a: b",
        "[a, b]",
        "{a: b}",
        "x:y",
        '"a":b',
        "a b",
        "<<",
    ),
    *(
        "|\n  x\n",
        "|-\n  x",
        "|2\n",
        "|+\n",
        ">-\n  a\n  b\n",
        '"a\\n"',
        '"\\/"',
        "'it''s'",
        "1.5",
        "true",
        "~",
    ),
    *(
        "\r\n",
        "é",
        "😀",
        "\u00a0",
        "- - a",
        "---",
        "- a: b\n  c: d\n",
        "http://a",
        "?a",
        ":a",
        '"a\\\n  b"',
        "\\x41",
    ),
)


PLAIN = """
true True tRUE FALSE yes null Null ~ nULL << < = == ! & * - + . inf .inf -.INF .nan -.nan 2026-11-30 2026-1-3
+1 -0 0o17 0b11 0x1F 0xg 1_000 _1 1_ 010 1:30 1e3 1E-3 1e 1. .5 +.5 .5e3 .5e+3 1.5.2 2026-11-30t07:30:00Z
"""


def flat(node: Node | Mistake, text: str) -> Iterator[object]:
    """All that anybody asks of a tree. Where a block ends, the lines after it do not count."""
    if isinstance(node, Mistake):
        yield str(node)
        return
    start, end = node.start_mark, node.end_mark.index
    yield type(node).__name__, node.tag, node.anchor, start.index, start.line, start.column
    if isinstance(node, ScalarNode):
        yield node.value, node.style, end
        return
    yield node.flow_style, end if node.flow_style else len(text[:end].rstrip())
    for child in node.value:
        for one in child if isinstance(node, MappingNode) else (child,):
            yield from flat(one, text)


def both(text: str) -> tuple[list[object], list[object]] | None:
    """The trees of the two; None where ruamel is asked anyway."""
    tree = quick.quickly(text, deepest=DEEPEST)
    if tree is None:
        return None
    return list(flat(tree, text)), list(flat(thorough.composed("f", text, deepest=DEEPEST), text))


@pytest.mark.parametrize("what", ODD)
def test_who_reads_it(what):
    text, reader = ODD[what]
    trees = both(text)
    assert (LEFT if trees is None else HERE) == reader
    assert trees is None or trees[0] == trees[1]


@pytest.mark.parametrize("file", SHIPPED)
def test_a_shipped_file_is_read_as_ruamel_reads_it(file):
    trees = both((ROOT / file).read_text("utf-8"))
    assert trees is not None
    assert trees[0] == trees[1]


@pytest.mark.parametrize("file", sorted(ROOT.glob("examples/**/*.yaml")), ids=lambda path: path.name)
def test_an_example_is_not_left_to_ruamel(file):
    assert quick.quickly(file.read_text("utf-8"), deepest=DEEPEST) is not None


def test_whatever_is_thrown_together_is_read_as_ruamel_reads_it():
    draw = random.Random(15)
    lines = (ROOT / "panel.yaml").read_text("utf-8").split("\n")
    in_c = 0
    for _ in range(600):
        at = draw.randrange(len(lines))
        text = "\n".join(lines[at : at + draw.randint(0, 6)])
        for _ in range(draw.randint(1, 8)):
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice(PIECES) + text[at + draw.randint(0, 2) :]
        trees = both(text)
        in_c += trees is not None
        assert trees is None or trees[0] == trees[1], text
    assert in_c > 50


def test_without_the_parser_in_c_all_is_left_to_ruamel(monkeypatch):
    monkeypatch.setattr(quick, "CParser", None)
    text = "a: [b, 1]\n"
    assert quick.quickly(text, deepest=DEEPEST) is None
    tree = compose("f", text)
    assert not isinstance(tree, Mistake)
    assert list(flat(tree[0], text)) == list(flat(thorough.composed("f", text, deepest=DEEPEST), text))


def test_a_plain_text_is_what_it_is_for_ruamel():
    resolver = YAML(typ="safe", pure=True).resolver
    words = [*PLAIN.split(), "", "2026-11-30 07:30:00", "2026-1-3T7:30:00.5 +01:00", "on time", "north"]
    draw = random.Random(15)
    words += ["".join(draw.choices("0123456789+-._eExobTtZ: ", k=draw.randint(1, 6))) for _ in range(1000)]
    assert {word: tag_of(word) for word in words} == {
        word: str(resolver.resolve(RuamelsNode, word, (True, False))) for word in words
    }
