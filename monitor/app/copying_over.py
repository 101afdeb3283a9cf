"""archive copy: an archive from a file to a server, or back, compared row by row (`store/moving.py`).

A place is a data folder, the archive's file in one, or an address of PostgreSQL's; `env:NAME` is the address that the
environment's variable NAME holds, or the file that NAME_FILE names. An address with a password has no place on a command
line, where every user of the machine can read it.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from monitor.app.archives import ARCHIVE
from monitor.app.indexed import drop_indexes
from monitor.app.locks import quite_alone_at
from monitor.app.secrets import ADDRESS, secret
from monitor.errors import InputError
from monitor.paths import is_folder
from monitor.reporting.wording import say_count
from monitor.store import archive_at, holds_something
from monitor.store.moving import Progress, copied
from monitor.store.server import FORM, Server, Where, is_address, server_at

BY_NAME = "env:"


@dataclass(frozen=True, slots=True)
class CopiedOver:
    source: str
    target: str
    rows: Mapping[str, int]  # by table

    def lines(self) -> Iterator[str]:
        yield (
            f"Copied, and compared row by row: {say_count(sum(self.rows.values()), 'row')}, of them "
            f"{say_count(self.rows.get('articles', 0), 'article')} and {say_count(self.rows.get('editions', 0), 'draft')}."
        )
        yield f"From {self.source}, which is as it was, to {self.target}."


def copy_over(source: str, target: str, progress: Progress = lambda *_: None) -> CopiedOver:
    """Raises InputError and StoreError; then nothing was copied. Busy where a run is at work with one of
    the two."""
    there, here = _place(source), _place(target)
    if not holds_something(there):
        raise InputError(f"There is no archive in {_named(there)}, so there is nothing to copy.")
    if there == here:
        raise InputError(f"{_named(there)} cannot be copied to itself.")
    with ExitStack() as held:
        for place in (there, here):
            if isinstance(place, Server) or place.name == ARCHIVE:
                held.enter_context(quite_alone_at(place))
        old = held.enter_context(archive_at(there, make=False))
        new = held.enter_context(archive_at(here))
        rows = copied(old, new, progress)
        if isinstance(here, Path):
            drop_indexes(here.parent)
    return CopiedOver(_named(there), _named(here), rows)


def _place(typed: str) -> Where:
    """Raises InputError and StoreError."""
    if typed.startswith(BY_NAME):
        name = typed.removeprefix(BY_NAME)
        if not (address := secret(name)):
            raise InputError(
                f"The environment has no {name}, and no {name}_FILE that names a file with an address."
            )
        return server_at(address)
    if is_address(typed):
        where = server_at(typed)  # which says what is no address
        if urlsplit(typed).password:
            raise InputError(
                "An address on a command line may hold no password, for everybody on this machine can read it: put it into "
                f"the environment as {ADDRESS}, and write {BY_NAME}{ADDRESS} here."
            )
        return where
    if "://" in typed:
        raise InputError(f"An address of PostgreSQL's is {FORM}.")
    path = Path(typed)
    return path / ARCHIVE if is_folder(path) or not path.suffix else path


def _named(place: Where) -> str:
    return place.name if isinstance(place, Server) else str(place)
