"""A folder with the configuration of 43 panels: the default card and places, each written anew for a force of its own.

Each panel reads the feeds of its area and the nation's. What a file says is another one's nowhere word for word, so that
nothing is read once for two panels that would not be in life.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.forces import Force, forces, panel_of
from benchmarks.press import outlets
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.settings import Gazetteer

NATION = "nation"  # the area of feeds that are nobody's
AGENT = "TopicalIssuesMonitor/1.0 (benchmark; +mailto:bench@topical-issues.example)"


def write_installation(folder: Path, panels: Sequence[Force] | None = None) -> tuple[str, ...]:
    """Returns the panels' names."""
    default, source = read_config(defaults_folder()), defaults_folder()
    topics, panel = ((source / name).read_text("utf-8") for name in ("topics.yaml", "panel.yaml"))
    feeds = [f"network: {{user_agent: '{AGENT}'}}", "feeds:"]
    for name, url, area in outlets():
        feeds.append(f"  - {{name: {name}, url: '{url}', area: {area.id if area else NATION}}}")
    (folder / "feeds.yaml").write_text("\n".join(feeds) + "\n", "utf-8")
    chosen = panels or forces()
    for force in chosen:
        own = folder / "panels" / force.id
        own.mkdir(parents=True)
        _, gazetteer = panel_of(force, default.rules, default.gazetteer)
        (own / "topics.yaml").write_text(_theirs(topics, force), "utf-8")
        (own / "panel.yaml").write_text(_panel(panel, force), "utf-8")
        (own / "places.yaml").write_text(_places(gazetteer), "utf-8")
    return tuple(force.id for force in chosen)


def _theirs(text: str, force: Force) -> str:
    """Ours and theirs change places."""
    for ours, theirs in (("Thames Valley Police", force.name), ("Thames Valley", force.counties[0])):
        text = text.replace(theirs, "\0").replace(ours, theirs).replace("\0", ours)
    return text.replace("TVP", f"{force.id[:3].upper()}X")


def _panel(text: str, force: Force) -> str:
    said = re.sub(r"(?m)^  id: thames-valley$", f"  id: {force.id}", text)
    return f"{_theirs(said, force)}\nfeeds: {{areas: [{force.id}, {NATION}]}}\n"


def _places(gazetteer: Gazetteer) -> str:
    council = ("id", "name", "county", "unit")
    lines = ["councils:"]
    for one in gazetteer.councils:
        said = {name: getattr(one, name) for name in council} | {"places": one.places, "shared": one.shared}
        lines.append(f"  - {json.dumps(said, ensure_ascii=False)}")
    lists = {name: getattr(gazetteer, name) for name in ("never", "nation", "elsewhere", "abroad")}
    lines += [
        f"{name}: {json.dumps(names, ensure_ascii=False)}"
        for name, names in {"area": {"names": gazetteer.area}, **lists}.items()
    ]
    return "\n".join(lines) + "\n"
