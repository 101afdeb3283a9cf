"""Parts of a shipped file written into a person's file: their lines, with the comments above them, and not a byte
besides.

1. As in `feeds_edit.py` only the text changes that must: ruamel says where things stand, and lines are put between.
2. What is new stands after what it stands after in the shipped file, as far as yours has that; else at the end of the
   group. A phrase stands among those of its sense: that is what the comment above them says in the shipped file.
3. A comment comes along unless yours has that line already.
4. What yours has in one line, in braces, gets its part in that line.

Whether the text then says what it should is asked by `updating.py`; who cannot be sure here (a group where yours has a
text) raises ByHand.
"""

from collections.abc import Sequence

from monitor.config.insertion import ByHand, Edits, File, Group, as_json, written_anywhere
from monitor.config.nodes import MappingNode, ScalarNode, SequenceNode
from monitor.config.parts import Part, Standing
from monitor.config.phrases_in import put_phrases
from monitor.config.values import Where
from monitor.config.yamlfile import Document


def with_parts(yours: Document, shipped: Document, parts: Sequence[Part]) -> str:
    """The text of your file with the parts. Raises ByHand."""
    old, new, edits = File.of(yours), File.of(shipped), Edits()
    groups: dict[tuple[Where, Where], list[Part]] = {}
    for part in parts:
        if part.standing is Standing.OTHERWISE:
            _say_otherwise(old, new, part, edits)
        else:
            groups.setdefault((part.yours, part.shipped[:-1]), []).append(part)
    for (into, source), members in groups.items():
        edits.depth = len(into)
        _put(Group(old, new, into, source), members, edits)
    return edits.into(old.text)


def _say_otherwise(old: File, new: File, part: Part, edits: Edits) -> None:
    there, said = old.node(part.yours), new.node(part.shipped)
    if not (isinstance(there, ScalarNode) and isinstance(said, ScalarNode)) or old.last(there) == 0:
        raise ByHand
    start, end = there.start_mark.index, old.last(there)
    if end < start:  # nothing is written there
        raise ByHand
    edits.add(start, end, written_anywhere(new, said, new.value(part.shipped)))


def _put(group: Group, parts: Sequence[Part], edits: Edits) -> None:
    node = group.node
    if isinstance(node, SequenceNode) and all(
        isinstance(group.new.node(part.shipped), ScalarNode) for part in parts
    ):
        put_phrases(group, parts, edits)
    elif not isinstance(node, (MappingNode, SequenceNode)):
        raise ByHand
    elif node.flow_style or not node.value:
        _put_in_braces(group, parts, edits)
    else:
        for part in parts:
            _put_lines(group, part, edits)


def _put_in_braces(group: Group, parts: Sequence[Part], edits: Edits) -> None:
    node, said = group.node, []
    if not node.flow_style:
        raise ByHand
    for part in parts:
        value = as_json(group.new.value(part.shipped))
        said.append(f"{part.shipped[-1]}: {value}" if isinstance(node, MappingNode) else value)
    if node.value:
        end = node.value[-1]
        at = group.old.last(end[1] if isinstance(end, tuple) else end)
        edits.add(at, at, "".join(f", {one}" for one in said))
    else:
        at = node.start_mark.index + 1
        edits.add(at, at, ", ".join(said))


def _put_lines(group: Group, part: Part, edits: Edits) -> None:
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


def _lines_of(new: File, part: Part) -> tuple[list[str], list[str], int]:
    """The comment above a part, its own lines, and how far in they stand."""
    node = new.node(part.shipped)
    parent = new.node(part.shipped[:-1])
    if parent.flow_style:  # it has no lines of its own there
        key = f"{part.shipped[-1]}:" if isinstance(parent, MappingNode) else "-"
        return [], [f"{key} {as_json(new.value(part.shipped))}"], 0
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
