"""The architecture holds: who may import whom, which file owns which library, what stays pure.

Every import counts, also one inside a function. The picture is in CONTRIBUTING.md.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from where import ROOT

# From the top down. A file may import from lower layers, and from its own folder; rooms of one layer do not know
# each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("jobs", "monitor.__main__"),
    ("monitor.cli",),
    ("monitor.desk",),
    ("monitor.app",),
    ("monitor.pipeline",),
    (
        "monitor.reading",
        "monitor.judging",
        "monitor.reporting",
        "monitor.store",
        "monitor.config",
        "monitor.demo",
        "monitor.forgetting",
    ),
    (
        "monitor.text",
        "monitor.settings",
        "monitor.addresses",
        "monitor.mailboxes",
        "monitor.terminal",
        "monitor.striking",
    ),
    ("monitor.model", "monitor.errors", "monitor.lengths", "monitor.paths", "monitor.zips"),
    ("monitor",),  # only the version
)

# A library lives in one place. A folder stands for all files in it. Jinja2 is the desk's too, for Flask brings it.
HOMES = {
    "apscheduler": "jobs",
    "click": "monitor.cli",
    "docx": "monitor.reporting.documents.word",
    "flask": "monitor.desk",
    "flask_wtf": "monitor.desk.safety",
    "waitress": "monitor.desk.serving",
    "werkzeug": "monitor.desk",
    "feedparser": "monitor.reading.feeds.parse",
    "filelock": "monitor.app",
    "htmldate": "monitor.reading.pages.days",
    "jinja2": "monitor.reporting.documents.page monitor.desk",
    "markupsafe": "monitor.reporting.documents.page",
    "subprocess": "monitor.reading.workers monitor.app.desk.search.indexing jobs.many.child",
    "procrastinate": "jobs.cluster",
    "protego": "monitor.reading.fetch",
    "pydantic": "monitor.config",
    "requests": "monitor.reading.fetch",
    "smtplib": "monitor.reporting.delivery.mail",
    "ruamel": "monitor.config.thorough",
    "psycopg": "monitor.store.postgresql",
    "psycopg_pool": "monitor.store.postgresql",
    "sqlite3": "monitor.store.sqlite monitor.store.search",
    "sqlite_utils": "monitor.store.sqlite",
    "trafilatura": "monitor.reading.pages.extract",
    "urllib3": "monitor.reading.fetch",
    "weasyprint": "monitor.reporting.documents.pdf",
    "yaml": "monitor.config.quick",
}

PURE = (
    "monitor.addresses",
    "monitor.config.parts",
    "monitor.config.taking_back",
    "monitor.desk.charts",
    "monitor.lengths",
    "monitor.mailboxes",
    "monitor.terminal",
    "monitor.striking",
    "monitor.text",
    "monitor.model",
    "monitor.settings",
    "monitor.errors",
    "monitor.judging",
    "monitor.forgetting.erased",
    "monitor.forgetting.names",
    "monitor.forgetting.retention",
    "monitor.reading.pages.article",
    "monitor.reading.pages.dating",
    "monitor.reading.pages.written",
    "monitor.reading.schedule.health",
    "monitor.reading.pages.furniture",
    "monitor.reading.alike",
    "monitor.reading.feeds.shared",
    "monitor.reading.fetch.handing_on",
    "monitor.reading.pages.borders.notices",
    "monitor.reading.pages.borders.sought",
    "monitor.reading.fetch.hosts",
    "monitor.reading.recognise",
    "monitor.reading.fetch.refresh",
    "monitor.reading.letters",
    "monitor.reading.markup",
    "monitor.reading.packed",
    "monitor.reading.feeds.newest",
    "monitor.reading.feeds.own",
    "monitor.reading.feeds.sitemap_index",
    "monitor.reading.schedule.polling",
    "monitor.reading.feeds.shape",
    "monitor.reading.schedule.retrying",
    "monitor.reading.schedule.rhythm",
    "monitor.reading.schedule.standing",
    "monitor.reading.pages.boilerplate",
    "monitor.reading.pages.everywhere",
    "monitor.reading.pages.changes",
    "monitor.reading.urls",
    "monitor.reporting.documents.atom",
    "monitor.reporting.edition.basis",
    "monitor.reporting.documents.beside",
    "monitor.reporting.edition.cautions",
    "monitor.reporting.edition.cycle",
    "monitor.reporting.delivery.state",
    "monitor.reporting.edition.doubts",
    "monitor.reporting.edition.arrange",
    "monitor.reporting.edition.assemble",
    "monitor.reporting.delivery.message",
    "monitor.reporting.notes",
    "monitor.reporting.overview",
    "monitor.reporting.documents.public",
    "monitor.reporting.documents.word.fields",
    "monitor.reporting.documents.word.links",
    "monitor.reporting.edition.fates",
    "monitor.reporting.edition.item",
    "monitor.reporting.learning",
    "monitor.reporting.edition.past",
    "monitor.reporting.reviewing",
    "monitor.reporting.edition.watching",
    "monitor.reporting.searching",
    "monitor.reporting.telling.address",
    "monitor.reporting.telling.decide",
    "monitor.reporting.telling.figures",
    "monitor.reporting.telling.letter",
    "monitor.reporting.wording",
    "monitor.store.believed",
)

# What a pure file may use of the standard library: nothing that reads a clock, a file, a socket or the environment.
# (`datetime` is here for its types; `test_no_pure_file_reads_the_clock` looks for the calls.)
PURE_LIBRARY = (
    "base64",
    "binascii",
    "bisect",
    "calendar",
    "collections",
    "csv",
    "dataclasses",
    "datetime",
    "difflib",
    "email",
    "enum",
    "functools",
    "graphlib",
    "hashlib",
    "heapq",
    "html",
    "io.StringIO",
    "ipaddress",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "statistics",
    "string",
    "typing",
    "unicodedata",
    "urllib.parse",
    "xml.etree.ElementTree",
    "zlib",
    "zoneinfo",
)


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("monitor", "jobs"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, as dotted names; `from a import b` counts as a.b."""
    return tuple(_imports(path))


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All below it, at any depth. `ast.walk` looks at each part of an expression too, ten times as many."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for one in getattr(node, name, ()):
            yield one
            yield from statements(one)


def _imports(path: Path) -> Iterator[str]:
    for node in statements(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: say the whole name, not a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def room_of(name: str) -> tuple[int, str]:
    """The layer and room of a module or of a name in it; the most exact room wins."""
    rooms = [(depth, room) for depth, layer in enumerate(LAYERS) for room in layer if within(name, room)]
    if not rooms:
        raise LookupError(f"{name} stands in no room: give it one in LAYERS")
    return max(rooms, key=lambda found: len(found[1]))


def broken_arrow(importer: str, imported: str) -> str | None:
    if not (within(imported, "monitor") or within(imported, "jobs")):
        return None
    (from_depth, from_room), (to_depth, to_room) = room_of(importer), room_of(imported)
    if from_room == to_room or to_depth > from_depth:
        return None
    return f"{importer} may not import {imported}"


def strange_library(importer: str, imported: str) -> str | None:
    home = HOMES.get(imported.split(".")[0])
    if home is None or any(within(importer, one) for one in home.split()):
        return None
    return f"only {home} may import {imported.split('.')[0]}, and {importer} does"


def impurity(importer: str, imported: str) -> str | None:
    if not any(within(importer, pure) for pure in PURE) or within(imported, "monitor"):
        return None
    if any(within(imported, allowed) for allowed in PURE_LIBRARY):
        return None
    return f"{importer} is pure and may not import {imported}"


@pytest.mark.parametrize("rule", [broken_arrow, strange_library, impurity])
def test_every_import_keeps(rule):
    broken = [
        sentence
        for name, path in modules()
        for imported in imports(path)
        if (sentence := rule(name, imported))
    ]
    assert broken == []


def test_imports_are_found_wherever_they_stand(tmp_path):
    """As by looking at everything that a file holds."""
    (tmp_path / "deep.py").write_text(
        "import one\nclass A:\n def b(self):\n  try:\n   import two\n  except E:\n   import three\n  else:\n   import four\n"
        "  finally:\n   import five\n  for _ in x:\n   with y:\n    import six\n  else:\n   import seven\n  while z:\n"
        "   match a:\n    case 1:\n     import eight\n  if a:\n   pass\n  elif b:\n   from nine import ten\n"
    )
    found = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine.ten"]
    assert sorted(_imports(tmp_path / "deep.py")) == sorted(found)


def test_no_pure_file_reads_the_clock():
    calls = [
        f"{name}:{node.lineno}"
        for name, path in modules()
        if any(within(name, pure) for pure in PURE)
        for text in [path.read_text("utf-8")]
        if re.search(r"\.\s*(now|today|utcnow|open|read_text)\b", text)  # else there is nothing to take apart
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "open", "read_text")
    ]
    assert calls == []


def test_no_import_goes_round():
    """Inside one folder files may import each other, but never in a circle."""
    names = dict(modules())
    graph = {
        name: {
            imported if imported in names else imported.rpartition(".")[0]  # a module, or a name in one
            for imported in imports(path)
        }
        & set(names)
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for following in graph[name] - {name, "monitor"}:
                visit(following, (*trail, name))
            done.add(name)

    for name in names:
        visit(name, ())


@pytest.mark.parametrize(
    "importer, imported, rule, sentence",
    [
        ("monitor.judging.classify", "monitor.store.Store", broken_arrow, "may not import"),
        ("monitor.reading.fetch", "monitor.judging.group", broken_arrow, "may not import"),
        ("monitor.pipeline", "monitor.app", broken_arrow, "may not import"),
        ("monitor.model", "monitor.text", broken_arrow, "may not import"),
        ("monitor.cli", "jobs.poll", broken_arrow, "may not import"),
        ("monitor.reading.feeds.parse", "requests", strange_library, "only monitor.reading.fetch"),
        ("monitor.pipeline", "sqlite3", strange_library, "only monitor.store"),
        ("monitor.store.articles", "psycopg", strange_library, "only monitor.store.postgresql"),
        ("monitor.judging.group", "random", impurity, "is pure"),
        ("monitor.reading.schedule.polling", "pathlib.Path", impurity, "is pure"),
    ],
)
def test_a_wrong_import_is_named(importer, imported, rule, sentence):
    assert sentence in (rule(importer, imported) or "")
