"""Whether so much would be gone that the person is asked first: a document that was saved in part, or mistaken for
another, reads like one from which nearly all was struck."""

from monitor.model import Edition, Learned, Said, Source
from monitor.reporting.wording import say_count

FEWEST_GONE = 2  # items; whoever strikes one knows it
SAY_YES = "say it again with --yes"


def doubt(learned: Learned, edition: Edition, name: str, meant: str = SAY_YES) -> str:
    """Why nothing is kept yet of the document of that name: more than half of the items, and more than one, are dropped
    or have lost all their text. "" where there is no doubt. Notes never drop anything. `meant`: how the person says that
    it is."""
    items = {item.story: item for item in edition.items}
    mine = [one for one in learned.decisions if one.story in items]
    dropped = sum(one.said is Said.DROPPED for one in mine)
    emptied = sum(
        one.said is Said.KEPT and one.excerpt == () and bool(items[one.story].excerpt) for one in mine
    )
    gone = dropped + emptied
    if learned.source is not Source.REPORT or gone < FEWEST_GONE or 2 * gone <= len(items):
        return ""
    return (
        f"Of the {say_count(len(items), 'item')} of draft {edition.number}, {name} would drop {dropped} and "
        f"leave {emptied} without text. Nothing was kept. If that is what you did, {meant}; "
        "if not, look whether the document is whole."
    )
