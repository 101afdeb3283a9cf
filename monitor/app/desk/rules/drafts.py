"""Changes of topics.yaml that are not saved yet: each a folder in the data folder, with the whole text as it would be.

A draft is never changed: another change makes another draft. So its address can be sent to a colleague, opened in two
windows, and found again after a restart; what was previewed is what is saved.

    rules/drafts/ID/topics.yaml   as it would be
    rules/drafts/ID/base.yaml     as the file was when the draft was begun
    rules/drafts/ID/about.json    when, by whom, what in words

The oldest go when there are more than `MOST`.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from monitor.app.locks import writable
from monitor.config.parts import Standing, parts_of, shown, summary
from monitor.config.replacing import as_its_folder
from monitor.config.topics_edit import Change
from monitor.config.values import Where
from monitor.config.yamlfile import Document, document_of
from monitor.errors import Mistake
from monitor.paths import is_folder

FOLDER = "rules"
TOPICS = "topics.yaml"
MOST = 200
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    id: str
    made: datetime
    who: str
    says: tuple[str, ...]  # the change in words
    base: bytes
    body: bytes
    changes: tuple[Change, ...] = ()  # of forms; none where the whole text was edited

    @property
    def digest(self) -> str:
        return digest_of(self.body)


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def keep(
    data: Path, base: bytes, body: bytes, now: datetime, who: str = "", changes: Sequence[Change] = ()
) -> Draft:
    """Raises OutputError."""
    draft = Draft(
        id=secrets.token_hex(6),
        made=now,
        who=who,
        says=said(base, body),
        base=base,
        body=body,
        changes=tuple(changes),
    )
    about = {"made": now.isoformat(), "who": who, "says": draft.says, "changes": list(map(asdict, changes))}
    with writable(data):
        folder = made_folder(data, "drafts") / draft.id
        folder.mkdir()
        as_its_folder(folder)
        for name, content in (("base.yaml", base), (TOPICS, body), ("about.json", _json(about))):
            written(folder / name, content)
        _make_room(folder.parent)
    return draft


def of_id(data: Path, id: str) -> Draft | None:
    """None where there is none of the id, or no whole one."""
    if not _ID.fullmatch(id):
        return None
    folder = data / FOLDER / "drafts" / id
    try:
        about = json.loads((folder / "about.json").read_bytes())
        return Draft(
            id=id,
            made=datetime.fromisoformat(about["made"]),
            who=about["who"],
            says=tuple(about["says"]),
            base=(folder / "base.yaml").read_bytes(),
            body=(folder / TOPICS).read_bytes(),
            changes=tuple(Change(**{**one, "where": tuple(one["where"])}) for one in about["changes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def path_of(data: Path, id: str) -> Path:
    """Of the text as it would be."""
    return data / FOLDER / "drafts" / id / TOPICS


def said(base: bytes, body: bytes) -> tuple[str, ...]:
    """What of the file is otherwise, in words: parts by their names; comments and folds count as one."""
    old, new = document_of(TOPICS, base), document_of(TOPICS, body)
    if isinstance(new, Mistake):
        return ("the text cannot be read as YAML",)
    if isinstance(old, Mistake):
        return ("the file could not be read before, and can be now",)
    words = tuple(_words(old, new))
    return words or (("only comments, order or folds",) if base != body else ())


def _words(old: Document, new: Document) -> Iterator[str]:
    for part in parts_of(TOPICS, new.tree, old.tree, ()):
        if part.standing is Standing.LACKING:
            yield _said("added", "to", new.tree, part.shipped)
        elif part.standing is Standing.OWN:
            yield _said("removed", "from", old.tree, part.yours)
        else:
            now, before = _at(new.tree, part.shipped), _at(old.tree, part.yours)
            yield f"changed {_named(new.tree, part.shipped)} from {shown(before)} to {shown(now)}"


def _said(done: str, where: str, tree: object, place: Where) -> str:
    """A phrase with its list; a group, or a figure, by its name."""
    value = _at(tree, place)
    if isinstance(place[-1], int) and isinstance(value, str):
        return f"{done} “{value}” {where} {_named(tree, place[:-1])}"
    return f"{done} {_named(tree, place)}: {summary(value)}"


def _named(tree: object, place: Where) -> str:
    """ "topics, roads, strong": who stands in a list is called by its id or its name."""
    words: list[str] = []
    for part in place:
        tree = _at(tree, (part,))
        told = tree if isinstance(part, int) and isinstance(tree, dict) else {}
        words.append(str(told.get("id") or told.get("name") or part))
    return ", ".join(words[:-1] if words[-1:] == ["phrases"] else words)


def _at(tree: object, where: Where) -> object:
    for part in where:
        tree = tree[part]  # type: ignore[index]
    return tree


def made_folder(data: Path, name: str) -> Path:
    for folder in (data / FOLDER, data / FOLDER / name):
        if not is_folder(folder):
            folder.mkdir(parents=True, mode=0o700)
            as_its_folder(folder)
    return data / FOLDER / name


def written(path: Path, body: bytes) -> None:
    """Whole or not at all. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(body)
    os.replace(temporary, path)
    as_its_folder(path)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _make_room(folder: Path) -> None:
    held = sorted(
        (one for one in folder.iterdir() if _ID.fullmatch(one.name)), key=lambda one: one.stat().st_mtime
    )
    for old in held[:-MOST]:
        with suppress(OSError):
            shutil.rmtree(old)
