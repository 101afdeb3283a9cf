"""The panels whose week is to be drafted, one after the other: what is the same for them is worked out once, and each
draft is the one that the panel would have alone (`pipeline/together.py`)."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from monitor.app.turns_here import TurnsHere
from monitor.app.workspace import Workspace, config_of
from monitor.errors import ConfigError
from monitor.pipeline.together import Together, together
from monitor.reporting.edition.cycle import edition_of_week
from monitor.settings import Config
from monitor.store import Store


class Among:
    """Looked for when the first of them drafts, for at most hours none is due. `turns`: those at hosts, where others
    draft beside them (`weeks.py`)."""

    def __init__(self, folders: Sequence[Path], turns: TurnsHere | None = None) -> None:
        self._folders = folders
        self.turns = turns
        self._due: list[tuple[Config, Together]] | None = None

    def of(self, workspace: Workspace, now: datetime) -> Together | None:
        """The panel among those due; None where its files are not what they were."""
        if self._due is None:
            due = [config for config in self._readable() if _is_due(workspace.store, config, now)]
            self._due = list(zip(due, together(due), strict=True))
        return next((one for config, one in self._due if config == workspace.config), None)

    def _readable(self) -> Iterator[Config]:
        """What is wrong with one panel's files is said when its turn comes."""
        for folder in self._folders:
            with suppress(ConfigError):
                yield config_of(folder)


def _is_due(store: Store, config: Config, now: datetime) -> bool:
    kept = store.of(config.panel.area.id, is_alone=config.is_alone).editions.all()
    return edition_of_week(kept, config.panel.weekly, now) is None
