"""Another panel's folder in daily use: every command speaks of its area, and none of the panel we come from."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from loopback import Answer, serve
from web import html_page, rss
from where import ROOT

from monitor.cli import main
from monitor.reporting.edition.record import read_edition
from monitor.store import Store
from tests.project.test_anybody import named

HAMPSHIRE = ROOT / "examples" / "hampshire"

OWN = (
    "Precept for Southampton's police to rise by £14",
    "Police and Crime Commissioner Donna Jones wants households in Southampton and Portsmouth to pay £14 more for "
    "policing next year, and the Police and Crime Panel will vote on her precept in Winchester.",
    "Hampshire and Isle of Wight Constabulary says that without the money it would lose 48 officers. Figures show that "
    "it has answered 89 per cent of 999 calls within ten seconds this year, against 81 per cent a year before.",
)
ELSEWHERE = (
    "Dorset's commissioner asks for £13 more",
    "The police and crime commissioner for Dorset wants households in Bournemouth and Poole to pay £13 more for policing.",
    "Dorset Police would lose officers without the precept, the commissioner told the panel in Dorchester.",
)
NATIONAL = (
    "Home Office to publish charge rates of all forces in England and Wales",
    "The Home Secretary said that all 43 police forces in England and Wales will have to publish how many crimes "
    "they solve, and HMICFRS will inspect their figures every year.",
    "The policing minister told Parliament that charge rates had fallen to 6 per cent nationally.",
)
STORIES = {"/news/own": OWN, "/news/elsewhere": ELSEWHERE, "/news/national": NATIONAL}
AREAS = {"/news/own": "hampshire", "/news/elsewhere": "elsewhere", "/news/national": "national"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The folder of the example, with one outlet on this machine as its feeds.yaml."""
    folder, moment = tmp_path_factory.mktemp("hampshire"), datetime.now(UTC) - timedelta(hours=3)
    for name in ("panel.yaml", "places.yaml", "topics.yaml"):
        shutil.copy(HAMPSHIRE / name, folder / name)
    with serve({}) as server:
        entries = [(server.url(path), title, moment) for path, (title, *_) in STORIES.items()]
        server.answers |= {"/rss": Answer(rss(*entries))}
        server.answers |= {path: Answer(html_page(*story)) for path, story in STORIES.items()}
        (folder / "feeds.yaml").write_text(
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}\n"
            f"feeds: [{{name: Solent Courier, url: '{server.url('/rss')}', area: Hampshire}}]\n"
        )
        assert main(["--config", str(folder), "poll"]) == 0
        yield folder, server


def said(capsys, folder, *arguments) -> str:
    """What a command says, to people and to scripts; nothing of it is of the panel that the defaults are for."""
    assert main(["--config", str(folder), *map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert [hit[0] for hit in named().finditer(out + err)] == []
    return out


@pytest.mark.slow
def test_check_says_what_the_area_is_called(desk, capsys):
    assert "Area: Hampshire and the Isle of Wight; `hampshire` in JSON" in said(capsys, desk[0], "check")


@pytest.mark.parametrize("path, expected", AREAS.items())
def test_try_and_explain_name_the_area_by_its_id(desk, capsys, path, expected):
    folder, server = desk
    tried = json.loads(said(capsys, folder, "try", "--json", server.url(path)))
    explained = json.loads(said(capsys, folder, "explain", "--json", server.url(path)))
    assert (tried["verdict"]["area"], explained["verdict"]["area"]) == (expected, expected)


@pytest.mark.parametrize(
    "path, sentence",
    [
        ("/news/own", "Is it ours?         yes, Hampshire and the Isle of Wight"),
        (
            "/news/elsewhere",
            "What would turn it: a tie to Hampshire and the Isle of Wight: with the force in the",
        ),
    ],
)
def test_explain_says_whose_a_story_is(desk, capsys, path, sentence):
    folder, server = desk
    assert sentence in said(capsys, folder, "explain", server.url(path))
    turn = sentence.removeprefix("What would turn it: ")
    if turn != sentence:
        assert f"What would turn it: {turn}" in said(capsys, folder, "try", server.url(path))


def test_the_draft_is_this_panels(desk, capsys, tmp_path):
    folder, _ = desk
    said(capsys, folder, "draft", "--out", tmp_path, "--format", "docx,html,md,json")
    (record,) = [json.loads(path.read_text("utf-8")) for path in tmp_path.glob("*.json")]
    assert {item["heading"]: item["area"] for item in record["items"]}[OWN[0]] == "hampshire"
    assert {item["area"] for item in record["items"]} <= {"hampshire", "national"}
    written = [
        path.read_text("utf-8") for path in tmp_path.glob("*.*") if path.suffix in (".html", ".md", ".json")
    ]
    written += [
        "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        for path in tmp_path.rglob("*.docx")
    ]
    assert len(written) == 5
    assert [hit[0] for text in written for hit in named().finditer(text)] == []
    assert re.search("Report to the Hampshire and Isle of Wight Police and Crime Panel", written[0])


def test_an_earlier_edition_keeps_what_the_area_was_called(desk, tmp_path):
    """Archives outlive a change of the id: each record says what was the word when it was made, and is read."""
    folder, _ = desk
    panel = (folder / "panel.yaml").read_text("utf-8")
    try:
        for number, id in enumerate(("solent", "hampshire"), start=1):
            (folder / "panel.yaml").write_text(panel.replace("id: hampshire", f"id: {id}"), "utf-8")
            out = tmp_path / str(number)
            assert main(["--config", str(folder), "draft", "--out", str(out), "--format", "json"]) == 0
    finally:
        (folder / "panel.yaml").write_text(panel, "utf-8")
    areas = []
    for id in ("solent", "hampshire"):
        with Store.open(folder / "data" / "archive.db", make=False, panel=id) as store:
            edition = read_edition(store.editions.record(store.editions.all()[-1].number))
            areas.append({item.heading: item.area for item in edition.items}[OWN[0]])
    assert areas == ["solent", "hampshire"]


def test_drafts_of_the_id_that_it_had_are_told_of_before_another_is_made_and_given(desk, capsys):
    """By the id the archive knows whose a draft is, so another id is another panel until a person says otherwise."""
    folder, _ = desk
    panel, here = (folder / "panel.yaml").read_text("utf-8"), ["--config", str(folder)]
    assert main([*here, "draft"]) == 0
    try:
        (folder / "panel.yaml").write_text(panel.replace("id: hampshire", "id: wight"), "utf-8")
        said = []
        for command in (["status"], ["archive", "give", "wight", "--from", "hampshire"], ["status"]):
            capsys.readouterr()
            main([*here, *command])
            said.append(capsys.readouterr().out)
    finally:
        (folder / "panel.yaml").write_text(panel, "utf-8")
        main([*here, "archive", "give", "hampshire", "--from", "wight"])
    told = "of hampshire, which is not configured: `monitor archive give wight --from hampshire` makes them its own."
    assert [told in each for each in said] == [True, False, False]
    assert "Last draft: number" in said[2]


def test_they_can_be_given_after_it_has_drafts_under_the_new_id_too(desk, capsys):
    """A timetable does not wait for a person: the first draft must not shut them out."""
    folder, _ = desk
    panel, here = (folder / "panel.yaml").read_text("utf-8"), ["--config", str(folder)]
    assert main([*here, "draft"]) == 0
    with Store.open(folder / "data" / "archive.db", make=False, panel="hampshire") as store:
        before = [one.number for one in store.editions.all()]
    told = "of hampshire, which is not configured: `monitor archive give wight --from hampshire` makes them its own."
    try:
        (folder / "panel.yaml").write_text(panel.replace("id: hampshire", "id: wight"), "utf-8")
        assert main([*here, "draft"]) == 0
        said = []
        (document, *_) = sorted((folder / "data" / "drafts").glob(f"*-draft-{before[-1]}.docx"))
        learned = [main([*here, "learn", str(document)])]
        assert (
            capsys.readouterr()
            .err.strip()
            .endswith(
                "and that is another panel's: hampshire's, and this configuration is of wight. If the panel was renamed, say "
                "`monitor archive give wight --from hampshire`, and then this again."
            )
        )
        for command in (["status"], ["archive", "give", "wight", "--from", "hampshire"], ["status"]):
            capsys.readouterr()
            main([*here, *command])
            said.append(told in capsys.readouterr().out)
        learned.append(main([*here, "learn", str(document)]))
        with Store.open(folder / "data" / "archive.db", make=False, panel="wight") as store:
            after = [one.number for one in store.editions.all()]
    finally:
        (folder / "panel.yaml").write_text(panel, "utf-8")
        main([*here, "archive", "give", "hampshire", "--from", "wight"])
    assert (said, after) == ([True, False, False], [*before, before[-1] + 1])
    assert learned == [1, 0]


def test_of_two_panels_that_share_a_data_folder_neither_is_told_to_take_the_others(desk, capsys):
    """Each has drafts since the other began."""
    folder, _ = desk
    panel, here = (folder / "panel.yaml").read_text("utf-8"), ["--config", str(folder)]
    said = []
    try:
        for id in ("hampshire", "wight", "hampshire", "wight"):
            (folder / "panel.yaml").write_text(panel.replace("id: hampshire", f"id: {id}"), "utf-8")
            assert main([*here, "draft"]) == 0
        for id in ("hampshire", "wight"):
            (folder / "panel.yaml").write_text(panel.replace("id: hampshire", f"id: {id}"), "utf-8")
            capsys.readouterr()
            main([*here, "status"])
            out = capsys.readouterr().out
            said.append(
                any(f"of {other}, which is not configured" in out for other in ("hampshire", "wight"))
            )
    finally:
        (folder / "panel.yaml").write_text(panel, "utf-8")
        main([*here, "archive", "give", "hampshire", "--from", "wight"])
    drafts = [path.name for path in (folder / "data" / "drafts").glob("*.docx")]
    assert said == [False, False]
    assert not [name for name in drafts if re.search(r"-draft-\d+-2", name)]


def test_evaluate_speaks_of_the_area_by_its_id(desk, capsys, tmp_path):
    folder, _ = desk
    label = {"id": "a", "url": "https://solent.example/a", "outlet": "Solent Courier", "published": None}
    label |= {"title": OWN[0], "text": "\n\n".join(OWN[1:]), "decision": "include", "topics": ["finance"]}
    label |= {"story": "precept", "why": "The precept.", "area": "national"}
    stories = tmp_path / "stories.jsonl"
    stories.write_text(json.dumps(label) + "\n")
    verdicts = tmp_path / "verdicts.jsonl"
    shown = said(capsys, folder, "evaluate", stories, "--verdicts", verdicts)
    assert "area hampshire, by the label national: a" in shown
    assert json.loads(verdicts.read_text())["area"] == "hampshire"
    record = json.loads(said(capsys, folder, "evaluate", stories, "--json"))
    assert record["wrong_area"][0]["area"] == "hampshire"


def test_a_label_names_an_area_of_this_panel(desk, capsys, tmp_path):
    stories = tmp_path / "stories.jsonl"
    first, *_ = (ROOT / "tests" / "quality" / "tuning.jsonl").read_text("utf-8").splitlines()
    stories.write_text(json.dumps({**json.loads(first), "area": "thames-valley"}) + "\n")
    assert main(["--config", str(desk[0]), "evaluate", str(stories)]) == 1
    assert (
        "stories.jsonl:1: area: 'thames-valley' is not offered: write hampshire, national, elsewhere"
        in capsys.readouterr().err
    )
