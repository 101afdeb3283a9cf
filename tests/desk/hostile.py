"""A week in which every text that came from the web is hostile: what a feed, a page, an outlet's name or a server's answer
may hold to run in a reader's browser. It is put into the archive itself, so that no step before it can have taken it out.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

MARK = "x55"
MARKUP = (
    f"<script>alert('{MARK}')</script>"
    f'"><img src=x onerror=alert("{MARK}")>'
    f"' onmouseover='alert(\"{MARK}\")"
    f"</textarea></title></style><svg onload=alert('{MARK}')>"
    f"<a href=\"javascript:alert('{MARK}')\">\u202egnp.exe\u2066</a>{{{{ 7 * 191 }}}}{{% raw %}}&lt;b&gt;"
)
ADDRESSES = (
    f"javascript:alert('{MARK}')//",
    f"JaVaScRiPt:alert('{MARK}')//",
    f"data:text/html,<script>alert('{MARK}')</script>#",
    f"vbscript:{MARK}#",
    f'https://courier.example/"><script>alert("{MARK}")</script>',
)
FORMULA = f'=HYPERLINK("http://evil.example/{MARK}")'


class Poison:
    """Adds to every text that people read, and changes every other address; ids, kinds and moments stay."""

    def __init__(self) -> None:
        self.addresses = 0

    def text(self, value: str) -> str:
        if value.startswith(("http://", "https://")):
            self.addresses += 1
            return ADDRESSES[self.addresses // 2 % len(ADDRESSES)] + value if self.addresses % 2 else value
        return f"{FORMULA} {value} {MARKUP}" if " " in value.strip() else value

    def value(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if isinstance(value, dict):
            return {key: self.value(one) for key, one in value.items()}
        return value

    def stored(self, value: str) -> str:
        if value[:1] in "[{":
            try:
                return json.dumps(self.value(json.loads(value)), ensure_ascii=False)
            except ValueError:
                pass
        return self.text(value)


def poisoned(data: Path) -> int:
    """Poisons the archive in a data folder; how many values were changed."""
    poison, changed = Poison(), 0
    with closing(sqlite3.connect(data / "archive.db")) as archive:
        archive.execute("PRAGMA foreign_keys = OFF")
        named = archive.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        own = [name for (name,) in named if not name.startswith(("sqlite_", "_sqlite_", "seals"))]
        for table in own:
            keys = {row[1] for row in archive.execute(f"PRAGMA table_info('{table}')") if row[5]}
            keys |= {row[3] for row in archive.execute(f"PRAGMA foreign_key_list('{table}')")}
            columns = [
                row[1] for row in archive.execute(f"PRAGMA table_info('{table}')") if row[1] not in keys
            ]
            for column in columns:
                changed += _poison_column(archive, table, column, poison)
        archive.commit()
    return changed


def _poison_column(archive: sqlite3.Connection, table: str, column: str, poison: Poison) -> int:
    try:
        rows = archive.execute(
            f'SELECT rowid, "{column}" FROM "{table}" WHERE typeof("{column}") = \'text\''
        ).fetchall()
    except sqlite3.OperationalError:  # a table without row numbers: of keys alone
        return 0
    count = 0
    for row, value in rows:
        if (made := poison.stored(value)) != value:
            try:
                archive.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (made, row))
                count += 1
            except sqlite3.IntegrityError:  # what the archive itself refuses
                continue
    return count
