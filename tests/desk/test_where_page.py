"""Where is this story? By address or headline: what became of it, and what can be done now."""

from conftest import article
from desks import kept_articles

from monitor.app.desk.report.review import review
from monitor.app.desk.report.where import _text
from monitor.store.forgetting import FORGOTTEN


def words(nodes) -> list[str]:
    return [" ".join(one.text_content().split()) for one in nodes]


def test_a_story_of_the_report_is_found_by_its_address_and_by_its_words(desk):
    card = review(desk.open).items[0]
    for asked in (card.links[0].url, card.heading):
        reader = desk.reader().get("/where").press("Look for it", q=asked)
        assert reader.status == 200
        assert card.heading in words(reader.all("//li//h3"))
        assert reader.all("//input[@id='q']/@value") == [asked]
        assert reader.says("It is in the report.")
        assert reader.all("//ol[@class='steps']/li") and reader.says("received")
        assert not reader.all("//button[contains(., 'Take into the report')]")


def test_what_was_stopped_says_by_what_and_is_taken_in(desk):
    near = review(desk.open).near[0]
    reader = desk.reader().get("/where").press("Look for it", q=near.heading)
    assert reader.says("Stopped:")
    reader.press("Take into the report: ")
    assert reader.status == 200 and reader.address.startswith("/where?q=")
    assert near.heading in words(reader.all("//main/div[@class='said']"))[0]
    assert reader.says("It is in the report.")
    assert near.heading in [card.heading for card in review(desk.open).items]
    reader.press("Undo: ")
    assert near.heading not in [card.heading for card in review(desk.open).items]


def test_what_is_not_stored_is_explained_and_can_be_written(desk):
    reader = desk.reader().get("/where?q=https://nobody.example/news/1")
    assert reader.status == 200 and reader.says("It is not stored")
    assert reader.all("//ol[@class='steps']/li") or reader.says("No stored story has this address")
    reader.follow("Write it as an item of your own")
    assert reader.all("//input[@id='address']/@value") == ["https://nobody.example/news/1"]
    reader.press("Add the item", heading="By hand")
    assert "By hand" in [card.heading for card in review(desk.open).items]


def test_words_that_no_headline_has_are_searched_in_the_texts(desk):
    reader = desk.reader().get("/where", query_string={"q": "Illingworth"})
    assert reader.says("No stored article has all these words in its headline")
    reader.follow("Search the texts for these words")
    assert reader.all("//h1")[0].text_content() == "Search"
    assert reader.all("//input[@id='q']/@value") == ["Illingworth"]


TYPED = (
    "%25",
    "'%20OR%20''='",
    "javascript:alert(1)",
    "x" * 9000,
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%00",
    "﷽",
)


def test_whatever_is_typed_is_text(desk):
    for asked in TYPED:
        reader = desk.reader().get(f"/where?q={asked}")
        assert reader.status == 200, asked
        assert not reader.all("//script")
        assert not [one for one in reader.all("//@href") if one.startswith("javascript")]


def test_a_hostile_headline_is_text(desk):
    bad = '"><img src=x onerror=alert(1)> Hostile headline'
    kept_articles(desk, article("evil", title=bad, url="javascript:alert(1)", outlet=bad))
    reader = desk.reader().get("/where?q=Hostile headline")
    assert reader.status == 200 and bad in words(reader.all("//h3"))
    assert not reader.all("//img | //@onerror") and "javascript:" not in "".join(reader.all("//@href"))


def test_nothing_typed_asks(desk):
    reader = desk.reader().get("/where")
    assert reader.status == 200 and not reader.all("//h2") and len(reader.all("//h1")) == 1


def test_of_a_forgotten_text_it_says_so_and_not_that_its_page_was_read():
    known = article(text_reason=FORGOTTEN)
    assert _text(known, None) == f"Only its headline is known: {FORGOTTEN}."
    assert _text(article(), None) == "Its page was read."
