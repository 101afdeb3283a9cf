"""A draft becomes topics.yaml, and every version that was saved can be had again.

1. Nothing is saved that cannot work: the text is judged as `check` judges it, and whether it fits places and panel.
2. The file must still be what the draft was begun from; else it is a conflict, with what others changed.
3. What stood there before is kept twice: as a dated copy beside the file, as `init --update` makes them, and with the
   new text among the versions in the data folder (`rules/versions/`), with who, when and what in words.
4. Taking back writes the text before, where nothing was changed since. An old version comes back as a draft.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules.drafts import (
    FOLDER,
    TOPICS,
    Draft,
    digest_of,
    keep,
    made_folder,
    path_of,
    said,
    written,
)
from monitor.app.locks import writable
from monitor.config.folder import FILES, misfits_between
from monitor.config.panels import file_of as its_file
from monitor.config.replacing import replaced
from monitor.config.topics_edit import changed
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Document, Loaded, document_of
from monitor.errors import ConfigError, InputError, Mistake, OutputError
from monitor.paths import exists, is_folder
from monitor.reporting.wording import day_in_london

# Reading goes at some five thousand lines a second (20,000 lines of unlike keys took 5.0 s), and a page is waited for.
# The shipped file has 1,400 lines and 74 kB.
MOST_LINES, LARGEST_TEXT = 10_000, 500_000

_alone = threading.Lock()


_OF_ALL = "every panel without a topics.yaml of its own goes by this one: copy it into this panel’s folder, and change it there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A change that was saved."""

    number: int
    at: datetime
    who: str
    says: tuple[str, ...]
    gained: int | None  # in the preview; None: it was not waited for
    lost: int | None
    weeks: int | None
    before: str  # digests of the two texts
    after: str
    copy: str  # the name of the dated copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The file is not what the draft was begun from."""

    theirs: tuple[str, ...]  # what was changed in it since, in words
    yours: tuple[str, ...]
    now: bytes


@dataclass(frozen=True, slots=True)
class Wrong:
    mistakes: tuple[Mistake, ...]


def file_of(desk: OpenDesk) -> Path:
    return its_file(desk.config_folder, TOPICS)


def body_of(desk: OpenDesk) -> bytes:
    """Of topics.yaml as it stands. Raises OutputError."""
    try:
        return file_of(desk).read_bytes()
    except OSError as error:
        raise OutputError(f"{file_of(desk)} cannot be read: {error.strerror or error}.") from error


def mistakes_of(desk: OpenDesk, draft: Draft) -> tuple[Mistake, ...]:
    """What keeps the draft from being saved, by line; what was amiss between the files before is no reason."""
    loaded = read_topics(path_of(desk.home, draft.id))
    if not isinstance(loaded, Loaded):
        return loaded
    try:
        others = [its_file(desk.config_folder, name).read_bytes() for name in FILES[2:]]
        before = {(one.path, one.message) for one in _misfits(draft.base, others)}
        found = _misfits(draft.body, others)
    except OSError:
        return ()
    return tuple(one for one in found if (one.path, one.message) not in before)


def _misfits(topics: bytes, others: Sequence[bytes]) -> tuple[Mistake, ...]:
    documents = (document_of(name, body) for name, body in zip(FILES[1:], (topics, *others), strict=True))
    if not all(isinstance(one, Document) for one in documents):
        return ()
    return misfits_between(topics, *others)


def save(
    desk: OpenDesk,
    draft: Draft,
    previewed: str,
    *,
    who: str = "",
    gained: int | None = None,
    lost: int | None = None,
    weeks: int | None = None,
) -> Version | Conflict | Wrong:
    """`previewed` is the digest of what the person saw. Raises OutputError."""
    if previewed != draft.digest:
        return Wrong((Mistake(TOPICS, 1, "", "this is not what was previewed: look at the draft again"),))
    if desk.shares and not exists(desk.config_folder / TOPICS):
        return Wrong((Mistake(TOPICS, 1, "", _OF_ALL),))
    if mistakes := mistakes_of(desk, draft):
        return Wrong(mistakes)
    with _alone:
        now = body_of(desk)
        if now != draft.base:
            return Conflict(theirs=said(draft.base, now), yours=draft.says, now=now)
        try:
            copy = replaced(file_of(desk), now, draft.body, day_in_london(desk.clock()))
        except InputError:
            now = body_of(desk)
            return Conflict(theirs=said(draft.base, now), yours=draft.says, now=now)
        version = Version(
            number=_next(desk.home),
            at=desk.clock(),
            who=who,
            says=draft.says,
            gained=gained,
            lost=lost,
            weeks=weeks,
            before=digest_of(draft.base),
            after=draft.digest,
            copy=copy.name,
        )
        _remember(desk.home, version, draft.base, draft.body)
        return version


def rebased(desk: OpenDesk, draft: Draft, who: str) -> Draft:
    """The draft's changes on the file as it is now. Raises InputError where one of them cannot be made there."""
    if not draft.changes:
        raise InputError("The whole text was edited, so only a person can put the two together.")
    now = body_of(desk)
    text = with_changes(now, draft)
    return keep(desk.home, now, text, desk.clock(), who, draft.changes)


def with_changes(body: bytes, draft: Draft) -> bytes:
    for change in draft.changes:
        document = document_of(TOPICS, body)
        if isinstance(document, Mistake):
            raise ConfigError([document])
        body = body_with(body, changed(document, change))
    return body


def too_much(text: str) -> str:
    """Why a text is not tried here; "" where it is."""
    lines, size = len(text.splitlines()), len(text.encode("utf-8"))
    if lines <= MOST_LINES and size <= LARGEST_TEXT:
        return ""
    return (
        f"The text has {lines:,} lines and {size // 1_000:,} kB; {MOST_LINES:,} lines and {LARGEST_TEXT // 1_000} kB "
        "are tried here. Nothing was saved. Shorten it, or edit the file itself and run monitor check."
    )


def body_with(old: bytes, text: str) -> bytes:
    mark = b"\xef\xbb\xbf"
    return (mark if old.startswith(mark) else b"") + text.encode("utf-8")


# ── versions ────────────────────────────────────────────────────────────────────────────────────────────────────


def versions(data: Path) -> tuple[Version, ...]:
    """The newest first. One whose record cannot be read is left out."""
    found = []
    folder = data / FOLDER / "versions"
    for path in folder.glob("*.json") if is_folder(folder) else ():
        try:
            record = json.loads(path.read_bytes())
            at = datetime.fromisoformat(record["at"])
            found.append(Version(**{**record, "at": at, "says": tuple(record["says"])}))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return tuple(sorted(found, key=lambda one: -one.number))


def version_of(data: Path, number: int) -> Version | None:
    return next((one for one in versions(data) if one.number == number), None)


def texts_of(data: Path, version: Version) -> tuple[bytes, bytes]:
    """Before and after. Raises OutputError."""
    folder = data / FOLDER / "versions"
    try:
        return (
            (folder / f"{version.number:04}-before.yaml").read_bytes(),
            (folder / f"{version.number:04}-after.yaml").read_bytes(),
        )
    except OSError as error:
        raise OutputError(f"Version {version.number} cannot be read: {error.strerror or error}.") from error


def restored(desk: OpenDesk, version: Version, who: str, *, before: bool = False) -> Draft:
    """A draft that makes the file what it was after that version, or before it; to be previewed and saved as any."""
    return keep(desk.home, body_of(desk), texts_of(desk.home, version)[not before], desk.clock(), who)


def undone(desk: OpenDesk, version: Version, who: str) -> Version | Conflict | Wrong:
    """The text before a change, where nothing was changed since; itself a version, which can be taken back too."""
    before, after = texts_of(desk.home, version)
    draft = keep(desk.home, after, before, desk.clock(), who)
    draft = replace(draft, says=(f"took back version {version.number}", *draft.says))
    return save(desk, draft, draft.digest, who=who)


def _next(data: Path) -> int:
    """Above every file there is, also of a version whose record is damaged or was erased: no text is written over."""
    folder = data / FOLDER / "versions"
    begun = (path.name.partition(".")[0].partition("-")[0] for path in folder.glob("*"))
    return max((int(number) for number in begun if number.isdecimal()), default=0) + 1


def _remember(data: Path, version: Version, before: bytes, after: bytes) -> None:
    record = {key: getattr(version, key) for key in Version.__slots__} | {"at": version.at.isoformat()}
    with writable(data):
        folder = made_folder(data, "versions")
        name = f"{version.number:04}"
        written(folder / f"{name}-before.yaml", before)
        written(folder / f"{name}-after.yaml", after)
        written(folder / f"{name}.json", json.dumps(record, ensure_ascii=False, indent=1).encode())
