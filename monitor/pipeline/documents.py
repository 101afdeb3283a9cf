"""An edition's documents: made of its record, written once, and written again where a run was stopped.

1. Before the first byte the archive knows the folder (`store.writings`); when the edition is kept, in the same
   transaction, also the names and kinds of its documents; when the last has its name, nothing any more. So what is
   still there is of a run that was stopped: killed, or out of disk.
2. The next run that drafts clears what is half, and writes what is missing of it, made again of the edition's record.
   What is there already stays as it is: the officer may have edited it by then.
3. Of an edition whose documents were all written nothing is known here. What becomes of them is the officer's business:
   what was edited is not overwritten, and what was deleted does not come back.

All of it is done by one run at a time (`app/locks.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor.errors import MonitorError
from monitor.model import Edition, Writing
from monitor.pipeline.learn import suggestions
from monitor.pipeline.records import edition_of_number, editions_of_numbers
from monitor.reporting.documents.folder import NOTES, Document, clear_parts, write_missing
from monitor.reporting.documents.write import document
from monitor.reporting.notes import Notes, earlier_wanted, working_notes
from monitor.settings import Config
from monitor.store import Store

UNDER_WAY = timedelta(hours=2)  # until the weekly job has tried again


@dataclass(frozen=True, slots=True)
class Finished:
    """What runs that were stopped had left, and what became of it now."""

    documents: tuple[Path, ...] = ()  # written now
    still_missing: tuple[str, ...] = ()  # a sentence for each folder that still cannot be written


def finish(store: Store, config: Config) -> Finished:
    """Clears what earlier runs left half, and writes what is missing of editions that are kept."""
    documents: list[Path] = []
    still_missing: list[str] = []
    for writing in store.writings.unfinished():
        try:
            documents += _finished(store, config, writing)
        except (OSError, MonitorError) as error:
            if writing.edition is not None:
                still_missing.append(say_kept(writing.edition, str(error)))
        else:
            store.writings.end(writing)
    return Finished(tuple(documents), tuple(still_missing))


def _finished(store: Store, config: Config, writing: Writing) -> tuple[Path, ...]:
    folder = Path(writing.folder)
    clear_parts(folder)
    record = store.editions.record(writing.edition) if writing.edition is not None else None
    edition = edition_of_number(store, writing.edition) if writing.edition is not None else None
    if record is None or edition is None:
        return ()
    documents = documents_of(edition, record, notes_on(edition, store, config), config, writing.formats)
    return write_missing(folder, writing.stem, documents)


def say_kept(number: int, why: str = "") -> str:
    """What is said of an edition that is kept and whose documents are not all written."""
    kept = (
        f"Draft {number} is kept, and what is missing of its documents is written by the next run of `monitor weekly` or "
        "`monitor draft`."
    )
    return f"{why} {kept}".lstrip()


def unwritten(store: Store, now: datetime) -> Iterator[str]:
    """What a person should do about documents that no run could write so far; a sentence each."""
    owed = {writing.edition: writing.folder for writing in store.writings.unfinished()}
    for edition in store.editions.all():
        if edition.number in owed and now - edition.made > UNDER_WAY:
            yield (
                f"draft {edition.number} is kept, but its documents are not all in {owed[edition.number]}. Run `monitor "
                "weekly`: it writes what is missing, or says what is in its way."
            )


def documents_of(
    edition: Edition, record: str, notes: Notes, config: Config, formats: Sequence[str]
) -> list[Document]:
    """All documents of a numbered edition."""
    written = [document(edition, ending, config, record=record) for ending in formats]
    return written + notes_documents(notes, formats)


def notes_on(edition: Edition, store: Store, config: Config) -> Notes:
    """The working notes on a numbered edition, with what was known when it was made."""
    before = [one for one in store.editions.all() if one.number < edition.number]
    wanted = earlier_wanted(before, edition.header.meeting, edition.basis.window.until)
    earlier = editions_of_numbers(store, wanted)
    suggested = suggestions(store, config, edition.made)
    return working_notes(edition, earlier, config, store.articles.beginning(), suggested)


def notes_documents(notes: Notes, formats: Sequence[str]) -> list[Document]:
    """In Word, to be ticked; as a page where pages are asked for, which hold nothing but the report themselves."""
    written = {"docx": _notes_in_word, "html": _notes_page}
    return [
        Document(ending=ending, content=write(notes), part="-notes", below=NOTES)
        for ending, write in written.items()
        if ending in formats
    ]


def _notes_in_word(notes: Notes) -> bytes:
    from monitor.reporting.documents.word.notes import write_notes  # slow to import

    return write_notes(notes)


def _notes_page(notes: Notes) -> bytes:
    from monitor.reporting.documents.page import write_notes_html  # slow to import

    return write_notes_html(notes).encode("utf-8")


def to_be_written(writing: Writing, edition: Edition, stem: str, formats: Sequence[str]) -> Writing:
    """As it is kept with the edition."""
    return replace(writing, edition=edition.number, stem=stem, formats=tuple(formats))
