"""The desks of several panels: one over each panel's folder, with what it is called and its password's hash."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.app.desk.entry.password import password_hash
from monitor.app.home import home_of
from monitor.config.panel_file import read_panel
from monitor.config.panels import is_several, name_of, panels_in


@dataclass(frozen=True, slots=True)
class PanelDesk:
    name: str
    title: str
    folder: Path
    home: Path

    def hash(self, is_hash: Callable[[str], bool]) -> str | None:
        """Of its password as it is now. Raises InputError."""
        return password_hash(self.home, is_hash, panel=self.name)


def desks_of(config_folder: Path, data: Path) -> tuple[PanelDesk, ...]:
    """Of each panel; none where there is but one, or one is named. A panel whose files have mistakes has its desk, which
    says so."""
    if name_of(config_folder) or not is_several(config_folder):
        return ()
    desks = tuple(_desks_of(config_folder, data))
    titles = Counter(one.title for one in desks)  # a panel.yaml that was copied and not changed yet
    return tuple(
        replace(one, title=f"{one.title} ({one.name})") if titles[one.title] > 1 else one for one in desks
    )


def _desks_of(config_folder: Path, data: Path) -> Iterator[PanelDesk]:
    for folder in panels_in(config_folder):
        panel = read_panel(folder / "panel.yaml")
        title = folder.name if isinstance(panel, tuple) else panel.value.panel
        yield PanelDesk(folder.name, title, folder, home_of(folder, data))
