"""The text of feeds.yaml with one thing changed, and not a byte besides.

ruamel says where a feed and its keys stand, and the text is edited there. Comments, order, quotes and spacing of
everything else stay as they are. (Reading the whole file into ruamel's round-trip tree and writing it out again changes
the spacing of `{ a: b }`, and loses the comment below a key that is deleted.)

A new feed is put after the last one of its area that is on; without an area, at the list's end. A key that a feed did
not have is put behind the one that usually stands before it.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from monitor.config.composing import tree_of
from monitor.config.nodes import MappingNode, Node, SequenceNode
from monitor.errors import InputError
from monitor.settings import Feed, FeedKind

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .’'&()/+-]*(?<! )")
SPAN = re.compile(r"[1-9][0-9]*[smhd]")
NOT_TEXT = frozenset(("true", "false", "null", "yes", "no", "on", "off"))
TRUTHS = ("public", "verified")  # keys whose value is no text
ON_ONE_LINE = "feeds.yaml is written in a way that only a person should change: edit it by hand."

WIDEST = 100  # of a feed's lines, without the white space before them

_Edit = tuple[int, int, str]  # characters from and to, and what stands there instead


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFeed:
    """A feed as the file says it, key by key, in the usual order; "" is a key that it leaves to `defaults`."""

    name: str
    url: str
    area: str = ""
    publisher: str = ""
    kind: str = ""
    every: str = ""
    article: str = ""
    excerpt: str = ""
    public: str = ""
    verified: str = ""
    status: str = ""
    reason: str = ""


NEEDED = ("name", "url")
KEYS = tuple(field.name for field in fields(WrittenFeed))


def written(feed: Feed) -> WrittenFeed:
    """A feed that is to be added, without what the defaults say."""
    return WrittenFeed(
        name=feed.name,
        url=feed.url,
        area=feed.area or "",
        kind="" if feed.kind is FeedKind.FEED else feed.kind.value,
        verified="" if feed.verified else "false",
    )


def feed_lines(feed: Feed | WrittenFeed) -> tuple[str, ...]:
    """A feed as it is written into the file: key and value a line."""
    said = asdict(written(feed) if isinstance(feed, Feed) else feed)
    lines = (f"{key}: {_scalar(said[key], key)}" for key in KEYS if said[key] or key in NEEDED)
    return tuple(line for whole in lines for line in _folded(whole))


def _folded(line: str) -> Iterator[str]:
    """An address of a search may be longer than a line of the file: a backslash carries it on in the next."""
    if len(line) <= WIDEST or " " in line.partition(": ")[2]:
        yield line
        return
    key, _, value = line.partition(": ")
    line = f'{key}: "{value}"' if not value.startswith('"') else line
    while len(line) > WIDEST:
        end = WIDEST - len(re.search(r"\\*$", line[:WIDEST])[0])  # type: ignore[index]
        yield line[:end] + "\\"
        line = "  " + line[end:]
    yield line


def _scalar(text: str, key: str = "") -> str:
    """Plain where that is sure to be read as this text; JSON strings are YAML strings."""
    if SPAN.fullmatch(text) or (text in ("true", "false") and key in TRUTHS):
        return text
    is_address = re.fullmatch(r"https?://[^\s#{}\[\],]+(?<!:)", text) is not None
    is_plain = PLAIN.fullmatch(text) is not None and text.lower() not in NOT_TEXT
    return text if is_address or is_plain else json.dumps(text, ensure_ascii=False)


# ── what the text says ──────────────────────────────────────────────────────────────────────────────────────────


def read_written(text: str) -> tuple[WrittenFeed, ...]:
    """Every feed of a file that was judged before, in its order."""
    return tuple(
        WrittenFeed(**{key: _value(node, key) for key in KEYS})
        for node in _feed_nodes(text)
        if _value(node, "url")
    )


# ── the text, changed ───────────────────────────────────────────────────────────────────────────────────────────


def added(text: str, feeds: Sequence[WrittenFeed]) -> str:
    for feed in feeds:  # one after the other, so that each may stand after the one before
        node = _neighbour(text, feed.area)
        line_start = text.rfind("\n", 0, node.start_mark.index) + 1
        dash = text[line_start : node.start_mark.index]
        if dash.strip() != "-":
            raise InputError(ON_ONE_LINE)
        first, *others = feed_lines(feed) or ["name: ''"]  # of nothing at all: that it is empty is said then
        lines = [dash + first, *(" " * len(dash) + line for line in others)]
        text = _with(text, [_inserted(text, node, lines)])
    return text


def _neighbour(text: str, area: str) -> MappingNode:
    """The feed after which a new one of this area is put."""
    nodes = _feed_nodes(text)
    same = [
        node
        for node in nodes
        if area and _value(node, "area").casefold() == area.casefold() and _value(node, "status") != "paused"
    ]
    return (same or nodes)[-1]


def paused(text: str, urls: Collection[str], reason: str) -> str:
    return _with(text, [edit for node in _nodes_of(text, urls) for edit in _pause(text, node, reason)])


def _pause(text: str, node: MappingNode, reason: str) -> Iterator[_Edit]:
    yield from _said(text, node, {"status": "paused", "reason": reason}, at_end=True)


def resumed(text: str, urls: Collection[str]) -> str:
    nodes = _nodes_of(text, urls)
    return _with(text, [edit for node in nodes for edit in _unsaid(text, node, ("status", "reason"))])


def changed(text: str, url: str, new: WrittenFeed) -> str:
    """The feed of this address says what `new` says; of what it said already not a byte changes."""
    for node in _nodes_of(text, [url]):
        wanted = asdict(new)
        missing = tuple(key for key in KEYS if not wanted[key] and _pair(node, key))
        text = _with(text, list(_unsaid(text, node, missing)))
    for node in _nodes_of(text, [url]):  # whose places have moved
        differs = {key: asdict(new)[key] for key in KEYS if asdict(new)[key] not in ("", _value(node, key))}
        text = _with(text, list(_said(text, node, differs)))
    return text


def _said(text: str, node: MappingNode, said: Mapping[str, str], *, at_end: bool = False) -> Iterator[_Edit]:
    """Keys are given values; what a feed does not have yet comes behind its usual neighbour, or at the end."""
    missing: dict[str, list[str]] = {}  # by the key behind which they come
    for key, value in said.items():
        found = _pair(node, key)
        if found is not None:
            yield found[1].start_mark.index, _ends(text, found[1]), _scalar(value, key)
        else:
            behind = str(node.value[-1][0].value) if at_end else _before(node, key)
            missing.setdefault(behind, []).append(f"{key}: {_scalar(value, key)}")
    for behind, pairs in missing.items():
        end = _ends(text, _pair(node, behind)[1])  # type: ignore[index]
        if node.flow_style:
            yield end, end, "".join(f", {pair}" for pair in pairs)
        else:
            lines = [line for pair in pairs for line in _folded(pair)]
            yield _lines_after(text, end, [" " * node.start_mark.column + line for line in lines])


def _before(node: MappingNode, key: str) -> str:
    """The key of a feed behind which another is put."""
    earlier = KEYS[: KEYS.index(key)]
    present = [str(pair[0].value) for pair in node.value]
    return next(
        (name for name in reversed(earlier) if name in present),
        present[-1],
    )


def _unsaid(text: str, node: MappingNode, keys: Collection[str]) -> Iterator[_Edit]:
    ends = [_ends(text, value) for _, value in node.value]
    for position, (key, _) in enumerate(node.value):
        if key.value not in keys:
            continue
        if (
            not position
        ):  # its dash or bracket stays; a feed has a name and an address, so another key follows
            yield key.start_mark.index, node.value[1][0].start_mark.index, ""
        elif node.flow_style:
            yield ends[position - 1], ends[position], ""
        else:
            line = text.rfind("\n", 0, key.start_mark.index) + 1
            yield line, _line_end(text, ends[position], whole=True), ""


def _ends(text: str, value: Node) -> int:
    """After the last letter of a value; the mark of a folded text lies where the next key begins."""
    return len(text[: value.end_mark.index].rstrip())


def _with(text: str, edits: Sequence[_Edit]) -> str:
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _inserted(text: str, node: MappingNode, lines: Sequence[str]) -> _Edit:
    """Lines after the last one of a feed."""
    last = node.end_mark.index if node.flow_style else _ends(text, node.value[-1][1])
    return _lines_after(text, last, lines)


def _lines_after(text: str, at: int, lines: Sequence[str]) -> _Edit:
    end = _line_end(text, at)
    newline = "\r\n" if "\r\n" in text else "\n"
    return end, end, "".join(newline + line for line in lines)


def _line_end(text: str, at: int, *, whole: bool = False) -> int:
    """Where the line of a character ends: before its line break, after it with `whole`."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end + 1 if whole else end - text[:end].endswith("\r")


def _feed_nodes(text: str) -> list[MappingNode]:
    root = tree_of(text)
    assert isinstance(root, MappingNode), "the file was judged before"
    feeds = next(value for key, value in root.value if key.value == "feeds")
    assert isinstance(feeds, SequenceNode)
    return [node for node in feeds.value if isinstance(node, MappingNode)]


def _nodes_of(text: str, urls: Collection[str]) -> list[MappingNode]:
    return [node for node in _feed_nodes(text) if _value(node, "url") in urls]


def _pair(node: MappingNode, key: str) -> tuple[Node, Node] | None:
    return next((pair for pair in node.value if pair[0].value == key), None)


def _value(node: MappingNode, key: str) -> str:
    found = _pair(node, key)
    return str(found[1].value).strip() if found else ""
