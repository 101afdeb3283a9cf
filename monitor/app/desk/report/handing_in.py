"""Edited Word files, handed in at the desk: learned as `monitor learn` learns them.

- What a file is called comes from elsewhere: it is said to the person, and never a path.
- Nothing of a file is kept but what it says. Where much would be gone the person chooses it once more and says that it is
  meant, which holds for that very file: another one is asked about anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.app.desk.opened import OpenDesk
from monitor.app.learning import LearnedDocument, edited, learn_in
from monitor.errors import InputError
from monitor.model.review import Refused
from monitor.reporting.wording import one_line

MOST_FILES = 20  # at once: a draft and its notes are two
LONGEST_NAME = 100  # signs
LONGEST = 900  # signs of what is told: a cookie carries it to the next page
MEANT = "choose the same file again and press “It is meant”"


@dataclass(frozen=True, slots=True)
class HandedIn:
    words: str
    rows: tuple[int, ...]  # by which it is taken back; empty where nothing changed


@dataclass(frozen=True, slots=True)
class Doubted:
    """Nothing was kept."""

    words: str
    digests: tuple[str, ...]  # of the files about which is asked


def hand_in(
    desk: OpenDesk, files: Sequence[tuple[str, bytes]], *, meant: frozenset[str] = frozenset(), by: str = ""
) -> HandedIn | Doubted | Refused:
    """`files` are names and contents; `meant` the digests that a `Doubted` gave, once the person says that it is so.
    Raises ConfigError, StoreError, ClockError, Busy."""
    if not files:
        return Refused(words="Choose the Word file that you edited.")
    if len(files) > MOST_FILES:
        return Refused(words=f"These are {len(files)} files: hand in {MOST_FILES} at most at once.")
    try:
        documents = [edited(_called(name), content) for name, content in files]
        sure = meant.issuperset(one.digest for one in documents)
        with desk.changing() as workspace:

            def now() -> datetime:
                return workspace.store.archive.moment(desk.clock)

            learned = learn_in(workspace, documents, now, sure=sure, by=by, meant=MEANT)
    except InputError as error:
        return Refused(words=str(error))
    if doubts := [one.lesson.doubt for one in learned if one.lesson.doubt]:
        return Doubted(words=" ".join(doubts), digests=tuple(one.digest for one in documents))
    return HandedIn(words=_told(learned), rows=tuple(row for one in learned if (row := one.lesson.row)))


def _called(name: str) -> str:
    """A file's name, of what may be a whole path of another system."""
    return one_line(name.replace("\\", "/").rsplit("/", 1)[-1])[:LONGEST_NAME] or "The file"


def _told(learned: Sequence[LearnedDocument]) -> str:
    """The counts first, then what a person would not guess."""
    counts = [f"From a Word file: {one.counts}" for one in learned]
    words = " ".join([*counts, *(remark for one in learned for remark in one.lesson.remarks)])
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
