"""Where the files of a panel stand: beside feeds.yaml, or in a folder of its own in `panels/`.

    feeds.yaml  topics.yaml  places.yaml         shared
    panels/wessex/panel.yaml  places.yaml     Wessex's own: what it lacks are the shared ones
    panels/mercia/panel.yaml

A folder without `panels/` is one panel. With it, a panel is named by its folder (`--panel wessex`), and that name is
its area's id: by it the archive knows whose an edition is. The folder of a panel stands for the panel wherever the
folder of a configuration is asked for.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from monitor.errors import Mistake

PANELS = "panels"
SHARED, OWN = ("feeds.yaml",), "panel.yaml"


def is_several(folder: Path) -> bool:
    """Whether the folder's panels have folders of their own; one panel may."""
    return os.path.exists(folder / PANELS)  # false also where one may not look; reading says why


def panels_in(folder: Path) -> tuple[Path, ...]:
    """The folder of each panel, by name; of a single panel's the folder itself."""
    if not is_several(folder):
        return (folder,)
    found = (path for path in sorted(_in(folder / PANELS)) if os.path.isdir(path))
    return tuple(path for path in found if not path.name.startswith("."))


def name_of(folder: Path) -> str:
    """The panel's, where it has a folder of its own in `panels/`; else none."""
    whole = Path(os.path.abspath(folder))
    of_all = whole.parent.parent
    return whole.name if whole.parent.name == PANELS and os.path.exists(of_all / SHARED[0]) else ""


def shared_of(folder: Path) -> Path:
    """The folder that holds what all panels share; of a single panel the folder itself."""
    if not name_of(folder):
        return folder
    plain = len(folder.parts) >= 2 and ".." not in folder.parts
    return folder.parent.parent if plain else Path(os.path.abspath(folder)).parent.parent


def file_of(folder: Path, name: str) -> Path:
    """Where a panel has this file: its own, or else the shared one."""
    own, shared = folder / name, shared_of(folder)
    if shared == folder or name == OWN or (name not in SHARED and os.path.exists(own)):
        return own
    return shared / name


def called(path: Path) -> str:
    """A file as mistakes name it: `feeds.yaml`, `panels/wessex/panel.yaml`."""
    name = name_of(path.parent)
    return f"{PANELS}/{name}/{path.name}" if name else path.name


def _in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def mistakes_of_folders(folder: Path) -> Iterator[Mistake]:
    """What stands in `panels/` and is no panel, and beside it and should be in one."""
    if not is_several(folder):
        return
    among = folder / PANELS
    if not os.path.isdir(among):
        yield Mistake(
            PANELS, 1, "", "a folder is wanted here, with a folder for each panel in it: move the file away"
        )
        return
    found = panels_in(folder)
    if not found:
        yield Mistake(
            PANELS,
            1,
            "",
            "the folder holds no panel: put each one's panel.yaml into a folder in it, or delete it",
        )
    for path in sorted(_in(among)):
        if os.path.isfile(path) and path.suffix in ("", ".yaml", ".yml") and not path.name.startswith("."):
            yield Mistake(
                f"{PANELS}/{path.name}", 1, "", "a folder is wanted for each panel, with its panel.yaml in it"
            )
    for one in found:
        if os.path.exists(one / SHARED[0]):
            yield Mistake(
                f"{PANELS}/{one.name}/{SHARED[0]}", 1, "",
                "feeds are read once for all panels: put them into the feeds.yaml beside panels/, and write here, in "
                "panel.yaml, `feeds:` with the areas or names of those that this panel wants",
            )  # fmt: skip
    if os.path.exists(folder / OWN):
        yield Mistake(
            OWN,
            1,
            "",
            "beside panels/ this is no panel's: move it into the folder of its panel there, or delete it",
        )
