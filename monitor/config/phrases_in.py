"""Phrases of a shipped list put into yours: each after its neighbour of the same sense.

The sense of a phrase is the comment above it in the shipped list. Where yours has none of a sense, its phrases come
below that comment, where yours has it, else to the end of the list, and the comment comes along. Lists are folded at
110 signs.
"""

from collections.abc import Iterator, Sequence

from monitor.config.insertion import Edits, Group, written_anywhere
from monitor.config.nodes import Node
from monitor.config.parts import Part
from monitor.config.values import Where

WIDEST = 110  # of a line in a YAML file


def put_phrases(group: Group, parts: Sequence[Part], edits: Edits) -> None:
    """Each after its neighbour of the same sense; a sense that yours has none of at the list's end."""
    new = group.new
    after: dict[Where, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for part in parts:
        phrase = written_anywhere(new, new.node(part.shipped), new.value(part.shipped))
        sense = _sense(group, part.shipped)
        before = group.before(part)
        if before and (_sense(group, before[0]) == sense):
            after.setdefault(before[1], []).append(phrase)
        else:
            alone.setdefault(sense, []).append(phrase)
    for place, phrases in after.items():
        put_after(group, group.old.node(place), phrases, edits)
    if not group.node.value:
        fill(group, alone, edits)
        return
    for sense, phrases in alone.items():
        _put_under(group, sense, phrases, edits)


def fill(group: Group, senses: dict[str, list[str]], edits: Edits) -> None:
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


def _sense(group: Group, where: Where) -> str:
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


def put_after(group: Group, neighbour: Node, phrases: Sequence[str], edits: Edits) -> None:
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


def _indent(group: Group) -> str:
    """How far in the lines of a list stand that goes over several."""
    old, node = group.old, group.node
    for item in node.value:
        before = old.text[old.line_start(item.start_mark.index) : item.start_mark.index]
        if not before.strip():
            return str(before)
    line = old.text[old.line_start(node.start_mark.index) :]
    return " " * (len(line) - len(line.lstrip(" ")) + 4)


def _put_under(group: Group, sense: str, phrases: Sequence[str], edits: Edits) -> None:
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


def _put_at_the_end(group: Group, sense: str, phrases: Sequence[str], edits: Edits) -> None:
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
