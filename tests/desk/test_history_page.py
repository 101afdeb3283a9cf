"""History: who said what when and from where, each taken back and put again, whichever way it was said."""

from monitor.app.desk.report.review import act, review
from monitor.desk.pages import history as pages
from monitor.model.acts import Drop, Move, Take

ROWS = "//table[caption='What was said']/tbody/tr"


def words(nodes) -> list[str]:
    return [" ".join(one.text_content().split()) for one in nodes]


def said(reader) -> list[str]:
    return [words(row.xpath(".//div[@class='lines']/p"))[0] for row in reader.all(ROWS)]


def test_nothing_said_is_explained(desk):
    reader = desk.reader().get("/history")
    assert reader.says("Nothing was said yet.") and not reader.all("//table")


def test_every_act_is_listed_and_any_of_them_is_taken_back_and_put_again(desk):
    items = review(desk.open).items
    for card in items[:3]:
        act(desk.open, Drop(story=card.story), by="A. Officer" if card is items[1] else "")
    act(desk.open, Take(story=review(desk.open).near[0].story))
    reader = desk.reader().get("/history")
    lines = said(reader)
    assert len(lines) == 4
    assert reader.says("A. Officer, at the desk") and not reader.says("desk, at the desk")
    for card, line in zip(items[2::-1], lines[1:], strict=True):
        assert card.heading in line and "dropped" in line.lower()
    second = reader.all(ROWS)[2]
    assert words(second.xpath("th | td"))[1].startswith("A. Officer, at the desk")
    assert words(second.xpath("th"))[0] == "Mon 16 Nov 2026, 07:00"
    assert second.xpath(".//p/a/@href") == [f"/story/{items[1].story}"]
    # not the last one: any
    reader.press(f"Take back: {lines[2]}")
    assert reader.status == 200 and reader.address == "/history"
    assert reader.says("Taken back")
    assert items[1].heading in [card.heading for card in review(desk.open).items]
    assert items[0].heading not in [card.heading for card in review(desk.open).items]
    again = desk.reader().get("/history")
    assert again.all(f"{ROWS}[@class='gone']//button[contains(., 'Put back')]")
    again.press("Put back: ")
    assert items[1].heading not in [card.heading for card in review(desk.open).items]
    assert not again.all(f"{ROWS}[@class='gone']")


def test_a_move_names_the_story_that_was_moved_and_not_the_whole_order(desk):
    moved = review(desk.open).items[4]
    act(desk.open, Move(story=moved.story, place=1))
    (row,) = desk.reader().get("/history").all(ROWS)
    assert row.xpath(".//p[@class='meta']/a/@href") == [f"/story/{moved.story}"]


def test_older_acts_stand_on_pages_of_their_own(desk, monkeypatch):
    monkeypatch.setattr(pages, "A_PAGE", 4)
    story = review(desk.open).items[0].story
    for _ in range(3):
        act(desk.open, Drop(story=story))
        act(desk.open, Take(story=story))
    reader = desk.reader().get("/history")
    assert len(reader.all(ROWS)) == 4
    first = said(reader)
    reader.follow("Older")
    assert "before=" in reader.address and len(reader.all(ROWS)) == 2
    assert reader.title.startswith("History, before")
    reader.follow("The newest")
    assert said(reader) == first
    assert desk.reader().get("/history?before=1").says("There is nothing older.")


def test_nonsense_is_no_fault(desk):
    reader = desk.reader()
    for asked in ("before=", "before=x", "before=-1", "before=" + "9" * 30, "before=1%20OR%201"):
        assert reader.get(f"/history?{asked}").status == 200, asked
    token = reader.get("/").all("//input[@name='csrf_token']/@value")[0]
    for way in ("undo", "redo"):
        for ids in ("999", "1,2", "x", "1;2", "", "1" * 40):
            assert reader.post(f"/{way}/{ids}", {"csrf_token": token}).status == 404, ids
