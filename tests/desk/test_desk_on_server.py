"""The desk over an archive on a PostgreSQL server: every page as over a file, and what is done there is kept there."""

import re

import psycopg
import pytest

from monitor.app.desk.search.indexing import bring_up
from monitor.app.indexed import drop_indexes
from monitor.store import Store, archive_at, sessions_kept
from monitor.store.moving import copied
from monitor.store.search import FILE

pytestmark = pytest.mark.postgresql

PAGES = (
    "/",
    "/search?q=police",
    "/search?q=title%3Apolice+-fete",
    "/history",
    "/feeds",
    "/overview",
    "/documents",
    "/where",
)


def shown(desk):
    """What the pages say, without tokens and what tells of the file."""
    reader, said = desk.reader(), {}
    for page in PAGES:
        reader.get(page)
        assert reader.status == 200, page
        said[page] = re.sub(r'value="[\w.-]{60,}"|nonce="[^"]+"', "", reader.text)
    return said


@pytest.mark.slow
def test_every_page_is_the_same_and_what_is_done_there_is_kept(desk, laid_out, monkeypatch):
    config = desk.open.config()
    bring_up(desk.folder, desk.data, desk.data / FILE, config)
    of_file = shown(desk)
    server = laid_out()
    with archive_at(desk.data / "archive.db", make=False) as file, archive_at(server) as target:
        copied(file, target)
    for name in ("archive.db", FILE):
        (desk.data / name).unlink()
    monkeypatch.setenv("MONITOR_ARCHIVE", server.address)
    with sessions_kept(server):
        bring_up(desk.folder, desk.data, desk.data / FILE, config)
        assert shown(desk) == of_file
        reader = desk.reader().get("/")
        before = decisions(server)
        reader.press("Drop")
        assert decisions(server) == before + 1
        assert not (desk.data / "archive.db").exists() and not (desk.data / FILE).exists()
        drop_indexes(desk.data)
        with psycopg.connect(server.address) as session:
            found = session.execute("SELECT to_regnamespace(%s)", (f"{server.schema}_search",)).fetchone()
        assert found == (None,)
        assert desk.reader().get("/search?q=police").says("is being made")


def decisions(server):
    with Store.open(server, make=False) as store:
        return len(store.decisions.kept())
