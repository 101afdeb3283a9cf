"""What is in a data folder after all: read plainly, past the monitor's own reading, and held against what should be."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ARCHIVE = "archive.db"


@dataclass(frozen=True)
class Findings:
    integrity: str
    editions: list[int]
    made: list[str]  # when
    articles: list[list[str]]  # address, headline, where its text is from
    decisions: list[str]  # what was said, without when
    documents: list[str]  # below the drafts folder
    broken: list[str]  # documents that are not whole, or say something else than the archive
    strays: list[str]  # files that nobody should find


def findings(data: Path) -> Findings:
    with closing(sqlite3.connect(data / ARCHIVE)) as archive:
        rows = {
            "integrity": archive.execute("PRAGMA integrity_check").fetchone()[0],
            "editions": [number for (number,) in archive.execute("SELECT number FROM editions ORDER BY 1")],
            "made": [made for (made,) in archive.execute("SELECT made FROM editions ORDER BY number")],
            "articles": [list(row) for row in archive.execute("SELECT url, title, text_from FROM articles ORDER BY 1")],
            "decisions": [_said(record) for (record,) in archive.execute("SELECT record FROM decisions ORDER BY id")],
        }  # fmt: skip
        records = dict(archive.execute("SELECT number, record FROM editions"))
    drafts = data / "drafts"
    found = sorted(path for path in drafts.rglob("*") if path.is_file())
    documents = [path for path in found if not path.name.startswith(".")]
    return Findings(
        **rows,
        documents=[str(path.relative_to(drafts)) for path in documents],
        broken=[str(path.relative_to(drafts)) for path in documents if not _is_whole(path, records)],
        strays=sorted(str(path.relative_to(data)) for path in data.rglob("*") if _is_stray(path)),
    )


def _said(record: str) -> str:
    return json.dumps({**json.loads(record), "learned": None}, sort_keys=True)


def _is_stray(path: Path) -> bool:
    return path.is_file() and (path.suffix == ".part" or path.name.startswith((".", "archive.db-")))


def _is_whole(path: Path, records: dict[int, str]) -> bool:
    content = path.read_bytes()
    try:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                return (
                    parts.testzip() is None
                    and ElementTree.fromstring(parts.read("word/document.xml")) is not None
                )
        if path.suffix == ".json":
            return json.loads(content) == json.loads(records[json.loads(content)["number"]])
    except (zipfile.BadZipFile, KeyError, ValueError, ElementTree.ParseError):
        return False
    return content.endswith(b"</html>\n") if path.suffix == ".html" else content.endswith(b"\n")


def faults(found: Findings, wanted: Findings) -> Iterator[str]:
    """What is otherwise than after a run that nothing befell; a sentence each."""
    if found.integrity != "ok":
        yield f"integrity: {found.integrity}"
    yield from _differences("editions", found.editions, wanted.editions)
    yield from _differences("documents", found.documents, wanted.documents)
    yield from _differences("articles", found.articles, wanted.articles)
    yield from _differences("decisions", found.decisions, wanted.decisions)
    if found.broken:
        yield f"documents that are not whole: {', '.join(found.broken)}"
    if found.strays:
        yield f"left behind: {', '.join(found.strays)}"


def _differences(what: str, found: list, wanted: list) -> Iterator[str]:
    missing, more = [one for one in wanted if one not in found], [one for one in found if one not in wanted]
    if missing:
        yield f"{what} lost: {missing}"
    if more or len(found) > len(wanted) - len(missing) + len(more):
        yield f"{what} doubled or strange: {more or found}"
