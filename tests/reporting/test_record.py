"""An edition as JSON and back: nothing lost, nothing else taken for one, and the schema tells the truth."""

import dataclasses
import json
from datetime import UTC

import pytest
from editions import HOSTILE, edition, item, link, near_miss
from hypothesis import given, settings
from hypothesis import strategies as st
from where import ROOT

from monitor import model
from monitor.errors import InputError
from monitor.model import ArticleChange, Basis, Edition, Item, Kinship, Learned, ReadingHealth, Window
from monitor.reporting.edition.record import edition_record, learned_record, read_edition, read_learned

SCHEMA = json.loads((ROOT / "docs" / "edition.schema.json").read_text("utf-8"))


MOMENTS = st.datetimes(timezones=st.just(UTC))
COUNTS = st.integers(0, 9)
HEALTHS = st.builds(
    ReadingHealth,
    feeds=COUNTS,
    read=COUNTS,
    failing=...,
    silent=...,
    moved=...,
    last_poll=st.none() | MOMENTS,
    last_read=st.none() | MOMENTS,
)


CHANGE = ArticleChange(
    outlet="Courier", title="Budget", url="https://courier.example/1", what="its page is gone"
)


@st.composite
def bases(draw) -> Basis:
    included, near, out = draw(COUNTS), draw(COUNTS), draw(COUNTS)
    return Basis(
        window=Window(since=draw(st.none() | MOMENTS), until=draw(MOMENTS)),
        articles=draw(COUNTS),
        stories=included + near + out,
        included=included,
        near=near,
        out=out,
        health=draw(HEALTHS),
        changed=draw(st.sampled_from([(), (CHANGE,)])),
    )


# Any item, but that its moment is aware, as all of ours are.
st.register_type_strategy(
    Item,
    st.builds(
        Item,
        **{one.name: ... for one in dataclasses.fields(Item) if one.name != "said"},
        said=st.none() | MOMENTS,
    ),
)

EDITIONS = st.builds(Edition, number=COUNTS, made=MOMENTS, basis=bases(), articles=...)


@settings(max_examples=50)
@given(EDITIONS)
def test_any_edition_comes_back_exactly_and_the_schema_allows_it(made):
    """In one: to think of an edition takes ten times as long as both."""
    record = edition_record(made)
    assert read_edition(record) == made
    assert edition_record(read_edition(record)) == record
    assert complaints(json.loads(record), SCHEMA) == []


@settings(max_examples=30)
@given(st.builds(Learned, learned=MOMENTS, decisions=...))
@pytest.mark.slow
def test_any_learned_document_comes_back_exactly(learned):
    assert read_learned(learned_record(learned)) == learned


def test_what_is_no_learned_document_is_refused():
    with pytest.raises(InputError, match="this is not the record of a learned document"):
        read_learned("{}")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_comes_back_exactly(name):
    given_text = HOSTILE[name][0]
    made = edition(item(heading=given_text, excerpt=(given_text,)), near=(near_miss(title=given_text),))
    assert read_edition(edition_record(made)) == made


def test_what_a_record_looks_like():
    made = edition(item(links=(link(kinship=Kinship.COPY),)))
    record = json.loads(edition_record(made))
    assert list(record) == [each.name for each in dataclasses.fields(Edition)]
    assert record["made"] == "2026-11-16T07:00:00+00:00"
    assert record["header"]["meeting"] == "2026-11-27"
    assert record["items"][0] == {
        "story": "0123456789ab",
        "heading": "Heading 0123456789ab",
        "links": [
            {
                "outlet": "Thames Courier",
                "url": "https://thamescourier.example/news/1",
                "published": "2026-11-12",
                "published_is_guess": False,
                "kinship": "copy",
                "article": "one",
                "later": False,
                "text": None,
            }
        ],
        "excerpt": ["First paragraph.", "Second paragraph."],
        "area": "thames-valley",
        "topics": ["finance"],
        "councils": [],
        "score": 9,
        "reason": "Figures for the whole force.",
        "first_edition": None,
        "decided": None,
        "note": [],
        "speaks": "",
        "cautions": [],
        "points": 0,
        "why": [],
        "part": "",
        "subject": "",
        "outside": "",
        "taken": False,
        "drafted": None,
        "choice": "",
        "is_old": False,
        "good_news": "",
        "quoted": "",
        "copied": [],
        "speaker": "",
        "length": 0,
        "said": None,
    }


def changed(**changes) -> str:
    return json.dumps({**json.loads(edition_record(edition(item()))), **changes})


FIRST = json.loads(changed())["items"][0]


def without(key: str) -> str:
    record = json.loads(edition_record(edition(item())))
    del record[key]
    return json.dumps(record)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(edition_record(edition(item()))[:-100], id="half of one"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="an empty object"),
        pytest.param("[" * 100_000, id="very deep"),
        pytest.param(changed(number="3"), id="text for a number"),
        pytest.param(changed(number=True), id="truth for a number"),
        pytest.param(changed(items={}), id="an object for a list"),
        pytest.param(changed(items=[1]), id="a number for an item"),
        pytest.param(changed(articles="abc"), id="text for a list"),
        pytest.param(changed(made="yesterday"), id="no time"),
        pytest.param(changed(made="2026-11-16T07:00:00"), id="a time without a zone"),
        pytest.param(changed(made=5), id="a number for a time"),
        pytest.param(
            changed(basis={**json.loads(changed())["basis"], "out": 1}), id="counts that do not add up"
        ),
        pytest.param(without("header"), id="no header"),
    ],
)
def test_what_is_no_record_is_refused(text):
    with pytest.raises(InputError, match="this is not the record of an edition"):
        read_edition(text)


def test_a_record_from_before_a_field_takes_its_default():
    assert read_edition(without("articles")).articles == ()


@pytest.mark.parametrize("name", SCHEMA["$defs"])
def test_the_schema_names_the_fields_of(name):
    names = [each.name for each in dataclasses.fields(getattr(model, name))]
    described = SCHEMA["$defs"][name]
    assert list(described["properties"]) == described["required"] == names


@pytest.mark.parametrize(
    "changes, complaint",
    [
        ({"number": "3"}, "$.number: type"),
        ({"strange": 1}, "$.strange: unknown"),
        ({"header": {}}, "$.header.to: missing"),
        ({"items": [{**FIRST, "area": 3}]}, "$.items.0.area: type"),
        (
            {"items": [{**FIRST, "links": [{**FIRST["links"][0], "kinship": "cousin"}]}]},
            "$.items.0.links.0.kinship: enum",
        ),
    ],
)
def test_the_schema_complains_of(changes, complaint):
    assert complaint in complaints(json.loads(changed(**changes)), SCHEMA)


JSON_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def complaints(value, schema, path="$") -> list[str]:
    """What is wrong with a value, by the part of JSON Schema that ours uses."""
    schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{path}: enum"]
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in [JSON_TYPES[name] for name in allowed]:
        return [f"{path}: type"]
    found = [f"{path}: minimum"] if isinstance(value, int) and value < schema.get("minimum", value) else []
    if isinstance(value, list):
        for place, one in enumerate(value):
            found += complaints(one, schema["items"], f"{path}.{place}")
    if isinstance(value, dict):
        found += [f"{path}.{key}: missing" for key in schema["required"] if key not in value]
        found += [f"{path}.{key}: unknown" for key in value if key not in schema["properties"]]
        for key in value.keys() & schema["properties"].keys():
            found += complaints(value[key], schema["properties"][key], f"{path}.{key}")
    return found
