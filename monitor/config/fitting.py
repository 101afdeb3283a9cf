"""What the four files say of each other, and what does not fit together: each file may be right by itself, and the
verdicts are wrong all the same. This is how one panel's file is found among another's.

1. *The force.* `force` in panel.yaml is a name of `bodies: force:` in topics.yaml.
2. *Ours and theirs.* No name of our force or commissioner is also under `bodies: other_forces:`, or in places.yaml
   under `elsewhere`, neither in whole nor as a stem or a possessive; and no other force is called after our own area
   ("Wessex Police" while Wessex is ours).
3. *People.* The force of each is one of `bodies: force:`, and no office names another force or a place elsewhere.
4. *Places.* A county or the name of one of our councils, and the name of the panel's area, is in no list of what is
   not ours (`never`, `nation`, `elsewhere`).

Files are looked at as written, whether or not they are right by themselves, so that all mistakes come out at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.config.values import Where
from monitor.config.yamlfile import Document
from monitor.errors import Mistake
from monitor.text import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files as written; one that cannot be read at all says nothing."""

    topics: Document
    places: Document
    panel: Document


@dataclass(frozen=True, slots=True)
class _Text:
    where: Where
    text: str
    line: int

    @property
    def words(self) -> str:
        return normalise(self.text)

    @property
    def place(self) -> str:
        return ".".join(map(str, self.where))


def misfits_of(written: Written) -> Iterator[Mistake]:
    yield from _force_is_listed(written)
    yield from _ours_or_theirs(written)
    yield from _force_called_after_our_area(written)
    yield from _people_of_ours(written)
    yield from _places_of_ours(written)


def _texts(document: Document, *patterns: tuple[str, ...]) -> Iterator[_Text]:
    for pattern in patterns:
        for where, text in document.each(*pattern):
            if isinstance(text, str) and normalise(text):
                yield _Text(where, text, document.lines[where])


def _named(texts: Iterable[_Text], name: str) -> _Text | None:
    """The phrase that matches this name, in whole or by its stem."""
    words = normalise(name)
    return next((one for one in texts if one.words == words or _is_stem_of(one, words)), None)


def _is_stem_of(phrase: _Text, words: str) -> bool:
    return (
        phrase.text.endswith("*") and words.startswith(phrase.words) and " " not in words[len(phrase.words) :]
    )


def _force(written: Written) -> tuple[_Text, ...]:
    return tuple(_texts(written.topics, ("bodies", "force", "*")))


def _other_forces(written: Written) -> tuple[_Text, ...]:
    return tuple(_texts(written.topics, ("bodies", "other_forces", "*")))


# ── the force ───────────────────────────────────────────────────────────────────────────────────────────────────


def _force_is_listed(written: Written) -> Iterator[Mistake]:
    names = _force(written)
    for force in _texts(written.panel, ("force",)):
        if names and _named(names, force.text) is None:
            yield written.panel.mistake(
                force.where,
                f"{force.text} is not under `bodies: force:` in topics.yaml, so no story of it is ours: write its "
                f"names there, or here the force that is meant, as in {names[0].text}",
            )


def _ours_or_theirs(written: Written) -> Iterator[Mistake]:
    ours = tuple(_texts(written.topics, ("bodies", "force", "*"), ("bodies", "commissioner", "*")))
    force = tuple(_texts(written.panel, ("force",)))
    for other in _other_forces(written):
        if same := _same(ours, other):
            yield written.topics.mistake(
                other.where,
                f"{other.text} is ours as well ({same.place}, line {same.line}): delete it in one of the two lists",
            )
        elif _same(force, other):
            yield written.topics.mistake(
                other.where,
                f"{other.text} is the force of panel.yaml: take it out here, and put it under `force`",
            )
    for place in _texts(written.places, ("elsewhere", "*")):
        if same := _same((*ours, *force), place):
            file = "panel.yaml" if same in force else "topics.yaml"
            yield written.places.mistake(
                place.where, f"{place.text} is ours ({file}, {same.place}): delete it here"
            )


def _same(texts: Iterable[_Text], other: _Text) -> _Text | None:
    """The one that hits what the other hits: in whole, by the stem of either, or as whose something is."""
    words = _owner(other)
    return next(
        (
            one
            for one in texts
            if _owner(one) == words or _is_stem_of(one, words) or _is_stem_of(other, _owner(one))
        ),
        None,
    )


def _owner(name: _Text) -> str:
    """ "Wessex Police" of "Wessex Police's"."""
    return name.words.removesuffix(" s")


def _force_called_after_our_area(written: Written) -> Iterator[Mistake]:
    area = {
        name: one
        for one in _texts(written.places, ("area", "names", "*"))
        for name in (f"{one.words} police", f"{one.words} constabulary")
    }
    ours = {one.words for one in (*_force(written), *_texts(written.panel, ("force",)))}
    for other in _other_forces(written):
        if (own := area.get(other.words)) and other.words not in ours:
            yield written.topics.mistake(
                other.where,
                f"{other.text} is called after our own area ({own.text}: places.yaml, {own.place}): put it under "
                "`force`, or delete it",
            )


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _people_of_ours(written: Written) -> Iterator[Mistake]:
    names = _force(written)
    theirs = (*_other_forces(written), *_texts(written.places, ("elsewhere", "*")))
    for where, person in written.topics.each("people", "*"):
        if not isinstance(person, dict):
            continue
        force, office = person.get("force"), person.get("office")
        if names and isinstance(force, str) and normalise(force) and _named(names, force) is None:
            yield written.topics.mistake(
                (*where, "force"),
                f"{_who(person)} is of {force}, which is not under `bodies: force:`: delete who is of another force, "
                "or write ours",
            )
        elif isinstance(office, str) and (other := _names_another(office, theirs, names)):
            yield written.topics.mistake(
                (*where, "office"),
                f"{_who(person)} is {office}, and {other.text} is not ours: delete who is of another force, or write "
                "the office without it",
            )


def _who(person: Mapping[str, object]) -> str:
    return str(person.get("name", "somebody"))


def _names_another(office: str, theirs: Iterable[_Text], ours: Iterable[_Text]) -> _Text | None:
    """The longest name of another force or place in an office, our own names apart."""
    words = f" {normalise(office)} "
    for one in ours:
        words = words.replace(f" {one.words} ", " | ")
    named = [one for one in theirs if one.text[0].isupper() and f" {one.words} " in words]
    return max(named, key=lambda one: len(one.words), default=None)


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _places_of_ours(written: Written) -> Iterator[Mistake]:
    own: dict[str, str] = {}
    for one in _texts(written.places, ("councils", "*", "county"), ("councils", "*", "name")):
        own.setdefault(one.words, f"places.yaml, {one.place}")
    for name in _texts(written.panel, ("area", "name")):
        own.setdefault(name.words.removeprefix("the "), f"panel.yaml, {name.place}")
    for listed in _texts(written.places, ("never", "*"), ("nation", "*"), ("elsewhere", "*")):
        found = own.get(listed.words) or next(
            (where for words, where in own.items() if _is_stem_of(listed, words)), None
        )
        if found:
            yield written.places.mistake(listed.where, f"{listed.text} is our own ({found}): delete it here")
