"""By what a search can be narrowed, and what a person who types a part of a name means by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.model import Area, Choice, Facet
from monitor.settings import Config
from monitor.text import normalise

NAMED = 12  # values in a sentence

VERDICTS = {Choice.INCLUDE: "In", Choice.BORDERLINE: "Near miss", Choice.EXCLUDE: "Out"}
_VERDICT_WORDS = {
    Choice.INCLUDE: "in include included yes",
    Choice.BORDERLINE: "near nearly miss borderline",
    Choice.EXCLUDE: "out exclude excluded no",
}


@dataclass(frozen=True, slots=True)
class Option:
    key: str  # as an address has it
    name: str  # as people read it
    value: str  # as the index has it
    words: tuple[str, ...] = ()  # by which it is meant besides

    def is_called(self, typed: str) -> bool:
        return typed in (normalise(self.key), normalise(self.name), *self.words)


Options = Mapping[Facet, tuple[Option, ...]]


def options_of(config: Config, outlets: Iterable[str]) -> Options:
    """`outlets`: those of which stories are stored."""
    area = config.panel.area
    names = {
        Area.OWN: area.name[:1].upper() + area.name[1:],
        Area.NATIONAL: "National",
        Area.ELSEWHERE: "Elsewhere",
    }
    return {
        Facet.OUTLET: tuple(Option(one, one, one) for one in sorted(set(outlets), key=str.casefold)),
        Facet.TOPIC: tuple(Option(one.id, one.name, one.id) for one in config.rules.topics),
        Facet.COUNCIL: tuple(
            Option(one.id, one.name, one.id)
            for one in sorted(config.gazetteer.councils, key=lambda one: one.name)
        ),
        Facet.AREA: tuple(
            Option(area.id_of(one), names[one], one.name, ("own", "ours") if one is Area.OWN else ())
            for one in Area
        ),
        Facet.VERDICT: tuple(
            Option(choice.value, name, choice.value, tuple(_VERDICT_WORDS[choice].split()))
            for choice, name in VERDICTS.items()
        ),
    }


def meant(typed: str, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The one that is called so; else all with these words in their names."""
    wanted = normalise(typed)
    if exact := tuple(one for one in options if one.is_called(wanted)):
        return exact
    within = f" {wanted}"
    return tuple(one for one in options if wanted and within in f" {normalise(one.name)}")


def unknown(facet: Facet, typed: str, options: tuple[Option, ...]) -> str:
    """What is said where nothing is meant."""
    names = [one.name for one in options]
    some = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    return (
        f"No {facet} is called “{typed}”. There are: {some}." if names else f"No {facet} is called “{typed}”."
    )
