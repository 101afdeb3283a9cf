"""The default rules, and articles to judge by them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from monitor.config.places_file import read_places
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Loaded
from monitor.judging.classify import Judge, prepare
from monitor.model import Article
from monitor.settings import Gazetteer, PanelArea, Rules
from tests.where import ROOT

THAMES_VALLEY = PanelArea(id="thames-valley", name="the Thames Valley")  # as in panel.yaml
NOW = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
# A topics.yaml that is read in no time, where it matters only that there is one.
FEW_TOPICS = """\
thresholds: {policing: 4, borderline: 3, include: 5, national: 7}
bodies: {force: [Thames Valley Police], commissioner: [commissioner]}
cues: {raise: {}, sink: {}}
topics:
  - {id: finance, name: The police budget, strong: [police precept]}
"""


@cache
def default_rules() -> Rules:
    loaded = read_topics(ROOT / "topics.yaml")
    assert isinstance(loaded, Loaded), "\n".join(map(str, loaded))
    return loaded.value


@cache
def default_gazetteer() -> Gazetteer:
    loaded = read_places(ROOT / "places.yaml")
    assert isinstance(loaded, Loaded), "\n".join(map(str, loaded))
    return loaded.value


@cache
def default_judge() -> Judge:
    return prepare(default_rules(), default_gazetteer())


def article(title="A title", *paragraphs, outlet="An Outlet", id="a", days=0.0, **changes) -> Article:
    when = NOW + timedelta(days=days)
    fields = dict(
        id=id, url=f"https://example.org/{id}", outlet=outlet, feed="https://example.org/feed", title=title
    )
    fields |= dict(paragraphs=tuple(paragraphs), published=when, first_seen=when)
    return Article(**(fields | changes))
