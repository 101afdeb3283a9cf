"""The index over the archive: `search.db` beside it, derived, thrown away and made anew at any time.

    archive | `Intake.take` (a worker of the desk) | search.db | `SearchIndex`: find, count, verdicts, candidates

file.py      opened, made, thrown away; what another version or a damaged disk left is never read
intake.py    what is written, in small transactions, by one writer
asking.py    what is asked: `SearchIndex`
matching.py  a tree of words as FTS5 wants it, each word quoted

It holds the words of the texts, the verdicts by one set of rules, and what a preview of other rules begins with. It is in no backup and has no seals; what is erased
or pruned takes the whole file with it (`thrown_away`).
"""

from monitor.store.search.asking import SearchIndex, open_to_ask
from monitor.store.search.file import FILE, Outlived, can_search, thrown_away
from monitor.store.search.intake import Intake, open_to_write

__all__ = [
    "FILE",
    "Intake",
    "Outlived",
    "SearchIndex",
    "can_search",
    "open_to_ask",
    "open_to_write",
    "thrown_away",
]
