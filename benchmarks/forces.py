"""Panels for the 43 territorial forces of England and Wales: the default topic card, each with a force, people and places
of its own. The forces and their counties are real; towns and office holders are made up, the same at every run.

What is one panel's own is elsewhere to the others, as the default files have it of the Thames Valley's neighbours.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from monitor.settings import Council, Gazetteer, Person, Rules

# Each force with the counties that it polices; "the Met" is asked for by its full name.
_FORCES = """
Avon and Somerset Police: Somerset, Bristol, South Gloucestershire
Bedfordshire Police: Bedfordshire
Cambridgeshire Constabulary: Cambridgeshire, Peterborough
Cheshire Constabulary: Cheshire
City of London Police: City of London
Cleveland Police: Cleveland, Teesside
Cumbria Constabulary: Cumbria
Derbyshire Constabulary: Derbyshire
Devon and Cornwall Police: Devon, Cornwall
Dorset Police: Dorset
Durham Constabulary: County Durham, Darlington
Dyfed-Powys Police: Dyfed, Powys
Essex Police: Essex
Gloucestershire Constabulary: Gloucestershire
Greater Manchester Police: Greater Manchester, Manchester
Gwent Police: Gwent
Hampshire and Isle of Wight Constabulary: Hampshire, Isle of Wight
Hertfordshire Constabulary: Hertfordshire
Humberside Police: Humberside, East Riding
Kent Police: Kent, Medway
Lancashire Constabulary: Lancashire
Leicestershire Police: Leicestershire, Rutland
Lincolnshire Police: Lincolnshire
Merseyside Police: Merseyside, Liverpool
Metropolitan Police: Greater London, London
Norfolk Constabulary: Norfolk
North Wales Police: North Wales
North Yorkshire Police: North Yorkshire, York
Northamptonshire Police: Northamptonshire
Northumbria Police: Northumberland, Tyne and Wear
Nottinghamshire Police: Nottinghamshire
South Wales Police: South Wales, Cardiff, Swansea
South Yorkshire Police: South Yorkshire, Sheffield
Staffordshire Police: Staffordshire
Suffolk Constabulary: Suffolk
Surrey Police: Surrey
Sussex Police: Sussex, West Sussex, East Sussex
Thames Valley Police: Thames Valley, Berkshire, Buckinghamshire, Oxfordshire
Warwickshire Police: Warwickshire
West Mercia Police: West Mercia, Shropshire, Herefordshire, Worcestershire
West Midlands Police: West Midlands, Birmingham
West Yorkshire Police: West Yorkshire, Leeds, Bradford
Wiltshire Police: Wiltshire, Swindon
"""
COUNCILS, TOWNS = 6, 8  # of a panel, and of a council
_FIRST = re.findall(
    r"\w+", "Ash Bram Carl Dun Eller Fern Gal Hol Ince Kel Lang Mar Nether Oak Pen Quarn Roth Sel Thorn Wen"
)
_LAST = re.findall(
    r"\w+",
    "bury combe dale field ford ham hurst leigh low mere minster ness over ridge stead thorpe ton well wick worth",
)
_NAMES = re.findall(r"\w+", "Ada Bertram Cedric Delia Edwin Flora Gilbert Hester Ivor Jocelyn")


class Force(NamedTuple):
    name: str
    counties: tuple[str, ...]
    towns: tuple[str, ...]

    @property
    def id(self) -> str:
        return "-".join(re.findall(r"\w+", self.name.lower())[:-1])


@cache
def forces() -> tuple[Force, ...]:
    found = []
    towns = _towns()
    for line in _FORCES.split("\n"):
        if line:
            name, counties = line.split(": ")
            found.append(
                Force(name, tuple(counties.split(", ")), tuple(next(towns) for _ in range(COUNCILS * TOWNS)))
            )
    return tuple(found)


def _towns() -> Iterator[str]:
    """Each once: two parts, and a third where they are all used up."""
    plain = [first + last for first in _FIRST for last in _LAST]
    chance = random.Random(43)
    for before in ("", "Great ", "Upper ", "Nether ", "Saint ", "Old "):
        chance.shuffle(plain)
        yield from (before + name for name in plain)


def panel_of(force: Force, rules: Rules, gazetteer: Gazetteer) -> tuple[Rules, Gazetteer]:
    """The default rules and places as they would be that panel's."""
    others = [other for other in forces() if other is not force]
    bodies = {
        "force": (force.name, *(f"{county}'s police" for county in force.counties)),
        "other_forces": tuple(other.name for other in others),
    }
    return (
        replace(
            rules,
            bodies=tuple(replace(one, names=bodies.get(one.name, one.names)) for one in rules.bodies),
            people=tuple(_people(force, rules)),
        ),
        replace(
            gazetteer,
            councils=tuple(_councils(force)),
            area=force.counties,
            shared_area=(),
            outlets=(),
            elsewhere=_elsewhere(force, others, gazetteer),
        ),
    )


def _people(force: Force, rules: Rules) -> Iterator[Person]:
    chance = random.Random(force.name)
    points = rules.people[0].points if rules.people else 0
    for office in ("chief constable", "commissioner"):
        surname = chance.choice(_FIRST) + chance.choice(_LAST)
        names = (f"{chance.choice(_NAMES)} {surname}", f"Mr {surname}")
        yield Person(names=names, office=office, since=date(2019, 4, 1), points=points)


def _councils(force: Force) -> Iterator[Council]:
    for number in range(COUNCILS):
        towns = force.towns[number * TOWNS : (number + 1) * TOWNS]
        yield Council(
            id=towns[0].lower().replace(" ", "-"),
            name=f"{towns[0]} Council",
            county=force.counties[0],
            unit=towns[0],
            places=(*towns[:-1], f"{towns[0]} Council", f"{towns[0]} Crown Court"),
            shared=towns[-1:],
        )


def _elsewhere(force: Force, others: Iterable[Force], gazetteer: Gazetteer) -> tuple[str, ...]:
    theirs = (county for other in others for county in other.counties)
    listed = dict.fromkeys((*gazetteer.elsewhere, *theirs))
    return tuple(name for name in listed if name not in force.counties)
