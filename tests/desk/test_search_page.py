"""The search page over the demo's week, as a reader without script uses it."""

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from conftest import NOW, article
from papers import COURIER

from monitor.app.desk.search import searching
from monitor.app.desk.search.indexing import bring_up
from monitor.app.workspace import ARCHIVE
from monitor.model import FeedState, PollOutcome, PollResult
from monitor.store import Store
from monitor.store.search import FILE, open_to_write


@pytest.fixture(scope="module")
def indexed(desk_week, tmp_path_factory):
    """The week's index, made once and copied: it is of the archive's rows, wherever the archive lies."""
    week, config = desk_week
    folder = tmp_path_factory.mktemp("indexed")
    bring_up(week, week / "data", folder / FILE, config)
    return folder / FILE


@pytest.fixture
def reader(desk, indexed):
    (desk.data / FILE).write_bytes(indexed.read_bytes())
    return desk.reader()


def keep(desk, *articles):
    with Store.open(desk.data / ARCHIVE) as store:
        outcome = PollOutcome(feed=COURIER.url, at=NOW, result=PollResult.NEW)
        store.feeds.save_poll(outcome, FeedState(url=COURIER.url), articles)
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config())


def headings(reader):
    return [one.text_content() for one in reader.all("//ol[@class='stories']/li/h3")]


def count(reader):
    return reader.all("//h2[@id='results']")[0].text_content()


def problems(reader):
    assert reader.status == 422 and reader.title.startswith("Error: ")
    links = reader.all("//div[@class='errors']//a")
    assert all(reader.all(f"//*[@id='{link.get('href')[1:]}']") for link in links)
    return [link.text_content() for link in links]


def test_stories_are_found_marked_and_explained(reader):
    reader.get("/search", query_string={"q": '"stop and search"'})
    assert reader.status == 200 and len(reader.all("//h1")) == 1
    assert reader.title.startswith(f"{count(reader)} found for")
    assert reader.says("the phrase “stop and search”.")
    assert headings(reader)
    marks = {one.text_content().lower() for one in reader.all("//ol//mark")}
    assert marks == {"stop and search"}
    (story, *_) = reader.all("//ol[@class='stories']/li")
    assert story.get("id").startswith("story-") and story.get("tabindex") == "-1"
    link = story.xpath("./h3/a/@href")[0]
    assert link == f"/story/{story.get('id').removeprefix('story-')}"
    words = [one.text_content() for one in story.xpath(".//span[starts-with(@class, 'word')]")]
    assert words and words[0] in ("In", "Near miss", "Out")
    assert story.xpath(".//time") and "Item" in " ".join(reader.document.text_content().split())


def test_before_anything_is_asked_it_says_what_can_be(reader):
    reader.get("/search")
    assert reader.status == 200 and reader.says("Type a word, or choose from the lists, to search")
    assert not reader.all("//ol[@class='stories']")
    for each in reader.all("//form[@role='search']//input | //form[@role='search']//select"):
        assert reader.all(f"//label[@for='{each.get('id')}']")


@pytest.mark.parametrize(
    "asked, says",
    [
        ({"q": "?"}, "There is no word in this search. Type a word, or a few."),
        ({"q": "(police"}, "The bracket “(” at character 1 is never closed. Close it, or take it away."),
        ({"q": "topic:nonsense"}, "No topic is called “nonsense”. There are: "),
        ({"q": "verdict:guilty"}, "No verdict is called “guilty”. There are: In, Near miss, Out."),
        ({"area": "mars"}, "No area is called “mars”. There are: "),
        ({"since": "soon"}, "“soon” is no day."),
        ({"since": "2026-11-03", "until": "2026-11-01"}, "The first day is after the last"),
    ],
)
def test_a_mistake_is_said_twice_and_the_form_comes_back_filled(reader, asked, says):
    ((said),) = problems(reader.get("/search", query_string=asked))
    assert said.startswith(says) and reader.text.count(said.split("“")[0]) >= 2
    for name, value in asked.items():
        field = reader.all(f"//*[@id='{name}']")[0]
        assert field.get("aria-invalid") == "true" or name == "until"
        assert value in (field.get("value"), *field.xpath(".//option[@selected]/@value"))


def test_filters_narrow_and_their_numbers_are_true(reader):
    everything = reader.get("/search", query_string={"q": "police"})
    total = int(count(everything).split()[0])
    options = {
        one.get("value"): one.text_content() for one in everything.all("//select[@id='verdict']/option")
    }
    numbers = {key: int(text.split("(")[1].rstrip(")")) for key, text in options.items() if key}
    assert sum(numbers.values()) == total
    for verdict, number in numbers.items():
        asked = {"q": "police", "verdict": verdict, "order": "best"}
        assert count(reader.get("/search", query_string=asked)).split()[0] == str(number)
    outlet = reader.get("/search", query_string={"q": "police outlet:courier"})
    assert {text for text in outlet.all("//ol//p[@class='soft']/span/text()")} == {"The Thames Courier"}
    assert outlet.says("outlet The Thames Courier")


@pytest.mark.parametrize(
    "asked, number",
    [({}, 0), ({"q": "police"}, 0), ({"verdict": "in"}, 1), ({"since": "no day"}, 1), ({"q": "a", "order": "best", "until": "2026-11-16"}, 2)],
)  # fmt: skip
def test_the_button_comes_right_after_the_words_and_set_filters_are_open(reader, asked, number):
    reader.get("/search", query_string=asked)
    (form,) = reader.all("//main//form[@role='search']")
    order = [
        one.get("name") or one.tag for one in form.xpath(".//input | .//button | .//details | .//select")
    ]
    assert order[:4] == ["q", "button", "details", "outlet"] and order.count("button") == 1
    (fold,) = form.xpath(".//details")
    assert (fold.get("open") is not None) == bool(number)
    assert ("set)" in fold.findtext("summary/span", "")) == bool(number)
    assert f"({number} set)" in fold.text_content() or not number


def test_a_day_is_typed_as_it_is_written_here_whatever_the_browsers_language(reader):
    assert reader.get("/search").all("//input[@id='since']/@type") == ["text"]
    british = reader.get(
        "/search", query_string={"q": "police", "since": "10/11/2026", "until": " 16/11/2026 "}
    )
    assert british.says("A day, as 24/11/2026") and british.all("//input[@id='since']/@value") == [
        "10/11/2026"
    ]
    said = british.all("//p[@role='status']")[0].text_content()
    iso = reader.get("/search", query_string={"q": "police", "since": "2026-11-10", "until": "2026-11-16"})
    assert iso.all("//p[@role='status']")[0].text_content() == said


def test_days_and_quick_links(reader):
    week = reader.get("/search", query_string={"q": "police"}).follow("The last 7 days")
    assert week.all("//input[@id='since']/@value") == ["2026-11-10"]
    assert week.says("“police”, published from 10 November 2026 to 16 November 2026")
    received = reader.get(week.address + "&dated=received")
    assert received.says("received from 10 November 2026") and received.says(", received ")


def test_an_empty_list_leads_out(reader):
    topic = reader.get("/search").all("//select[@id='topic']/option/@value")[1]
    reader.get(
        "/search",
        query_string={"q": "zebracrossing", "outlet": "courier", "topic": topic, "until": "2026-11-16"},
    )
    assert count(reader) == "0 articles"
    lifts = [one.text_content() for one in reader.all("//main//ul/li/a") if "without" in one.text_content()]
    assert len(lifts) == 4
    reader.follow("Search without the words")
    assert count(reader) != "0 articles" and "topic=" in reader.address


def test_an_empty_list_offers_any_of_the_words_and_all_but_one_with_what_each_gives(reader):
    reader.get("/search", query_string={"q": "police knife zebracrossing", "until": "2026-11-16"})
    told = [
        " ".join(one.text_content().split()) for one in reader.all("//main//ul/li[a][contains(., 'Search')]")
    ]
    assert [one.split(":")[0] for one in told] == [
        "Search for any of these words",
        "Search without “zebracrossing”",  # what finds nothing either is not offered
        "Search without the words “police knife zebracrossing”",
        "Search without the last day",
    ]
    assert told[-1].endswith(": 0 articles")
    for link, said in [(one.split(":")[0], one.split(": ")[1]) for one in told[:3]]:
        found = reader.get("/search", query_string={"q": "police knife zebracrossing", "until": "2026-11-16"})
        assert count(found.follow(link)) == said != "0 articles"


def test_a_small_or_is_asked_after(reader):
    reader.get("/search", query_string={"q": "burglary or zebracrossing"})
    assert count(reader) == "0 articles" and reader.says("Did you mean burglary OR zebracrossing?")
    assert count(reader.follow("burglary OR zebracrossing")) != "0 articles"


def test_pages_follow_one_another_by_links(reader):
    total = int(count(reader.get("/search", query_string={"q": "police", "order": "best"})).split()[0])
    seen = headings(reader)
    while any("Next page" in one.text_content() for one in reader.all("//nav//a")):
        seen += headings(reader.follow("Next page"))
        assert count(reader) == f"{total} articles"
    assert len(seen) == total > 20
    assert len(headings(reader.follow("First page"))) == 20


@pytest.mark.parametrize("after", ["x", "1", "_", "1e999_1", "9_9_9", "' OR 1 --", "nan_1", "1_" + "9" * 40])
def test_an_address_that_was_changed_begins_anew(reader, after):
    reader.get("/search", query_string={"q": "police", "after": after, "order": "sideways", "dated": "never"})
    assert reader.status == 200 and len(headings(reader)) == 20 or not headings(reader)


# ── taken in ────────────────────────────────────────────────────────────────────────────────────────────────────


def left_out(reader, number=2):
    reader.get("/search", query_string={"q": "police", "verdict": "exclude"})
    return reader.all("//ol[@class='stories']//input[@name='story'][@type='checkbox']/@value")[:number]


def test_a_result_is_taken_into_the_edition_and_stands_there(reader, desk):
    (id, *_) = left_out(reader)
    reader.press("Take into the edition")
    assert reader.status == 200 and reader.says("Taken in: “")
    assert "q=police" in reader.address and "verdict=exclude" in reader.address
    assert (
        reader.all(f"//li[@id='story-{id}']")[0].text_content().count("Taken in; the next document has it")
        == 1
    )
    assert not reader.all(f"//li[@id='story-{id}']//button")
    with Store.open(desk.data / ARCHIVE, make=False) as store:
        assert id in "".join(store.decisions.all().values())
    reader.press("Undo")
    assert reader.all(f"//li[@id='story-{id}']//button") and "q=police" in reader.address


def test_all_that_are_ticked_are_taken_and_what_is_gone_is_told(reader):
    ids = left_out(reader, 3)
    reader.press("Take in all that are ticked", story=[*ids, "gone-meanwhile"])
    assert reader.says("3 stories taken in. 1 could not be:") and reader.says("gone-meanwhile")
    assert len(reader.all("//li[contains(., 'Taken in; the next document has it')]")) == 3
    assert "verdict=exclude" in reader.address and not reader.all("//input[@type='checkbox'][@checked]")
    reader.press("Undo")
    assert reader.says("taken back") and not reader.says("Taken in; the next")
    reader.press("Take in all that are ticked")
    assert reader.says("Nothing was ticked")


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_results_as_a_table_and_as_a_feed(reader):
    reader.get("/search", query_string={"q": "police", "verdict": "include"})
    total, shown = int(count(reader).split()[0]), headings(reader)
    shown += headings(reader.follow("Next page"))
    address = reader.follow("First page").address
    rows = list(csv.reader(io.StringIO(reader.follow("As a table (CSV)").text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == shown and len(rows) == total + 1
    assert reader.headers["Content-Disposition"] == 'attachment; filename="search.csv"'
    reader.get(address).follow("As a feed (Atom)")
    assert reader.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(reader.text)
    titles = [one.text for one in feed.findall(".//{*}entry/{*}title")]
    assert titles == shown
    assert {one.get("rel"): one.get("href") for one in feed.findall("{*}link")} == {
        "self": "http://127.0.0.1/search.atom?q=police&verdict=include",
        "alternate": "http://127.0.0.1/search?q=police&verdict=include",
    }


def test_a_table_that_is_cut_says_so(reader, monkeypatch):
    monkeypatch.setattr("monitor.desk.pages.search.MOST_ROWS", 3)
    reader.get("/search.csv", query_string={"q": "police"})
    last = reader.text.strip().splitlines()[-1]
    assert last.startswith('"…') or last.startswith("…") and "more that were found" in last
    assert len(reader.text.strip().splitlines()) == 5


@pytest.mark.parametrize("ending", ["csv", "atom"])
def test_a_file_of_nothing_leads_to_the_page_that_says_why(reader, ending):
    assert reader.get(f"/search.{ending}", query_string={"q": "(police"}).status == 422
    assert problems(reader)


def test_the_words_lead_to_the_rules(reader):
    reader.get("/search", query_string={"q": '"stop and search"'})
    (link,) = reader.all("//a[text()='Turn this search into a phrase']/@href")
    assert link == "/rules?phrase=stop+and+search"
    reader.get("/search", query_string={"q": "police -festival"})
    assert not reader.all("//a[text()='Turn this search into a phrase']")


# ── what else may be ────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_of_the_web_is_markup(reader, desk):
    evil = article(
        "evil",
        title='<script>alert(1)</script> "><img src=x onerror=alert(1)> police \u202egnp',
        paragraphs=("Police </mark><b>bold</b> zebracrossing.",),
        outlet="<i>Outlet</i>",
        url="javascript:alert(1)",
        published=NOW - timedelta(hours=1),
    )
    keep(desk, evil)
    reader.get("/search", query_string={"q": 'zebracrossing <script>"'})
    reader.get("/search", query_string={"q": "zebracrossing"})
    assert len(headings(reader)) == 1 and "<script>alert(1)</script>" in headings(reader)[0]
    assert not reader.all(
        "//script | //main//img | //main//b | //main//i | //*[@onerror] | //a[starts-with(@href, 'java')]"
    )
    for typed in ('"><script>alert(1)</script>', "{{ 7 * 7 }}"):
        reader.get("/search", query_string={"q": typed, "outlet": typed, "since": typed, "after": typed})
        assert not reader.all("//script") and "<script>" not in reader.text and "49" not in reader.text


def test_what_is_not_searchable_yet_is_said(reader, desk):
    reader.get("/search", query_string={"q": "police"})
    assert not reader.says("searchable yet") and not reader.says("not judged")
    with Store.open(desk.data / ARCHIVE) as store:
        outcome = PollOutcome(feed=COURIER.url, at=NOW, result=PollResult.NEW)
        store.feeds.save_poll(outcome, FeedState(url=COURIER.url), [article("new"), article("newer")])
    reader.get("/search", query_string={"q": "police"})
    assert reader.says("2 of") and reader.says("are not searchable yet. Look again")
    with open_to_write(desk.data / FILE) as intake:
        intake.index.connection.execute(
            "UPDATE docs SET rules = NULL WHERE number IN (SELECT max(number) FROM docs)"
        )
    reader.get("/search", query_string={"since": "2026-11-01"})
    assert reader.says("1 article is not judged by today’s rules yet")
    assert reader.says("Not judged yet")


def test_without_an_index_the_page_says_that_it_is_being_made(desk):
    reader = desk.reader().get("/search", query_string={"q": "police"})
    assert reader.status == 200 and reader.says("No article is searchable yet: the index is being made")
    assert reader.follow("Look again").all("//input[@id='q']/@value") == ["police"]


def test_where_nothing_was_read_yet_it_does_not_ask_to_look_again(desk):
    for file in desk.data.glob("archive.db*"):
        file.unlink()
    reader = desk.reader().get("/search", query_string={"q": "police"})
    assert reader.status == 200 and reader.says("no news was read yet, so there is nothing to search")
    assert not reader.says("Look again")


def test_where_this_python_cannot_search_the_desk_goes_on_and_says_so(desk, monkeypatch):
    monkeypatch.setattr(searching, "can_search", lambda: False)
    reader = desk.reader().get("/search", query_string={"q": "police"})
    assert reader.status == 200 and reader.says("built without FTS5")
    assert desk.reader().get("/").status == 200
