"""By which way others reach the desk: the part `desk` of panel.yaml, read once, when the desk starts. The other files may
be wrong then; a page says where."""

from pathlib import Path

from monitor.config.panel_file import read_panel
from monitor.errors import ConfigError
from monitor.settings import Desk


def desk_part(folder: Path) -> Desk:
    """Raises ConfigError with every mistake of panel.yaml."""
    found = read_panel(folder / "panel.yaml")
    if isinstance(found, tuple):
        raise ConfigError(found)
    return found.value.desk
