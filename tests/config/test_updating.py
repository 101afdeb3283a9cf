"""Parts of newer shipped files taken into a person's: their lines with their comments, and not a byte besides."""

import json
import os
import stat
from datetime import date

import pytest
from test_fitting import FILES as SMALL

from monitor.cli import main
from monitor.config import defaults, updating
from monitor.config.folder import FILES, read_config
from monitor.config.insertion import ByHand
from monitor.config.parts import parts_of
from monitor.config.taking import with_parts
from monitor.config.yamlfile import document_of
from monitor.errors import ConfigError, InputError

TODAY = date(2026, 11, 30)


# ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────


def taken(file: str, shipped: str, yours: str, *names: str) -> str:
    new, old = (document_of(file, text.encode()) for text in (shipped, yours))
    parts = [part for part in parts_of(file, new.tree, old.tree, ()) if not names or part.name in names]
    return with_parts(old, new, [part for part in parts if part.standing != "own"])


TOPICS = """\
topics:
  # Speed and how it is caught.
  - id: roads
    name: Roads
    strong: [
        # Cameras.
        speed camera*, red light camera*, average speed,
        # Drink.
        drink driv*, "drunk, and driving",
      ]
  # Farms.
  - id: rural   # since 2026
    name: Rural crime
    strong: [tractor*]

# What sinks.
sunk_below: 5
"""


@pytest.mark.parametrize(
    "yours, changed",
    [
        pytest.param(
            "topics:\n  - id: roads\n    name: Roads\n    strong: [\n        # Cameras.\n        speed camera*, mine, # and mine\n      ]\n"
            "  - id: rural\n    name: Rural crime\n    strong: [tractor*]\nsunk_below: 5",
            "topics:\n  - id: roads\n    name: Roads\n    strong: [\n        # Cameras.\n"
            "        speed camera*, red light camera*, average speed, mine, # and mine\n"
            '        # Drink.\n        drink driv*, "drunk, and driving",\n      ]\n'
            "  - id: rural\n    name: Rural crime\n    strong: [tractor*]\nsunk_below: 5",
            id="after its neighbour, and under its sense at the end",
        ),
        pytest.param(
            "topics:\n  - id: roads\n    name: Roads\n    strong: [mine] # mine\n  - {id: rural, name: Rural crime, strong: [tractor*]}\nsunk_below: 5\n",
            "topics:\n  - id: roads\n    name: Roads\n    strong: [mine,\n        # Cameras.\n        speed camera*, red light camera*, average speed,\n"
            '        # Drink.\n        drink driv*, "drunk, and driving"] # mine\n  - {id: rural, name: Rural crime, strong: [tractor*]}\nsunk_below: 5\n',
            id="into a list on one line",
        ),
        pytest.param(
            "topics:\n- id: roads\n  name: Roads\n  strong:\n  - average speed # ours\n  - mine\n- id: rural\n  name: Rural crime\n  strong: [tractor*]\nsunk_below: 5\n",
            "topics:\n- id: roads\n  name: Roads\n  strong:\n  - average speed # ours\n  - mine\n  # Cameras.\n  - speed camera*\n  - red light camera*\n"
            '  # Drink.\n  - drink driv*\n  - "drunk, and driving"\n- id: rural\n  name: Rural crime\n  strong: [tractor*]\nsunk_below: 5\n',
            id="into a list of lines",
        ),
        pytest.param(
            "topics: [{id: roads, name: Roads, strong: [speed camera*, red light camera*, average speed, drink driv*, 'drunk, and driving']}]\n",
            "topics: [{id: roads, name: Roads, strong: [speed camera*, red light camera*, average speed, drink driv*, 'drunk, and driving']}, "
            '{"id": "rural", "name": "Rural crime", "strong": ["tractor*"]}]\n\n# What sinks.\nsunk_below: 5\n',
            id="a topic into braces, and a section below",
        ),
        pytest.param(
            "# mine\ntopics:\n    - id: roads   # mine\n      name: Roads\n      strong: [speed camera*, red light camera*, average speed, drink driv*, 'drunk, and driving']\n\n"
            "    # my own\n    - id: own\n      name: Own\n      strong: [own]\nsunk_below: 3 # lower\n",
            "# mine\ntopics:\n    - id: roads   # mine\n      name: Roads\n      strong: [speed camera*, red light camera*, average speed, drink driv*, 'drunk, and driving']\n"
            "    # Farms.\n    - id: rural   # since 2026\n      name: Rural crime\n      strong: [tractor*]\n\n"
            "    # my own\n    - id: own\n      name: Own\n      strong: [own]\nsunk_below: 5 # lower\n",
            id="a topic with its comment as far in as yours stand, and a number",
        ),
        pytest.param(
            "topics:\n  # Farms.\n  - id: roads\n    name: Roads\n    strong: []\nsunk_below: 5\n",
            "topics:\n  # Farms.\n  - id: roads\n    name: Roads\n    strong: [\n        # Cameras.\n        speed camera*, red light camera*, average speed,\n"
            '        # Drink.\n        drink driv*, "drunk, and driving",\n      ]\n'
            "  - id: rural   # since 2026\n    name: Rural crime\n    strong: [tractor*]\nsunk_below: 5\n",
            id="into an empty list; a comment that is there is not written twice",
        ),
        pytest.param(
            "topics:\n- id: roads\n  strong:\n  - speed camera*\n- id: rural\n  name: Rural crime\n  strong: [tractor*]\nsunk_below: 5\n",
            "topics:\n- id: roads\n  name: Roads\n  strong:\n  - speed camera*\n  - red light camera*\n  - average speed\n"
            '  # Drink.\n  - drink driv*\n  - "drunk, and driving"\n'
            "- id: rural\n  name: Rural crime\n  strong: [tractor*]\nsunk_below: 5\n",
            id="phrases at a list's end",
        ),
        pytest.param(
            "topics:\n  - id: rural\n    name: Rural crime\n    strong: [tractor*]\nsunk_below: 5\n",
            "topics:\n  - id: rural\n    name: Rural crime\n    strong: [tractor*]\n  # Speed and how it is caught.\n"
            + "\n".join(TOPICS.splitlines()[2:10]) + "\nsunk_below: 5\n",
            id="the first of the shipped comes last where yours has none before it",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_new_stands_where_it_belongs(yours, changed, newline):
    written = taken("topics.yaml", TOPICS, yours.replace("\n", newline))
    assert written == changed.replace("\n", newline)
    assert max(map(len, changed.splitlines())) <= 110 or max(map(len, yours.splitlines())) > 100


def test_only_what_is_named_is_taken():
    yours = "topics:\n  - id: roads\n    name: Roads\n    strong: [average speed]\n"
    assert taken("topics.yaml", TOPICS, yours, "topics/roads/strong/drink driv*") == yours.replace(
        "speed]", "speed,\n        # Drink.\n        drink driv*]"
    )


def test_a_full_line_goes_on_in_the_next():
    many = ", ".join(f"phrase number {number}" for number in range(10, 15))
    yours = f"never: [\n    {many},\n    mine, # mine\n  ]\n"
    shipped = "never: [phrase number 14, another long phrase]\n"
    assert taken("topics.yaml", shipped, yours) == yours.replace("14,", "14,\n    another long phrase,")


def test_a_phrase_and_a_key_that_end_at_one_place():
    """The phrase is of the inner list; and what stands in braces in the shipped file gets a line of its own."""
    shipped = "cues: {figures: {points: 2, phrases: [per cent, ten times]}, never: [x]}\n"
    yours = "cues:\n  figures:\n    phrases:\n    - per cent\n"
    assert taken("topics.yaml", shipped, yours) == (
        'cues:\n  figures:\n    phrases:\n    - per cent\n    - ten times\n    points: 2\n  never: ["x"]\n'
    )


@pytest.mark.parametrize("yours", ["never: {a: b}\n", "never:\n", "never: 5\n"])
def test_what_only_a_person_should_change(yours):
    with pytest.raises(ByHand):
        taken("topics.yaml", "never: [true crime]\n", yours)


# ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────

SHIPPED = {
    **SMALL,
    "feeds.yaml": """\
network: {user_agent: "Test/1 (+mailto:a@panel.gov.uk)"}
publishers:
  # The group in Budmouth.
  wessexnews: { same_article: '/(\\d{6,})' }
feeds:
  - {name: Melchester Gazette, url: "https://gazette.example/rss", area: Wessex}
  # Seen to answer in May.
  - name: Budmouth Bugle
    url: https://bugle.example/rss
    publisher: wessexnews
""",
    "topics.yaml": SMALL["topics.yaml"].replace("[speed camera*]", "[speed camera*, speeding]"),
}  # fmt: skip


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The files of a newer version."""
    folder = tmp_path / "shipped"
    (folder / "schemas").mkdir(parents=True)
    (folder / "schemas" / "feeds.schema.json").write_text("{}")
    for name, text in SHIPPED.items():
        (folder / name).write_text(text)
    for module in (defaults, updating):
        monkeypatch.setattr(module, "defaults_folder", lambda: folder)
    updating._shipped.cache_clear()
    yield folder
    updating._shipped.cache_clear()


@pytest.fixture
def desk(tmp_path, shipped):
    """A person's files, begun with an older version."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / name).write_text(f"# mine\n{text}")
    return folder


def run(folder, *arguments) -> int:
    return main(["--config", str(folder), "init", *arguments])


def texts(folder):
    return {name: (folder / name).read_text() for name in FILES if (folder / name).exists()}


def test_the_difference_is_said_by_name(desk, capsys):
    before = texts(desk)
    assert run(desk, "--diff") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[:4] == [
        "The shipped files have this, and yours do not:",
        "  publishers   a group of 1",
        '  "feeds/Budmouth Bugle"   https://bugle.example/rss',
        "  topics/roads/strong/speeding",
    ]
    assert out[-1] == "3 parts lacking, 0 otherwise, 0 yours alone."
    assert texts(desk) == before
    assert sorted(path.name for path in desk.iterdir()) == sorted(FILES)


def test_the_difference_as_json(desk, capsys):
    assert run(desk, "--diff", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["missing"] == []
    assert [(part["name"], part["standing"], part["new"]) for part in found["parts"]] == [
        ("publishers", "lacking", True),
        ("feeds/Budmouth Bugle", "lacking", True),
        ("topics/roads/strong/speeding", "lacking", True),
    ]


def test_all_of_it_is_taken_in(desk, capsys):
    before = texts(desk)
    (desk / "topics.yaml").chmod(0o640)
    assert run(desk, "--update", "all") == 0
    out = capsys.readouterr().out
    after = texts(desk)
    assert after["topics.yaml"] == before["topics.yaml"].replace(
        "[speed camera*]", "[speed camera*, speeding]"
    )
    network, feeds = before["feeds.yaml"].split("feeds:\n")
    assert after["feeds.yaml"] == (
        network + "\npublishers:\n  # The group in Budmouth.\n  wessexnews: { same_article: '/(\\d{6,})' }\n"
        "feeds:\n" + feeds + "  # Seen to answer in May.\n  - name: Budmouth Bugle\n"
        "    url: https://bugle.example/rss\n    publisher: wessexnews\n"
    )
    assert (after["places.yaml"], after["panel.yaml"]) == (before["places.yaml"], before["panel.yaml"])
    day = max(path.name for path in desk.glob("topics.yaml.*"))
    assert (desk / day).read_text() == before["topics.yaml"]
    assert {stat.S_IMODE((desk / name).stat().st_mode) for name in ("topics.yaml", day)} == {0o640}
    assert sorted(path.name.split(".20")[0] for path in desk.iterdir() if ".20" in path.name) == [
        "feeds.yaml",
        "topics.yaml",
    ]
    assert out.splitlines()[-1] == "3 parts taken in, 0 not."
    read_config(desk)
    assert run(desk, "--diff") == 0
    assert capsys.readouterr().out == "0 parts lacking, 0 otherwise, 0 yours alone.\n"


def test_what_refers_to_something_absent_is_not_taken_in_by_itself(desk, capsys):
    before = texts(desk)
    assert run(desk, "--update", "feeds/Budmouth Bugle", "topics/roads/strong/speeding") == 1
    out, err = capsys.readouterr()
    assert err.startswith("Not taken in: feeds/Budmouth Bugle: feeds.yaml:")
    assert "`wessexnews` is not listed under publishers" in err
    assert out.splitlines()[-1] == "1 part taken in, 1 not."
    assert texts(desk)["feeds.yaml"] == before["feeds.yaml"]
    assert "speeding" in texts(desk)["topics.yaml"]
    assert [path.name for path in desk.glob("feeds.yaml*")] == ["feeds.yaml"]  # nothing is left beside it
    assert run(desk, "--update", "publishers", "feeds") == 0


def test_what_would_not_fit_is_not_taken_in(desk, shipped, capsys):
    """A county of ours among what is not ours: each file is right by itself."""
    places = (
        (shipped / "places.yaml").read_text().replace("  - Kent\n", "  - Kent\n  - Devon\n  - Casterbridge\n")
    )
    (shipped / "places.yaml").write_text(places)
    (desk / "places.yaml").write_text(
        (desk / "places.yaml")
        .read_text()
        .replace("county: Wessex, unit: South", "county: Devon, unit: South")
    )
    updating._shipped.cache_clear()
    assert run(desk, "--update", "places/elsewhere") == 1
    assert "Not taken in: places/elsewhere/Devon: places.yaml:" in capsys.readouterr().err
    assert "Casterbridge" in texts(desk)["places.yaml"] and "- Devon" not in texts(desk)["places.yaml"]


def test_files_that_are_not_right_as_they_are_are_left(desk):
    (desk / "panel.yaml").write_text("panel: P\n")
    before = texts(desk)
    with pytest.raises(ConfigError, match="panel.yaml"):
        updating.update(desk, ["all"], TODAY)
    assert texts(desk) == before


def test_a_file_that_is_missing_is_written_as_init_does(desk, shipped, capsys):
    (desk / "places.yaml").unlink()
    assert run(desk, "--diff") == 0
    assert capsys.readouterr().out.startswith("places.yaml is missing: `")
    assert run(desk, "--update", "places.yaml") == 0
    assert f"Written: {desk / 'places.yaml'}" in capsys.readouterr().out
    assert (desk / "places.yaml").read_text() == (shipped / "places.yaml").read_text()


def test_a_schema_of_another_version_is_written_anew(desk, capsys):
    (desk / "schemas").mkdir()
    (desk / "schemas" / "feeds.schema.json").write_text("[]")
    assert run(desk, "--update", "all") == 0
    assert (desk / "schemas" / "feeds.schema.json").read_text() == "{}"


def test_what_you_begin_with_and_delete_is_not_proposed(tmp_path, shipped, capsys):
    folder = tmp_path / "new"
    assert main(["init", str(folder)]) == 0
    bugle = SHIPPED["feeds.yaml"].index("  # Seen")
    (folder / "feeds.yaml").write_text(SHIPPED["feeds.yaml"][:bugle])
    (shipped / "topics.yaml").write_text(SHIPPED["topics.yaml"].replace("speeding", "speeding, fast cars"))
    updating._shipped.cache_clear()
    capsys.readouterr()
    assert run(folder, "--diff") == 0
    out = capsys.readouterr().out
    assert ("fast cars" in out, "Bugle" in out) == (True, False)
    assert out.endswith(
        "1 part lacking, 0 otherwise, 0 yours alone. 1 part that you left out before: --all shows them.\n"
    )
    assert run(folder, "--diff", "--all") == 0
    assert "Budmouth Bugle" in capsys.readouterr().out
    assert run(folder, "--update", "all") == 0
    assert "Bugle" not in texts(folder)["feeds.yaml"]
    assert run(folder, "--update", "feeds/Budmouth Bugle") == 0  # by its name it can be had
    assert "Bugle" in texts(folder)["feeds.yaml"]


def test_what_is_dismissed_or_taken_and_deleted_is_not_proposed(desk, capsys):
    assert run(desk, "--dismiss", "feeds") == 0
    assert run(desk, "--update", "all") == 0
    (desk / "topics.yaml").write_text(f"# mine\n{SMALL['topics.yaml']}")
    capsys.readouterr()
    assert run(desk, "--diff") == 0
    assert capsys.readouterr().out == (
        "0 parts lacking, 0 otherwise, 0 yours alone. 2 parts that you left out before: --all shows them.\n"
    )
    assert run(desk, "--update", "all") == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert texts(desk)["topics.yaml"] == f"# mine\n{SMALL['topics.yaml']}"


def test_one_of_two_feeds_of_an_outlet(desk, shipped, capsys):
    """Beside another one it is called by its address too."""
    crime = '  - {name: Budmouth Bugle, url: "https://bugle.example/crime"}\n'
    (shipped / "feeds.yaml").write_text(SHIPPED["feeds.yaml"] + crime)
    updating._shipped.cache_clear()
    assert run(desk, "--update", "feeds/Budmouth Bugle/https://bugle.example/crime") == 0
    assert texts(desk)["feeds.yaml"].endswith(crime)
    assert run(desk, "--update", "all") == 0
    assert texts(desk)["feeds.yaml"].count("Bugle") == 2


def test_a_file_that_is_changed_meanwhile_is_not_overwritten(desk, monkeypatch):
    def edited(*given):
        (desk / "topics.yaml").write_text("# edited\n")
        return with_parts(*given)

    monkeypatch.setattr(updating, "with_parts", edited)
    with pytest.raises(InputError, match="was changed meanwhile"):
        updating.update(desk, ["topics"], TODAY)
    assert texts(desk)["topics.yaml"] == "# edited\n"


def test_a_text_that_says_anything_else_too_is_not_taken(desk, monkeypatch):
    monkeypatch.setattr(
        updating, "with_parts", lambda *given: with_parts(*given).replace("per cent", "percent")
    )
    done = updating.update(desk, ["topics"], TODAY)
    assert [(one.part.name, one.why) for one in done.refused] == [
        ("topics/roads/strong/speeding", updating.BY_HAND)
    ]
    assert "percent" not in texts(desk)["topics.yaml"]


def test_each_day_s_copies_stay(desk):
    (desk / "topics.yaml.2026-11-30").write_text("an earlier one")
    done = updating.update(desk, ["topics"], TODAY)
    assert [path.name for path in done.copies] == ["topics.yaml.2026-11-30-2"]
    assert (desk / "topics.yaml.2026-11-30").read_text() == "an earlier one"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")
def test_both_files_belong_to_whom_the_one_belonged(desk):
    os.chown(desk / "topics.yaml", 1234, 1234)
    (copy,) = updating.update(desk, ["topics"], TODAY).copies
    assert {(path.stat().st_uid, path.stat().st_gid) for path in (copy, desk / "topics.yaml")} == {
        (1234, 1234)
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("--update",),
        ("--dismiss",),
        ("--diff", "--update", "all"),
        ("--all",),
        ("--json",),
        ("one", "two"),
        ("--diff", "one", "two"),
    ],
)
def test_wrong_usage(desk, arguments, capsys):
    before = texts(desk)
    assert run(desk, *arguments) == 2
    assert texts(desk) == before


def test_an_unknown_name_changes_nothing(desk, capsys):
    before = texts(desk)
    assert run(desk, "--update", "topics/roads/strong/speedin") == 1
    assert "Is topics/roads/strong/speeding meant?" in capsys.readouterr().err
    assert texts(desk) == before
