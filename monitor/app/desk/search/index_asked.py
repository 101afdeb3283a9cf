"""The search index as the desk's counts ask it: its verdicts are judged beside the pages, and never for one."""

from pathlib import Path

from monitor.app.archives import index_at
from monitor.app.desk.opened import OpenDesk
from monitor.model import Choice, Facet, Only
from monitor.settings import Config
from monitor.store.search import FILE, SearchIndex, can_search, open_to_ask

INSIDE = Only(Facet.VERDICT, (Choice.INCLUDE.value,))


def index_file(desk: OpenDesk) -> Path:
    return desk.index or desk.home / FILE


def asked_index(desk: OpenDesk, config: Config) -> SearchIndex | None:
    """Open, with the verdicts by these rules; to be closed. None where there is none yet, or never will be."""
    return open_to_ask(index_at(index_file(desk)), config.rules.digest) if can_search() else None
