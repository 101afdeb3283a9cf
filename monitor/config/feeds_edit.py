"""feeds.yaml changed for the editor, who goes on writing in it by hand.

1. Only the lines that must change are changed: ruamel says where a feed stands, and the text is edited there. Comments,
   order, quotes and spacing of everything else stay as they are to the byte. (Reading the whole file into ruamel's
   round-trip tree and writing it out again changes the spacing of `{ a: b }`, and loses the comment below a key that is
   deleted.)
2. The new text is written beside the file, read and judged as any feeds.yaml is, and must say of every other feed what
   the old one said. Only then does it take the file's place, at once; else the file stays as it was.
3. A file that somebody changed meanwhile is not overwritten.
4. It stays its owner's: `replacing.py`. Names and reasons that come from elsewhere are written without what nobody
   sees.

A new feed is put after the last one of its area that is on; without an area, at the list's end.
"""

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from monitor.config.feeds_file import FeedList, read_feeds
from monitor.config.replacing import Beside, take_place
from monitor.config.signs import tidy_name
from monitor.errors import ConfigError, InputError, OutputError
from monitor.settings import Feed, FeedKind

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .’'&()/+-]*(?<! )")
NOT_TEXT = frozenset(("true", "false", "null", "yes", "no", "on", "off"))
ON_ONE_LINE = "feeds.yaml is written in a way that only a person should change: edit it by hand."

WIDEST = 100  # of a feed's lines, without the white space before them

_Edit = tuple[int, int, str]  # characters from and to, and what stands there instead


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Adds feeds to the file. Raises ConfigError, InputError, OutputError, and then nothing is changed."""
    feeds = [
        replace(feed, name=tidy_name(feed.name), area=feed.area and tidy_name(feed.area)) for feed in feeds
    ]
    _rewrite(path, lambda text: _added(text, feeds), {feed.url: feed.paused for feed in feeds})


def pause_feeds(path: Path, urls: Collection[str], reason: str) -> None:
    """Gives the feeds of these addresses a pause and its reason. Raises as `add_feeds`."""
    reason = tidy_name(reason)
    _rewrite(path, lambda text: _paused(text, urls, reason), dict.fromkeys(urls, reason))


def resume_feeds(path: Path, urls: Collection[str]) -> None:
    """Takes pause and reason off the feeds of these addresses. Raises as `add_feeds`."""
    _rewrite(path, lambda text: _resumed(text, urls), dict.fromkeys(urls, None))


def feed_lines(feed: Feed) -> tuple[str, ...]:
    """A feed as it is written into the file: key and value a line, without what the defaults say."""
    pairs = [("name", _scalar(feed.name)), ("url", _scalar(feed.url))]
    if feed.area:
        pairs.append(("area", _scalar(feed.area)))
    if feed.kind is not FeedKind.FEED:
        pairs.append(("kind", feed.kind.value))
    if not feed.verified:
        pairs.append(("verified", "false"))
    return tuple(line for key, value in pairs for line in _folded(f"{key}: {value}"))


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


def _scalar(text: str) -> str:
    """Plain where that is sure to be read as this text; JSON strings are YAML strings."""
    is_address = re.fullmatch(r"https?://[^\s#{}\[\],]+(?<!:)", text) is not None
    is_plain = PLAIN.fullmatch(text) is not None and text.lower() not in NOT_TEXT
    return text if is_address or is_plain else json.dumps(text, ensure_ascii=False)


# ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────


def _added(text: str, feeds: Sequence[Feed]) -> str:
    for feed in feeds:  # one after the other, so that each may stand after the one before
        node = _neighbour(text, feed.area)
        line_start = text.rfind("\n", 0, node.start_mark.index) + 1
        dash = text[line_start : node.start_mark.index]
        if dash.strip() != "-":
            raise InputError(ON_ONE_LINE)
        first, *others = feed_lines(feed)
        lines = [dash + first, *(" " * len(dash) + line for line in others)]
        text = _with(text, [_inserted(text, node, lines)])
    return text


def _neighbour(text: str, area: str | None) -> MappingNode:
    """The feed after which a new one of this area is put."""
    nodes = _feed_nodes(text)
    same = [
        node
        for node in nodes
        if area and _value(node, "area").casefold() == area.casefold() and _value(node, "status") != "paused"
    ]
    return (same or nodes)[-1]


def _paused(text: str, urls: Collection[str], reason: str) -> str:
    return _with(text, [edit for node in _nodes_of(text, urls) for edit in _pause(text, node, reason)])


def _pause(text: str, node: MappingNode, reason: str) -> Iterator[_Edit]:
    missing = []
    for key, value in (("status", "paused"), ("reason", _scalar(reason))):
        found = _pair(node, key)
        if found is None:
            missing.append(f"{key}: {value}")
        else:
            yield found[1].start_mark.index, _ends(text, found[1]), value
    if not missing:
        return
    if node.flow_style:
        end = _ends(text, node.value[-1][1])
        yield end, end, "".join(f", {pair}" for pair in missing)
    else:
        yield _inserted(text, node, [" " * node.start_mark.column + pair for pair in missing])


def _resumed(text: str, urls: Collection[str]) -> str:
    edits = []
    for node in _nodes_of(text, urls):
        ends = [_ends(text, value) for _, value in node.value]
        for position, (key, _) in enumerate(node.value):
            if key.value not in ("status", "reason"):
                continue
            if node.flow_style and position:
                edits.append((ends[position - 1], ends[position], ""))
            else:
                line = text.rfind("\n", 0, key.start_mark.index) + 1
                edits.append((line, _line_end(text, ends[position], whole=True), ""))
    return _with(text, edits)


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
    end = _line_end(text, last)
    newline = "\r\n" if "\r\n" in text else "\n"
    return end, end, "".join(newline + line for line in lines)


def _line_end(text: str, at: int, *, whole: bool = False) -> int:
    """Where the line of a character ends: before its line break, after it with `whole`."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end + 1 if whole else end - text[:end].endswith("\r")


def _feed_nodes(text: str) -> list[MappingNode]:
    root = YAML(typ="safe", pure=True).compose(text)
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


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────


def _rewrite(path: Path, change: Callable[[str], str], wanted: Mapping[str, str | None]) -> None:
    """`wanted`: by address, what the changed feeds are to say of their pause."""
    path = Path(os.path.realpath(path))  # a link stays one
    before = _judged(path, path.name)
    try:
        body = path.read_bytes()
        text = body.decode("utf-8-sig")
        mark = b"\xef\xbb\xbf" if body.startswith(b"\xef\xbb\xbf") else b""
        with Beside(path) as new:
            new.write_bytes(mark + change(text).encode("utf-8"))
            _compare(before, _judged(new, path.name), wanted)
            if path.read_bytes() != body:
                raise InputError(f"{path.name} was changed meanwhile, so it was left as it is. Try again.")
            take_place(new, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}.") from error


def _judged(path: Path, name: str) -> FeedList:
    """Raises ConfigError, with mistakes under the file's own name."""
    found = read_feeds(path)
    if isinstance(found, tuple):
        raise ConfigError([replace(mistake, file=name) for mistake in found])
    return found.value


def _compare(before: FeedList, after: FeedList, wanted: Mapping[str, str | None]) -> None:
    """Raises InputError where anything else has changed, or the change itself is not there."""
    old = {feed.url: feed for feed in before.feeds if feed.url not in wanted}
    new = {feed.url: feed for feed in after.feeds if feed.url not in wanted}
    changed = {feed.url: feed.paused for feed in after.feeds if feed.url in wanted}
    if (old, before.network, before.publishers, dict(wanted)) != (
        new,
        after.network,
        after.publishers,
        changed,
    ):
        raise InputError(ON_ONE_LINE)
