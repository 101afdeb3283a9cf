"""In how many stored articles the words of each phrase stand: what never came is an editor's first question.

Counted once a day by the process that keeps the search index, and after each change of the rules: all phrases take it some
seconds. A number is that of the search for the words; the rules may count fewer, for they know capitals, cancelled hits
and the kinds of figures.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules.lists import all_lists
from monitor.app.desk.search.index_asked import asked_index
from monitor.config.yamlfile import Document, document_of
from monitor.errors import StoreError
from monitor.judging.holding import may_hold
from monitor.model import EVERYTHING, Term
from monitor.store.search import Intake, SearchIndex

NAME = "phrases"
SERVES = timedelta(days=1)
_PLAIN = re.compile(r"[^\W_][\w'’ -]*\*?")


@dataclass(frozen=True, slots=True)
class PhraseCounts:
    """By phrase; of one that is of figures alone nothing is known."""

    at: datetime
    counts: Mapping[str, int]

    def absent(self, phrases: Iterable[str]) -> int:
        """How many of them stand in no article."""
        return sum(self.counts.get(phrase) == 0 for phrase in phrases)


def phrase_counts(desk: OpenDesk) -> PhraseCounts | None:
    """None where they are not counted yet by the rules in force."""
    try:
        index = asked_index(desk, desk.config())
        if index is None:
            return None
        with index:
            record = index.prepared(NAME)
    except StoreError:
        return None
    return _read(record) if record else None


def searched(phrase: str) -> str:
    """What is typed to search for its words; "" where that cannot be typed."""
    if not _PLAIN.fullmatch(phrase) or ("*" in phrase and " " in phrase):
        return ""
    return phrase if phrase.endswith("*") else f'"{phrase}"'


def count_phrases(topics: bytes, digest: str, intake: Intake, index: SearchIndex, now: datetime) -> bool:
    """Keeps the counts of all phrases of the file, unless those of the last day are there. Whether it did."""
    kept = intake.prepared(NAME)
    if kept and kept[0] == digest and now - _read(kept[1]).at < SERVES:
        return False
    document = document_of("topics.yaml", topics)
    lists = all_lists(document).values() if isinstance(document, Document) else ()
    terms: dict[str, Term] = {phrase: may_hold(phrase) for one in lists for phrase in one.phrases}
    counts = {phrase: index.count(term) for phrase, term in terms.items() if term != EVERYTHING}
    intake.prepare(NAME, digest, json.dumps({"at": now.isoformat(), "counts": counts}, ensure_ascii=False))
    return True


def _read(record: str) -> PhraseCounts:
    raw = json.loads(record)
    return PhraseCounts(datetime.fromisoformat(raw["at"]), raw["counts"])
