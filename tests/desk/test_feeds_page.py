"""Feeds: how each stands, and the list changed, as a reader without script does it."""

import io
import json
import time

import pytest

from monitor.app.desk.feeds.feed_edits import offered
from monitor.app.desk.feeds.feed_trial import ShownTrial, TrialRefused, Trials, in_full
from monitor.app.desk.feeds.listed import feed_id
from monitor.app.desk.feeds.reading_now import ReadingsNow
from monitor.app.desk.search.indexing import bring_up
from monitor.app.locks import Work, alone
from monitor.errors import StoreError
from monitor.store.search import FILE, SearchIndex

LANTERN, OTMOOR, COURIER = (
    f"http://{name}.example/rss" for name in ("wycombe-lantern", "otmoor-bulletin", "thames-courier")
)


def page_of(url: str, *more: str) -> str:
    return "/".join(["/feeds", feed_id(url), *more])


def names(reader) -> list[str]:
    return [one.text_content() for one in reader.all("//li//h2/a")]


def file(desk) -> str:
    return (desk.folder / "feeds.yaml").read_text("utf-8")


def test_feeds_stand_in_words_and_as_charts_the_failing_and_silent_first(desk):
    reader = desk.reader().get("/feeds")
    assert names(reader)[:4] == [
        "Wycombe Lantern",
        "Otmoor Bulletin",
        "The Spires Recorder",
        "Chiltern Vale Messenger",
    ]
    assert reader.says("8 feeds. When last asked: 1 failing, 1 silent, 1 moved, 5 read without trouble.")
    lantern, otmoor, spires, chiltern = (one.text_content() for one in reader.all("//li[.//h2]")[:4])
    assert "Failing: since 16 November 2026; an HTML page, not a feed; it has never been read" in lantern
    assert "Silent: for 40 days: it answers, but its newest entry is of 7 October 2026" in otmoor
    assert "Moved: it is read at http://spires-recorder.example/feed/all.xml" in spires
    assert "Read: " in chiltern and "11 articles" in chiltern and "Last entry 15 Nov 2026" in chiltern
    charts = reader.all("//li//svg[@role='img']")
    assert len(charts) == 8
    titles = [chart.findtext("title") for chart in charts]
    assert titles[0] == "Wycombe Lantern: not read on any day from 22 Sep to 16 Nov 2026."
    assert titles[3].startswith(
        "Chiltern Vale Messenger: 11 new articles from 22 Sep to 16 Nov 2026, 11.0 a day"
    )
    assert "not read on 55 days, which are hatched" in titles[3]
    assert [chart.get("aria-label") for chart in charts] == titles
    row = reader.all("//details//tbody/tr[4]")[0]
    assert [cell.text_content() for cell in row] == [
        "Chiltern Vale Messenger",
        *["not read"] * 7,
        "11",
        "11",
    ]
    assert not reader.all("//li//svg//@style | //style")


def test_filters_stand_in_the_address_with_true_counts_and_can_be_lifted(desk):
    reader = desk.reader().get("/feeds")
    options = [one.text_content() for one in reader.all("//select[@name='state']/option")]
    assert options == ["any", "failing (1)", "silent (1)", "moved (1)", "read (5)"]
    reader.get("/feeds?area=Oxfordshire")
    assert names(reader) == ["Otmoor Bulletin", "The Spires Recorder", "Towpath FM"]
    assert [one.text_content() for one in reader.all("//select[@name='state']/option")] == [
        "any",
        "failing (0)",
        "silent (1)",
        "moved (1)",
        "read (1)",
    ], "a count is what choosing it beside the others would give"
    reader.get("/feeds?state=failing")
    assert "silent (1)" in [one.text_content() for one in reader.all("//select[@name='state']/option")]
    reader.get("/feeds?area=Oxfordshire&state=read&text=fm")
    assert names(reader) == ["Towpath FM"] and reader.title.startswith("Feeds: 1 of 8")
    reader.follow("state: read")
    assert names(reader) == ["Towpath FM"] and "state=" not in reader.address
    for nothing in ("state=failing&area=Oxfordshire", "state=nonsense", "text=zzz", "publisher=x' OR 1=1 --"):
        reader.get(f"/feeds?{nothing}")
        assert (
            reader.status == 200 and names(reader) == [] and reader.says("No feed fits. Lift a filter above")
        )
    reader.follow("show all 8")
    assert len(names(reader)) == 8


def test_one_feed_with_all_that_is_known_of_it(desk):
    reader = desk.reader().get("/feeds").follow("The Thames Courier")
    assert reader.address == page_of(COURIER)
    assert reader.all("//h1")[0].text == "The Thames Courier"
    assert reader.says("New articles a day") and len(reader.all("//main//svg[@role='img']")) == 1
    days = reader.all("//details//tbody/tr")
    assert len(days) == 56 and [cell.text_content() for cell in days[0]] == ["16 Nov 2026", "13"]
    assert [cell.text_content() for cell in days[1]] == ["15 Nov 2026", "not read"]
    assert len(reader.all("//main//li/a[starts-with(@href, '/story/')]")) == 10
    assert reader.says("The last polls of The Thames Courier") and reader.says("Articles stored13")
    assert reader.get("/feeds/0123456789ab").status == 404
    reader.get("/feeds").follow("The Spires Recorder").follow("Put that address into the list")
    assert reader.all("//input[@name='url']/@value") == ["http://spires-recorder.example/feed/all.xml"]


@pytest.mark.slow
def test_a_pause_its_undo_and_its_end_leave_the_file_as_it_was(desk):
    before, reader = file(desk), desk.reader().get(page_of(OTMOOR))
    reader.press("Pause", reason="")
    assert reader.status == 422 and reader.title.startswith("Error: ") and reader.says("Say why it is paused")
    reader.get(page_of(OTMOOR)).press("Pause", reason="silent since October, <b>asked</b>")
    assert reader.says("Paused: Otmoor Bulletin: silent since October, <b>asked</b>")
    assert reader.says("because: silent since October") and not reader.all("//main//b")
    paused = file(desk)
    assert paused == before.replace(
        'otmoor-bulletin.example/rss"\n    area: "Oxfordshire"\n',
        'otmoor-bulletin.example/rss"\n    area: "Oxfordshire"\n    status: paused\n'
        '    reason: "silent since October, <b>asked</b>"\n',
    )
    reader.press("Undo")
    assert reader.says("Taken back: Paused: Otmoor Bulletin") and file(desk) == before
    reader.get(page_of(OTMOOR)).press("Pause", reason="a test").press("Resume")
    assert reader.says("Resumed: Otmoor Bulletin") and file(desk) == before
    reader.get("/feeds").press(
        "Take back"
    )  # the resume, by the list of what was changed; after a restart too
    assert "reason: a test" in file(desk)
    desk.reader().get("/feeds").press("Take back")
    assert file(desk) == before and not reader.get("/feeds").says("What was changed here")


def test_a_form_sent_twice_is_done_once_and_an_old_undo_says_so(desk):
    reader = desk.reader().get(page_of(OTMOOR))
    token = reader.all("//input[@name='csrf_token']/@value")[0]
    form = {"csrf_token": token, "was-status": "", "was-reason": "", "reason": "a test"}
    reader.post(page_of(OTMOOR, "pause"), form)
    once = file(desk)
    reader.post(page_of(OTMOOR, "pause"), form)
    assert reader.status == 200 and reader.says("says so already; nothing was changed") and file(desk) == once
    (desk.folder / "feeds.yaml").write_text(once.replace("reason: a test", "reason: by hand"), "utf-8")
    reader.post("/feeds/undo/1", {"csrf_token": token})
    assert reader.says("Nothing was taken back. feeds.yaml was changed in the same lines since")
    assert "by hand" in file(desk)
    assert reader.post("/feeds/undo/99", {"csrf_token": token}).says("taken back already, or too long ago")
    (desk.data / "feed-changes.json").write_text("{spoilt", "utf-8")
    assert reader.get("/feeds").status == 200


def test_what_is_wrong_with_a_form_is_told_beside_what_was_typed(desk):
    before, reader = file(desk), desk.reader().get(page_of(COURIER)).follow("Edit")
    reader.press("Save", name="Courier & Times", every="soon", reason="")
    assert reader.status == 422 and reader.title.startswith("Error: ")
    assert reader.all("//div[@role='alert']//a/@href") == ["#every"]
    assert reader.says("How often it is read: soon is not a length of time: write 30m, 6h or 1d.")
    assert reader.all("//input[@name='every']/@aria-invalid") == ["true"]
    assert reader.all("//input[@name='name']/@value") == ["Courier & Times"] and file(desk) == before
    reader.press("Save", every="6h", excerpt="none", url="javascript:alert(1)")
    assert reader.status == 422 and reader.says("is not a web address") and file(desk) == before
    reader.press("Save", url=OTMOOR.upper().replace("HTTP", "http"))
    assert reader.status == 422 and reader.says(
        "This address stands in the list already, as Otmoor Bulletin."
    )
    reader.press("Save", url=COURIER)
    assert reader.says("Changed: Courier & Times, name “Courier & Times”, every “6h”, excerpt “none”.")
    assert file(desk) == before.replace('"The Thames Courier"', '"Courier & Times"').replace(
        'thames-courier.example/rss"\n    area: "Berkshire"\n',
        'thames-courier.example/rss"\n    area: "Berkshire"\n    every: 6h\n    excerpt: none\n',
    ) or "Courier & Times" in file(desk)
    reader.press("Undo")
    assert file(desk) == before


def test_two_windows_lose_nothing_of_either(desk):
    mine, theirs = desk.reader().get(page_of(COURIER, "edit")), desk.reader().get(page_of(COURIER, "edit"))
    theirs.press("Save", area="Reading")
    mine.press("Save", area="Slough", every="1d")
    assert mine.status == 409 and mine.says("Somebody else has changed this feed since you opened it")
    row = next(one for one in mine.all("//tbody/tr") if one.findtext("th") == "Area")
    assert [cell.text_content().split() for cell in row[1:]] == [
        ["Berkshire"],
        ["Reading", "changed"],
        ["Slough", "changed"],
    ]
    assert "area: Reading" in file(desk).replace('"', "") and "1d" not in file(desk)
    assert mine.all("//input[@name='area' and @type='text']/@value") == ["Slough"], (
        "what was typed is still there"
    )
    mine.press("Save yours")
    assert mine.says("Changed: The Thames Courier") and "every: 1d" in file(desk) and "Slough" in file(desk)
    theirs.get(page_of(COURIER, "edit"))
    (desk.folder / "feeds.yaml").write_text(
        file(desk).replace(COURIER, "http://elsewhere.example/rss"), "utf-8"
    )
    mine.get(page_of(OTMOOR))
    (desk.folder / "feeds.yaml").write_text(file(desk).replace(OTMOOR, "http://gone.example/rss"), "utf-8")
    mine.press("Pause", reason="silent since May")
    assert mine.status == 409 and mine.says("not in the list any more") and mine.says("silent since May")
    theirs.press("Save", area="Bracknell")
    assert theirs.status == 409 and theirs.says("This feed is not in the list any more")


def test_a_feed_is_added_and_a_spoilt_file_is_left_alone(desk):
    before, reader = file(desk), desk.reader().get("/feeds/add?url=https://new.example/rss&kind=listing")
    reader.press("Add it", name="New \u202e<i>One</i>", area="Berkshire", every="2h")
    assert reader.says("Added: New <i>One</i>. The next poll reads it.") and not reader.all("//main//i")
    assert (
        '  - name: "New <i>One</i>"\n    url: https://new.example/rss\n    area: Berkshire\n    kind: listing\n    every: 2h\n'
        in file(desk)
    )
    assert reader.says("Not read yet: no poll has asked it")
    reader.press("Undo")
    assert file(desk) == before and reader.get("/feeds/add").status == 200
    reader.press("Add it", name="", url="")
    assert reader.status == 422 and reader.says("Write the outlet’s name")
    (desk.folder / "feeds.yaml").write_text(before + "  - nonsense: [\n", "utf-8")
    reader.press("Add it", name="Once more", url="https://more.example/rss")
    assert reader.status == 422 and reader.says("feeds.yaml has mistakes, so it was left as it is")
    assert reader.all("//input[@name='name']/@value") == ["Once more"] and reader.get("/feeds").status == 200


OPML = """<opml version="2.0"><body><outline text="Ox &lt;b&gt;">
<outline type="rss" text="One" xmlUrl="https://one.example/rss"/>
<outline type="rss" text="Two" xmlUrl="https://two.example/rss"/>
<outline type="rss" text="Known" xmlUrl="http://otmoor-bulletin.example/rss"/>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/></outline></body></opml>"""


def test_a_list_is_shown_before_it_is_taken_in_and_only_what_is_ticked(desk):
    before, reader = file(desk), desk.reader().get("/feeds/import")
    reader.press("Show what it would add", opml="no list")
    assert reader.status == 422 and reader.says("not an OPML file")
    assert reader.all("//textarea")[0].text.strip() == "no list"
    reader.press("Show what it would add", opml="")
    assert reader.status == 422 and reader.says("Choose a file, or paste what stands in it.")
    reader.press("Show what it would add", opml=OPML)
    assert reader.says("2 feeds could be added; 2 of the list are left out.") and file(desk) == before
    assert reader.says("Known http://otmoor-bulletin.example/rss (line 4): it stands in the list already")
    assert not reader.all("//main//b")
    ticks = reader.all("//input[@type='checkbox' and @checked]/@value")
    assert len(ticks) == 2
    reader.press("Add the ticked", add=[ticks[1], "[1", '["a", "https://x.example"]', "null"])
    assert reader.says("Added: 1 feed.") and "two.example" in file(desk) and "one.example" not in file(desk)
    assert "verified: false" in file(desk)
    reader.press("Undo")
    assert file(desk) == before
    token = reader.get("/feeds/import").all("//input[@name='csrf_token']/@value")[0]
    upload = {"csrf_token": token, "opml": "", "file": (io.BytesIO(OPML.encode()), "list.opml")}
    reader.post("/feeds/import", upload)
    assert reader.says("2 feeds could be added")
    assert str(offered(desk.open, b"<opml>" + b" " * 2_000_000)).startswith("The list is larger than 2 MB.")
    exported = reader.get("/feeds.opml")
    assert exported.headers["Content-Disposition"] == 'attachment; filename="feeds.opml"'
    assert exported.text.count("xmlUrl=") == 8


def opml(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<opml version="2.0"><body>{inside}</body></opml>'.encode()


FEED = '<outline text="{name}" xmlUrl="https://{host}.example/rss"/>'
ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))


@pytest.mark.parametrize(
    ("list", "gives"),
    [
        (opml(FEED.format(name="&e11;", host="a"), f'<!DOCTYPE o [<!ENTITY e0 "ha">{ENTITIES}]>'), ["&e11;"]),
        (opml(FEED.format(name="&f;", host="a"), '<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), ["&f;"]),
        (opml('<outline text="g">' * 30_000 + FEED.format(name="Deep", host="a") + "</outline>" * 30_000), ["Deep"]),
        (opml("".join(FEED.format(name="P", host=f"p{at}") for at in range(2_001))), "The list has 2,001 feeds."),
        (opml('<outline text="' + '"a ' * 200_000), ['"a']),
        (opml("<outline " + 'a="b" ' * 200_000 + "/>"), []),
        (b"<opml>" + b" " * 50_000_000, "The list is larger than 2 MB."),
    ],
    ids=["entities of entities", "a file of this machine", "deep", "very many", "quotes", "attributes", "50 MB"],
)  # fmt: skip
def test_a_list_that_is_made_to_do_harm_costs_no_more_than_another(week, list, gives):
    began = time.process_time()
    found = offered(week.open, list)
    assert time.process_time() - began < 5
    if isinstance(found, str):
        assert found.startswith(gives)
    else:
        assert [one.name[: len(name)] for one, name in zip(found, gives, strict=True)] == gives
        assert all(len(one.name) <= 200 for one in found)


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e'


def test_nothing_of_a_feed_becomes_more_than_text(desk):
    text = (
        file(desk)
        .replace('"Otmoor Bulletin"', json.dumps(HOSTILE[:-1]))
        .replace(
            'area: "Milton Keynes"',
            f"area: {json.dumps(HOSTILE[:-1])}\n    status: paused\n    reason: {json.dumps(HOSTILE[:-1])}",
        )
    )
    (desk.folder / "feeds.yaml").write_text(text, "utf-8")
    with desk.open.changing() as workspace, workspace.store.archive.transaction() as db:
        db.execute("UPDATE articles SET title = ? WHERE feed = ?", [HOSTILE, OTMOOR])
        db.execute("UPDATE feed_states SET last_failure = ?, moved_to = 'javascript:alert(1)'", [HOSTILE])
    grid = "http://grid-square-news.example/rss"
    pages = [
        "/feeds",
        "/overview",
        "/feeds/import",
        *(page_of(url, *more) for url in (OTMOOR, grid) for more in ((), ("edit",))),
    ]
    reader = desk.reader()
    for address in pages:
        reader.get(address)
        assert reader.status == 200, address
        assert not reader.all("//script | //img | //@onerror | //*[starts-with(@href, 'javascript:')]"), (
            address
        )
    assert reader.get("/feeds").says("<script>alert(2)</script>")
    reader.get(page_of(OTMOOR)).press("Pause", reason=HOSTILE)
    assert reader.status == 200 and not reader.all("//script | //img")


# ── tried, and read at once ─────────────────────────────────────────────────────────────────────────────────────


class Net:
    """A fake of the way to the web, as `fetcher` gives it."""

    def __init__(self, answer):
        self.answer, self.is_closed = answer, False

    def __call__(self, request):
        return self.answer(request)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.is_closed = True


def test_an_address_is_tried_and_what_was_found_goes_into_the_form(desk, monkeypatch):
    from conftest import NOW
    from web import Web, html_page, rss

    story = "https://new.example/1", "Panel <script>alert(1)</script> questions the precept", NOW
    page = html_page(
        "Panel questions the precept", *["The police and crime panel met on Monday evening. " * 5] * 4
    )
    web = Web({"https://new.example/rss": rss(story), "https://new.example/1": page})
    monkeypatch.setattr("monitor.app.desk.feeds.feed_trial.fetcher", lambda *_: Net(web))
    reader = desk.reader().get("/feeds/try?address=https://new.example/rss").press("Try it")
    assert reader.status == 200 and reader.says("A feed with 1 entry, the newest of 16 November 2026")
    assert reader.says("name: Feed url: https://new.example/rss") and not reader.all("//script")
    assert reader.says("The police and crime panel met on Monday evening.") and reader.says(
        "By the rules as they are"
    )
    assert "new.example" not in file(desk), "nothing is changed"
    reader.follow("Add this feed")
    assert reader.all("//input[@name='url']/@value") == ["https://new.example/rss"]
    reader.get("/feeds/try").press("Try it", address="https://nowhere.example/")
    assert (
        reader.status == 200 and reader.says("the name does not resolve") and reader.says("Nothing was found")
    )
    reader.press("Try it", address="file:///etc/passwd")
    assert reader.status == 422 and reader.says("This is not a web address")


@pytest.mark.parametrize(
    ("typed", "tried"),
    (
        ("www.paper.example", "https://www.paper.example"),
        ("paper.example:8080/rss?of=police", "https://paper.example:8080/rss?of=police"),
        ("http://paper.example/", "http://paper.example/"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("javascript:alert(1.5)", "javascript:alert(1.5)"),
        ("user@paper.example", "user@paper.example"),
        ("paper", "paper"),
        ("The Thames Courier", "The Thames Courier"),
    ),
)
def test_an_address_as_people_type_it_is_put_in_full(typed, tried):
    assert in_full(typed) == tried


def test_no_private_address_is_tried(desk):
    """By the real fetcher, as everywhere: at each hop of a redirection (`test_fetch_guard.py`)."""
    text = file(desk).replace("allow_private_addresses: true", "allow_private_addresses: false")
    (desk.folder / "feeds.yaml").write_text(
        text.replace("proxy: http://127.0.0.1:47971", "proxy: null"), "utf-8"
    )
    for address in ("http://127.0.0.1:9/rss", "http://[::1]/", "http://169.254.169.254/latest/"):
        found = Trials().of(desk.open, address)
        assert (
            isinstance(found, ShownTrial)
            and found.tried.trouble == "the address is not on the public internet"
        )


def test_two_are_tried_at_once_and_one_that_takes_too_long_is_cut(desk, monkeypatch):
    import threading

    go_on, under_way = threading.Event(), []

    def slow(request):
        under_way.append(request.url)
        go_on.wait(10)
        raise SystemExit

    nets = []
    monkeypatch.setattr(
        "monitor.app.desk.feeds.feed_trial.fetcher", lambda *_: nets.append(Net(slow)) or nets[-1]
    )
    trials = Trials(seconds=0.01)
    for _ in range(2):
        found = trials.of(desk.open, "https://slow.example/")
        assert isinstance(found, TrialRefused) and "slow.example did not answer within 0 seconds" in found.why
    assert all(net.is_closed for net in nets)
    third = trials.of(desk.open, "https://slow.example/")
    assert third == TrialRefused("Two other addresses are being tried. Send this one again in half a minute.")
    go_on.set()


def at_once(work) -> None:
    work()


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_feed_is_read_at_once_and_what_came_of_it_is_told(desk, is_busy):
    readings = ReadingsNow()
    if is_busy:
        with alone(desk.data, Work.POLL):
            assert readings.begin(desk.open, COURIER, at_once) is None
        assert readings.of(COURIER).says.startswith("Another run is at work in ")
    else:
        assert readings.begin(desk.open, COURIER, at_once) is None
        assert "1 feed polled, 1 failed" in readings.of(COURIER).says  # the demo's server is gone
    assert readings.of(COURIER).ended is not None and not readings.of(COURIER).went_well


def test_one_feed_is_read_at_a_time(desk):
    readings, works = ReadingsNow(), []
    assert readings.begin(desk.open, COURIER, works.append) is None
    assert readings.begin(desk.open, COURIER, works.append) == "It is being read already."
    assert readings.begin(desk.open, OTMOOR, works.append).startswith("Another feed is being read.")
    reader = desk.reader()
    reader.app.extensions["feeds read now"] = readings
    assert (
        reader.get(page_of(COURIER)).says("It is being read, since")
        and reader.follow("Look again").status == 200
    )
    reader.press("Read this feed now")
    assert reader.says("It is being read already.")


def test_feeds_are_shown_while_the_index_cannot_be_read(desk, monkeypatch):
    bring_up(desk.folder, desk.data, desk.data / FILE, desk.open.config(), desk.open.clock)

    def broken(*_, **__):
        raise StoreError("The search index cannot be read.")

    monkeypatch.setattr(SearchIndex, "counts", broken)
    reader = desk.reader()
    assert reader.get("/feeds").status == 200 and reader.says("Towpath FM")
