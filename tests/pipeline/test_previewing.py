"""A preview says what the real runs say: a backtest of the same weeks, and the draft that is made after saving."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules import saving
from monitor.app.desk.rules.drafts import keep, path_of
from monitor.app.desk.rules.grounds import Grounds
from monitor.app.desk.rules.looks import Look, Running
from monitor.app.desk.rules.narrowing import prepared_in
from monitor.app.desk.rules.previews import Previews
from monitor.app.desk.search.indexing import bring_up
from monitor.app.rehearsing import backtest
from monitor.app.workspace import ARCHIVE
from monitor.config.topics_file import read_topics
from monitor.pipeline.draft import draft
from monitor.pipeline.preview import beforehand
from monitor.pipeline.preview.beforehand import make_ready
from monitor.pipeline.preview.stories import ground_of
from monitor.pipeline.preview.tried import Tried, touched_in
from monitor.pipeline.preview.twelve import (
    among_of,
    draft_window,
    edition_by,
    is_regrouped,
    window_of_newest,
)
from monitor.store import Store
from monitor.store.search import FILE, open_to_ask, open_to_write, thrown_away

# The first takes half of the demo's stories out; the second makes some of its village news a matter of policing, and
# has names in it that are none any more.
CHANGES = {
    "a threshold": lambda text: text.replace("  include: 5\n  national: 7\n", "  include: 14\n  national: 14\n"),
    "words": lambda text: text.replace(" strong: [", " strong: [council, Otmoor, ", 1).replace(" phrases: [", " phrases: [council, Otmoor, ", 1),
}  # fmt: skip


def quietly(*_):
    pass


def begun(desk, change):
    before = saving.body_of(desk.open)
    return keep(desk.data, before, change(before.decode()).encode(), desk.open.clock())


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.slow
def test_a_preview_says_what_a_backtest_and_the_next_draft_say(desk, name):
    tried = begun(desk, CHANGES[name])
    assert tried.body != tried.base and not saving.mistakes_of(desk.open, tried)
    previews = Previews(desk.open, begin=lambda work: work())
    look = previews.of(tried, 4)
    assert isinstance(look, Look) and look.running is None
    said = backtest(desk.folder, desk.data, path_of(desk.data, tried.id), 4, look.until)
    assert [one.turned for one in look.lost] == list(said.lost)
    assert [one.turned for one in look.gained] == list(said.gained)
    assert (look.kept, look.stories, look.articles) == (said.kept, said.stories, said.articles)
    assert look.lost or look.gained

    with desk.open.reading() as workspace:
        rules = read_topics(path_of(desk.data, tried.id)).value
        base = window_of_newest(workspace.store, workspace.config, desk.open.clock(), quietly)
        by = Tried(workspace.config, rules)
        expected = edition_by(
            workspace.store, by, base, desk.open.clock(), quietly, regrouped=is_regrouped(by, base)
        )
    assert isinstance(saving.save(desk.open, tried, tried.digest), saving.Version)
    with desk.open.changing() as workspace:
        made = draft(
            workspace.store, workspace.config, base.window, base.meeting, desk.folder / "out", (), desk.open.clock(),
            quietly,
        ).edition  # fmt: skip
    assert [one.story for one in made.items] == [one.story for one in expected.items]
    assert [(one.story, one.outside) for one in made.further] == [
        (one.story, one.outside) for one in expected.further
    ]
    assert [one.story for one in made.near_misses] == [one.story for one in expected.near_misses]
    out = {one.story for one in base.edition.items} - {one.story for one in made.items}
    assert {move.story for move in look.moves.out} == out


@pytest.mark.slow
def test_after_saving_the_ground_is_judged_by_the_rules_in_force(desk):
    previews = Previews(desk.open, begin=lambda work: work())
    first = begun(desk, CHANGES["words"])
    previews.of(first, 4)
    saving.save(desk.open, first, first.digest)
    other = begun(desk, CHANGES["a threshold"])
    warm, cold = previews.of(other, 4), Previews(desk.open, begin=lambda work: work()).of(other, 4)
    assert replace(warm, seconds=0.0) == replace(cold, seconds=0.0)


@pytest.mark.slow
def test_a_first_look_is_there_before_the_stories_are_put_together(desk):
    previews, seen = Previews(desk.open, begin=lambda work: work()), []

    class Watched(Previews):
        def _say(self, key, look):
            seen.append(look)
            super()._say(key, look)

    tried = begun(desk, CHANGES["a threshold"])
    whole = Watched(desk.open, begin=lambda work: work()).of(tried, 4)
    early = [one for one in seen if isinstance(one, Look) and one.is_first and one.lost]
    assert early and isinstance(early[0].running, Running)
    assert {one.turned.article.id for one in whole.lost} <= {one.turned.article.id for one in early[-1].lost}
    assert previews.known(tried) is None


@pytest.mark.slow
def test_with_the_index_and_with_what_matters_alone_the_same_stories_turn(desk, monkeypatch):
    tried = begun(desk, CHANGES["words"])
    plain = Previews(desk.open, begin=lambda work: work()).of(tried, 4)
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    indexed = Previews(desk.open, begin=lambda work: work()).of(tried, 4)
    assert replace(indexed, seconds=0.0) == replace(plain, seconds=0.0)
    monkeypatch.setattr("monitor.pipeline.preview.beforehand.TOGETHER", 0)
    thrown_away(desk.data / FILE)
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    alone = Previews(desk.open, begin=lambda work: work()).of(tried, 4)
    assert not alone.is_whole and alone.stories is None and plain.gained
    assert [one.turned.article.id for one in alone.gained] == [one.turned.article.id for one in plain.gained]
    assert (alone.lost, alone.kept) == (plain.lost, plain.kept)


def test_a_preview_of_an_archive_that_stood_still_is_worked_out_once(desk):
    worked = []
    late = OpenDesk(
        desk.folder, desk.data, lambda: desk.open.clock() + timedelta(days=40), _kept=desk.open._kept
    )
    previews = Previews(late, begin=lambda work: (worked.append(1), work()))
    tried = begun(desk, CHANGES["words"])
    assert previews.of(tried, 4) == previews.of(tried, 4) and len(worked) == 1


@pytest.fixture(scope="module")
def ready(week):
    """A desk whose index is whole, with what previews begin with made ready."""
    bring_up(week.folder, week.data, week.data / FILE, week.open.config(), week.open.clock)
    return week


@pytest.fixture(scope="module")
def grounds(ready):
    return Grounds(ready.open)


# Words of the week's news, a name that is none any more then, a beginning of a word, a figure, and nothing.
@pytest.mark.parametrize(
    ("list", "phrase"),
    [
        (" strong: [", "council"),
        (" weak: [", "Otmoor"),
        (" phrases: [", "council tax"),
        (" strong: [", "resid*"),
        (" phrases: [", "<money> more"),
        (" strong: [", "xylophonist"),
    ],
)
@pytest.mark.slow
def test_the_twelve_of_what_a_change_touches_are_those_of_judging_all_anew(ready, grounds, list, phrase):
    rules = rules_of(ready, lambda text: text.replace(list, f"{list}{phrase}, ", 1))
    now = ready.open.clock()
    with ready.open.reading() as workspace:
        store, tried = workspace.store, Tried(workspace.config, rules)
        base = grounds.draft(workspace, quietly)
        touched = touched_in(store, tried, base.window, grounds.narrowed(workspace), quietly)
        quick = edition_by(
            store, tried, base, now, quietly,
            regrouped=is_regrouped(tried, base), among=among_of(base, touched),
        )  # fmt: skip
        anew = window_of_newest(store, tried.after, now, quietly).edition
    assert quick == anew


@pytest.mark.slow
def test_what_was_made_ready_is_what_would_be_made(ready, monkeypatch):
    with ready.open.reading() as workspace:
        store, config, now = workspace.store, workspace.config, ready.open.clock()
        anew = window_of_newest(store, config, now, quietly)
        ground = ground_of(store, config, beforehand.window_of(store, 4, now), quietly)

        def never(*_):
            raise AssertionError("made anew")

        monkeypatch.setattr("monitor.pipeline.preview.twelve.judged_anew", never)
        grounds = Grounds(ready.open)
        assert grounds.if_there(workspace, 4, quietly) == ground
        ready_draft = grounds.draft(workspace, quietly)
    assert (ready_draft.judged, ready_draft.edition) == (anew.judged, anew.edition)


def test_what_was_made_ready_is_not_taken_for_other_articles_or_other_rules(ready):
    with ready.open.reading() as workspace:
        of = draft_window(workspace.store, workspace.config, ready.open.clock())
        record = prepared_in(ready.data / FILE, workspace, beforehand.DRAFT)
        assert beforehand.read_judged(record, of.articles)
        for other in (of.articles[1:], (replace(of.articles[0], title="Other"), *of.articles[1:])):
            assert beforehand.read_judged(record, other) is None
        config = replace(workspace.config, rules=replace(workspace.config.rules, digest="other"))
        assert prepared_in(ready.data / FILE, replace(workspace, config=config), beforehand.DRAFT) is None


def test_it_is_made_ready_once_and_again_where_rules_or_days_are_others(ready):
    config, clock = ready.open.config(), ready.open.clock

    def made(config, now):
        with (
            open_to_write(ready.data / FILE) as intake,
            open_to_ask(ready.data / FILE, config.rules.digest) as index,
        ):
            return list(
                make_ready(lambda: Store.open(ready.data / ARCHIVE, make=False), config, intake, index, now)
            )

    assert made(config, clock()) == []
    assert made(config, clock() + timedelta(days=40)) == []  # the archive stood still


def rules_of(desk, change):
    before = saving.body_of(desk.open)
    tried = keep(desk.data, before, change(before.decode()).encode(), desk.open.clock())
    return replace(read_topics(path_of(desk.data, tried.id)).value, digest=tried.digest)
