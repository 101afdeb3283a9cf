"""Articles as they were first read, and what their pages had become when they were read again.

What is judged, grouped and quoted are those whose text is still there: of one that was forgotten
(`store/forgetting.py`) only what tells that it is known is left, and a title alone is no story.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import monitor.store.rows as rows
from monitor.model import OLD, Article, KnownArticle, KnownArticles, PageCheck, Revision, Window
from monitor.store.archive import Archive
from monitor.store.owner import Owner, insert_into

# Not INSERT OR IGNORE, which would also swallow a row that the table refuses for another reason.
INSERT_ARTICLE = (
    f"INSERT INTO articles ({', '.join(rows.ARTICLE_COLUMNS)}) "
    f"VALUES ({', '.join(f':{column}' for column in rows.ARTICLE_COLUMNS)}) ON CONFLICT (id) DO NOTHING"
)

_SAVE_CHECK = (
    "INSERT INTO page_checks (article, at, unread) VALUES (:article, :at, :unread) "
    "ON CONFLICT (article) DO UPDATE SET at = excluded.at, unread = excluded.unread"
)
_INSERT_REVISION = insert_into("revisions", ("article", "at", "what", "title", "paragraphs"))

MOST_OF_LINKS = 1_000  # a page of alerts may be linked by thousands of entries over the years

# The beginning of the text is enough to know a story by; its JSON need not be taken apart for that.
_KNOWN = "id, url, title, feed, text_from, CASE WHEN forgotten IS NULL THEN substr(paragraphs, 1, 2000) ELSE '' END AS text"

# By one of the feeds, twice a list: as the first to bring it, or beside another.
_LISTED = (
    "(feed IN (SELECT value FROM json_each(?)) OR id IN "
    "(SELECT article FROM entries WHERE feed IN (SELECT value FROM json_each(?))))"
)

_AMONG_FEEDS = "feed IN (SELECT value FROM json_each(?))"

_PLAIN_TITLE = "replace(replace(replace(lower(title), '’', ''), '''', ''), '-', '')"


def _in_order(word: str) -> str:
    """For LIKE: its letters, whatever stands between them; "_" is any letter, and looked at afterwards. A
    backslash would take away what follows it in PostgreSQL."""
    letters = word.replace("\\", "_")
    return f"%{'%'.join(letters)}%"


@dataclass(frozen=True, slots=True)
class Articles:
    archive: Archive
    owner: Owner = Owner()

    def of(self, window: Window) -> tuple[Article, ...]:
        """Every article first seen in the window, by first-seen time and id; of a panel that does not want all feeds,
        those that one of its feeds lists."""
        where, parameters = self._of(window)
        return self._read(where, *parameters)

    def _of(self, window: Window) -> tuple[str, tuple[str, ...]]:
        where, parameters = "forgotten IS NULL AND first_seen >= ? AND first_seen < ?", rows.bounds(window)
        if self.owner.wants is None:
            return where, parameters
        feeds = json.dumps(sorted(self.owner.wants))
        return f"{where} AND {_LISTED}", (*parameters, feeds, feeds)

    def named(self, ids: Iterable[str]) -> tuple[Article, ...]:
        """Those of the named articles that are stored, by first-seen time and id."""
        return self._read(
            "forgotten IS NULL AND id IN (SELECT value FROM json_each(?))", json.dumps(sorted(set(ids)))
        )

    def get(self, id_or_url: str) -> Article | None:
        found = self._read("id = ? OR url = ?", id_or_url, id_or_url)
        return next((one for one in found if one.id == id_or_url), next(iter(found), None))

    def headed(self, words: Sequence[str], most: int = -1) -> tuple[Article, ...]:
        """Of those whose title holds each of the words, small or capital, anywhere, the newest, at most so many where
        that is said; none without a word. Hyphens and apostrophes part no word. The longest word is asked for first: few
        titles have it, so the others are looked for in few (of 50,000 titles three words took twice the time). And their
        letters in order before their signs, which halves it again."""
        if not words:
            return ()
        letters = " AND ".join("title LIKE ?" for _ in words)
        signs = " AND ".join(f"instr({_PLAIN_TITLE}, ?) > 0" for _ in words)
        sql = f"SELECT id FROM articles WHERE {letters} AND {signs} ORDER BY first_seen DESC, id"
        if most >= 0:
            sql += f" LIMIT {most}"
        asked = sorted(words, key=len, reverse=True)
        ids = [row["id"] for row in self.archive.read(sql, *map(_in_order, asked), *asked)]
        found = self._read("id IN (SELECT value FROM json_each(?))", json.dumps(ids))
        return tuple(sorted(found, key=lambda one: one.first_seen, reverse=True))  # of one moment by id

    def unseen(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the article ids that are not stored."""
        wanted = frozenset(ids)
        stored = self.archive.read(
            "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))", json.dumps(sorted(wanted))
        )
        return wanted - {row["id"] for row in stored}

    def known(
        self, feed: str, names: Iterable[str], ids: Iterable[str], links: Iterable[str]
    ) -> KnownArticles:
        """The stored articles that a feed's entries may be: by their own ids there, their articles' ids, their
        links."""
        named = {
            row["entry"]: row["article"]
            for row in self.archive.read(
                "SELECT entry, article FROM entries WHERE feed = ? AND entry IN (SELECT value FROM json_each(?))",
                feed,
                json.dumps(sorted(names)),
            )
        }
        of_ids = self.archive.values(
            rows.read_known_article,
            "articles",
            "id IN (SELECT value FROM json_each(?))",
            json.dumps(sorted({*ids, *named.values()})),
            columns=_KNOWN,
        )
        of_links = self.archive.values(
            rows.read_known_article,
            "articles",
            "url IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(links)),
            columns=_KNOWN,
            order="first_seen DESC, id",
            most=MOST_OF_LINKS,
        )
        by_id = {one.id: one for one in (*of_ids, *of_links)}
        by_link: dict[str, tuple[KnownArticle, ...]] = {}
        for one in of_links:
            by_link[one.url] = (*by_link.get(one.url, ()), by_id[one.id])
        by_this_feed = self.archive.read(
            "SELECT DISTINCT article, CASE WHEN entry = '=' || article THEN 1 ELSE 0 END AS is_listed FROM entries "
            "WHERE feed = ? AND article IN (SELECT value FROM json_each(?))",
            feed,
            json.dumps(sorted(by_id)),
        )
        return KnownArticles(
            by_name={name: by_id[id] for name, id in named.items() if id in by_id},
            by_id=by_id,
            by_link=by_link,
            named=frozenset(row["article"] for row in by_this_feed if not row["is_listed"]),
            listed=frozenset(row["article"] for row in by_this_feed if row["is_listed"]),
        )

    def last_of_each_outlet(self, until: datetime, most: int) -> tuple[Article, ...]:
        """The last articles of each outlet first seen before `until`, at most `most` of each."""
        return self._read(
            "id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY outlet ORDER BY first_seen DESC, id) "
            "AS place FROM articles WHERE forgotten IS NULL AND first_seen < ?) AS placed WHERE place <= ?)",
            rows.moment_text(until),
            most,
        )

    def last_of_outlets(self, outlets: Iterable[str], window: Window, most: int) -> tuple[Article, ...]:
        """The last articles of some outlets first seen in the window, at most `most` of each."""
        where, parameters = _last_of(outlets, window, most)
        return self._read(where, *parameters)

    def last_ids_of_outlets(self, outlets: Iterable[str], window: Window, most: int) -> tuple[str, ...]:
        """The ids of the same, by first-seen time and id."""
        where, parameters = _last_of(outlets, window, most)
        return self.archive.values(
            lambda row: rows.read_text(row["id"]),
            "articles",
            where,
            *parameters,
            columns="id",
            order="first_seen, id",
        )

    def _read(self, where: str, *parameters: object) -> tuple[Article, ...]:
        return self.archive.values(
            rows.read_article, "articles", where, *parameters, order="first_seen, id", by=_as_seen
        )

    def sightings(self, window: Window, of: Sequence[str] | None = None) -> tuple[tuple[str, datetime], ...]:
        """The feed and the date of every article first seen in the window, but of the old ones; of the feeds with these
        addresses, or of all."""
        where, parameters = "first_seen >= ? AND first_seen < ?", [*rows.bounds(window)]
        if of is not None:
            where, parameters = f"{where} AND {_AMONG_FEEDS}", [*parameters, json.dumps(list(of))]
        found = self.archive.values(
            rows.read_sighting,
            "articles",
            where,
            *parameters,
            columns="feed, published, first_seen",
        )
        return tuple((feed, published) for feed, published, seen in found if published >= seen - OLD)

    def seals(self) -> dict[str, int]:
        """The seal of every article, by id, those written last first: a changed one has another."""
        found = self.archive.read(
            "SELECT key, seal FROM seals WHERE room = 'articles' AND seal IS NOT NULL ORDER BY rowid DESC"
        )
        return {row["key"]: row["seal"] for row in found}

    def seals_of(self, ids: Iterable[str]) -> dict[str, int]:
        """The same of some."""
        found = self.archive.read(
            "SELECT key, seal FROM seals WHERE room = 'articles' AND seal IS NOT NULL "
            "AND key IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(ids)),
        )
        return {row["key"]: row["seal"] for row in found}

    def count(self) -> int:
        return int(self.archive.read("SELECT count(*) AS n FROM articles")[0]["n"])

    def count_since(self, moment: datetime) -> int:
        """How many were first seen from the moment on."""
        since = rows.moment_text(moment)
        return int(
            self.archive.read("SELECT count(*) AS n FROM articles WHERE first_seen >= ?", since)[0]["n"]
        )

    def new_ones(self, back: timedelta) -> tuple[datetime, ...]:
        """When articles were first seen, from so long before the last of them on, in order; to ten minutes."""
        newest = self.archive.read("SELECT max(first_seen) AS last FROM articles")[0]["last"]
        if newest is None:
            return ()
        found = self.archive.read(
            "SELECT max(first_seen) AS moment FROM articles WHERE first_seen >= ? GROUP BY substr(first_seen, 1, 15)",
            rows.moment_text(rows.read_moment(newest) - back),
        )
        return tuple(sorted(rows.read_moment(row["moment"]) for row in found))

    def counted(self, window: Window) -> int:
        """How many articles were first seen in the window and still have their text, as `of` has them."""
        where, parameters = self._of(window)
        found = self.archive.read(f"SELECT count(*) AS n FROM articles WHERE {where}", *parameters)
        return int(found[0]["n"])

    def ids(self, window: Window) -> tuple[str, ...]:
        """Of the same, sorted."""
        where, parameters = self._of(window)
        found = self.archive.read(f"SELECT id FROM articles WHERE {where} ORDER BY id", *parameters)
        return tuple(str(row["id"]) for row in found)

    def listings(self, window: Window) -> dict[str, frozenset[str]]:
        """Of the articles first seen in the window, by which other feeds than the one they came by they are known."""
        found = self.archive.read(
            "SELECT DISTINCT entries.article AS article, entries.feed AS feed FROM entries "
            "JOIN articles ON articles.id = entries.article AND articles.feed <> entries.feed "
            "WHERE articles.forgotten IS NULL AND articles.first_seen >= ? AND articles.first_seen < ?",
            *rows.bounds(window),
        )
        feeds: dict[str, set[str]] = {}
        for row in found:
            feeds.setdefault(row["article"], set()).add(row["feed"])
        return {article: frozenset(of) for article, of in feeds.items()}

    def outlets(self) -> tuple[str, ...]:
        """The names of all outlets that an article is of."""
        found = self.archive.read("SELECT DISTINCT outlet FROM articles ORDER BY outlet")
        return tuple(str(row["outlet"]) for row in found)

    def newest(self) -> datetime | None:
        """When the last of the stored articles was seen."""
        found = self.archive.read("SELECT max(first_seen) AS last FROM articles")
        return rows.read_moment(found[0]["last"]) if found[0]["last"] else None

    def beginning(self) -> datetime | None:
        """When the first of the stored articles was seen."""
        found = self.archive.read("SELECT min(first_seen) AS first FROM articles")
        return rows.read_moment(found[0]["first"]) if found[0]["first"] else None

    # ── pages read again ────────────────────────────────────────────────────────────────────────────────────────

    def save_check(self, check: PageCheck, revision: Revision | None) -> None:
        """A quoted article's page was asked for again; `revision` is what it had become, where that is news."""
        with self.archive.transaction() as db:
            db.execute(_SAVE_CHECK, rows.check_row(check))
            if revision:
                db.execute(_INSERT_REVISION, rows.revision_row(revision))

    def last_checks(self) -> dict[str, PageCheck]:
        """The last time that each article's page was asked for again, by id."""
        return {one.article: one for one in self.archive.values(rows.read_check, "page_checks")}

    def revisions(self, articles: Iterable[str]) -> tuple[Revision, ...]:
        """All that the articles' pages were found to have become, first to last."""
        return self.archive.values(
            rows.read_revision,
            "revisions",
            "article IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(articles)),
            order="at, rowid",
            by=lambda one: one.at,
        )

    def last_revisions(self, articles: Iterable[str]) -> dict[str, Revision]:
        """The last revision of each of the articles that has any, by id."""
        return {one.article: one for one in self.revisions(articles)}


def _last_of(outlets: Iterable[str], window: Window, most: int) -> tuple[str, tuple[object, ...]]:
    where = (
        "id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY outlet ORDER BY first_seen DESC, id) "
        "AS place FROM articles WHERE forgotten IS NULL AND first_seen >= ? AND first_seen < ? "
        "AND outlet IN (SELECT value FROM json_each(?))) AS placed WHERE place <= ?)"
    )
    return where, (*rows.bounds(window), json.dumps(sorted(set(outlets))), most)


def _as_seen(article: Article) -> tuple[datetime, str]:
    return article.first_seen, article.id
