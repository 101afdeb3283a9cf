"""learn: reads an edited document back, and says what was understood."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from monitor.app.workspace import Clock, recorded, utc_now, workspace_to_change
from monitor.errors import InputError
from monitor.pipeline.learn import Lesson, learn
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.learning.say import name_of_decision, understood


@dataclass(frozen=True, slots=True)
class LearnedDocument:
    lesson: Lesson

    def record(self) -> dict[str, Any]:
        lesson = self.lesson
        items = {item.story: item for item in lesson.edition.items}
        return {
            "edition": lesson.learned.edition,
            "new": lesson.is_new,
            "digest": lesson.learned.digest,
            "decisions": [
                {**asdict(one), "name": name_of_decision(one, items.get(one.story))}
                for one in lesson.learned.decisions
            ],
            "missed": [asdict(one) for one in lesson.missed],
            "suggestions": [asdict(one) for one in lesson.suggestions],
        }

    def lines(self) -> Iterator[str]:
        lesson = self.lesson
        *said, counts = understood(lesson.learned, lesson.edition)
        yield from said
        yield from (f"Missed: “{one.heading}”: {one.why}" for one in lesson.missed)
        yield from (f"Suggestion: {one}" for one in lesson.suggestions)
        yield counts if lesson.is_new else f"{counts} This file was learned before; nothing changed."


def learn_document(config_folder: Path, data: Path, file: Path, *, clock: Clock = utc_now) -> LearnedDocument:
    """Learns what the officer said by editing a draft. Raises InputError, with nothing touched, where the file is
    none that can be read or of no edition of this archive."""
    content = _content(file)
    returned = read_back(content, file.name)
    digest = hashlib.sha256(content).hexdigest()
    with (
        workspace_to_change(config_folder, data) as workspace,
        recorded(workspace.store, "learn", clock) as note,
    ):
        lesson = learn(
            workspace.store, workspace.config, returned, name=file.name, digest=digest, now=clock()
        )
        note.summary = understood(lesson.learned, lesson.edition)[-1]
    return LearnedDocument(lesson)


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"There is no file {file}.") from error
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror or error}. If it is open in Word, save and close it first."
        ) from error
    if file.name.startswith("~$"):
        raise InputError(
            f"{file.name} is the lock that Word puts beside an open document: name the document."
        )
    if lock := next((path for path in _locks(file) if path.exists()), None):
        raise InputError(
            f"{file.name} is open in another program, as {lock.name} beside it says: save and close it there first. "
            "If nobody has it open, delete that file."
        )
    return content


def _locks(file: Path) -> Iterator[Path]:
    """What Word and LibreOffice put beside a document while it is open: what is on disk may not be all of it.

    Word leaves out up to two letters of the name, as it is long.
    """
    yield from (file.with_name(f"~${file.name[letters:]}") for letters in (2, 1, 0))
    yield file.with_name(f".~lock.{file.name}#")
