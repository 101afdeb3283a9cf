"""What ruamel and pydantic complain of, in words for the person who writes the file."""

import difflib
import re
import types
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from monitor.config.values import Where

# What a parser of YAML says, and what the writer most likely did. The first that fits is taken; the tests show each.
_SYNTAX = (
    ("'\\t' that cannot start", "a tab stands here: use spaces"),
    ("that cannot start any token", "a text may not begin with this character: put the text in quotes"),
    ("unknown escape character", "a backslash inside double quotes: use single quotes around the text"),
    ("quoted scalar", "a quotation mark is opened here and never closed: close it"),
    ("flow sequence", "a list is opened with [ here and not closed with ], or a comma is missing"),
    ("flow mapping", "a block is opened with { here and not closed with }, or a comma is missing"),
    ("flow node", "a list or block opened with [ or { is never closed: close it"),
    ("mapping values are not", "a colon too many, or lines indented unevenly: quote text that holds `: `"),
    ("expected ':'", "a key without its colon: write `key: value`"),
    (
        "expected <block end>",
        "indented unevenly: give all keys (or all `- `) of a block the same indentation",
    ),
    ("alias", "a text may not begin with * or &: put the text in quotes"),
    ("<document start>", "a line above this one is no key: write `key: value`, or begin a remark with #"),
    ("the node content", "a text may not begin with this character: put the text in quotes, or delete it"),
    ("another document", "`---` begins a second document: delete that line"),
    ("maximum depth", "blocks within blocks within blocks: a bracket or dash too many"),
)

# Where the parser stumbles is the next line or the end of the file; the mistake is where this was begun.
BEGUN_BEFORE = re.compile("quoted scalar|flow sequence|flow mapping|simple key")


def syntax(context: str, problem: str) -> str:
    """A parser's complaint in plain words; its own where none fit."""
    said = f"{context} {problem}".strip()
    return next((words for needle, words in _SYNTAX if needle in said), f"not YAML: {said}")


def nearest(written: str, known: Collection[str]) -> str:
    """ "did you mean …?" for a misspelt name; else the names there are."""
    close = difflib.get_close_matches(written, known, n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    return "known are " + ", ".join(f"`{name}`" for name in known) if known else "none is known"


def complaints(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Where, str]]:
    """Each complaint of pydantic's with its place."""
    for details in error.errors(include_url=False):
        yield details["loc"], _words(details, model)


def _words(details: ErrorDetails, model: type[BaseModel]) -> str:
    kind, found, context = details["type"], details["input"], details.get("ctx", {})
    *parents, last = details["loc"] or ("",)
    if kind == "missing":
        return f"is missing: add {_example(_model_at(model, parents), str(last))}"
    if kind == "extra_forbidden":
        return f"no such key: {nearest(str(last), _fields(_model_at(model, parents)))}"
    if found is None:
        return "has no value: write one, or delete the line"
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        offered = context["expected"].replace("'", "`")  # from pydantic: 'page' or 'feed'
        return f"{_short(found)} is not offered: write {offered}"
    if kind == "string_type" and isinstance(found, list | dict):
        return f"one text is wanted, not {_short(found)}"
    words = _WANTED.get(kind)
    return words.format(found=_short(found), **context) if words else f"{_short(found)}: {details['msg']}"


_WANTED = {
    "string_type": 'a text is wanted and {found} is none: put it in quotes ("{found}")',
    "bool_type": "{found} is not offered: write `true` or `false`",
    "int_type": "{found} is not a whole number: write one, without quotes",
    "list_type": "a list is wanted: write each entry on its own line, beginning with `- `",
    "dict_type": "keys with values are wanted: write each on its own line, as `key: value`",
    "model_type": "keys with values are wanted: write each on its own line, as `key: value`",
    "greater_than_equal": "{found} is too small: write {ge} or more",
    "less_than_equal": "{found} is too large: write {le} or less",
    "too_short": "too few entries: write at least {min_length}",
}


def _short(found: object) -> str:
    if isinstance(found, dict | list):
        return "a list" if isinstance(found, list) else "a block of keys"
    text = str(found).lower() if isinstance(found, bool) else str(found)
    return text if len(text) <= 60 else text[:60] + "…"


def _example(model: type[BaseModel] | None, key: str) -> str:
    examples = _fields(model)[key].examples
    return f"`{key}: {examples[0]}`" if examples else f"`{key}: …`"


def _fields(model: type[BaseModel] | None) -> dict[str, FieldInfo]:
    """By key as written in the file."""
    if model is None:
        return {}
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(model: type[BaseModel], where: Sequence[str | int]) -> type[BaseModel] | None:
    """The model of the block at this place."""
    kind: Any = model
    for part in where:
        kind = _bare(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = _fields(kind).get(str(part))
            kind = field.annotation if field else None
        else:
            kind = get_args(kind)[-1] if get_origin(kind) in (list, dict) else None
    kind = _bare(kind)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _bare(kind: Any) -> Any:
    """Without Annotated, and without `| None`."""
    while get_origin(kind) in (Annotated, Union, types.UnionType):
        kind = next((part for part in get_args(kind) if part is not type(None)), None)
    return kind
