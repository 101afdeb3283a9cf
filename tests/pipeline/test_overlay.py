"""What the desk shows of the next document, held against the document: after acts drawn at random, and after each kind."""

import random
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest

import pytest
from conftest import article

from monitor import pipeline
from monitor.config.defaults import defaults_folder
from monitor.config.folder import read_config
from monitor.demo.server import serve
from monitor.demo.stories import Label
from monitor.judging.classify import prepare
from monitor.model import FeedState, PollOutcome, PollResult, Window
from monitor.model.acts import Dismiss, Drop, Edit, Later, Merge, Move, Restore, Split, Take, Unlink, Write
from monitor.model.review import Done
from monitor.pipeline.remembered import Remembered
from monitor.pipeline.reviewing import Reviewing
from monitor.reading.urls import article_id, normalise
from monitor.reporting.wording import day_in_london
from monitor.settings import ReportSize
from monitor.store import Store

MEETING = date(2026, 12, 18)
MADE = datetime(2026, 11, 16, 7, tzinfo=UTC)
OUTLETS = ("Thames Courier", "Vale Gazette", "Chiltern Echo")


@pytest.fixture(scope="module")
def config():
    default = read_config(defaults_folder())
    size = ReportSize(items=5, per_topic=2, good_news=1)
    return replace(default, panel=replace(default.panel, meetings=(MEETING,), size=size))


@pytest.fixture(scope="module")
def drafted(config, tmp_path_factory):
    """An archive with the demo's stories, some told by several outlets, and its first draft."""
    folder = tmp_path_factory.mktemp("drafted")
    with serve(MADE) as week:
        told = sorted(
            {story.event: story for label in Label for story in week.labelled(label)}.values(),
            key=lambda story: story.headline,
        )
    with Store.open(folder / "archive.db") as store:
        for number, story in enumerate(told):
            for outlet in OUTLETS[: 1 + number % 3]:
                _comes(store, number, story, outlet)
        edition = _draft(store, config, folder / "drafts", MADE).edition
        assert len(edition.items) == 5 and len(edition.further) > 3 and edition.near_misses
    return folder


def _comes(store, number, story, outlet):
    host = outlet.split()[-1].lower()
    url = f"https://{host}.example/news/{number}"
    seen = MADE - timedelta(days=1, hours=number)
    come = article(
        article_id(normalise(url)),
        url=url,
        outlet=outlet,
        feed=f"https://{host}.example/rss",
        title=story.headline,
        paragraphs=story.paragraphs
        if outlet == OUTLETS[0]
        else (*story.paragraphs[:3], f"Told by {outlet}."),
        published=seen,
        first_seen=seen,
    )
    outcome = PollOutcome(feed=come.feed, at=seen, result=PollResult.NEW, entries=1, new=1)
    store.feeds.save_poll(outcome, FeedState(url=come.feed, last_poll=seen), [come])


def _draft(store, config, folder, now):
    window = Window(since=None, until=now)
    return pipeline.draft(store, config, window, MEETING, folder, ("md",), now, lambda *_: None)


class Desk:
    def __init__(self, store, config, folder):
        self.store, self.config, self.folder, self.now = store, config, folder, MADE
        self.remembered = Remembered()

    def stand(self):
        return Reviewing(self.store, self.config, self.remembered).stand(day_in_london(self.now))

    def do(self, act):
        self.now += timedelta(minutes=1)
        reviewing = Reviewing(self.store, self.config, self.remembered)
        return reviewing.do(act, self.now, by="Ann", seen=None)

    def undo(self, id, *, again=False):
        self.now += timedelta(minutes=1)
        reviewing = Reviewing(self.store, self.config, self.remembered)
        return reviewing.withdraw(id, self.now, by="Ann", again=again)

    def draft(self):
        self.now += timedelta(minutes=1)
        return _draft(self.store, self.config, self.folder, self.now).edition


@pytest.fixture
def desk(drafted, config, tmp_path):
    shutil.copy(drafted / "archive.db", tmp_path / "archive.db")
    with Store.open(tmp_path / "archive.db") as store:
        yield Desk(store, config, tmp_path / "drafts")


def foreseen(now) -> dict[str, list]:
    """By list, what a document prints of each story."""
    return {
        "items": [_printed(one.item) for one in now.items],
        "further": [_printed(one.item) for one in now.further],
        "near": [one.item.story for one in now.near],
        "later": [one.item.story for one in now.later],
    }


def differences(one, other) -> list[tuple]:
    """Each pair that differs, and in what."""
    pairs = [(part, *pair) for part in one for pair in zip_longest(one[part], other[part])]
    return [(part, *_apart(made, shown)) for part, made, shown in pairs if made != shown]


def _apart(one, other):
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[0], *[pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return one, other


def agree_on_what_is_dropped(edition, now) -> bool:
    """An item of her own that is no story of the window is named in no draft."""
    made = [{link.article for link in one.links} for one in edition.dropped]
    shown = [set(one.decision.articles) for one in now.dropped if not one.item.story.startswith("own_")]
    return len(made) == len(shown) and all(any(one & other for other in shown) for one in made)


def made(edition) -> dict[str, list]:
    return {
        "items": [_printed(item) for item in edition.items],
        "further": [_printed(item) for item in edition.further],
        "near": [miss.story for miss in edition.near_misses],
        "later": [item.story for item in edition.later],
    }


def _printed(item) -> tuple:
    links = tuple((link.article[:4], link.kinship and link.kinship.value, link.later) for link in item.links)
    by_rules = item.area, item.topics, item.score, item.reason
    return item.story, item.heading, item.excerpt, item.note, links, item.points, by_rules


def acts(random, now):
    """One act that applies, drawn from what stands there."""
    items = [one.item for one in now.items]
    item = random.choice(items)
    outside = [one.item for one in (*now.further, *now.near)]
    out = [one.item for one in (*now.later, *now.dropped)]
    drawn = [
        Drop(story=item.story),
        Later(story=item.story),
        Move(story=item.story, place=random.randint(1, len(items))),
        Edit(story=item.story, heading=f"Rewritten {random.randint(1, 99)}"),
        Edit(story=item.story, quoted=item.excerpt[:1], note=("A word of hers.",)),
        Write(heading=f"Her own {random.randint(1, 99)}", note=("Nobody wrote of it.",)),
    ]
    drawn += [Take(story=one.story) for one in outside[:2]]
    drawn += [Dismiss(story=one.story) for one in outside[-1:]]
    drawn += [Restore(story=one.story) for one in out[:1]] + [Take(story=one.story) for one in out[-1:]]
    if len(item.links) > 1:
        drawn += [Split(story=item.story, article=random.choice(item.links).article)] * 2
        drawn += [Unlink(story=item.story, article=random.choice(item.links).article)] * 2
    others = [one for one in items if one is not item and item.links]
    drawn += [Merge(story=item.story, into=one.story) for one in others[:2]]
    return random.choice(drawn)


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.slow) for one in range(1, 6))])
def test_what_is_shown_is_what_the_next_document_has(seed, desk):
    drawn = random.Random(seed)
    done = []
    for document in range(2):  # the second is made of what the first was made of, and more
        for _ in range(6):
            act = acts(drawn, desk.stand().now)
            said = desk.do(act)
            done.append((act, said))
            if isinstance(said, Done) and said.undo and drawn.random() < 0.25:
                done.append(("undone", desk.undo(said.undo)))
        shown = desk.stand().now
        assert shown.is_exact
        edition = desk.draft()
        assert differences(made(edition), foreseen(shown)) == [], done
        assert agree_on_what_is_dropped(edition, shown), done
        assert differences(foreseen(desk.stand().now), foreseen(shown)) == [], (document, done)


def first(now, part="items", place=0):
    return getattr(now, part)[place].item


def _several(now):
    return next(one.item for one in now.items if len(one.item.links) > 1)


def _by_itself(store, config, id):
    """What the rules say of an article alone."""
    found = prepare(config.rules, config.gazetteer).verdict(*store.articles.named([id]))
    return found.topics, found.score, f"You added it in draft 1. The rules by themselves say: {found.reason}"


def test_a_story_split_off_is_judged_by_its_own_article_alone(desk, config):
    parents = [one.item for one in desk.stand().now.items if len(one.item.links) > 1]
    told = {parent.story: next(id for id in parent.articles if id != parent.speaker) for parent in parents}
    for story, id in told.items():
        assert isinstance(desk.do(Split(story=story, article=id)), Done)
    shown, edition = [one.item for one in desk.stand().now.items], desk.draft()
    for parent in parents:
        expected = _by_itself(desk.store, config, told[parent.story])
        for items in (shown, edition.items):
            (part,) = (one for one in items if one.articles == (told[parent.story],))
            assert (part.topics, part.score, part.reason) == expected
    assert any(_by_itself(desk.store, config, told[one.story])[1] != one.score for one in parents)


EACH = {
    "nothing": lambda now: [],
    "dropped": lambda now: [Drop(story=first(now).story)],
    "put off": lambda now: [Later(story=first(now, place=2).story)],
    "a further one taken": lambda now: [Take(story=first(now, "further", 2).story)],
    "a near miss taken": lambda now: [Take(story=first(now, "near").story)],
    "a near miss taken, rewritten, dropped and restored": lambda now: [
        Take(story=first(now, "near").story),
        Edit(story=first(now, "near").story, heading="Hers"),
        Drop(story=first(now, "near").story),
        Restore(story=first(now, "near").story),
    ],
    "dropped and restored": lambda now: [
        Drop(story=first(now).story),
        Restore(story=first(now).story),
    ],
    "a heading alone moves nothing": lambda now: [Edit(story=first(now, place=3).story, heading="Hers")],
    "moved": lambda now: [Move(story=first(now, place=3).story, place=1)],
    "merged": lambda now: [Merge(story=first(now).story, into=first(now, place=2).story)],
    "a rewritten one merged": lambda now: [
        Edit(story=first(now).story, heading="Not the other’s"),
        Merge(story=first(now).story, into=first(now, place=2).story),
    ],
    "merged, and split again": lambda now: [
        Merge(story=first(now).story, into=first(now, place=2).story),
        Split(story=first(now, place=2).story, article=first(now).links[0].article),
    ],
    "the quoted article split off": lambda now: [
        Split(story=_several(now).story, article=_several(now).links[0].article)
    ],
    "the quoted link taken out": lambda now: [
        Unlink(story=_several(now).story, article=_several(now).links[0].article)
    ],
    "an item of her own": lambda now: [Write(heading="Hers", address="https://elsewhere.example/1")],
}


@pytest.mark.parametrize("name", EACH)
def test_each_act_is_in_the_next_document(name, desk):
    for act in EACH[name](desk.stand().now):
        assert isinstance(desk.do(act), Done)
    shown = desk.stand().now
    assert differences(made(desk.draft()), foreseen(shown)) == []
    assert differences(foreseen(desk.stand().now), foreseen(shown)) == []  # and in the one after it
