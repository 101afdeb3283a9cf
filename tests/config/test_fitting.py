"""What the four files say of each other: each right by itself, and what does not fit together is named in its line."""

import pytest

from monitor.cli import main
from monitor.config.folder import read_config
from monitor.config.understood import summary
from tests.conftest import NOW

FILES = {
    "panel.yaml": """\
panel: Wessex Police and Crime Panel
force: Wessex Police
area: {id: wessex, name: the county of Wessex}
report: {to: Report to the Wessex Police and Crime Panel, title: Topical Issues, author: Scrutiny Officer}
""",
    "places.yaml": """\
councils:
  - {id: melchester, name: Melchester City Council, county: Wessex, unit: North, places: [Melchester]}
  - {id: budmouth, name: Budmouth Council, county: Wessex, unit: South, places: [Budmouth]}
area: {names: [Wessex, South Wessex]}
never: [Wessex Saddleback]
nation: [England and Wales]
elsewhere:
  - Mercia
  - Kent
""",
    "topics.yaml": """\
topics: [{id: roads, name: Roads, strong: [speed camera*]}]
cues: {raise: {figures: {points: 1, phrases: [per cent]}}, sink: {cases: {points: 1, phrases: [arrested]}}}
bodies:
  force: [Wessex Police, Wessex's police]
  commissioner: [police and crime commissioner*]
  other_forces:
    - Mercia Police
    - Kent Police
people:
  - {name: Jo Example, office: chief constable, from: 2020-01-01}
  - {name: Al Example, office: deputy to Wessex Police's chief, force: Wessex Police, from: 2020-01-01}
thresholds: {policing: 2, borderline: 3, include: 6, national: 8}
""",
    "feeds.yaml": """\
network: {user_agent: "Test/1 (+mailto:a@panel.gov.uk)"}
feeds:
  - {name: Melchester Gazette, url: "https://gazette.example/rss", area: Wessex}
""",
}


@pytest.fixture
def wessex(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def change(folder, *changes):
    for file, old, new in changes:
        text = (folder / file).read_text()
        assert text.count(old) == 1, (file, old)
        (folder / file).write_text(text.replace(old, new))


def said_by_check(folder, capsys) -> tuple[int, list[str]]:
    code = main(["--config", str(folder), "check"])
    out, err = capsys.readouterr()
    return code, err.splitlines() if code else out.splitlines()


def test_what_fits_is_understood(wessex, capsys):
    code, lines = said_by_check(wessex, capsys)
    assert code == 0
    assert "Area: the county of Wessex; `wessex` in JSON and in labelled stories" in lines
    assert [line for line in lines if "Needs a look" in line and "meeting" not in line] == []


MISFITS = {
    "a force that topics.yaml does not know": (
        [("panel.yaml", "force: Wessex Police\n", "force: Wessex Constabulary\n")],
        [
            "panel.yaml:2: force: Wessex Constabulary is not under `bodies: force:` in topics.yaml, so no story of it "
            "is ours: write its names there, or here the force that is meant, as in Wessex Police"
        ],
    ),
    "a force in both lists": (
        [("topics.yaml", "    - Kent Police\n", "    - Wessex Police\n")],
        [
            "topics.yaml:8: bodies.other_forces.1: Wessex Police is ours as well (bodies.force.0, line 4): delete it "
            "in one of the two lists"
        ],
    ),
    "a force in both lists, written otherwise": (
        [("topics.yaml", "    - Kent Police\n", "    - WESSEX police\n")],
        [
            "topics.yaml:8: bodies.other_forces.1: WESSEX police is ours as well (bodies.force.0, line 4): delete it "
            "in one of the two lists"
        ],
    ),
    "a force in both lists, here as whose something is": (
        [("topics.yaml", "    - Kent Police\n", "    - Wessex Police’s\n")],
        [
            "topics.yaml:8: bodies.other_forces.1: Wessex Police’s is ours as well (bodies.force.0, line 4): delete it "
            "in one of the two lists"
        ],
    ),
    "a force in both lists, there as a stem": (
        [("topics.yaml", "    - Kent Police\n", "    - Wessex Polic*\n")],
        [
            "topics.yaml:8: bodies.other_forces.1: Wessex Polic* is ours as well (bodies.force.0, line 4): delete it "
            "in one of the two lists"
        ],
    ),
    "a force in both lists, here as a stem": (
        [
            (
                "topics.yaml",
                "force: [Wessex Police, Wessex's police]",
                "force: [Wessex Polic*, Wessex Police]",
            ),
            ("topics.yaml", "    - Kent Police\n", "    - Wessex Policing\n"),
        ],
        [
            "topics.yaml:8: bodies.other_forces.1: Wessex Policing is ours as well (bodies.force.0, line 4): delete it "
            "in one of the two lists"
        ],
    ),
    "the panel's force is among the others": (
        [("panel.yaml", "force: Wessex Police\n", "force: Kent Police\n")],
        [
            "panel.yaml:2: force: Kent Police is not under `bodies: force:` in topics.yaml, so no story of it is ours: "
            "write its names there, or here the force that is meant, as in Wessex Police",
            "topics.yaml:8: bodies.other_forces.1: Kent Police is the force of panel.yaml: take it out here, and put "
            "it under `force`",
        ],
    ),
    "another force that is called after our area": (
        [("topics.yaml", "    - Kent Police\n", "    - South Wessex Constabulary\n")],
        [
            "topics.yaml:8: bodies.other_forces.1: South Wessex Constabulary is called after our own area "
            "(South Wessex: places.yaml, area.names.1): put it under `force`, or delete it"
        ],
    ),
    "our force among the places elsewhere": (
        [("places.yaml", "  - Kent\n", "  - Wessex Police\n")],
        ["places.yaml:9: elsewhere.1: Wessex Police is ours (topics.yaml, bodies.force.0): delete it here"],
    ),
    "somebody of another force": (
        [("topics.yaml", "force: Wessex Police, from", "force: Kent Police, from")],
        [
            "topics.yaml:11: people.1.force: Al Example is of Kent Police, which is not under `bodies: force:`: delete "
            "who is of another force, or write ours"
        ],
    ),
    "an office of another force": (
        [("topics.yaml", "office: chief constable,", "office: chief constable of Kent Police,")],
        [
            "topics.yaml:10: people.0.office: Jo Example is chief constable of Kent Police, and Kent Police is not "
            "ours: delete who is of another force, or write the office without it"
        ],
    ),
    "an office of a place elsewhere": (
        [("topics.yaml", "office: chief constable,", "office: Kent's chief constable,")],
        [
            "topics.yaml:10: people.0.office: Jo Example is Kent's chief constable, and Kent is not ours: delete who "
            "is of another force, or write the office without it"
        ],
    ),
    "an own county elsewhere": (
        [
            ("places.yaml", "  - Kent\n", "  - Dorset\n"),
            ("places.yaml", "Budmouth Council, county: Wessex", "Budmouth Council, county: Dorset"),
        ],
        ["places.yaml:9: elsewhere.1: Dorset is our own (places.yaml, councils.1.county): delete it here"],
    ),
    "a county of the area elsewhere": (
        [("places.yaml", "  - Kent\n", "  - South Wessex\n")],
        [
            "places.yaml:9: elsewhere.1: South Wessex stands twice, first in area.names: a name is in one place"
        ],
    ),
    "an own council among the nation": (
        [("places.yaml", "nation: [England and Wales]", "nation: [Budmouth Council]")],
        [
            "places.yaml:6: nation.0: Budmouth Council is our own (places.yaml, councils.1.name): delete it here"
        ],
    ),
    "the name of the area is never a place": (
        [
            ("places.yaml", "never: [Wessex Saddleback]", "never: [Vale of Wessex]"),
            ("panel.yaml", "name: the county of Wessex", "name: the Vale of Wessex"),
        ],
        ["places.yaml:5: never.0: Vale of Wessex is our own (panel.yaml, area.name): delete it here"],
    ),
    "several at once, and a file that is wrong by itself": (
        [
            ("panel.yaml", "force: Wessex Police\n", "force: Kent Constabulary\ncolour: red\n"),
            ("topics.yaml", "    - Kent Police\n", "    - Wessex Police\n"),
            ("topics.yaml", "force: Wessex Police, from", "force: Kent Police, from"),
        ],
        [
            "panel.yaml:2: force: Kent Constabulary is not under",
            "panel.yaml:3: colour: no such key",
            "topics.yaml:8: bodies.other_forces.1: Wessex Police is ours as well",
            "topics.yaml:11: people.1.force: Al Example is of Kent Police",
        ],
    ),
}


@pytest.mark.parametrize("changes, expected", MISFITS.values(), ids=MISFITS)
def test_check_names_what_does_not_fit_together(wessex, capsys, changes, expected):
    change(wessex, *changes)
    code, lines = said_by_check(wessex, capsys)
    assert code == 1
    assert [line[: len(wanted)] for line, wanted in zip(lines, expected, strict=True)] == expected


@pytest.mark.parametrize(
    "area, expected",
    [
        ("{id: national, name: N}", "area.id: national says where other stories are"),
        ("{id: elsewhere, name: E}", "area.id: elsewhere says where other stories are"),
        (
            "{id: West Wessex, name: W}",
            "area.id: West Wessex is no id: write small letters, figures and hyphens, ",
        ),
        ("{id: west-wessex}", "area.name: is missing: add `name: the county of Wessex`"),
        ("{name: W}", "area.id: is missing: add `id: wessex`"),
        ("wessex", "area: keys with values are wanted: "),
    ],
)
def test_an_area_that_is_none(wessex, capsys, area, expected):
    change(wessex, ("panel.yaml", "{id: wessex, name: the county of Wessex}", area))
    code, lines = said_by_check(wessex, capsys)
    assert (code, lines[0][: len("panel.yaml:3: ") + len(expected)]) == (1, f"panel.yaml:3: {expected}")


@pytest.mark.parametrize(
    "force, id, name",
    [
        ("Wessex Police", "wessex", "Wessex"),
        (
            "Hampshire and Isle of Wight Constabulary",
            "hampshire-and-isle-of-wight",
            "Hampshire and Isle of Wight",
        ),
        ("Metropolitan Police Service", "metropolitan", "Metropolitan"),
        ("Police", "police", "Police"),
        ("National Police", "own-area", "National"),
        ("Ynys Môn & Powys Police", "ynys-mon-powys", "Ynys Môn & Powys"),
    ],
)
def test_a_file_of_before_calls_its_area_as_its_force(wessex, force, id, name):
    change(
        wessex,
        ("panel.yaml", "area: {id: wessex, name: the county of Wessex}\n", ""),
        ("panel.yaml", "force: Wessex Police\n", f"force: {force}\n"),
    )
    area = read_config(wessex).panel.area
    assert (area.id, area.name) == (id, name)


LOOKS = {
    "a county that the area does not name": (
        [("places.yaml", "Budmouth Council, county: Wessex", "Budmouth Council, county: Dorset")],
        "places.yaml: Dorset is a council's county and not under `area: names:`, so a story that names the county "
        "alone is not ours",
    ),
    "an area that places.yaml does not name": (
        [("panel.yaml", "name: the county of Wessex", "name: the Vale of Blackmoor")],
        "panel.yaml: area.name is the Vale of Blackmoor, and nothing under `area: names:` in places.yaml is called so; "
        "are the places another panel's?",
    ),
    "feeds of another area": (
        [("feeds.yaml", "area: Wessex", "area: Mercia")],
        "feeds.yaml: more feeds have the area Mercia (1) than the county of Wessex or a county of places.yaml (0); are "
        "the feeds another panel's?",
    ),
    "a report to another panel": (
        [("panel.yaml", "Report to the Wessex Police", "Report to the Mercia Police")],
        "panel.yaml: report.to names another panel than Wessex Police and Crime Panel",
    ),
}


@pytest.mark.parametrize("changes, expected", LOOKS.values(), ids=LOOKS)
def test_what_may_be_left_of_another_panel_needs_a_look(wessex, changes, expected):
    change(wessex, *changes)
    looks = [line for line in summary(read_config(wessex), NOW.date()) if "Needs a look" in line]
    assert looks[1:] == [f"Needs a look: {expected}"]  # the first: no meeting is to come


def test_what_does_not_fit_together_stops_no_run_and_asks_for_a_person(wessex, capsys):
    """A folder that worked before goes on polling and drafting; `status` says what to do."""
    change(wessex, ("topics.yaml", "    - Kent Police\n", "    - Wessex Police\n"))
    draft = ["--config", str(wessex), "--data", str(wessex / "data"), "draft", "--format", "json"]
    assert main(draft) == 0
    assert main(["--config", str(wessex), "--data", str(wessex / "data"), "status"]) == 1
    assert (
        "Needs a person: topics.yaml and the files beside it do not fit together in 1 place, so verdicts may be wrong. "
        "Run `monitor check`, which names them."
    ) in capsys.readouterr().out
