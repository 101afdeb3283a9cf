"""What the shipped files have and a person's lack: differences of two files as values, by name."""

import pytest

from monitor.config.parts import Standing, chosen, marks_of, parts_of
from monitor.errors import InputError

TOPIC = {"id": "roads", "name": "Roads", "strong": ["speed camera*", "speeding"], "weak": ["crash"]}
GAZETTE = {"name": "Gazette", "url": "https://gazette.example/rss", "area": "Wessex"}
MEETING = {"meeting": "2026-01-23", "subjects": ["roads"]}


def told(file, shipped, yours, seen=(), **named):
    return [
        (part.standing.value, part.name, part.says) for part in parts_of(file, shipped, yours, seen, **named)
    ]


@pytest.mark.parametrize(
    "file, shipped, yours, differences",
    [
        pytest.param("topics.yaml", {"topics": [TOPIC]}, {"topics": [TOPIC]}, [], id="the same"),
        pytest.param(
            "topics.yaml",
            {"topics": [TOPIC]},
            {"topics": [{**TOPIC, "strong": ["Speeding", "Speed  Camera*"], "weak": ["crash"]}]},
            [],
            id="other order, capitals and spaces",
        ),
        pytest.param(
            "topics.yaml", {"topics": [TOPIC]}, {"topics": [{**TOPIC, "strong": ["speeding"]}]},
            [("lacking", "topics/roads/strong/speed camera*", "speed camera*")], id="a phrase",
        ),
        pytest.param(
            "topics.yaml", {"topics": [TOPIC]}, {"topics": []},
            [("lacking", "topics/roads", "Roads, 3 entries")], id="a whole topic is one part",
        ),
        pytest.param(
            "topics.yaml", {"cues": {"raise": {"figures": {"points": 1, "phrases": ["per cent"]}}}}, {"cues": {"raise": {}}},
            [("lacking", "cues/raise/figures", "1 entry")], id="a group of cues",
        ),
        pytest.param(
            "topics.yaml", {"bodies": {"force": ["Wessex Police"]}}, {"bodies": {"force": ["Wessex's police"]}},
            [
                ("lacking", "bodies/force/Wessex Police", "Wessex Police"),
                ("own", "bodies/force/Wessex's police", "Wessex's police"),
            ],
            id="a body, and one of your own",
        ),
        pytest.param(
            "topics.yaml", {"thresholds": {"include": 5}}, {"thresholds": {"include": 4}},
            [("otherwise", "thresholds/include", "5 in the shipped file, 4 in yours")], id="a number",
        ),
        pytest.param(
            "topics.yaml", {"never": ["true crime"]}, {"never": {"a": "b"}},
            [("otherwise", "never", "a list of 1 in the shipped file, a group of 1 in yours")], id="of another kind",
        ),
        pytest.param(
            "topics.yaml", {"people": [{"name": "Jo Example", "office": "chief constable", "from": "2020-01-01"}]}, {"people": []},
            [("lacking", "people/Jo Example", "Jo Example, chief constable")], id="a person in office",
        ),
        pytest.param(
            "feeds.yaml", {"feeds": [GAZETTE]}, {"feeds": [{"name": "G", "url": "http://Gazette.example/rss/", "area": "Wessex"}]},
            [("otherwise", "feeds/Gazette/name", "Gazette in the shipped file, G in yours")
            ],
            id="a feed is told by its address, however it is spelt",
        ),
        pytest.param(
            "feeds.yaml", {"feeds": [GAZETTE, {**GAZETTE, "url": "https://gazette.example/crime"}]}, {"feeds": [GAZETTE]},
            [("lacking", "feeds/Gazette/https://gazette.example/crime", "https://gazette.example/crime, Wessex")],
            id="two feeds of one outlet",
        ),
        pytest.param("feeds.yaml", {"feeds": [{**GAZETTE, "verified": False}]}, {"feeds": [GAZETTE]}, [], id="seen to answer"),
        pytest.param(
            "places.yaml", {"councils": [{"id": "b", "name": "Budmouth", "places": ["Budmouth", "Casterbridge"]}]},
            {"councils": [{"id": "b", "name": "Budmouth", "places": ["Budmouth"]}]},
            [("lacking", "places/councils/b/places/Casterbridge", "Casterbridge")], id="a place",
        ),
        pytest.param(
            "panel.yaml", {"handled": [MEETING], "papers_days": 8}, {"handled": []},
            [("lacking", "panel/handled/2026-01-23", "1 entry"), ("lacking", "panel/papers_days", "8")],
            id="a meeting's business, and a setting",
        ),
    ],
)  # fmt: skip
def test_what_differs(file, shipped, yours, differences):
    assert told(file, shipped, yours) == differences


BEFORE = {"topics": [TOPIC], "thresholds": {"include": 5}, "never": ["true crime", "crime novel*"]}
SEEN = marks_of("topics.yaml", BEFORE)


@pytest.mark.parametrize(
    "shipped, yours, new, by_all",
    [
        pytest.param(BEFORE, {"thresholds": {"include": 4}, "never": []}, [], [], id="left out on purpose, and changed"),
        pytest.param(
            {**BEFORE, "topics": [{**TOPIC, "strong": ["speeding", "fast cars"]}]}, {**BEFORE, "topics": []}, [], [],
            id="a topic that was deleted stays so though it has grown",
        ),
        pytest.param(
            {**BEFORE, "never": ["true crime", "crime fiction"]}, {**BEFORE, "never": []},
            ["never/crime fiction"], ["never/crime fiction"], id="a new phrase",
        ),
        pytest.param(
            {**BEFORE, "thresholds": {"include": 6}}, BEFORE,
            ["thresholds/include"], ["thresholds/include"], id="a new number where you left the old one",
        ),
        pytest.param(
            {**BEFORE, "thresholds": {"include": 6}}, {**BEFORE, "thresholds": {"include": 4}},
            ["thresholds/include"], [], id="a new number where you chose your own",
        ),
    ],
)  # fmt: skip
def test_what_was_seen_is_not_proposed_again(shipped, yours, new, by_all):
    parts = parts_of("topics.yaml", shipped, yours, SEEN)
    assert [part.name for part in parts if part.is_new] == new
    assert [part.name for part in chosen(parts, ["all"])] == by_all


def test_what_was_shipped_once_is_told_from_your_own():
    parts = parts_of("topics.yaml", {"never": []}, {"never": ["true crime", "my own"]}, SEEN)
    assert [(part.name, part.known) for part in parts] == [
        ("never/true crime", True),
        ("never/my own", False),
    ]
    assert chosen(parts, ["all"]) == ()  # nothing of yours is ever offered


PARTS = parts_of(
    "topics.yaml",
    {"never": ["true crime", "crime fiction", "crime novel*"], "nevermore": 1, "thresholds": {"include": 6}},
    {"never": [], "thresholds": {"include": 4}},
    marks_of("topics.yaml", {"never": ["crime novel*"]}),
)


@pytest.mark.parametrize(
    "names, found",
    [
        (["never/true crime"], ["never/true crime"]),
        (["never"], ["never/true crime", "never/crime fiction"]),
        (["never/"], ["never/true crime", "never/crime fiction"]),
        (["never/crime novel*"], ["never/crime novel*"]),  # left out before, and named now
        (["thresholds/include", "never/true crime"], ["never/true crime", "thresholds/include"]),
        (["topics.yaml"], ["never/true crime", "never/crime fiction", "nevermore"]),
        (["all"], ["never/true crime", "never/crime fiction", "nevermore"]),
        ([], []),
    ],
)
def test_a_part_or_a_group_is_named(names, found):
    assert [part.name for part in chosen(PARTS, names)] == found


@pytest.mark.parametrize(
    "name, meant",
    [("never/true crimes", "never/true crime"), ("thresholds", "thresholds/include"), ("quite else", None)],
)
def test_a_name_that_names_nothing_changes_nothing(name, meant):
    with pytest.raises(InputError, match="nothing was changed") as caught:
        chosen(PARTS, ["never", name])
    assert ("Is " in str(caught.value)) == (meant is not None)
    assert (meant or "") in str(caught.value)


def test_another_force_s_panel_is_not_offered_our_places():
    feeds = told(
        "feeds.yaml",
        {"feeds": [GAZETTE], "network": {"workers": 10}},
        {"feeds": [], "network": {}},
        elsewhere=True,
    )
    assert [name for _, name, _ in feeds] == ["network/workers"]
    assert told("places.yaml", {"never": ["Wessex Saddleback"]}, {"never": ["Mine"]}, elsewhere=True) == []
    panel = told(
        "panel.yaml", {"meetings": ["2026-01-23"], "papers_days": 8}, {"meetings": []}, elsewhere=True
    )
    assert [name for _, name, _ in panel] == ["panel/papers_days"]


def test_no_two_parts_of_the_shipped_files_have_one_name():
    """A key of one file is a key of another too: `never`, `area`. Every part of all four is lacked by empty ones."""
    from monitor.config.defaults import defaults_folder
    from monitor.config.folder import FILES
    from monitor.config.yamlfile import read

    names = [
        part.name
        for name in FILES
        for key, value in read(defaults_folder() / name).tree.items()
        for part in parts_of(name, {key: value}, {key: type(value)()}, ())
        if part.standing is Standing.LACKING
    ]
    assert len(names) > 300
    assert len(set(names)) == len(names)
