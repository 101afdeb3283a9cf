"""A preview says what the real runs say: a backtest of the same weeks, and the draft that is made after saving."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.rules import saving
from monitor.app.desk.rules.drafts import keep, path_of
from monitor.app.desk.rules.previews import Look, Previews, Running
from monitor.app.desk.search.indexing import bring_up
from monitor.app.rehearsing import backtest
from monitor.config.topics_file import read_topics
from monitor.pipeline.draft import draft
from monitor.pipeline.previewing import Tried, edition_by, is_regrouped, window_of_newest
from monitor.store.search import FILE

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


def test_after_saving_the_ground_is_judged_by_the_rules_in_force(desk):
    previews = Previews(desk.open, begin=lambda work: work())
    first = begun(desk, CHANGES["words"])
    previews.of(first, 4)
    saving.save(desk.open, first, first.digest)
    other = begun(desk, CHANGES["a threshold"])
    warm, cold = previews.of(other, 4), Previews(desk.open, begin=lambda work: work()).of(other, 4)
    assert replace(warm, seconds=0.0) == replace(cold, seconds=0.0)


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


def test_with_the_index_and_with_what_matters_alone_the_same_stories_turn(desk, monkeypatch):
    tried = begun(desk, CHANGES["words"])
    plain = Previews(desk.open, begin=lambda work: work()).of(tried, 4)
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    indexed = Previews(desk.open, begin=lambda work: work()).of(tried, 4)
    assert replace(indexed, seconds=0.0) == replace(plain, seconds=0.0)
    monkeypatch.setattr("monitor.app.desk.rules.previews.TOGETHER", 0)
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
