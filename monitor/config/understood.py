"""What was understood of the configuration, and what is right but needs a look, for `monitor check`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from monitor.config.panel_file import WEEKDAYS
from monitor.errors import Mistake
from monitor.model import Area
from monitor.settings import Config, DeliverTo, Feed, Panel
from monitor.text import normalise


def summary(
    config: Config, today: date, looks: Sequence[Mistake] = (), home: Path = Path()
) -> tuple[str, ...]:
    """Lines for a person. `today` is the day in London; it decides which meeting is the next. `looks` are by line.
    `home`: where in the data folder the panel's own documents are."""
    warnings = (f"Needs a look: {warning}" for warning in (*_warnings(config, today), *map(str, looks)))
    return (*_feeds(config.feeds), *_rules(config), *_panel(config.panel, today, home), *warnings)


def _feeds(feeds: Sequence[Feed]) -> Iterator[str]:
    on = [feed for feed in feeds if feed.paused is None]
    paused = [feed for feed in feeds if feed.paused is not None]
    yield f"Feeds: {len(on)} on, {len(paused)} paused, from {len({feed.name for feed in on})} outlets"
    for area, count in Counter(feed.area or "no area given" for feed in on).most_common():
        yield f"  {area}: {count}"
    for kind, count in Counter(feed.kind.value for feed in on).most_common():
        yield f"  of kind {kind}: {count}"
    unverified = sum(not feed.verified for feed in on)
    if unverified:
        yield f"  {unverified} of them not yet seen to answer: `monitor feeds list` names them"


def _rules(config: Config) -> Iterator[str]:
    rules, gazetteer = config.rules, config.gazetteer
    strong = sum(len(topic.strong) for topic in rules.topics)
    weak = sum(len(topic.weak) for topic in rules.topics)
    cues = sum(len(cue.phrases) for cue in (*rules.raises, *rules.sinks))
    bodies = sum(len(body.names) for body in rules.bodies) + sum(len(person.names) for person in rules.people)
    places = sum(len(council.places) + len(council.shared) for council in gazetteer.councils)
    yield f"Topics: {len(rules.topics)}, with {strong} strong and {weak} weak phrases"
    yield f"Cues: {len(rules.raises)} groups that raise and {len(rules.sinks)} that sink, with {cues} phrases"
    yield f"Bodies and people in office: {bodies} names"
    yield f"Places: {places}, of {len(gazetteer.councils)} councils"


def _panel(panel: Panel, today: date, home: Path) -> Iterator[str]:
    coming = [day for day in panel.meetings if day >= today]
    following = f"the next on {_written(coming[0])}" if coming else "none to come"
    yield f"Panel: {panel.panel}; {len(panel.meetings)} meetings, {following}"
    yield f"Area: {panel.area.name}; `{panel.area.id}` in JSON and in labelled stories"
    yield f"Weekly draft: {WEEKDAYS[panel.weekly.weekday].capitalize()} at {panel.weekly.at:%H:%M}, Europe/London"
    yield f"Drafts go to: {home / panel.folder}"
    if panel.mail and panel.deliver_to is not DeliverTo.FOLDER:
        way = (
            f"{panel.mail.relay.host}:{panel.mail.relay.port}"
            if panel.mail.relay
            else home / (panel.mail.eml_folder or "")
        )
        yield f"The weekly draft is mailed to {', '.join(panel.mail.recipients)}, by way of {way}"
    if panel.operator:
        yield f"Where a person must act, {panel.operator} is mailed"


def _warnings(config: Config, today: date) -> Iterator[str]:
    """What the program can live with and a person should not."""
    if "@example." in config.network.user_agent:
        yield "feeds.yaml: network.user_agent has an invented address; write one at which servers can reach you"
    if config.network.allow_private_addresses:
        yield "feeds.yaml: network.allow_private_addresses is true; that is for tests and the demo only"
    if all(feed.paused for feed in config.feeds):
        yield "feeds.yaml: every feed is paused, so nothing is read"
    if not any(day >= today for day in config.panel.meetings):
        yield "panel.yaml: no meeting is to come; add the next date, or the draft carries none"
    yield from _strangers(config)


def _strangers(config: Config) -> Iterator[str]:
    """What may be left of another panel. `fitting.py` has what is certainly wrong."""
    panel, gazetteer = config.panel, config.gazetteer
    yield from _feeds_of_another(config)
    named = {normalise(name) for name in (*gazetteer.area, *gazetteer.shared_area)}
    for county in dict.fromkeys(council.county for council in gazetteer.councils):
        if normalise(county) not in named:
            yield (
                f"places.yaml: {county} is a council's county and not under `area: names:`, so a story that names the "
                "county alone is not ours"
            )
    if not any(f" {name} " in f" {normalise(panel.area.name)} " for name in named):
        yield (
            f"panel.yaml: area.name is {panel.area.name}, and nothing under `area: names:` in places.yaml is called "
            "so; are the places another panel's?"
        )
    if "crime panel" in normalise(panel.report_to) and normalise(panel.panel) not in normalise(
        panel.report_to
    ):
        yield f"panel.yaml: report.to names another panel than {panel.panel}"


def _feeds_of_another(config: Config) -> Iterator[str]:
    """More feeds of some other area than of ours; those of the nation apart."""
    name = config.panel.area.name
    own = {normalise(name), normalise(name).removeprefix("the "), *map(normalise, config.gazetteer.area)}
    own |= {
        normalise(part) for council in config.gazetteer.councils for part in (council.unit, council.county)
    }
    areas = Counter(feed.area for feed in config.feeds if feed.area and feed.paused is None)
    ours = sum(count for area, count in areas.items() if normalise(area) in own)
    others = [
        (count, area)
        for area, count in areas.items()
        if normalise(area) not in {*own, Area.NATIONAL.name.lower()}
    ]
    if others and max(others)[0] > ours:
        count, area = max(others)
        yield (
            f"feeds.yaml: more feeds have the area {area} ({count}) than {name} or a county of places.yaml ({ours}); "
            "are the feeds another panel's?"
        )


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
