"""A draft as large as a real first one: twelve items and 73 further stories, with words as long as real ones."""

from dataclasses import replace
from datetime import date, timedelta

from editions import edition, item, link, near_miss

from monitor.model import Edition, Ground, Item

SUBJECTS = (
    "Thames Valley Police to cut call handlers despite longer waits",
    "Commissioner awards £1.2m to schemes for young people across the valley",
    "Inspectors tell force to improve how it records violent crime",
    "Fewer than one in twenty burglaries in the county lead to a charge",
    "Residents face higher bills as police precept rises again",
    "Force spends £4.1m on overtime in three months, figures show",
)
OUTLETS = ("Thames Courier", "Kennet & Loddon Gazette", "Spires Recorder", "Vale FM")
GROUNDS = (
    Ground(points=5, says="an outside body’s verdict on the force (“inspectors”)"),
    Ground(points=4, says="figures with a comparison (“fewer than”)"),
    Ground(points=3, says="how the force performs (“overtime”)"),
    Ground(points=2, says="what residents will see or pay for (“bills”)"),
    Ground(points=1, says="new in the last 35 days"),
)


def story(number: int, **changes) -> Item:
    outlet = OUTLETS[number % len(OUTLETS)]
    first = link(
        outlet,
        article=f"a{number}",
        url=f"https://{outlet.lower().replace(' ', '').replace('&', 'and')}.example/news/{number}",
        published=date(2026, 11, 15) - timedelta(days=number % 40),
    )
    values = {
        "heading": f"{SUBJECTS[number % len(SUBJECTS)]} ({number})",
        "links": (first,),
        "excerpt": tuple(
            f"Paragraph {at} of story {number}, " + "with some words in it " * 9 for at in range(4)
        ),
        "why": GROUNDS[number % 3 :],
        "points": 15 - number // 8,
        "topics": (("finance", "roads", "contact", "governance", "vawg", "fraud", "knives")[number % 7],),
    }
    return item(f"{number:012x}", **{**values, **changes})


def first_draft() -> Edition:
    """Draft 1, with five near misses and a few things to check."""
    items = [story(number) for number in range(12)]
    items[0] = replace(
        items[0], cautions=("Proceedings may be live: publish nothing that may prejudice them.",)
    )
    made = edition(
        *items, near=tuple(near_miss(story=f"near{number}", articles=(f"n{number}",)) for number in range(5))
    )
    further = tuple(story(number) for number in range(12, 85))
    basis = replace(made.basis, included=85, stories=made.basis.stories + 73, further=73)
    return replace(made, number=1, further=further, basis=basis)


def later_draft() -> Edition:
    """Draft 2, a week on: three new in the report, nine new further stories, three that fell out."""
    before = first_draft()
    new = tuple(story(number, points=16) for number in range(100, 103))
    fallen = tuple(replace(one, outside="it lacks 1 point") for one in before.items[-3:])
    fresh = tuple(story(number) for number in range(110, 119))
    made = replace(
        before, number=2, items=(*new, *before.items[:-3]), further=(*fallen, *fresh, *before.further)
    )
    basis = replace(made.basis, included=97, stories=made.basis.stories + 12, further=85)
    return replace(made, basis=basis, previous=1)
