"""Decisions in words: what was done to a story, what an act or a document said, how a story stands."""

from collections.abc import Iterator, Sequence

from monitor.model import Decision, KeptWord, Learned, Said, Source
from monitor.model.officer import OUT
from monitor.model.review import Change, Side
from monitor.reporting.edition.arrange import Decided
from monitor.reporting.wording import name_of, say_count

SHORT = 80  # letters of a quotation
FROM = {
    Source.DESK: "at the desk",
    Source.REPORT: "edited document",
    Source.NOTES: "ticked notes",
    Source.WORD: "command",
}


def quoted(text: str, longest: int = SHORT) -> str:
    return f"“{text if len(text) <= longest else text[:longest].rpartition(' ')[0] + ' …'}”"


def named(one: Decision) -> str:
    return name_of(one.heading or one.drafted, one.excerpt or (), one.links)


_SAID = {
    Said.DROPPED: "dropped",
    Said.LATER: "put off to the next report",
    Said.BACK: "as the rules have it again",
    Said.TAKEN: "taken in",
    Said.ADDED: "an item of the officer’s own",
}


def phrases(one: Decision, learned: Learned, drafted: tuple[str, ...] | None = None) -> Iterator[str]:
    """What was said of the story, besides that it stays as drafted. `drafted` is its excerpt by itself, where that is
    known."""
    is_about = learned.source is not Source.DESK or not learned.in_order or one.story == learned.about
    if one.said in _SAID and (is_about or one.said is not Said.TAKEN) and learned.deed not in _ALONE:
        yield _SAID[one.said]
    if one.said in OUT:
        return
    if one.moved and (learned.deed == "move" if learned.source is Source.DESK else True) and is_about:
        yield "moved"
    if one.heading is not None:
        yield f"heading now {quoted(one.heading)}" if one.heading else "heading taken out"
    if one.said is not Said.ADDED:
        yield from _text(one, drafted)
        if one.links:
            links = say_count(len(one.links), "link")
            yield f"made one with another story ({links})" if learned.deed == "merge" else f"{links} added"
    if one.without:
        yield f"{say_count(len(one.without), 'link')} taken out"


_ALONE = ("edit", "unlink", "move", "merge")  # of what was taken in before they say other things


def _text(one: Decision, drafted: tuple[str, ...] | None) -> Iterator[str]:
    if one.excerpt is None:
        return
    left = tuple(line for line in one.excerpt if line not in one.note)
    if left != drafted:
        yield f"excerpt of {say_count(len(left), 'paragraph')}" if left else "excerpt taken out"
    if one.note:
        yield f"note: {quoted(one.note[0])}"
    elif left == drafted:
        yield "excerpt as drafted"


def said_in(learned: Learned) -> tuple[str, ...]:
    """A sentence each, for the history."""
    told = [
        f"{quoted(named(one))}: {'; '.join(said)}."
        for one in learned.decisions
        if (said := tuple(phrases(one, learned)))
    ]
    told += [
        f"{'Looked at' if one.is_checked else 'To be looked at again'}: {quoted(one.says, 160)}"
        for one in learned.checked
    ]
    left = len(learned.decisions) - len(told) + len(learned.checked)
    if left and learned.source is Source.REPORT:
        told.append(f"{say_count(left, 'item')} kept as drafted.")
    return tuple(told) or ("Nothing was changed.",)


def change_of(
    word: KeptWord, one: Decision, drafted: tuple[str, ...] | None = None, *, is_new: bool
) -> Change | None:
    """What the word or document did to the story; None where it left it as it was."""
    said = "; ".join(phrases(one, word.learned, drafted))
    if not said:
        return None
    learned = word.learned
    return Change(
        id=word.id,
        words=said,
        by=learned.by,
        at=learned.learned,
        source=learned.source,
        is_new=is_new,
    )


_STANDS = {Said.DROPPED: "Dropped", Said.LATER: "Put off to the next report", Said.TAKEN: "Taken in"}


def side_of(one: Decided | None, place: str) -> Side:
    """The story as it stands; `place` is said where nothing was decided of it."""
    if one is None:
        return Side(rows=tuple((name, "") for name in ("Heading", "Place", "Excerpt", "Note", "Links")))
    item, decision = one.item, one.decision
    stands = _STANDS.get(decision.said, place) if decision else place
    return Side(
        rows=(
            ("Heading", item.heading),
            ("Place", stands),
            ("Excerpt", "\n\n".join(line for line in item.excerpt if line not in item.note)),
            ("Note", "\n\n".join(item.note)),
            ("Links", ", ".join(link.text or link.outlet for link in item.links)),
        )
    )


def last_of(words: Sequence[KeptWord], about: Sequence[str], story: str) -> KeptWord | None:
    """The last thing said or taken back of the story."""
    found = [
        one
        for one in words
        if any(
            each.story == story or not set(each.articles).isdisjoint(about) for each in one.learned.decisions
        )
    ]
    return max(found, key=lambda one: (one.withdrawn or one.learned.learned, one.id), default=None)
