"""The demo: the whole pipeline on the sample week, and what its draft holds by the stories' own labels."""

import json
from datetime import UTC, datetime

import pytest

from monitor.cli import main
from monitor.demo.server import serve
from monitor.demo.stories import Label, PageAnswer
from monitor.model import TextFrom
from monitor.store import Store


@pytest.fixture(scope="module")
def week():
    with serve(datetime.now(UTC)) as served:
        return served


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "week"
    assert main(["demo", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def edition(folder):
    return json.loads(next(folder.glob("*.json")).read_text("utf-8"))


def _included(edition):
    """The report's stories, and the further ones."""
    return [*edition["items"], *edition["further"]]


def linked(edition) -> set[str]:
    return {link["url"] for item in _included(edition) for link in item["links"]}


@pytest.mark.slow
def test_every_wanted_story_is_in_and_no_unwanted_one(week, edition):
    missed = [story.headline for story in week.labelled(Label.WANTED) if story.url not in linked(edition)]
    let_in = [story.headline for story in week.labelled(Label.UNWANTED) if story.url in linked(edition)]
    assert (missed, let_in) == ([], [])


def test_reports_of_one_event_are_one_item_and_no_two_events_are(week, edition):
    event_of = {story.url: story.event for story in week.stories}
    events = [sorted({event_of[link["url"]] for link in item["links"]}) for item in _included(edition)]
    assert all(len(of_item) == 1 for of_item in events)
    assert len(events) == len({of_item[0] for of_item in events})


def test_copies_are_told_from_reports(edition):
    """The precept story: one paper's copy has another headline; the other paper wrote its own report."""
    (item,) = (
        item
        for item in _included(edition)
        if any("precept" in link["url"] or "council-tax" in link["url"] for link in item["links"])
    )
    assert sorted(str(link["kinship"]) for link in item["links"]) == ["None", "copy", "report"]


@pytest.mark.parametrize("answer", [PageAnswer.CONSENT, PageAnswer.MISSING])
def test_a_page_without_an_article_leaves_the_feeds_summary_marked(week, folder, answer):
    (story,) = (story for story in week.stories if story.page is answer)
    with Store.open(folder / "data" / "archive.db") as store:
        stored = store.articles.get(story.url)
    assert stored.title == story.headline
    assert stored.paragraphs[0] == story.paragraphs[0]
    assert (stored.text_from, bool(stored.text_reason)) == (TextFrom.SUMMARY, True)


def test_the_draft_says_which_feeds_it_could_not_rest_on(edition):
    health = edition["basis"]["health"]
    assert [trouble["outlet"] for trouble in health["failing"]] == ["Wycombe Lantern"]
    assert [trouble["outlet"] for trouble in health["silent"]] == ["Otmoor Bulletin"]
    assert (health["feeds"], health["read"]) == (8, 7)


@pytest.mark.slow
def test_a_second_demo_begins_anew_and_leaves_the_first_draft(tmp_path, capsys):
    week = tmp_path / "week"
    for _ in range(2):
        assert main(["demo", str(week)]) == 0
    shown = capsys.readouterr().out
    assert shown.count("71 new articles") == 2
    assert len(list(week.glob("*.docx"))) == 2


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["demo", str(tmp_path)]) == 1
    assert "is not empty and not a demo's" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_all_is_read_at_one_moment_so_that_every_demo_is_like_every_other(folder):
    """Whose server was quickest would else say which of two reports leads a story."""
    with Store.open(folder / "data" / "archive.db") as store:
        assert len(store.archive.read("SELECT DISTINCT first_seen FROM articles")) == 1
