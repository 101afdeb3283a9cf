"""What is written into the index: articles as the archive has them, verdicts, and what was worked out beforehand. One
process writes.

- A row is known by the archive's seal of it. One that changed gets a new number, and its old words stay behind without
  a story: FTS5 forgets words only to who still has them, and the index keeps no text. Where rows went, the file goes
  whole (`is_outlived`).
- Each call is one transaction.
"""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Self

from monitor.model import Article, Verdict
from monitor.store.search.days import day_number, microseconds
from monitor.store.search.index import Index, Outlived
from monitor.text import plain_words

Seals = Mapping[str, int]  # of articles, by id


@dataclass(frozen=True, slots=True)
class Intake:
    """Open; close it, or use it as a context manager."""

    index: Index

    def close(self) -> None:
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def is_still(self) -> bool:
        """False where the file was thrown away meanwhile."""
        return self.index.is_still()

    # ── articles ────────────────────────────────────────────────────────────────────────────────────────────────

    def unknown(self, seals: Seals) -> tuple[str, ...]:
        """The articles that are new or changed, in the order given. Raises StoreError."""
        known = self._known()
        return tuple(article for article, seal in seals.items() if known.get(article) != seal)

    def is_outlived(self, seals: Seals) -> bool:
        """Whether it holds words of an article that is not there any more. Raises StoreError."""
        return any(article not in seals for article in self._known())

    def _known(self) -> dict[str, int]:
        with self.index.written():
            rows = self.index.execute(
                "SELECT article, seal FROM docs UNION ALL SELECT article, seal FROM aside"
            )
            return dict(rows.fetchall())

    def take(self, articles: Sequence[Article], seals: Seals) -> None:
        """`seals`: of these, and of others that hold no text to be found. Raises StoreError; Outlived where one of the
        others had a text, for its words are still here."""
        with self.index.written(), self.index.transaction():
            self._leave(seals, {article.id for article in articles})
            for article in sorted(articles, key=lambda one: one.published):  # FTS5 takes rising numbers fast
                self._take(article, seals[article.id])
            taken = {article.id for article in articles}
            aside = [(id, seal) for id, seal in seals.items() if id not in taken]
            self.index.executemany("INSERT INTO aside VALUES (?, ?)", aside)

    def _leave(self, articles: Iterable[str], with_text: Set[str]) -> None:
        ids = (json.dumps(list(articles)),)
        self.index.execute("DELETE FROM aside WHERE article IN (SELECT value FROM json_each(?))", ids)
        found = self.index.execute(
            "SELECT number, article FROM docs WHERE article IN (SELECT value FROM json_each(?))", ids
        )
        numbers = []
        for number, article in found.fetchall():
            if article not in with_text:
                raise Outlived(f"The search index holds words of {article}, whose text was forgotten.")
            numbers.append(number)
        self._unjudge(numbers)
        each = [(number,) for number in numbers]
        self.index.executemany("INSERT INTO left_behind VALUES (?)", each)
        self.index.executemany("DELETE FROM docs WHERE number = ?", each)

    def _take(self, article: Article, seal: int) -> None:
        number = microseconds(article.published)
        while self._is_used(number):
            number += 1
        self.index.execute(
            "INSERT INTO docs (number, first_seen, published, received, outlet, article, seal) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                microseconds(article.first_seen),
                day_number(article.published),
                day_number(article.first_seen),
                self._id_of("outlets", "name", article.outlet),
                article.id,
                seal,
            ),
        )
        self.index.put_words(number, plain_words(article.title), plain_words(article.text))

    def _is_used(self, number: int) -> bool:
        found = self.index.execute(
            "SELECT 1 FROM docs WHERE number = ? UNION ALL SELECT 1 FROM left_behind WHERE number = ?",
            (number, number),
        )
        return found.fetchone() is not None

    def _id_of(self, table: str, column: str, value: str) -> int:
        self.index.execute(
            f"INSERT INTO {table} ({column}) VALUES (?) ON CONFLICT ({column}) DO NOTHING", (value,)
        )
        return int(self.index.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchone()[0])

    # ── verdicts ────────────────────────────────────────────────────────────────────────────────────────────────

    def unjudged(self, digest: str, most: int) -> tuple[str, ...]:
        """Articles that are not judged by these rules, the newest first. Raises StoreError."""
        with self.index.written():
            rows = self.index.execute(
                "SELECT article FROM docs WHERE (rules IS NULL OR rules != coalesce((SELECT id FROM rules WHERE digest = ?), 0)) "
                "ORDER BY number DESC LIMIT ?",
                (digest, most),
            )
            return tuple(row[0] for row in rows)

    def judge(self, digest: str, verdicts: Mapping[str, Verdict]) -> None:
        """Keeps verdicts by article. Raises StoreError."""
        with self.index.written(), self.index.transaction():
            found = self.index.execute(
                "SELECT number, article FROM docs WHERE article IN (SELECT value FROM json_each(?))",
                (json.dumps(list(verdicts)),),
            )
            numbered = {number: verdicts[article] for number, article in found.fetchall()}
            self._unjudge(numbered)
            rules = self._id_of("rules", "digest", digest)
            self.index.executemany(
                "UPDATE docs SET rules = ?, choice = ?, area = ? WHERE number = ?",
                [(rules, one.choice.value, one.area.name, number) for number, one in numbered.items()],
            )
            self.index.executemany(
                "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?)",
                [
                    (number, one.score, json.dumps(one.topics), json.dumps(one.councils), one.reason)
                    for number, one in numbered.items()
                ],
            )
            self._sort_in("topic_of", {number: one.topics for number, one in numbered.items()})
            self._sort_in("council_of", {number: one.councils for number, one in numbered.items()})

    def _sort_in(self, table: str, values: Mapping[int, Sequence[str]]) -> None:
        self.index.executemany(
            f"INSERT INTO {table} (value, number, place) VALUES (?, ?, ?)",
            [
                (value, number, place)
                for number, of in values.items()
                for place, value in enumerate(dict.fromkeys(of))
            ],
        )

    def _unjudge(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            found = self.index.execute(
                "SELECT topics, councils FROM verdicts WHERE number = ?", (number,)
            ).fetchone()
            if found is None:
                continue
            for table, values in zip(("topic_of", "council_of"), map(json.loads, found), strict=True):
                self.index.executemany(
                    f"DELETE FROM {table} WHERE value = ? AND number = ?",
                    [(value, number) for value in values],
                )
            self.index.execute("DELETE FROM verdicts WHERE number = ?", (number,))

    # ── beforehand ──────────────────────────────────────────────────────────────────────────────────────────────

    def prepared(self, name: str) -> tuple[str, str] | None:
        """The digest of the rules by which it was worked out, and what it was. Raises StoreError."""
        with self.index.written():
            found = self.index.execute("SELECT digest, body FROM prepared WHERE name = ?", (name,))
            row = found.fetchone()
        return (row[0], row[1]) if row else None

    def prepare(self, name: str, digest: str, body: str) -> None:
        """Keeps what was worked out beforehand, in place of what was. Raises StoreError."""
        with self.index.written(), self.index.transaction():
            self.index.execute("DELETE FROM prepared WHERE name = ?", (name,))
            self.index.execute("INSERT INTO prepared VALUES (?, ?, ?)", (name, digest, body))
