"""The text of a YAML file as ruamel's tree of nodes: as it is written, and where that is not what was meant, as it was.

A sign that stands for one of YAML's own (`signs.py`) breaks the file somewhere else, or changes what it says in
silence. So the file is composed with the usual signs too, and that they were the cause is seen, not guessed: the
tree is then the meant one, with what was found, and all other mistakes can be named at once. Where the parser
stumbles over the same thing as before, the signs had no part in it.
"""

from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from monitor.config.signs import Find, as_meant, called, without_unseen
from monitor.config.wording import BEGUN_BEFORE, syntax
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


def tag_of(text: str) -> str:
    """What a text without quotes is for YAML: a word, a number, `true`."""
    return str(YAML(typ="safe", pure=True).resolver.resolve(ScalarNode, text, (True, False)))


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
    yaml = YAML(typ="safe", pure=True)  # "rt" would keep comments as well, and take a quarter longer
    yaml.max_depth = DEEPEST
    yaml.composer.warn_double_anchors = False  # every anchor is a mistake anyway
    try:
        root: Node | None = yaml.compose(text)
    except MarkedYAMLError as error:
        context, problem = error.context or "", error.problem or ""
        mark = error.context_mark if BEGUN_BEFORE.search(context) else error.problem_mark
        return Mistake(file, mark.line + 1, "", syntax(context, problem))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return Mistake(
            file,
            line,
            "",
            f"{called(chr(error.character))} stands here, which YAML does not allow: delete it",
        )
    except YAMLError as error:
        return Mistake(file, 1, "", f"not YAML: {error}")
    if root is None:
        return Mistake(file, 1, "", "the file is empty: delete it, and `monitor init` writes the default one")
    return root
