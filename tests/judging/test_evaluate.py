import json

import pytest

from monitor.errors import InputError
from monitor.judging.evaluate import Rate, evaluate, read_labelled
from tests.rules import THAMES_VALLEY, default_gazetteer, default_judge

STORY = {
    "id": "x-1",
    "url": "https://example.org/1",
    "outlet": "Oxford Mail",
    "published": "2026-01-23",
    "title": "Policing part of council tax to rise",
    "text": "The Police and Crime Commissioner will raise the precept by £15.\n\nThames Valley Police has a budget of £622m.",
    "area": "thames-valley",
    "decision": "include",
    "topics": ["finance", "governance"],
    "story": "precept",
    "why": "the precept",
}
CASE = STORY | {
    "id": "x-2",
    "title": "Man jailed over stabbing",
    "text": "Oxford Crown Court heard that Keith Orme, 31, stabbed a man in Cowley on 3 May. He admitted wounding.",
    "decision": "exclude",
    "topics": ["serious-violence"],
    "story": "orme",
}


def lines(*records):
    return [json.dumps(record) for record in records]


def without(key):
    return {name: value for name, value in STORY.items() if name != key}


@pytest.mark.parametrize(
    "line, message",
    [
        pytest.param("{", "set.jsonl:2: not JSON", id="not JSON"),
        pytest.param("[1]", "set.jsonl:2: a JSON object is wanted", id="no object"),
        pytest.param(
            json.dumps(STORY | {"topic": "roads"}), "set.jsonl:2: topic: no such key", id="a key too many"
        ),
        pytest.param(
            json.dumps(without("decision")), "set.jsonl:2: decision: is missing", id="a key missing"
        ),
        pytest.param(
            json.dumps(STORY | {"decision": "yes"}),
            "set.jsonl:2: decision: 'yes' is not offered: write include, borderline, exclude",
            id="a wrong choice",
        ),
        pytest.param(
            json.dumps(STORY | {"area": None}), "set.jsonl:2: area: None is not offered", id="a wrong area"
        ),
        pytest.param(
            json.dumps(STORY | {"published": "23/1/26"}),
            "set.jsonl:2: published: '23/1/26' is not a date",
            id="a wrong day",
        ),
        pytest.param(
            json.dumps(STORY | {"published": 2026}),
            "set.jsonl:2: published: 2026 is not a date",
            id="a number for a day",
        ),
        pytest.param(
            json.dumps(STORY | {"topics": "roads"}),
            "set.jsonl:2: topics: a list",
            id="topics that are no list",
        ),
        pytest.param(
            json.dumps(STORY | {"title": 3}),
            "set.jsonl:2: title: a text is wanted",
            id="a title that is no text",
        ),
        pytest.param(json.dumps(STORY | {"id": ""}), "set.jsonl:2: id: is empty", id="no id"),
        pytest.param(json.dumps(STORY), "set.jsonl:2: id: x-1 stands twice", id="an id twice"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(line, message):
    with pytest.raises(InputError) as raised:
        read_labelled("set.jsonl", [json.dumps(STORY), line], THAMES_VALLEY)
    assert str(raised.value).startswith(message)


def test_blank_lines_and_a_missing_why_are_fine():
    stories = read_labelled("set.jsonl", ["", *lines(without("why")), "\n"], THAMES_VALLEY)
    assert [(story.id, story.why) for story in stories] == [("x-1", "")]


def test_a_story_without_a_day_is_published_at_a_guess():
    (story,) = read_labelled("set.jsonl", lines(STORY | {"published": None}), THAMES_VALLEY)
    assert story.article.published_is_guess
    assert story.article.paragraphs[1] == "Thames Valley Police has a budget of £622m."


def test_the_figures():
    borderline = CASE | {"id": "x-3", "decision": "borderline", "story": "other"}
    wrong = CASE | {
        "id": "x-4",
        "decision": "include",
        "area": "national",
        "topics": ["roads"],
        "story": "wrong",
    }
    stories = read_labelled(
        "set.jsonl", lines(STORY, STORY | {"id": "x-5"}, CASE, borderline, wrong), THAMES_VALLEY
    )
    found = evaluate(stories, default_judge(), default_gazetteer(), THAMES_VALLEY)
    assert found.rates == {
        "precision": Rate(2, 2),
        "recall": Rate(2, 3),
        "area": Rate(4, 5),
        "first_topic": Rate(4, 5),
        "any_topic": Rate(4, 5),
        "pair_precision": Rate(1, 4),  # the three copies of one case are one story to us
        "pair_recall": Rate(1, 1),
    }
    assert found.f1 == pytest.approx(0.8)
    assert [one.label.id for one in found.missed] == ["x-4"]
    assert found.let_in == ()
    assert found.borderline == {"exclude": 1}
    assert [pair.are_one_story for pair in found.wrong_pairs] == [False] * 3
    assert "missed: x-4: Man jailed over stabbing" in found.report()
    assert "precision       1.000  (2 of 2)" in found.report()
    record = json.loads(json.dumps(found.as_record()))
    assert record["missed"][0]["evidence"][0]["points"] < 0 and record["f1"] == 0.8


def test_a_record_a_story():
    (record,) = evaluate(
        read_labelled("s", lines(STORY), THAMES_VALLEY), default_judge(), default_gazetteer(), THAMES_VALLEY
    ).verdict_records()
    assert list(record) == ["id", "decision", "score", "area", "topics", "story"]
    assert (record["id"], record["decision"], record["story"]) == ("x-1", "include", "x-1")


def test_nothing_labelled():
    found = evaluate((), default_judge(), default_gazetteer(), THAMES_VALLEY)
    assert found.f1 == 1.0 and found.report().startswith("0 stories")
