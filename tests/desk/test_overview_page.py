"""Overview: every number leads to the search that counted it, and the two agree."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from conftest import NOW
from desks import WeekDesk
from werkzeug.datastructures import MultiDict

from monitor.app.desk.overview import overview
from monitor.app.desk.search.indexing import bring_up
from monitor.app.desk.search.searching import search
from monitor.desk.pages.search import asked_in
from monitor.model import Decision, Learned, Run, Said, Source
from monitor.pipeline.records import edition_of_number
from monitor.reporting.edition.record import learned_record
from monitor.store.search import FILE, thrown_away


@pytest.fixture(scope="module")
def week(desk_week, tmp_path_factory):
    """One copy with its index, which the tests of this file only read."""
    from desks import copied

    folder, config = desk_week
    desk = copied(folder, tmp_path_factory.mktemp("overview") / "week", config)
    bring_up(desk.folder, desk.data, desk.data / FILE, config)
    return desk


def table(reader, caption: str) -> list[list[str]]:
    found = next(one for one in reader.all("//table") if caption in one.findtext("caption"))
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found.iter("tr")]


def sheet(reader, address: str) -> list[list[str]]:
    text = reader.get(address).text
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.slow
def test_every_number_agrees_with_the_search_that_it_leads_to(week):
    reader = week.reader().get("/overview?weeks=4")
    links = [one for one in reader.all("//main//a[starts-with(@href, '/search')]")]
    assert len(links) > 40
    for link in links:
        address = link.get("href")
        asked = asked_in(MultiDict(parse_qsl(urlsplit(address).query)))
        said = link.text_content().strip() if not link.xpath(".//svg") else link.xpath(".//title")[0].text
        number = re.search(r"(?::|^) ?([\d,]+)", said)[1].replace(",", "")
        assert search(week.open, asked).total == int(number), (said, address)
    for facet in ("topic", "council", "outlet"):
        assert any(f"{facet}=" in link.get("href") for link in links), facet


@pytest.mark.slow
def test_what_was_read_is_drawn_by_week_and_stands_in_tables_and_sheets(week):
    reader = week.reader().get("/overview?weeks=4")
    found = overview(week.open, "4")
    read, inside = found.stories.read.total, found.stories.inside.total
    assert read == found.articles > inside > 0
    assert reader.says("26 Oct 2026 to 16 Nov 2026, in weeks from Monday; the last week is under way.")
    assert reader.says("Compared with as many days before: 28 Sep 2026 to 19 Oct 2026.")
    charts = reader.all("//main//svg")
    assert all(one.get("role") == "img" and one.findtext("title") == one.get("aria-label") for one in charts)
    assert f"Articles read: {read} articles in 4 weeks from 26 Oct; 0 in as many days before" in charts[
        0
    ].get("aria-label")
    assert "nothing was read in 3 weeks, hatched" in charts[0].get("aria-label")
    weeks = table(reader, "Articles read and in by week")
    assert weeks[1] == ["26 Oct 2026", "not read", "–", "–"] and weeks[4][:3] == [
        "16 Nov 2026",
        str(read),
        str(inside),
    ]
    topics = table(reader, "Articles that are in, by topic and week")
    assert topics[0] == ["Topic", "In all", "Share", "Against before", "26 Oct", "2 Nov", "9 Nov", "16 Nov"]
    assert topics[-1][:3] == ["All that are in", str(inside), "100 %"]
    lines = sheet(reader, "/overview/topics.csv?weeks=4")
    assert lines[0][:4] == ["topic", "in all", f"share of {inside} (%)", "before"]
    assert {line[0]: line[1] for line in lines[2:]} == {row[0]: row[1] for row in topics[1:-1]}
    assert lines[1][4:] == ["", "", "", str(inside)], "what was not read is empty, and no zero"
    assert sheet(reader, "/overview/outlets.csv?weeks=4")[1][:2] == ["The Thames Courier", "13"]
    assert [line[0] for line in sheet(reader, "/overview/runs.csv?weeks=4")[1:]] == ["draft", "poll"]
    assert reader.get("/overview/nothing.csv").status == 404
    assert reader.get("/overview?weeks=%3Cscript%3E").says("31 Aug 2026 to 16 Nov 2026"), "the usual period"


def test_the_councils_that_had_nothing_come_first(week):
    reader = week.reader().get("/overview?weeks=4")
    section = reader.all("//h2[@id='councils']/following-sibling::p[1]")[0].text_content()
    found = overview(week.open, "4").stories.councils
    without = [row.name for row in found if not row.total]
    assert without and section.split(":")[0] == f"Nothing from {len(without)} of {len(found)}"
    assert all(name in section for name in without)
    shown = [row[0] for row in table(reader, "Articles that are in, by council, ")[1:]]
    assert shown == [row.name for row in found if row.total]


def test_drafts_runs_and_deliveries(desk):
    with desk.open.changing() as workspace:
        store = workspace.store
        one, two, three, *_ = (item.story for item in edition_of_number(store, 1).items)
        items = [(one, Said.KEPT), (two, Said.KEPT), (three, Said.DROPPED), ("own_1", Said.ADDED)]
        said = tuple(Decision(said=what, edition=1, story=story, drafted=story) for story, what in items)
        learned = Learned(edition=1, learned=NOW, digest="0", decisions=said, source=Source.REPORT)
        store.decisions.keep(learned, learned_record(learned))
        for minutes, ok in ((1, True), (3, False)):
            began = NOW - timedelta(hours=minutes)
            ended = began + timedelta(minutes=minutes)
            store.runs.record(Run(job="backup", started=began, ended=ended, ok=ok, summary="a test"))
    reader = desk.reader().get("/overview?weeks=4")
    drafts = table(reader, "Each draft of")
    assert drafts[1] == [
        "1, 16 Nov 2026",
        "Draft 1: 2 kept of 12 offered, 1 dropped",
        "12",
        "2",
        "1",
        "0",
        "9",
        "0",
        "1",
    ]
    runs = {row[0]: row[2:] for row in table(reader, "Runs by job")}
    assert runs["Backup"] == ["2", "1", "Mon 16 Nov 2026, 06:00", "2 min", "3 min"]
    assert reader.says("No message was composed in these weeks.")
    assert reader.says("The stories are not counted yet."), "there is no index"
    assert reader.get("/overview/topics.csv").status == 503


@pytest.mark.slow
def test_what_is_not_judged_yet_is_said(desk, monkeypatch):
    text = (desk.folder / "topics.yaml").read_text("utf-8")
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    (desk.folder / "topics.yaml").write_text(text + "# another digest\n", "utf-8")
    reader = desk.reader().get("/overview")
    stored = overview(desk.open, "12").stories.state.stored
    assert reader.says(f"Counted over 0 of {stored} stories so far") and reader.says("0 in by the rules")
    assert desk.reader().get("/feeds").says(f"How many are in is counted over 0 of {stored} articles so far.")


@pytest.mark.slow
def test_while_all_is_counted_anew_the_numbers_are_those_of_before(desk):
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())
    reader = desk.reader()
    before = sheet(reader, "/overview/topics.csv?weeks=4")
    text = (desk.folder / "topics.yaml").read_text("utf-8")
    (desk.folder / "topics.yaml").write_text(text + "# another digest\n", "utf-8")
    assert sheet(reader, "/overview/topics.csv?weeks=4") == before
    assert reader.get("/overview?weeks=4").says("The stories are counted anew beside the pages.")
    thrown_away(desk.data / FILE)
    assert sheet(reader, "/overview/topics.csv?weeks=4") == before
    assert reader.get("/overview/topics.csv?weeks=8").status == 503, (
        "of eight weeks nothing was counted before"
    )


def test_an_empty_archive_says_so_and_what_to_do(desk_week, tmp_path):
    _, config = desk_week
    for name in ("feeds.yaml", "topics.yaml", "places.yaml", "panel.yaml"):
        (tmp_path / name).write_bytes((desk_week[0] / name).read_bytes())
    desk = WeekDesk(tmp_path, config)
    reader = desk.reader().get("/overview")
    assert reader.status == 200 and reader.says(
        "Nothing was read yet, so there is nothing to count. monitor poll"
    )
    assert reader.says("No draft was made in these weeks.") and reader.says(
        "No run is recorded in these weeks."
    )
    reader.get("/feeds")
    assert (
        reader.status == 200 and reader.says("No feed was ever read.") and len(reader.all("//li//svg")) == 8
    )
    assert not (tmp_path / "data" / "archive.db").exists(), "to look makes none"
