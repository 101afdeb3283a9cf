"""The text of a YAML file as a tree of nodes: as it is written, and where that is not what was meant, as it was.

A sign that stands for one of YAML's own (`signs.py`) breaks the file somewhere else, or changes what it says in
silence. So the file is composed with the usual signs too, and that they were the cause is seen, not guessed: the
tree is then the meant one, with what was found, and all other mistakes can be named at once. Where the parser
stumbles over the same thing as before, the signs had no part in it.
"""

from collections.abc import Sequence

from monitor.config.nodes import MappingNode, Node, ScalarNode, SequenceNode
from monitor.config.quick import quickly
from monitor.config.signs import Find, as_meant, without_unseen
from monitor.errors import Mistake

DEEPEST = 40  # our files go five deep; without a bound, 1,000 brackets exhaust Python's stack


def compose(file: str, text: str) -> tuple[Node, Sequence[Find]] | Mistake:
    """The tree, and the signs that are not what they look like; or the one mistake that keeps it from being read."""
    text, unseen = without_unseen(text)
    root = _composed(file, text)
    meant, signs = as_meant(text, None if isinstance(root, Mistake) else _plain_lines(text, root))
    if signs:
        again = _composed(file, meant)
        if again == root:  # the same mistake
            signs = []
        elif isinstance(root, Mistake) or not isinstance(again, Mistake):
            root = again
    finds = sorted([*unseen, *signs])
    if isinstance(root, Mistake):
        return min([root, *(Mistake(file, find.line, "", find.message) for find in finds)])
    return root, finds


def tree_of(text: str) -> Node:
    """The tree of a file that was judged before, as it is written."""
    root = _composed("", text)
    assert not isinstance(root, Mistake), "the file was judged before"
    return root


def _plain_lines(text: str, root: Node) -> set[int]:
    """The lines on which a text stands without quotes, but for those on which one in quotes goes on."""
    plain, quoted = set[int](), set[int]()
    nodes, looked_at = [root], set[int]()
    while nodes:
        node = nodes.pop()
        if id(node) in looked_at:  # an alias is the anchored node itself, which may even hold itself
            continue
        looked_at.add(id(node))
        if isinstance(node, ScalarNode):
            first = node.start_mark.line + 1
            last = first + text[node.start_mark.index : node.end_mark.index].rstrip().count("\n")
            plain.update(range(first, last + 1)) if node.style is None else quoted.update(
                range(first + 1, last + 1)
            )
        elif isinstance(node, MappingNode):
            nodes += [one for pair in node.value for one in pair]
        elif isinstance(node, SequenceNode):
            nodes += node.value
    return plain - quoted


def _composed(file: str, text: str) -> Node | Mistake:
    if root := quickly(text, deepest=DEEPEST):
        return root
    from monitor.config import thorough  # ruamel is loaded only where something is wrong, or might be

    return thorough.composed(file, text, deepest=DEEPEST)
