"""A YAML file read by ruamel, in Python: slow, and it says what is wrong and where."""

from ruamel.yaml import YAML, nodes
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from monitor.config.nodes import MappingNode, Node, ScalarNode, SequenceNode
from monitor.config.signs import called
from monitor.config.wording import BEGUN_BEFORE, syntax
from monitor.errors import Mistake


def composed(file: str, text: str, *, deepest: int) -> Node | Mistake:
    yaml = YAML(typ="safe", pure=True)  # "rt" would keep comments as well, and take a quarter longer
    yaml.max_depth = deepest
    yaml.composer.warn_double_anchors = False  # every anchor is a mistake anyway
    try:
        root: nodes.Node | None = yaml.compose(text)
    except MarkedYAMLError as error:
        context, problem = error.context or "", error.problem or ""
        mark = error.context_mark if BEGUN_BEFORE.search(context) else error.problem_mark
        return Mistake(file, mark.line + 1, "", syntax(context, problem))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"{called(chr(error.character))} stands here, which YAML does not allow: delete it"
        return Mistake(file, line, "", what)
    except YAMLError as error:
        return Mistake(file, 1, "", f"not YAML: {error}")
    if root is None:
        return Mistake(file, 1, "", "the file is empty: delete it, and `monitor init` writes the default one")
    return _node(root, {})


def _node(node: nodes.Node, known: dict[int, Node]) -> Node:
    """In our own form. An alias is the anchored node itself, which may even hold itself."""
    if id(node) in known:
        return known[id(node)]
    marks = (node.start_mark, node.end_mark, node.anchor)
    if isinstance(node, nodes.ScalarNode):
        return known.setdefault(id(node), ScalarNode(node.value, str(node.tag), node.style, *marks))
    assert isinstance(node, nodes.CollectionNode)
    flow = bool(node.flow_style)
    if isinstance(node, nodes.SequenceNode):
        sequence = SequenceNode([], str(node.tag), flow, *marks)
        known[id(node)] = sequence
        sequence.value += [_node(child, known) for child in node.value]
        return sequence
    mapping = MappingNode([], str(node.tag), flow, *marks)
    known[id(node)] = mapping
    mapping.value += [(_node(key, known), _node(value, known)) for key, value in node.value]
    return mapping
