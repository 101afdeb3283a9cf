"""Where a panel's documents and locks are: in the data folder, or, with several panels, in `panels/NAME` there."""

from pathlib import Path

from monitor.config.panels import PANELS, name_of, panels_in, shared_of
from monitor.errors import InputError
from monitor.paths import is_folder


def home_of(config_folder: Path, data: Path) -> Path:
    name = name_of(config_folder)
    return data / PANELS / name if name else data


def whose(home: Path) -> str:
    """The name of the panel whose documents and locks are there; none of the data folder itself."""
    return home.name if home.parent.name == PANELS else ""


def data_of(config_folder: Path) -> Path:
    """The data folder where none is named: of a panel's own folder, too, that of all."""
    return shared_of(config_folder) / "data"


def homes_in(data: Path) -> tuple[Path, ...]:
    """The data folder itself, and those of panels in it."""
    try:
        return (data, *sorted(path for path in (data / PANELS).iterdir() if is_folder(path)))
    except OSError:
        return (data,)


def the_panel(config_folder: Path) -> Path:
    """The folder of the panel that is meant: of one panel it need not be said. Raises InputError where it must be."""
    if name_of(config_folder):
        return config_folder
    found = panels_in(config_folder)
    if len(found) == 1:
        return found[0]
    if not found:
        return config_folder  # reading it says what is wrong
    names = ", ".join(folder.name for folder in found)
    raise InputError(f"There are several panels here, and this is of one: name it with --panel ({names}).")


def chosen(config_folder: Path, name: str) -> Path:
    """The folder of a panel by its name. Raises InputError where there is none."""
    among = shared_of(config_folder)  # who stands in a panel's folder may name another
    found = {folder.name: folder for folder in panels_in(among) if name_of(folder)}
    if name in found:
        return found[name]
    if not found:
        raise InputError(
            f"--panel {name}: the configuration in {config_folder} is of one panel, without panels/. Leave --panel out."
        )
    raise InputError(f"--panel {name}: there is no such panel. There are: {', '.join(found)}.")
