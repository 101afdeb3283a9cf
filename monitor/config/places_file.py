"""places.yaml: where a story is. Rarely touched.

    councils   the first-tier councils, each with its places
    area       names for the whole force area or for a county of it
    never      longer names that cancel a place inside them
    outlets    outlets of the area whose name says no place
    nation     what speaks for England and Wales, or for the whole country
    elsewhere  what speaks for a place outside the area
    abroad     what only another country's news says: its police, courts and money

Beyond the shape, these are mistakes: a council's id twice; a name twice anywhere in the file; a name without a
capital, which would match a plain word; a name that can match nothing.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from monitor.config.phrasing import wrong
from monitor.config.values import Section, Text
from monitor.config.yamlfile import Document, Loaded, load_by_content
from monitor.errors import Mistake
from monitor.settings import Council, Gazetteer
from monitor.text import normalise

Names = list[Text]
_NONE: Names = []


class CouncilSection(Section):
    id: Text = Field(description="A short name for it, in small letters.", examples=["melchester"])
    name: Text = Field(examples=["Melchester City Council"])
    county: Text = Field(examples=["Wessex"])
    unit: Text = Field(description="The force's local command unit.", examples=["Wessex North"])
    places: Names = Field(min_length=1, description="Names that mean this place and no other.")
    shared: Names = Field(_NONE, description="Names that count only beside an anchor in the same article.")


class AreaSection(Section):
    names: Names = Field(min_length=1, description="Names of the force area or a county of it.")
    shared: Names = Field(_NONE, description="Likewise, but they need an anchor.")


class PlacesFile(Section):
    councils: list[CouncilSection] = Field(min_length=1)
    area: AreaSection
    never: Names = _NONE
    outlets: Names = Field(_NONE, description="Outlets of the area whose name says no place.")
    nation: Names = _NONE
    elsewhere: Names = _NONE
    abroad: Names = Field(
        _NONE,
        description="What only another country's news says: two of these, and shared names of ours are its towns.",
    )


def read_places(path: Path) -> Loaded[Gazetteer] | tuple[Mistake, ...]:
    loaded = load_by_content(path, PlacesFile, _councils_once, _names_that_match, _names_once)
    return loaded if isinstance(loaded, tuple) else loaded.holding(_gazetteer(loaded.value))


def _councils_once(document: Document) -> Iterator[Mistake]:
    seen: set[object] = set()
    for where, council in document.each("councils", "*", "id"):
        if council in seen:
            yield document.mistake(where, f"{council} stands twice: keep one council of this id")
        seen.add(council)


_LISTS: tuple[tuple[str, ...], ...] = (
    ("councils", "*", "places"),
    ("councils", "*", "shared"),
    ("area", "names"),
    ("area", "shared"),
    ("never",),
    ("nation",),
    ("elsewhere",),
    ("abroad",),
)


def _names_that_match(document: Document) -> Iterator[Mistake]:
    for pattern in _LISTS:
        for where, name in document.each(*pattern, "*"):
            if not isinstance(name, str) or not name.strip():
                continue
            if (what := wrong(name)) is not None:
                yield document.mistake(where, what)
            elif pattern[0] in ("councils", "area") and name == name.lower():
                yield document.mistake(where, f"{name} would match a plain word: write it with its capitals")


def _names_once(document: Document) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for pattern in _LISTS:
        for where, name in document.each(*pattern, "*"):
            if not isinstance(name, str) or not (words := normalise(name)):
                continue
            if words in seen:
                yield document.mistake(
                    where, f"{name} stands twice, first in {seen[words]}: a name is in one place"
                )
            seen.setdefault(words, ".".join(map(str, where[:-1])))


def _gazetteer(file: PlacesFile) -> Gazetteer:
    return Gazetteer(
        councils=tuple(
            Council(
                id=council.id,
                name=council.name,
                county=council.county,
                unit=council.unit,
                places=tuple(council.places),
                shared=tuple(council.shared),
            )
            for council in file.councils
        ),
        area=tuple(file.area.names),
        shared_area=tuple(file.area.shared),
        never=tuple(file.never),
        outlets=tuple(file.outlets),
        nation=tuple(file.nation),
        elsewhere=tuple(file.elsewhere),
        abroad=tuple(file.abroad),
    )
