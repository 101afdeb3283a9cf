"""Several panels draft one after the other: each draft is the one that the panel would have alone."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

import monitor.pipeline.choose as choose
import monitor.pipeline.together as together_module
from benchmarks.forces import forces, panel_of
from monitor.config.folder import read_config
from monitor.model import FeedState, PollOutcome, PollResult, Window
from monitor.pipeline.choose import judged_stories
from monitor.pipeline.draft import draft
from monitor.pipeline.together import alone, together
from monitor.reporting.edition.record import edition_record
from monitor.settings import Feed, PanelArea
from monitor.store import Store
from monitor.store.articles import Articles
from tests.rules import NOW, article
from tests.where import ROOT

READING = Feed(name="Reading Chronicle", url="https://reading.example/feed")
KENT = Feed(name="Kent Courier", url="https://kent.example/feed")
NATION = Feed(name="Nation", url="https://nation.example/feed")
WINDOW = Window(since=NOW - timedelta(days=7), until=NOW)


@cache
def panels():
    """The default, one with Kent's force that reads the same, and one that reads Kent's feeds alone."""
    default = replace(read_config(ROOT), feeds=(READING, KENT, NATION))
    kent = next(force for force in forces() if force.name == "Kent Police")
    rules, gazetteer = panel_of(kent, default.rules, default.gazetteer)
    area = PanelArea(id="kent", name="Kent")
    other = replace(
        default,
        rules=replace(rules, digest="kent"),
        gazetteer=gazetteer,
        panel=replace(default.panel, area=area, force=kent.name),
    )
    medway = replace(other.panel, area=PanelArea(id="medway", name="Medway"))
    return default, other, replace(other, feeds=(KENT, NATION), panel=medway)


OWN_WORDS = (
    "Dispatchers waited behind a broken switchboard through winter evenings.",
    "Households in band D pay more from April, said finance officers.",
    "Neighbours saw gloves, a ladder and an empty jewellery box.",
    "Lemon drizzle went first, sponge later, and scones last.",
    "Auditors listened to recordings while controllers changed shifts.",
    "Pensions, fuel and new vans explain half the gap.",
    "Coins, medals and a violin were recovered near allotments.",
    "Children painted bunting, and a brass band played marches.",
    "Ministers published tables that rank everybody by minutes lost.",
    "Whitehall grants shrink faster than reserves, economists warned.",
    "Fingerprints on a kitchen window matched an old record.",
    "Volunteers poured tea until clouds gathered over marquees.",
)


def stories():
    for at, (feed, force, town) in enumerate(
        (
            (READING, "Thames Valley Police", "Reading"),
            (KENT, "Kent Police", "Maidstone"),
            (NATION, "Police", ""),
        )
    ):
        told = (
            (
                "{force} rated inadequate by inspectors",
                "Inspectors found {force} inadequate at answering 101 calls.",
            ),
            (
                "{force} budget: precept to rise by £14",
                "The police and crime commissioner of {force} set the precept.",
            ),
            ("Man jailed for burglary in {town}", "A man was jailed for burglary, {force} said."),
            ("Cake sale in {town}", "There was cake for all."),
        )
        for number, (title, text) in enumerate(told):
            words = {"force": force, "town": town}
            yield article(
                title.format(**words),
                text.format(**words),
                OWN_WORDS[4 * at + number],
                id=f"{at}-{number}",
                feed=feed.url,
                outlet=feed.name,
                days=-1 - number - at / 3,
            )


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive.db") as store:
        fill(store)
        yield store


def fill(store):
    for feed in (READING, KENT, NATION):
        own = [one for one in stories() if one.feed == feed.url]
        outcome = PollOutcome(feed=feed.url, at=NOW, result=PollResult.NEW, entries=len(own), new=len(own))
        store.feeds.save_poll(outcome, FeedState(url=feed.url, last_poll=NOW, last_success=NOW), own)


def quiet(*_):
    pass


def drafted(store, config, folder, among):
    """The record, and what its documents hold; of another panel's number nothing."""
    made = draft(
        store.of(config.panel.area.id), config, WINDOW, None, folder, ("md", "json"), NOW, quiet, among=among
    )
    return edition_record(made.edition), [path.read_text("utf-8") for path in made.documents]


def test_each_draft_is_the_one_that_the_panel_has_alone(store, tmp_path):
    beside = [
        drafted(store, config, tmp_path / f"together-{at}", among)
        for at, (config, among) in enumerate(zip(panels(), together(panels()), strict=True))
    ]
    with Store.open(tmp_path / "other.db") as other:
        fill(other)
        single = [
            drafted(other, config, tmp_path / f"alone-{at}", None) for at, config in enumerate(panels())
        ]
    assert beside == single
    assert len({record for record, _ in beside}) == 3
    assert all("inadequate" in markdown for _, (markdown, *_) in beside)


def test_who_reads_the_same_reads_it_once_for_all(store, monkeypatch):
    read = []
    readable = together_module.readable
    monkeypatch.setattr(
        together_module,
        "readable",
        lambda store, window, named=None: [read.append(window), readable(store, window, named)][1],
    )
    default, kent, medway = together(panels())
    first = default.readable(store, WINDOW)
    assert kent.readable(store, WINDOW) is first
    assert len(read) == 1
    medway.readable(store, WINDOW)  # which reads other feeds
    assert len(read) == 2
    later = Window(since=WINDOW.since, until=NOW + timedelta(minutes=1))
    assert default.readable(store, WINDOW) == kent.readable(store, later) == first
    assert len(read) == 2  # the next panel drafts a moment later, and nothing has come meanwhile
    default.readable(store, Window(since=NOW - timedelta(days=3), until=NOW))
    assert len(read) == 3


def test_what_is_changed_or_erased_meanwhile_is_read_again(store):
    default, kent, _ = together(panels())
    first = default.readable(store, WINDOW)
    store.forgetting.texts([first[0].id], NOW)
    second = kent.readable(store, WINDOW)
    assert {one.id for one in second} == {one.id for one in first} - {first[0].id}


def of_three_feeds():
    """Each reads the nation's and one of its own; the last one all."""
    default, kent, _ = panels()
    feeds = ((READING, NATION), (KENT, NATION), (READING, KENT, NATION))
    return tuple(replace(one, feeds=own) for one, own in zip((default, kent, default), feeds, strict=True))


def seen_by(store, config):
    return store.of(config.panel.area.id, wants=frozenset(feed.url for feed in config.feeds))


def test_an_article_that_several_read_is_read_once(store, monkeypatch):
    read, named = [], Articles.named
    monkeypatch.setattr(
        Articles, "named", lambda self, ids: [read.extend(found := named(self, ids)), found][1]
    )
    configs = of_three_feeds()
    found = [
        among.readable(seen_by(store, config), WINDOW)
        for config, among in zip(configs, together(configs), strict=True)
    ]
    assert sorted(one.id for one in read) == sorted(one.id for one in found[-1])  # which are all
    single = [alone(config).readable(seen_by(store, config), WINDOW) for config in configs]
    assert found == single
    assert [len(articles) for articles in found] == [8, 8, 12]


def retold(store, article):
    with store.archive.transaction() as db:
        db.execute("UPDATE articles SET paragraphs = ? WHERE id = ?", ('["Its page came late."]', article.id))


@pytest.mark.parametrize("change", ["erased", "told anew", "come"])
def test_what_several_read_is_what_the_archive_holds(store, change):
    configs = of_three_feeds()
    first, second, last = together(configs)
    article = next(
        one for one in first.readable(seen_by(store, configs[0]), WINDOW) if one.feed == NATION.url
    )
    if change == "erased":
        store.forgetting.texts([article.id], NOW)
    elif change == "told anew":
        retold(store, article)
    else:
        late = replace(article, id="late", title="Come meanwhile")
        store.feeds.save_poll(
            PollOutcome(feed=NATION.url, at=NOW, result=PollResult.NEW, entries=1, new=1),
            FeedState(url=NATION.url, last_poll=NOW, last_success=NOW),
            [late],
        )
    for config, among in ((configs[1], second), (configs[2], last)):
        seen = seen_by(store, config)
        assert among.readable(seen, WINDOW) == alone(config).readable(seen, WINDOW)


def test_of_very_many_only_what_may_be_in_is_put_together(store, monkeypatch):
    default = panels()[0]
    every = alone(default).readable(store, WINDOW)
    articles = [one for one in every if one.id.startswith("0") or one.id.endswith("3")]
    whole = judged_stories(default, articles, quiet)
    compared = []
    grouped = choose.grouped
    monkeypatch.setattr(choose, "MOST_COMPARED", len(articles) - 1)
    monkeypatch.setattr(
        choose, "grouped", lambda some, *rest: [compared.extend(some), grouped(some, *rest)][1]
    )
    found = judged_stories(default, articles, quiet)
    assert {one.title for one in compared} == {
        "Thames Valley Police rated inadequate by inspectors",
        "Thames Valley Police budget: precept to rise by £14",
        "Man jailed for burglary in Reading",
    }
    assert said(found) == said(whole)
    assert [one.story.id for one in found.stories] == [one.story.id for one in whole.stories]


def said(judged):
    return [(one.speaker.id, one.verdict) for one in judged.stories]
