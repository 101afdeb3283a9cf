"""By which way others reach the desk: the part `desk` of panel.yaml, read once, when the desk starts. The other files may
be wrong then; a page says where."""

from pathlib import Path

from monitor.config.panel_file import read_panel
from monitor.config.panels import panels_in
from monitor.errors import ConfigError, Mistake
from monitor.settings import Desk


def desk_part(folder: Path) -> Desk:
    """Of several panels it is the same in each; one whose panel.yaml has mistakes does not say. Raises ConfigError with
    every mistake where none does."""
    mistakes: list[Mistake] = []
    for one in panels_in(folder) or (folder,):
        found = read_panel(one / "panel.yaml")
        if not isinstance(found, tuple):
            return found.value.desk
        mistakes += found
    raise ConfigError(mistakes)
