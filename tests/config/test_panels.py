"""Several panels in one folder: whose file is whose, which feeds each wants, and what is said of each mistake."""

import shutil
from pathlib import Path

import pytest
from where import ROOT

from monitor.app.installed import known
from monitor.config import yamlfile
from monitor.config.folder import read_config, read_installation
from monitor.config.panels import called, file_of, name_of, panels_in, shared_of
from monitor.errors import ConfigError

PANEL = (ROOT / "panel.yaml").read_text("utf-8")
KENT = PANEL.replace("  id: thames-valley", "  id: kent", 1)
FEEDS = """network: {user_agent: "Test/1.0 (+mailto:a@b.example)"}
feeds:
  - {name: Lantern, url: "https://lantern.example/rss", area: Berkshire}
  - {name: Kent Post, url: "https://kent.example/rss", area: Kent}
  - {name: The Nation, url: "https://nation.example/rss", area: National}
  - {name: Nowhere, url: "https://nowhere.example/rss"}
"""


@pytest.fixture
def folder(tmp_path):
    """Two panels that differ in panel.yaml alone."""
    for name in ("topics.yaml", "places.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    put(tmp_path, "kent", KENT)
    put(tmp_path, "thames-valley", PANEL)
    return tmp_path


def put(folder: Path, name: str, panel: str) -> None:
    (folder / "panels" / name).mkdir(parents=True, exist_ok=True)
    (folder / "panels" / name / "panel.yaml").write_text(panel, "utf-8")


def wants(panel: str, said: str) -> str:
    return f"{panel}\nfeeds: {said}\n"


# ── whose file is whose ─────────────────────────────────────────────────────────────────────────────────────────


def test_each_panel_is_its_own_files_and_the_shared_ones(folder):
    places = (ROOT / "places.yaml").read_text("utf-8") + "# ours\n"
    (folder / "panels" / "kent" / "places.yaml").write_text(places, "utf-8")
    found = read_installation(folder)
    assert [one.panel.area.id for one in found.panels] == ["kent", "thames-valley"]
    assert found.panels[0].rules.digest != found.panels[1].rules.digest
    assert file_of(folder / "panels" / "kent", "places.yaml") == folder / "panels" / "kent" / "places.yaml"
    assert file_of(folder / "panels" / "kent", "topics.yaml") == folder / "topics.yaml"


@pytest.mark.slow
def test_what_they_share_is_read_once(folder, monkeypatch):
    judged = []
    monkeypatch.setattr(
        yamlfile, "_loaded", lambda document, *parts: judged.append(document.file) or usual(document, *parts)
    )
    yamlfile._known.cache_clear()
    for number in range(43):
        name = f"force-{number}"
        put(folder, name, PANEL.replace("  id: thames-valley", f"  id: {name}", 1))
    found = read_installation(folder)
    assert len({id(one.gazetteer) for one in found.panels}) == 1
    assert (
        len(found.panels),
        judged.count("topics.yaml"),
        judged.count("places.yaml"),
        judged.count("feeds.yaml"),
    ) == (45, 1, 1, 1)


usual = yamlfile._loaded


def test_files_that_are_each_panels_own_are_remembered_too():
    """There are 43 forces; with fewer in mind a resident scheduler would read all of them at each job."""
    assert yamlfile.PANELS_KEPT >= 43


def test_a_folder_without_panels_is_one_panel(tmp_path):
    assert (panels_in(tmp_path), name_of(tmp_path), shared_of(tmp_path)) == ((tmp_path,), "", tmp_path)
    assert called(tmp_path / "panel.yaml") == "panel.yaml"


def test_a_folder_that_happens_to_lie_in_one_called_panels_is_no_panel(tmp_path):
    alone = tmp_path / "panels" / "mine"
    alone.mkdir(parents=True)
    assert (name_of(alone), shared_of(alone), called(alone / "panel.yaml")) == ("", alone, "panel.yaml")


@pytest.mark.parametrize("typed", ["panels/kent", "./panels/kent", "kent/../panels/kent"])
def test_a_panels_folder_stands_for_it_however_it_is_typed(folder, monkeypatch, typed):
    (folder / "kent").mkdir()
    monkeypatch.chdir(folder)
    assert (name_of(Path(typed)), shared_of(Path(typed)).resolve()) == ("kent", folder)
    assert read_config(Path(typed)).panel.area.id == "kent"


def test_a_panels_folder_stands_for_it_from_within(folder, monkeypatch):
    monkeypatch.chdir(folder / "panels" / "kent")
    assert (name_of(Path()), shared_of(Path())) == ("kent", folder)


def test_one_panel_may_have_a_folder_too_and_is_alone(folder):
    shutil.rmtree(folder / "panels" / "kent")
    (config,) = read_installation(folder).panels
    assert config.is_alone
    put(folder, "kent", KENT)
    assert [one.is_alone for one in read_installation(folder).panels] == [False, False]


# ── which feeds each wants ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said, names",
    [
        ("{areas: [Kent]}", {"Kent Post"}),
        ("{areas: [kent, NATIONAL]}", {"Kent Post", "The Nation"}),
        ("{names: [Nowhere]}", {"Nowhere"}),
        ("{areas: [Kent], names: [the nation]}", {"Kent Post", "The Nation"}),
    ],
)
def test_a_panel_has_the_feeds_that_it_wants(folder, said, names):
    put(folder, "kent", wants(KENT, said))
    found = read_installation(folder)
    assert {feed.name for feed in found.panels[0].feeds} == names
    assert (len(found.feeds), len(found.panels[1].feeds)) == (4, 4)
    assert found.panels[0].wants == {feed.url for feed in found.panels[0].feeds}
    assert found.panels[1].wants is None


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────────────


def drafts_into(kent, thames):
    """Each panel's drafts into this folder."""
    return lambda folder: [
        put(folder, name, panel.replace("  folder: drafts", f"  folder: {into}", 1))
        for name, panel, into in (("kent", KENT, kent), ("thames-valley", PANEL, thames))
    ]


def with_panel(name: str, panel: str):
    return lambda folder: put(folder, name, panel)


def move_in(old: str, new: str):
    return lambda folder: (folder / "panels" / old).rename(folder / "panels" / new)


def empty(folder):
    shutil.rmtree(folder / "panels")
    (folder / "panels").mkdir()


def a_file_for_the_folder(folder):
    shutil.rmtree(folder / "panels")
    (folder / "panels").write_text("")


def a_file_for_a_panel(folder):
    (folder / "panels" / "essex.yaml").write_text(KENT)


def own_feeds(folder):
    (folder / "panels" / "kent" / "feeds.yaml").write_text(FEEDS)


def a_panel_beside(folder):
    (folder / "panel.yaml").write_text(PANEL)


def no_panel_file(folder):
    (folder / "panels" / "kent" / "panel.yaml").unlink()


def no_topics(folder):
    (folder / "topics.yaml").unlink()


AREA = PANEL[: PANEL.index("  id: thames-valley")].count("\n") + 1
LAST = KENT.count("\n") + 2
MISTAKES = {
    "an area that no feed has": (
        with_panel("kent", wants(KENT, "{areas: [Kant]}")),
        f"panels/kent/panel.yaml:{LAST}: feeds.areas.0: no feed in feeds.yaml has the area Kant: did you mean `Kent`?",
    ),
    "an area unlike any": (
        with_panel("kent", wants(KENT, "{areas: [Rutland]}")),
        f"panels/kent/panel.yaml:{LAST}: feeds.areas.0: no feed in feeds.yaml has the area Rutland: there are `Berkshire`, "
        "`Kent`, `National`",
    ),
    "a name that no feed has": (
        with_panel("kent", wants(KENT, "{names: [Kent Past]}")),
        f"panels/kent/panel.yaml:{LAST}: feeds.names.0: no feed in feeds.yaml is called Kent Past: did you mean `Kent Post`?",
    ),
    "no feed at all": (
        with_panel("kent", wants(KENT, "{}")),
        f"panels/kent/panel.yaml:{LAST}: feeds: names no feed: list `areas` or `names`, or delete it, for every feed",
    ),
    "a folder called otherwise": (
        move_in("kent", "essex"),
        f"panels/essex/panel.yaml:{AREA}: area.id: the id is `kent`, and the folder is called essex: write "
        "`area: {id: essex, name: …}`, or call the folder panels/kent",
    ),
    "two panels with one id": (
        with_panel("essex", KENT),
        f"panels/essex/panel.yaml:{AREA}: area.id: `kent` is the id of panels/kent too: give this panel its own, as its "
        "folder is called: `essex`",
    ),
    "a panel without its file": (
        no_panel_file,
        "panels/kent/panel.yaml:1: there is no such file: copy another panel's into this folder, and change it",
    ),
    "an empty folder": (
        empty,
        "panels:1: the folder holds no panel: put each one's panel.yaml into a folder in it, or delete it",
    ),
    "a file where the folder is awaited": (
        a_file_for_the_folder,
        "panels:1: a folder is wanted here, with a folder for each panel in it: move the file away",
    ),
    "a file where a panel's folder is awaited": (
        a_file_for_a_panel,
        "panels/essex.yaml:1: a folder is wanted for each panel, with its panel.yaml in it",
    ),
    "feeds of a panel's own": (
        own_feeds,
        "panels/kent/feeds.yaml:1: feeds are read once for all panels: put them into the feeds.yaml beside panels/, and "
        "write here, in panel.yaml, `feeds:` with the areas or names of those that this panel wants",
    ),
    "a panel.yaml beside panels/": (
        a_panel_beside,
        "panel.yaml:1: beside panels/ this is no panel's: move it into the folder of its panel there, or delete it",
    ),
    "backups that differ": (
        with_panel("thames-valley", PANEL.replace("  daily: 7", "  daily: 8", 1)),
        f"panels/thames-valley/panel.yaml:{PANEL[: PANEL.index('backups:')].count(chr(10)) + 1}: backups: the archive is one "
        "for all panels, and panels/kent/panel.yaml says otherwise: write the same in each",
    ),
    **{
        f"one folder for the drafts of two, {how}": (
            drafts_into(kent, thames),
            f"panels/thames-valley/panel.yaml:{PANEL[: PANEL.index('  folder: drafts')].count(chr(10)) + 1}: delivery.folder: "
            f"{thames} is panels/kent/panel.yaml's too, and drafts of the same name would meet: write another",
        )
        for how, kent, thames in (
            ("as it stands", "/srv/drafts", "/srv/drafts"),
            ("by another way", "/srv/drafts/", "/srv/police/../drafts"),
            ("beside both", "../../drafts", "../../drafts"),
            ("one in the other's", "drafts", "../kent/drafts"),
        )
    },
    "a mistake in a panel's own file": (
        with_panel("kent", KENT.replace("papers_days: 8", "papers_days: soon", 1)),
        f"panels/kent/panel.yaml:{KENT[: KENT.index('papers_days: 8')].count(chr(10)) + 1}: papers_days: soon is not a whole "
        "number: write one, without quotes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_named_with_its_file_and_what_to_write(folder, mistake):
    make, said = MISTAKES[mistake]
    make(folder)
    with pytest.raises(ConfigError) as error:
        read_installation(folder)
    assert said in str(error.value).splitlines()


def test_a_shared_file_that_is_missing_is_said_once(folder):
    no_topics(folder)
    with pytest.raises(ConfigError) as error:
        read_installation(folder)
    (mistake,) = error.value.mistakes
    assert mistake.file == "topics.yaml" and "copy another panel's into its folder in panels/" in str(mistake)


def test_what_init_does_not_write_beside_panels_is_not_asked_of_it(folder):
    """It says that all files are there."""
    (folder / "feeds.yaml").unlink()
    no_topics(folder)
    with pytest.raises(ConfigError) as error:
        read_installation(folder)
    said = [str(one) for one in error.value.mistakes if "`monitor init` writes" in str(one)]
    assert (said, "`monitor init OTHER`" in str(error.value)) == ([], True)


def test_the_mistakes_of_all_panels_are_said_at_once(folder):
    for name, panel in (("kent", KENT), ("thames-valley", PANEL)):
        put(folder, name, panel.replace("papers_days: 8", "papers_days: soon", 1))
    with pytest.raises(ConfigError) as error:
        read_installation(folder)
    assert [one.file for one in error.value.mistakes] == [
        "panels/kent/panel.yaml",
        "panels/thames-valley/panel.yaml",
    ]


def test_for_what_is_done_for_all_one_panels_mistakes_are_its_own(folder):
    no_panel_file(folder)
    found = known(folder)
    assert [folder.name for folder, _ in found.panels] == ["thames-valley"]
    assert [fault.folder.name for fault in found.faults] == ["kent"]


@pytest.mark.parametrize("name", ["README.md", ".DS_Store", "notes.txt"])
def test_what_else_lies_in_panels_is_no_panel_and_no_mistake(folder, name):
    (folder / "panels" / name).write_text("")
    (folder / "panels" / ".git").mkdir()
    assert len(read_installation(folder).panels) == 2
