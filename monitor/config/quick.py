"""A YAML file read by the parser in C: what both parsers read alike, in a twentieth of the time; else nothing.

topics.yaml takes ruamel's 0.4 s, on every command. Whatever the two might read differently, and whatever is a mistake
in our files, is left to ruamel, whose complaints ours are made of:

1. What does not parse; an anchor, an alias, a tag; what is nested too deep; a second document, and no document at all.
2. A line that begins with `---`, `...` or `%`: a document of another version is read by other rules.
3. Signs that YAML 1.1 and 1.2 take differently: a line break that is none of the usual two, a tab, what cannot be
   printed, a byte order mark.
4. A `?` that might begin a key, a comment that touches the `|` of a text, and a file that is one text: libyaml allows more.
5. A value that is not there (`key:`): the two do not agree where it stands.

A good file never asks ruamel, and the tests compare the two on each file that there is, and on thousands of broken
ones.
"""

import re

import yaml
from yaml import events

from monitor.config.nodes import MAP, SEQ, STR, MappingNode, Mark, Node, ScalarNode, SequenceNode, tag_of

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without it
    CParser = None

_LEFT_TO_RUAMEL = re.compile(
    "[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    r"|\r(?!\n)|^(?:---|\.\.\.|%)|(?<![^\s\[{,:?-])\?(?!\S)|[|>][-+0-9]*#",
    re.MULTILINE,
)


class _NotHere(Exception):
    """Something that is left to ruamel."""


def quickly(text: str, *, deepest: int) -> Node | None:
    """The tree, as ruamel would give it; None where ruamel has to say."""
    if CParser is None or _LEFT_TO_RUAMEL.search(text):
        return None
    try:
        return _tree(CParser(text), deepest)
    except (yaml.YAMLError, _NotHere):
        return None


def _tree(parser: "CParser", deepest: int) -> Node | None:
    parser.get_event()  # the stream begins
    if not isinstance(parser.get_event(), events.DocumentStartEvent):
        return None
    root = _node(parser, parser.get_event(), deepest)
    parser.get_event()  # the document ends
    if isinstance(root, ScalarNode) or not isinstance(parser.get_event(), events.StreamEndEvent):
        return None
    return root


def _node(parser: "CParser", event: events.NodeEvent, deepest: int) -> Node:
    if deepest == 0 or event.anchor is not None:  # an alias has an anchor too: that of another
        raise _NotHere
    if event.tag is not None:
        raise _NotHere
    if isinstance(event, events.ScalarEvent):
        style = event.style or None
        if not (style or event.value):
            raise _NotHere
        tag = STR if style else tag_of(event.value)
        return ScalarNode(event.value, tag, style, event.start_mark, event.end_mark)
    children, end = _children(parser, deepest - 1)
    if isinstance(event, events.SequenceStartEvent):
        return SequenceNode(children, SEQ, event.flow_style, event.start_mark, end)
    pairs = list(zip(children[::2], children[1::2], strict=True))
    return MappingNode(pairs, MAP, event.flow_style, event.start_mark, end)


def _children(parser: "CParser", deepest: int) -> tuple[list[Node], Mark]:
    found: list[Node] = []
    while not isinstance(event := parser.get_event(), events.CollectionEndEvent):
        found.append(_node(parser, event, deepest))
    return found, event.end_mark
