"""A story's page: its text with the hits, why, what would turn it, outlets, pages since, editions, acts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW, article
from desks import kept_articles

from monitor.app.desk.opened import OpenDesk
from monitor.app.desk.report.review import act, issue, make_document, review
from monitor.model import PageCheck, Revision
from monitor.model.acts import Drop


def words(nodes) -> list[str]:
    return [" ".join(one.text_content().split()) for one in nodes]


@pytest.fixture
def clinic(desk):
    """Told by two outlets: the Messenger's report is quoted, the Recorder's came first."""
    return next(card for card in review(desk.open).items if "stalking" in card.heading)


def test_a_story_says_where_it_stands_why_and_what_would_turn_it(desk, clinic):
    reader = desk.reader().get(f"/story/{clinic.story}")
    assert reader.status == 200
    assert words(reader.all("//h1")) == [clinic.heading]
    assert reader.says(f"In the report, place {clinic.number} of 12")
    assert reader.says(f"By the rules alone: in. {clinic.reason}")
    assert words(reader.all("//dl/dt"))[:4] == [
        "Is it ours?",
        "Is it of policing?",
        "Is it systemic?",
        "What would turn it:",
    ]
    assert reader.says("no single phrase: it is 14 points above what is needed")
    assert reader.says("Draft 1 of 16 Nov 2026: place 7 of 12")


def test_the_evidence_is_a_table_in_the_order_of_the_text_that_adds_up_to_the_score(desk, clinic):
    reader = desk.reader().get(f"/story/{clinic.story}")
    rows = [words(row.xpath("*")) for row in reader.all("//table[caption[contains(., 'score')]]/tbody/tr")]
    assert rows[0] == ["by half", "raises: figures", "headline", "+2"]
    assert rows[-1] == ["It does not open with one case", "+3"]
    assert any(row[1] == "sinks: moment" and row[3] == "-2" for row in rows)
    total = int(words(reader.all("//tfoot//td"))[0])
    assert sum(int(row[-1]) for row in rows) == total == 19
    places = [("headline", "first paragraph", "text").index(row[2]) for row in rows[:-1]]
    assert places == sorted(places)
    assert reader.says("hits without points: where it is, and of what")


def test_hits_are_marked_in_the_text_and_the_text_is_whole(desk, clinic):
    reader = desk.reader().get(f"/story/{clinic.story}")
    text = reader.all("//article[@class='text']")[0]
    counted = words(text.xpath(".//mark[not(@class)]"))
    assert "by half" in counted and "awarded £140,000" in counted
    assert "Aylesbury" in words(text.xpath(".//mark[@class='only']"))
    with desk.open.reading() as workspace:
        stored = workspace.store.articles.get(clinic.links[0].article)
    assert words(text.xpath("h3 | p")) == [stored.title, *stored.paragraphs]


def test_outlets_tell_what_is_copied_and_what_is_their_own(desk):
    seen = review(desk.open)
    lines = next(
        card for card in seen.items if "drug lines" in card.heading
    )  # the Square printed it with one line more
    reader = desk.reader().get(f"/story/{lines.story}")
    first, second = reader.all("//section[@aria-labelledby='outlets']/ul/li")
    assert "Quoted in the report. Its text is above." in " ".join(words([first]))
    told = " ".join(words([second]))
    assert "published" in told.lower() and "received" in told
    assert (
        "86 % of it stands in Chiltern Vale Messenger’s text above too: 5 paragraphs copied, 1 of its own."
        in told
    )
    own, taken = (words(fold.xpath("p")) for fold in second.xpath("./details"))
    shown = words(reader.all("//article[@class='text']/p"))
    assert len(own) == 1 and len(taken) == 5
    assert not set(own) & set(shown) and len(set(taken) & set(shown)) >= 4


def test_another_report_of_the_story_can_be_read_with_its_own_hits(desk, clinic):
    reader = desk.reader().get(f"/story/{clinic.story}").follow("Read it with its hits")
    other = clinic.links[1]
    assert f"text={other.article}" in reader.address
    assert words(reader.all("//h1")) == [clinic.heading]
    with desk.open.reading() as workspace:
        stored = workspace.store.articles.get(other.article)
    assert words(reader.all("//article[@class='text']/h3")) == [stored.title]
    # the same by the article's own id, and whatever is no article of it is no matter
    assert words(desk.reader().get(f"/story/{other.article}").all("//h1")) == [clinic.heading]
    odd = desk.reader().get(f"/story/{clinic.story}?text=../../etc/passwd")
    assert odd.status == 200 and words(odd.all("//article[@class='text']/h3"))


def test_what_became_of_its_pages_is_told_in_order(desk, clinic):
    quoted = clinic.links[0].article
    changes = [
        (1, "its headline is now “Clinic delayed”", "Clinic delayed"),
        (2, "", None),
    ]
    with desk.open.changing() as workspace:
        for days, what, title in changes:
            at = NOW - timedelta(days=3 - days)
            revision = Revision(
                article=quoted, at=at, what=what, title=title, paragraphs=("As it was.",) * bool(what)
            )
            workspace.store.articles.save_check(PageCheck(article=quoted, at=at), revision)
        last = PageCheck(article=quoted, at=NOW, unread="404 Not Found")
        workspace.store.articles.save_check(last, None)
    reader = desk.reader().get(f"/story/{clinic.story}")
    told = words(reader.all("//p[.='Its page since:']/following-sibling::ul/li"))
    assert told[0].startswith("Sat 14 Nov 2026, 07:00: its headline is now “Clinic delayed”")
    assert "As it was." in told[0]
    assert told[1] == "Sun 15 Nov 2026, 07:00: again as it was first read"
    assert told[2] == "Asked for again, and not to be had: 404 Not Found"


def test_a_near_miss_says_that_it_is_one_and_what_would_bring_it_in(desk):
    near = review(desk.open).near[0]
    reader = desk.reader().get(f"/story/{near.story}")
    assert reader.says("A near miss.")
    assert reader.says("one raise cue more: so far it hardly does more than name somebody")
    assert reader.says("Draft 1 of 16 Nov 2026: near miss")


def test_a_further_story_says_why_it_is_outside_and_its_grounds_add_up(desk):
    card = review(desk.open).further[0]
    reader = desk.reader().get(f"/story/{card.story}")
    assert reader.says(f"A further story, 1 of 5. Outside the report: {card.item.outside}.")
    grounds = words(reader.all("//section[@aria-labelledby='priority']//li/span"))
    assert sum(map(int, grounds)) == card.item.points


def test_a_stored_article_in_no_edition_has_its_page(desk):
    kept_articles(desk, article("fete", title="Village fete raises £412", paragraphs=("Cakes sold out.",)))
    reader = desk.reader().get("/story/fete")
    assert reader.says("In no list of this edition.") and reader.says("By the rules alone: out.")
    assert reader.says("Nothing in it added to a score.") or reader.all("//table")
    assert reader.says("None so far.")
    assert reader.all("//form//button[contains(., 'Take into the report')]")


@pytest.mark.slow
def test_what_an_issued_report_printed_says_so_first_and_is_not_offered_first(desk):
    config, now = desk.open.config(), [NOW]
    config = replace(config, panel=replace(config.panel, meetings=(date(2026, 12, 18), date(2027, 1, 29))))
    desk.open = OpenDesk(
        desk.folder, desk.data, lambda: now[0], _kept=replace(desk.open._kept, config=config)
    )
    made = make_document(desk.open).number
    first, struck = (review(desk.open).items[place] for place in (0, -1))
    act(desk.open, Drop(story=struck.story))  # before it was issued: the report has it not
    issue(desk.open, made)
    printed = f"Printed in the report for the meeting of 18 Dec 2026 (draft {made}, place 1 of 12)."
    reader = desk.reader().get(f"/story/{first.story}")
    assert reader.says(printed) and not reader.all("//main//form")
    now[0] = NOW + timedelta(days=7)
    make_document(desk.open)
    reader = desk.reader().get(f"/story/{first.story}")
    assert words(reader.all("//h1/following-sibling::p[1]")) == [
        f"{printed} What was reported is not printed again."
    ]
    assert not reader.says("In no list of this edition")
    assert words(reader.all("//main//form/ancestor::details/summary")) == ["Print it once more"]
    assert len(reader.all("//main//form")) == 1
    assert not desk.reader().get(f"/story/{struck.story}").says("Printed in the report")


def test_an_old_article_says_so(desk):
    old = article("old", published=NOW - timedelta(days=300), title="Old precept")
    kept_articles(desk, old)
    assert desk.reader().get("/story/old").says("So it is left out as old unless you take it.")


def test_what_is_done_on_its_page_leads_back_to_its_page(desk, clinic):
    reader = desk.reader().get(f"/story/{clinic.story}")
    reader.press("Drop: ")
    assert reader.address == f"/story/{clinic.story}" and reader.says("Dropped: “")
    assert reader.all("//p[@class='lead']/span[.='Dropped']") and not reader.all("//label[.='Place']")
    reader.press("Take back: ")
    assert reader.says(f"In the report, place {clinic.number} of 12")
    reader.follow("Edit heading and excerpt").press("Save", heading="Clinics")
    assert reader.address == f"/story/{clinic.story}" and words(reader.all("//h1")) == ["Clinics"]
    assert reader.says("Heading now “Clinics” (at the desk")
    reader.press("Take back: heading now")
    assert words(reader.all("//h1")) == [clinic.heading]


def test_an_unknown_story_is_not_found(desk):
    for id in ("nothing", "..", "%2e%2e%2fetc", "' OR 1=1 --", "a" * 3000, "﷽"):
        reader = desk.reader().get(f"/story/{id}")
        assert reader.status == 404 and reader.says("There is no such page"), id


def test_nothing_of_a_hostile_feed_is_markup(desk):
    """Every field that the page shows, from a feed that would like to run something."""
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)> ‮ شرطة'
    evil = article(
        "evil",
        title=bad,
        outlet=bad,
        url="javascript:alert(1)",
        paragraphs=(
            bad,
            f"Council tax <b>for police, says Thames Valley Police {bad}",
        ),  # a hit with markup inside
        text_reason=bad,
    )
    kept_articles(desk, evil)
    with desk.open.changing() as workspace:
        revision = Revision(article="evil", at=NOW, what=bad, title=bad, paragraphs=(bad,))
        workspace.store.articles.save_check(PageCheck(article="evil", at=NOW, unread=bad), revision)
    reader = desk.reader().get("/story/evil")
    assert reader.status == 200
    assert not reader.all("//script | //img | //@onerror | //@style | //main//b")
    assert "Council tax <b>for police" in words(reader.all("//mark"))
    assert not [one for one in reader.all("//@href | //@action | //@formaction") if "javascript" in one]
    assert words(reader.all("//h1")) == [" ".join(bad.split())]
    assert reader.all("//h1/@dir") == ["auto"]
    assert len(reader.all("//article[@class='text']/p[@dir='auto']")) == 2
