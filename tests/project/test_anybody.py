"""The program is anybody's: what it knows of a panel stands in the four files, and its own text names none."""

import re
from functools import cache

from where import ROOT

from monitor.config.folder import read_config

OF_THE_PROGRAM = sorted(
    path
    for folder in ("monitor", "jobs", "schemas")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".html", ".json")
    and not path.is_relative_to(ROOT / "monitor" / "demo")
    and not path.is_relative_to(ROOT / "monitor" / "defaults")  # copies of the four files, in a built package
)

# Names of places that are words of their own at the start of a sentence or in an identifier.
PLAIN = {
    "Reading",
    "Wing",
    "Grove",
    "Speen",
    "Compton",
    "Barton",
    "Horton",
    "Milton",
    "Hurst",
    "Burnham",
    "MK",
}


@cache
def names() -> frozenset[str]:
    """Whom and what the default files name as ours."""
    config = read_config(ROOT)
    panel, gazetteer = config.panel, config.gazetteer
    force = next(body for body in config.rules.bodies if body.name == "force")
    commissioner = next(body for body in config.rules.bodies if body.name == "commissioner")
    found = {panel.panel, panel.force, panel.report_to, panel.area.id, panel.area.name, *gazetteer.outlets}
    found |= {*force.names, *gazetteer.area, *gazetteer.shared_area}
    found |= {name for name in commissioner.names if name[0].isupper() and " " in name}
    for council in gazetteer.councils:
        found |= {council.name, council.county, council.unit, *council.places, *council.shared}
    found |= {name for person in config.rules.people for name in person.names}
    found |= {feed.name for feed in config.feeds if feed.area not in (None, "National")}
    return frozenset(name.rstrip("*") for name in found) - PLAIN


@cache
def named() -> re.Pattern[str]:
    """Thames and Berks stand in no list by themselves; Reading Chronicle does, and a plain "Reading" may be a verb."""
    listed = sorted(map(re.escape, names()), key=len, reverse=True)
    begin = "".join(sorted({name[0] for name in names()} | set("RTt")))
    return re.compile(
        rf"(?<!\w)(?=[{re.escape(begin)}])(?:{'|'.join(listed)}|Reading [A-Z]\w+|[Tt]hames|THAMES\w*)(?!\w)"
    )


def test_no_file_of_the_program_names_a_panel_its_force_or_its_places():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {hit[0]}"
        for path in OF_THE_PROGRAM
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for hit in named().finditer(line)
    ]
    assert found == []


def test_what_is_looked_for_would_be_found():
    """The demo is the Thames Valley's, so the search must hit there."""
    demo = (ROOT / "monitor" / "demo" / "outlets.py").read_text("utf-8")
    assert {hit[0] for hit in named().finditer(demo)} >= {"Berkshire", "Oxfordshire", "Milton Keynes"}
    assert len(OF_THE_PROGRAM) > 100
