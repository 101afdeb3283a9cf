"""One YAML file: read, judged, and every mistake in it named with its line and a remedy.

    class Shop(Section):
        name: Text
        opens: ClockTime

    loaded = load(Path("shop.yaml"), Shop)              # Loaded[Shop], or every mistake as a tuple[Mistake, ...]
    if isinstance(loaded, tuple):
        return loaded
    return loaded.holding(settings.Shop(loaded.value.name))    # the same file and bytes, with our own value

What a model cannot say, a check says. It is given the file as written, whether or not it fits the model, so that
all mistakes come out at once; `each` walks it and `mistake` finds the line:

    def each_name_once(document: Document) -> Iterator[Mistake]:
        for where, name in document.each("shops", "*", "name"):
            yield document.mistake(where, f"{name} stands twice")      # load(path, Shops, each_name_once)

The rules:

1. The file is UTF-8, holds one document of YAML 1.2, and is nested at most DEEPEST deep. The first thing that
   breaks this is the file's one mistake: past it nothing can be trusted.
2. Text is text. `on`, `no`, `07:30` and `2026-01-23` stay as written; only plain numbers, `true`, `false` and
   `null` are more than text. A key is always text.
3. A key that stands twice, an anchor, an alias, a tag and half a character (`"\\ud800"`) are mistakes: none of them
   is what it looks like.
4. Nor is a sign that only looks like one of YAML's, or that nobody sees: `signs.py`. The file is judged as it was
   meant, so that its other mistakes come out too; the first of them is its one mistake where it cannot be read even so.
5. Then the model and the checks, together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from monitor.config.composing import compose
from monitor.config.nodes import MappingNode, Node, ScalarNode, SequenceNode, tag_of
from monitor.config.panels import SHARED, called, is_several, name_of
from monitor.config.signs import Find, as_latin, tidy, wrong_sign
from monitor.config.values import Where
from monitor.config.wording import complaints
from monitor.errors import Mistake

PANELS_KEPT = 64  # so many panels' own files are not read anew while they are the same: there are 43 forces

T = TypeVar("T")
U = TypeVar("U")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as written, not yet judged."""

    file: str  # its name, without folders
    body: bytes
    tree: object  # dicts with text keys, lists, str, int, float, bool, None
    lines: Mapping[Where, int]  # from 1, for every place in the tree
    mistakes: tuple[Mistake, ...] = ()  # of rules 3 and 4

    def mistake(self, where: Where, message: str) -> Mistake:
        """One at this place; the line is that of the nearest place that is written in the file."""
        written = where
        while written and written not in self.lines:
            written = written[:-1]
        return Mistake(self.file, self.lines.get(written, 1), ".".join(map(str, where)), message)

    def each(self, *pattern: str | int) -> Iterator[tuple[Where, Any]]:
        """Every value whose place fits the pattern, in which "*" stands for any key or position."""
        found: list[tuple[Where, Any]] = [((), self.tree)]
        for part in pattern:
            found = [(where + (key,), value) for where, node in found for key, value in _children(node, part)]
        yield from found


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A file without a mistake, and what it says."""

    document: Document
    value: T

    def holding(self, value: U) -> "Loaded[U]":
        return Loaded(self.document, value)


Check = Callable[[Document], Iterable[Mistake]]


def load(path: Path, model: type[M], *checks: Check) -> Loaded[M] | tuple[Mistake, ...]:
    """The file as a value of the model; or every mistake in it, by line."""
    document = read(path)
    return (document,) if isinstance(document, Mistake) else _loaded(document, model, checks)


def load_by_content(path: Path, model: type[M], *checks: Check) -> Loaded[M] | tuple[Mistake, ...]:
    """The same for checks that ask of nothing but the file: what was read once is not judged again while its bytes are
    the same. A resident scheduler reads the configuration at every job, and topics.yaml costs half a second."""
    body = _body(path)
    if isinstance(body, Mistake):
        return (body,)
    known: Loaded[M] | tuple[Mistake, ...] = _known(called(path), body, model, checks)
    return known


@lru_cache(maxsize=2 * PANELS_KEPT)
def _known(name: str, body: bytes, model: type[Any], checks: tuple[Check, ...]) -> Any:
    document = document_of(name, body)
    return (document,) if isinstance(document, Mistake) else _loaded(document, model, checks)


def _loaded(document: Document, model: type[M], checks: Iterable[Check]) -> Loaded[M] | tuple[Mistake, ...]:
    mistakes = [*document.mistakes, *(mistake for check in checks for mistake in check(document))]
    value = _judged(document, model)
    if isinstance(value, tuple):
        # A place that is already complained of (a tag, a key twice) fits the model badly for that very reason.
        known = {mistake.path for mistake in mistakes}
        mistakes += [mistake for mistake in value if mistake.path not in known]
    elif not mistakes:
        return Loaded(document, value)
    return tuple(sorted(set(mistakes)))


def _judged(document: Document, model: type[M]) -> M | tuple[Mistake, ...]:
    try:
        return model.model_validate(document.tree)
    except ValidationError as error:
        return tuple(document.mistake(where, message) for where, message in complaints(error, model))


def read(path: Path) -> Document | Mistake:
    """The file as written; or the one mistake that keeps it from being read (rule 1)."""
    body = _body(path)
    return body if isinstance(body, Mistake) else document_of(called(path), body)


def _body(path: Path) -> bytes | Mistake:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return Mistake(called(path), 1, "", _missing(path))
    except OSError as error:
        return Mistake(called(path), 1, "", f"cannot be read: {error.strerror}")


@lru_cache(maxsize=4 * PANELS_KEPT)
def document_of(name: str, body: bytes) -> Document | Mistake:
    """What the bytes of a file of this name say. Nobody changes a document."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Mistake(name, line, "", "not UTF-8 text from here on: save the file with the encoding UTF-8")
    composed = compose(name, text)
    if isinstance(composed, Mistake):
        return composed
    root, finds = composed
    plain = _Plain(name)
    tree = plain.value(root, ())
    signs = _placed(name, finds, plain.lines)
    return Document(file=name, body=body, tree=tree, lines=plain.lines, mistakes=(*plain.mistakes, *signs))


def _placed(name: str, finds: Iterable[Find], lines: Mapping[Where, int]) -> Iterator[Mistake]:
    """Each with the innermost place that is written in its line."""
    by_line: dict[int, Where] = {}
    for where, line in sorted(lines.items(), key=lambda one: -len(one[0])):
        by_line.setdefault(line, where)
    for find in finds:
        path = ".".join(map(str, by_line.get(find.line, ())))
        yield Mistake(name, find.line, path, find.message)


def _missing(path: Path) -> str:
    if name_of(path.parent):
        return "there is no such file: copy another panel's into this folder, and change it"
    if is_several(path.parent):  # where `init` writes nothing
        return (
            "there is no such file for all panels: `monitor init OTHER` writes the default one into another folder, to be "
            "copied from there"
            if path.name in SHARED
            else f"a panel without a {path.name} of its own wants one here, and there is none: copy another panel's into its "
            "folder in panels/, and change it"
        )
    folder = path.parent
    where, named = (f" in {folder}", f' "{folder}"') if folder != Path() else ("", "")
    return f"there is no such file{where}: `monitor init{named}` writes the default one"


def _children(node: object, part: str | int) -> Iterator[tuple[str | int, Any]]:
    pairs: Iterable[tuple[str | int, Any]] = ()
    if isinstance(node, dict):
        pairs = node.items()
    elif isinstance(node, list):
        pairs = enumerate(node)
    return ((key, value) for key, value in pairs if part in ("*", key))


_TAG = "tag:yaml.org,2002:"
# A surrogate, which only an escape in double quotes can bring in; it can be neither printed nor stored.
_HALF = re.compile("[\ud800-\udfff]")
_KINDS = ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
_KNOWN_TAGS = {_TAG + kind for kind in _KINDS}


@dataclass(slots=True)
class _Plain:
    """Turns ruamel's nodes into plain values, noting the line of each place and what rule 3 refuses."""

    file: str
    lines: dict[Where, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def value(self, node: Node, where: Where) -> object:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if node.anchor is not None:  # an alias is the anchored node itself, so this finds both
            self.refuse(node, where, "anchors (&) and aliases (*) are not offered: write it out, or quote it")
        elif node.tag not in _KNOWN_TAGS:
            self.refuse(node, where, "tags (!) are not offered: delete it, or put the text in quotes")
        elif isinstance(node, ScalarNode) and _HALF.search(node.value):
            self.refuse(node, where, "a \\u escape for half a character: write the character itself")
        elif isinstance(node, MappingNode):
            return self.mapping(node, where)
        elif isinstance(node, SequenceNode):
            return [self.value(child, (*where, position)) for position, child in enumerate(node.value)]
        elif isinstance(node, ScalarNode):
            return self.scalar(node, where)
        return None

    def scalar(self, node: ScalarNode, where: Where) -> object:
        is_plain = node.style is None
        if what := wrong_sign(node.value, is_plain=is_plain):
            self.refuse(node, where, what)
        text = tidy(node.value)
        if not is_plain or text == node.value:
            return _scalar(str(node.tag), text)
        return _scalar(tag_of(text.strip()), text.strip())

    def mapping(self, node: MappingNode, where: Where) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node, where)
            if not isinstance(key_node, ScalarNode) or key_node.anchor or _HALF.search(key):
                self.refuse(key_node, where, "a key is one plain text: write `key: value`")
            elif key in found:
                first = self.lines[*where, key]
                self.refuse(
                    key_node, (*where, key), f"this key stands twice, first in line {first}: keep one"
                )
            else:
                self.lines[*where, key] = key_node.start_mark.line + 1
                found[key] = self.value(value_node, (*where, key))
        return found

    def key(self, node: Node, where: Where) -> str:
        """As it was meant."""
        if not isinstance(node, ScalarNode) or node.value.isascii():
            return str(node.value)
        if what := wrong_sign(node.value, is_plain=node.style is None):
            key = as_latin(tidy(node.value)).strip()
            self.refuse(node, (*where, key), what)
            return key
        return tidy(node.value).strip()

    def refuse(self, node: Node, where: Where, message: str) -> None:
        self.mistakes.append(Mistake(self.file, node.start_mark.line + 1, ".".join(map(str, where)), message))


def _scalar(tag: str, text: str) -> object:
    """Rule 2. What claims to be a number and is none for Python (`1_`, 5,000 digits) stays text."""
    if tag == _TAG + "null":
        return None
    if tag == _TAG + "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        if tag == _TAG + "int":
            return int(text)
        if tag == _TAG + "float":
            return float(text)
    except ValueError:
        pass
    return text
