"""A row that cannot be read as the value that it was. It is told by its table and id, never by its text: what is said of
it goes to terminals, logs and mails."""

import json
from dataclasses import dataclass

# What reading a row raises where the row is damaged. UnicodeDecodeError and JSONDecodeError are ValueErrors.
DAMAGE = (ValueError, TypeError, KeyError, AttributeError)

# By which column a row is told; otherwise by its number in the table.
KEYS = {
    "articles": "id",
    "editions": "ltrim(panel || ' ' || number)",
    "feed_states": "url",
    "messages": "id",
    "page_retries": "article",
    "host_waits": "host",
    "page_checks": "article",
    "revisions": "article",
    "polls": "feed",
    "runs": "job",
}
LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Damaged:
    """A row that was set aside."""

    table: str
    key: str  # its id, or its number in the table
    why: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.why}"


def why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "a text in it is no UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return "a list in it is no JSON"
    if isinstance(error, ValueError):
        return "a value in it is none that is ever written"
    return "a value in it is missing"
