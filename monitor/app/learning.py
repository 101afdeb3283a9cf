"""learn, unlearn, take, drop: what the officer says of a draft, by documents or without, and what was understood."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from monitor.app.locks import Work
from monitor.app.workspace import Clock, Workspace, recorded, utc_now, workspace_to_change
from monitor.errors import InputError
from monitor.model import Said, Source
from monitor.paths import exists
from monitor.pipeline.learn import Edited, Lesson, learn_all
from monitor.pipeline.take import Spoken, say
from monitor.pipeline.unlearn import TakenBack, unlearn
from monitor.reporting.documents.word.back import read_back
from monitor.reporting.learning.doubt import SAY_YES
from monitor.reporting.learning.say import name_of_decision, understood
from monitor.reporting.wording import say_moment

LARGEST = 200_000_000  # bytes of a file; pictures may be many


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
            "remarks": lesson.remarks,
            "source": lesson.learned.source,
            **({"doubt": lesson.doubt} if lesson.doubt else {}),
        }

    def lines(self) -> Iterator[str]:
        lesson = self.lesson
        yield from lesson.remarks
        yield from understood(lesson.learned, lesson.edition)[:-1]
        yield from (f"Missed: “{one.heading}”: {one.why}" for one in lesson.missed)
        yield from (f"Suggestion: {one}" for one in lesson.suggestions)
        yield self.counts

    @property
    def counts(self) -> str:
        lesson = self.lesson
        counts = understood(lesson.learned, lesson.edition)[-1]
        if lesson.doubt or lesson.is_new:
            return counts
        return f"{counts} This file was learned before; nothing changed."


def learn_documents(
    config_folder: Path, data: Path, files: Sequence[Path], *, sure: bool = False, clock: Clock = utc_now
) -> tuple[LearnedDocument, ...]:
    """Learns what the officer said by editing drafts and ticking their notes; where a lesson has a doubt, and the
    person is not `sure`, nothing is kept. Raises InputError, with nothing touched, where a file is none that can be
    read or of no edition of this archive."""
    documents = [edited(file.name, _content(file)) for file in files]
    with workspace_to_change(config_folder, data, Work.LEARN, clock) as workspace:
        return learn_in(workspace, documents, clock, sure=sure)


def learn_in(
    workspace: Workspace,
    documents: Sequence[Edited],
    clock: Clock,
    *,
    sure: bool = False,
    by: str = "",
    meant: str = SAY_YES,
) -> tuple[LearnedDocument, ...]:
    """The same of documents that are read already, for the command and the desk. `meant`: how a person says that a
    doubtful one is."""
    store, config = workspace.store, workspace.config
    with recorded(store, "learn", clock) as note:
        lessons = learn_all(store, config, documents, clock(), sure=sure, by=by, meant=meant)
        doubts = [lesson.doubt for lesson in lessons if lesson.doubt]
        said = doubts or [understood(lesson.learned, lesson.edition)[-1] for lesson in lessons]
        note.summary = " ".join(said)
    return tuple(map(LearnedDocument, lessons))


def edited(name: str, content: bytes) -> Edited:
    """A file's bytes as a document that came back. Raises InputError, which calls it by `name`, where it is none."""
    _refuse_a_lock(name)
    return Edited(returned=read_back(content, name), name=name, digest=hashlib.sha256(content).hexdigest())


def _refuse_a_lock(name: str) -> None:
    if name.startswith("~$"):
        raise InputError(f"{name} is the lock that Word puts beside an open document: name the document.")


def _content(file: Path) -> bytes:
    try:
        if (size := file.stat().st_size) > LARGEST:
            raise InputError(
                f"{file.name} has {size // 1_000_000} MB: no report is as large. Name the report."
            )
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"There is no file {file}.") from error
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror or error}. If it is open in Word, save and close it first."
        ) from error
    _refuse_a_lock(file.name)
    if lock := next((path for path in _locks(file) if exists(path)), None):
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


# ── unlearn ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class TakenBackDocuments:
    documents: tuple[TakenBack, ...]

    def records(self) -> Iterator[dict[str, Any]]:
        for one in self.documents:
            yield {
                "edition": one.learned.edition,
                "source": one.learned.source,
                "digest": one.learned.digest,
                "learned": one.learned.learned.isoformat(),
                "decisions": len(one.learned.decisions),
                "before": one.before.isoformat() if one.before else None,
                "since": one.since,
            }

    def lines(self) -> Iterator[str]:
        for one in self.documents:
            learned = one.learned
            counts = understood(learned, one.edition)[-1]
            yield f"Taken back, as learned on {say_moment(learned.learned)}: {counts}"
            what = "draft" if learned.source is Source.REPORT else "the notes on draft"
            if one.before:
                yield f"Of {what} {learned.edition} holds again what was learned on {say_moment(one.before)}."
            else:
                yield f"Of {what} {learned.edition} nothing is learned now."
        if since := next((one.since for one in self.documents if one.since), None):
            yield f"Draft {since} was made with it, and stays as it is; the next draft is made without it."


def take_back(config_folder: Path, data: Path, *, clock: Clock = utc_now) -> TakenBackDocuments:
    """Takes back what the last call of `learn` said. Raises InputError, with nothing changed, where that cannot be."""
    with (
        workspace_to_change(config_folder, data, Work.LEARN, clock) as workspace,
        recorded(workspace.store, "unlearn", clock) as note,
    ):
        taken = TakenBackDocuments(unlearn(workspace.store, workspace.config, clock()))
        note.summary = " ".join(taken.lines())
    return taken


# ── take, drop ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SpokenWord:
    said: Said
    stories: tuple[Spoken, ...]

    def records(self) -> Iterator[dict[str, Any]]:
        for one in self.stories:
            decision = one.decision
            yield {
                "said": self.said,
                "story": decision.story,
                "heading": decision.drafted,
                "articles": decision.articles,
                "new": one.is_new,
            }

    def lines(self) -> Iterator[str]:
        yield from map(self._line, self.stories)
        yield self.counts

    @property
    def counts(self) -> str:
        new = sum(one.is_new for one in self.stories)
        before = len(self.stories) - new
        done = "taken into" if self.said is Said.TAKEN else "dropped from"
        already = f"; {before} already" if before else ""
        return f"{new} {done} the next draft{already}."

    def _line(self, one: Spoken) -> str:
        heading = f"“{one.decision.drafted}”"
        if self.said is Said.DROPPED:
            return f"Dropped: {heading}" if one.is_new else f"Dropped already: {heading}; nothing changed."
        if one.is_new:
            back = ", which was dropped" if one.before else ""
            return f"Taken in: {heading}{back}"
        return f"In the report already: {heading}; nothing changed."


def speak(
    config_folder: Path, data: Path, ids: Sequence[str], said: Said, *, clock: Clock = utc_now
) -> SpokenWord:
    """The officer's word without a document. Raises InputError, with nothing kept, where an id is of no story."""
    job = "take" if said is Said.TAKEN else "drop"
    with (
        workspace_to_change(config_folder, data, Work.LEARN, clock) as workspace,
        recorded(workspace.store, job, clock) as note,
    ):
        spoken = SpokenWord(said, say(workspace.store, workspace.config, ids, said, clock()))
        note.summary = spoken.counts
    return spoken
