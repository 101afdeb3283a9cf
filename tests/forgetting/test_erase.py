"""An article, an address or a name erased everywhere: afterwards no file of the data folder holds it, in whatever
form."""

import shutil
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from conftest import NOW, article
from papers import COURIER, PRECEPT, draft, papers_config, quietly
from web import Web, html_page, rss
from where import ROOT

from monitor import pipeline
from monitor.app.archives import archive_of
from monitor.app.desk.search.indexing import bring_up
from monitor.app.erasing import erased_from, erasure_lines, found_in
from monitor.app.installed import Installed
from monitor.app.locks import Work, alone
from monitor.app.workspace import ARCHIVE, Workspace
from monitor.errors import Busy, InputError
from monitor.forgetting.erased import MARK
from monitor.forgetting.inside import inside
from monitor.model import (
    Decision,
    EntryName,
    FeedState,
    Learned,
    Message,
    MessageState,
    PageCheck,
    PollOutcome,
    PollResult,
    Revision,
    Run,
    Said,
    Window,
)
from monitor.pipeline.erase import Wanted
from monitor.reading.urls import article_id, normalise
from monitor.reporting.edition.record import edition_record, learned_record, read_edition
from monitor.settings import Backups, DeliverTo, Mail
from monitor.store import Store
from monitor.store.forgetting import Forgetting
from monitor.store.moving import copied
from monitor.store.search import FILE, open_to_ask

HER = "Zoë Quillfeather"
SECRET = ("quillfeather", "ledger-scandal")  # a word of her name, and one of the article's address
URL = "https://courier.example/news/ledger-scandal"
TITLE = "Treasurer Zoë Quillfeather and the police precept’s missing ledger"
LATER = NOW + timedelta(days=3)

STORY = article(
    article_id(normalise(URL)),
    url=URL,
    title=TITLE,
    paragraphs=(*PRECEPT, "Zoe QUILLFEATHER’s ledger was missing, the Police and Crime Panel was told."),
    page_title=TITLE,
)
COPY = article(
    "0123456789ab",
    url="https://gazette.example/precept",
    outlet="Kennet Gazette",
    title="Police precept: where the ledger of the Thames Valley commissioner went",
    paragraphs=PRECEPT,
)
SURNAME = article("surname", title="Ms Quillfeather’s garden", paragraphs=("Roses.",))
OTHER = article("other", title="Fete raises £412", paragraphs=("Cakes.",))
STORED = (STORY, COPY, SURNAME, OTHER)
MAIL = Mail(sender="m@desk.example", recipients=("o@desk.example",), eml_folder="outbox")


EMAIL = b"Subject: x\r\nFrom: y\r\n\r\n" + TITLE.encode()


def filled(folder, config):
    """A data folder in which she stands wherever anybody may be named."""
    with Store.open(folder / ARCHIVE) as store:
        outcome = PollOutcome(feed=COURIER.url, at=NOW, result=PollResult.FAILED, reason=f"it says “{HER}”")
        state = FeedState(url=COURIER.url, last_failure=f"404 for {TITLE}")
        names = [EntryName(feed=COURIER.url, entry=f"{URL}?guid=1", article=STORY.id)]
        store.feeds.save_poll(outcome, state, STORED, names=names)
        store.articles.save_check(
            PageCheck(article=COPY.id, at=NOW, unread=f"{HER} stands in the way"),
            Revision(article=COPY.id, at=NOW, what=f"it names {HER}", title=TITLE, paragraphs=("x", TITLE)),
        )
        drafted = draft(store, config, folder / "drafts", formats=("docx", "html", "md", "json"))
        decision = Decision(
            said=Said.KEPT, edition=1, story=STORY.id, drafted=TITLE, articles=(STORY.id,), heading="A ledger",
            excerpt=("She took it.",), note=("She took it.",),
        )  # fmt: skip
        learned = Learned(edition=1, learned=NOW, digest="d", decisions=(decision,))
        store.decisions.keep(learned, learned_record(learned))
        with store.archive.transaction() as db:  # she decided, took back and issued
            db.execute("UPDATE decisions SET by = ?, withdrawn_by = ?", [HER, HER])
            db.execute("UPDATE editions SET issued_by = ?", [HER])
        store.runs.record(Run(job="take", started=NOW, ended=NOW, ok=True, summary=f"Taken: “{TITLE}”."))
    written = folder / "drafts" / drafted.documents[0].name
    shutil.copy(written, folder / "my own copy.docx")
    (folder / "outbox").mkdir()
    (folder / "outbox" / "topical-issues.1.eml").write_bytes(EMAIL)
    (folder / "drafts" / ".topical-issues-draft-1.docx.part").write_text("half")
    (folder / "monitor.log").write_text(f"kept\nValueError: {TITLE!a}\nZOË QUILLFEATHER\nkept too\n")
    (folder / "backups").mkdir()
    shutil.copy(folder / ARCHIVE, folder / "backups" / "archive-2026-11-16.db")
    bring_up(ROOT, folder, folder / FILE, config)


@pytest.fixture(scope="module")
def config():
    made = papers_config()
    return replace(made, panel=replace(made.panel, deliver_to=DeliverTo.BOTH, mail=MAIL))


@pytest.fixture(scope="module")
def pattern(tmp_path_factory, config):
    folder = tmp_path_factory.mktemp("office") / "data"
    filled(folder, config)
    return folder


@pytest.fixture
def office(pattern, tmp_path, config, engine):
    data = tmp_path / "data"
    shutil.copytree(pattern, data)
    if engine:
        onto_server(data)
    with Store.open(archive_of(data)) as store:
        yield Workspace(config, store, data, ROOT)


def onto_server(data):
    with Store.open(data / ARCHIVE) as file, Store.open(archive_of(data)) as store:
        copied(file.archive, store.archive)
    for left in (*data.glob(f"{ARCHIVE}*"), *data.glob(f"{FILE}*")):
        left.unlink()


def leaks(folder, words=SECRET):
    """Every file that holds one of the words, in its bytes or in what it packs; of an archive on a server every table, also
    of its index."""
    where = archive_of(folder)
    found = [] if where == folder / ARCHIVE else on_server(where, words)
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            texts = (content.decode("utf-8", "replace"), *inside(content).texts, path.name)
            found += [path.name for word in words if any(word in text.lower() for text in texts)]
    return sorted(set(found))


def on_server(where, words):
    with psycopg.connect(where.address) as connection:
        tables = connection.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE starts_with(schemaname, %s)",
            (where.schema,),
        ).fetchall()
        return [
            table
            for (table,) in tables
            for (row,) in connection.execute(f"SELECT one::text FROM {table} AS one")
            if any(word in row.lower() or word.encode().hex() in row for word in words)
        ]


def erase(office, *, copies=True, **wanted):
    return erased_from(Installed.of_one(office), Wanted(**wanted), lambda: LATER, with_copies=copies)


@pytest.mark.slow
def test_before_she_stands_in_every_kind_of_file(office):
    assert {path.partition(".")[2] for path in leaks(office.data)} >= {
        "db",
        "docx",
        "html",
        "json",
        "md",
        "log",
    }


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_and_in_the_tables_of_a_server(office):
    rooms = {
        table.rpartition(".")[2]
        for table in leaks(with_email(office).data)
        if table.startswith(office.store.archive.schema)
    }
    assert rooms >= {"articles", "decisions", "editions", "messages", "polls", "runs", "feed_states"}


def test_the_search_index_holds_her_and_goes_whole(office):
    """Also what a desk made anew while the archive still held her."""
    assert FILE in leaks(office.data)
    reader = open_to_ask(office.data / FILE, "")
    erase(office, targets=("surname",))
    assert not list(office.data.glob(f"{FILE}*"))
    reader.close()


@pytest.mark.on_both
@pytest.mark.slow
def test_an_index_that_a_desk_makes_meanwhile_goes_too(office, monkeypatch, config):
    indexed = Forgetting.erase

    def made_anew(*parts):
        assert not (office.data / FILE).exists()
        bring_up(ROOT, office.data, office.data / FILE, config)
        indexed(*parts)

    monkeypatch.setattr(Forgetting, "erase", made_anew)
    erase(office, names=(HER,), targets=("surname",))
    assert leaks(office.data) == []


def test_what_would_go_is_shown_and_nothing_is_touched(office):
    before = {path: path.read_bytes() for path in office.data.rglob("*") if path.is_file()}
    shown = found_in(Installed.of_one(office), Wanted(names=(HER,)), lambda: LATER)
    assert list(shown.lines())[0] == f"Article {STORY.id}: Thames Courier, {TITLE}"
    assert "  surname: Thames Courier, Ms Quillfeather’s garden" in shown.lines()
    assert f"File: {office.data / 'my own copy.docx'}" in shown.lines()
    assert list(shown.lines())[-1].startswith("Would be erased: 1 article, 1 draft rewritten, 1 decision")
    assert {path: path.read_bytes() for path in office.data.rglob("*") if path.is_file()} == before


def with_email(office):
    """An e-mail that nobody has yet: to compose it anew costs a second, so only where it matters."""
    with office.store.archive.transaction() as db:
        db.execute(
            "INSERT INTO messages (id, edition, composed, content, state, detail, doubts) "
            "VALUES ('<m@x>', 1, ?, ?, 'composed', ?, 0)",
            [NOW.isoformat(), EMAIL, f"no answer about {HER}"],
        )
    return office


@pytest.mark.on_both
def test_of_a_name_no_file_of_the_data_folder_holds_anything(office):
    done = erase(with_email(office), names=(HER,), targets=("surname",))
    assert done.is_whole
    assert leaks(office.data) == []  # beside the open archive, so its WAL too
    assert office.store.articles.unseen(one.id for one in STORED) == {STORY.id, "surname"}


@pytest.mark.on_both
def test_of_an_article_by_its_address_nothing_is_left_and_the_rest_stays(office):
    erase(office, targets=("http://www.courier.example/news/ledger-scandal/?utm_source=x",))
    assert leaks(office.data, ("ledger-scandal", STORY.id)) == []
    assert [one.id for one in office.store.articles.named(one.id for one in STORED)] == sorted(
        (COPY.id, "other", "surname")
    )
    assert office.store.articles.get(COPY.id) == COPY


def test_an_article_goes_by_its_id(office):
    erase(office, targets=(STORY.id,))
    assert leaks(office.data, ("ledger-scandal", STORY.id)) == []


@pytest.mark.on_both
def test_the_record_of_the_draft_is_read_and_marked(office):
    was = read_edition(office.store.editions.record(1))
    erase(office, names=(HER,))
    now = read_edition(office.store.editions.record(1))
    assert (was.erased, now.erased) == (None, LATER.date())
    assert len(now.items) == len(was.items)
    assert [item.heading for item in now.items if item.heading == MARK] == [MARK]
    assert now.basis.window == was.basis.window


@pytest.mark.on_both
def test_an_email_that_nobody_has_yet_is_composed_anew_without_her(office):
    erase(with_email(office), names=(HER,))
    (message,) = office.store.editions.messages()
    assert message.state is MessageState.COMPOSED
    assert message.detail == MARK
    said = "\n".join(inside(message.content).texts)
    assert "Quillfeather" not in said and MARK in said


def test_its_notes_say_what_the_earlier_draft_says_now(office):
    """Draft 2 lost her item, and its notes name what went since draft 1: as that is when both are written anew."""
    first = read_edition(office.store.editions.record(1))
    basis = replace(first.basis, included=0, further=0, stories=first.basis.stories - first.basis.included)
    second = replace(
        first,
        number=2,
        made=LATER,
        items=(),
        further=(),
        basis=replace(basis, window=Window(since=None, until=LATER)),
    )
    message = Message(id="<n@x>", edition=2, composed=LATER, content=EMAIL)
    office.store.editions.keep(second, edition_record(second), message)
    erase(office, names=(HER,))
    said = "\n".join(inside(office.store.editions.messages()[0].content).texts)
    assert MARK in said and "Quillfeather" not in said


def test_where_no_mail_is_sent_any_more_its_content_goes(office):
    config = replace(office.config, panel=replace(office.config.panel, mail=None))
    erase(replace(with_email(office), config=config), names=(HER,))
    (message,) = office.store.editions.messages()
    assert (message.content, message.detail) == (b"", "its content was erased before it was sent")


def test_a_log_keeps_its_other_lines(office):
    erase(office, names=(HER,))
    assert (office.data / "monitor.log").read_text() == f"kept\n{MARK}\n{MARK}\nkept too\n"


def test_a_copy_of_the_archive_stays_and_is_named_until_it_is_said_that_it_goes(office):
    done = erase(office, copies=False, names=(HER,))
    copy = office.data / "backups" / "archive-2026-11-16.db"
    assert copy.exists()
    assert (
        f"Copy of the archive: {copy} stays, and may hold it: make a new one, then delete it" in done.lines()
    )


def test_a_backup_in_another_folder_is_named_too_and_what_is_others_there_is_not_looked_at(office, tmp_path):
    shelf = tmp_path / "another disk"
    shelf.mkdir()
    backup, others = shelf / "topical-issues-20261116T070000Z.zip", shelf / "minutes.txt"
    backup.write_bytes(b"PK")
    others.write_text(HER)
    panel = replace(office.config.panel, backups=Backups(folder=str(shelf)))
    office = replace(office, config=replace(office.config, panel=panel))
    assert backup in erase(office, copies=False, names=(HER,)).files.copies
    assert backup.exists() and others.exists()
    erase(office, names=(HER,))
    assert not backup.exists() and others.read_text() == HER


def test_what_people_wrote_stays_and_is_named(office, tmp_path):
    theirs = tmp_path / "config"
    theirs.mkdir()
    for name, text in (("topics.yaml", f"# not {HER}"), ("feeds.yaml", "x"), ("topics.yaml.2026-11-01", HER)):
        (theirs / name).write_text(text)
    done = erase(replace(office, config_folder=theirs), names=(HER,))
    said = [
        f"It stands in {theirs / name} too, which is yours"
        for name in ("topics.yaml", "topics.yaml.2026-11-01")
    ]
    assert [line.partition(" and stays")[0] for line in done.lines() if "which is yours" in line] == said
    assert done.record()["yours"] == [
        str(theirs / name) for name in ("topics.yaml", "topics.yaml.2026-11-01")
    ]
    assert HER in (theirs / "topics.yaml").read_text()


@pytest.mark.on_both
def test_what_was_done_is_kept_and_not_what(office):
    erase(office, names=(HER,))
    (note,) = office.store.forgetting.erasures()
    assert (note.at, note.rewritten) == (LATER, True)
    assert note.counts["articles"] == note.counts["editions"] == note.counts["decisions"] == 1
    said = "\n".join(erasure_lines([note]))
    assert "1 article, 1 draft rewritten, 1 decision rewritten" in said


def feed_with(url, title, link=None):
    page = html_page(title, *STORY.paragraphs)
    feed = rss((link or url, title, NOW)).replace(
        b"<pubDate>", f"<guid>{URL}?guid=1</guid><pubDate>".encode()
    )
    return Web({COURIER.url: feed, url: page, link or url: page})


@pytest.mark.parametrize(
    "url, title, new",
    [
        (URL, TITLE, 0),
        (f"{URL}/?utm_medium=rss", TITLE, 0),
        (URL, "Another headline altogether", 0),
        ("https://courier.example/news/moved-to", TITLE, 0),
    ],
    ids=["as it was", "another spelling", "another headline", "another address under its own id"],
)
@pytest.mark.slow
def test_what_was_erased_does_not_come_back_with_the_next_poll(office, url, title, new):
    erase(office, names=(HER,))
    outcomes = pipeline.poll(
        office.store, feed_with(url, title), office.config.network, [COURIER], LATER, quietly
    )
    assert [outcome.new for outcome in outcomes] == [new]
    assert leaks(office.data, ("ledger-scandal",)) == []


@pytest.mark.slow
def test_another_story_of_its_feed_comes(office):
    erase(office, names=(HER,))
    web = Web({COURIER.url: rss(("https://courier.example/news/2", "Two", NOW))})
    outcomes = pipeline.poll(office.store, web, office.config.network, [COURIER], LATER, quietly)
    assert [outcome.new for outcome in outcomes] == [1]


@pytest.mark.on_both
@pytest.mark.slow
def test_a_page_that_is_found_to_be_it_is_not_stored(office):
    """The feed links it under an address that leads there."""
    erase(office, targets=(URL,))
    short = "https://s.example/x"
    web = Web(
        {COURIER.url: rss((short, TITLE, NOW)), URL: html_page(TITLE, *STORY.paragraphs)}, moved={short: URL}
    )
    outcomes = pipeline.poll(office.store, web, office.config.network, [COURIER], LATER, quietly)
    assert [outcome.new for outcome in outcomes] == [0]


def test_an_address_that_is_not_stored_yet_is_kept_out(office):
    erase(office, targets=("https://courier.example/news/to-come",))
    web = Web({COURIER.url: rss(("https://courier.example/news/to-come", "To come", NOW))})
    outcomes = pipeline.poll(office.store, web, office.config.network, [COURIER], LATER, quietly)
    assert [outcome.new for outcome in outcomes] == [0]


@pytest.mark.slow
def test_of_many_alerts_on_one_page_only_the_erased_one_is_kept_out(tmp_path, config):
    page = "https://alerts.example/latest"
    alerts = {
        "Burglars in Wantage": "Sheds were broken into overnight and tools were taken from three of them.",
        "Flood warning lifted": "Water on the lower meadow has gone down since Tuesday, wardens report today.",
        "Missing bicycle found": "Children brought home what had stood behind an old mill all summer long.",
    }
    first, second, third = alerts
    stored = [
        article(id, url=page, title=title, paragraphs=(alerts[title],))
        for id, title in ((article_id(normalise(page)), first), ("two", second))
    ]
    with Store.open(tmp_path / "data" / ARCHIVE) as store:
        read = PollOutcome(feed=COURIER.url, at=NOW, result=PollResult.NEW)
        store.feeds.save_poll(read, FeedState(url=COURIER.url), stored)
        erase(Workspace(config, store, tmp_path / "data", ROOT), targets=(stored[0].id,))
        assert store.articles.unseen(["two"]) == frozenset()
        for title, new in ((first, 0), (second, 0), (third, 1)):
            body = rss((page, title, NOW)).replace(b"In short: " + title.encode(), alerts[title].encode())
            web = Web({COURIER.url: body, page: b""})
            (outcome,) = pipeline.poll(store, web, config.network, [COURIER], LATER, quietly)
            assert (title, outcome.new) == (title, new)


@pytest.mark.parametrize(
    "wanted, said",
    [
        (Wanted(targets=("nonsense",)), "No stored article has the id nonsense; nothing was changed."),
        (Wanted(names=("-",)), "“-” is no name that can be looked for: write it in full"),
    ],
)
def test_what_is_none_is_a_mistake(office, wanted, said):
    with pytest.raises(InputError) as found:
        found_in(Installed.of_one(office), wanted, lambda: LATER)
    assert said in str(found.value)


@pytest.mark.parametrize("work", Work)
def test_nothing_is_touched_while_anything_else_is_at_work(office, work):
    with alone(office.data, work), pytest.raises(Busy):
        erase(office, names=(HER,))
    assert office.store.articles.get(STORY.id) == STORY


class Killed(BaseException):
    pass


@pytest.mark.on_both
@pytest.mark.parametrize("step", ["erase", "finish"])
@pytest.mark.slow
def test_killed_in_between_it_is_done_when_it_is_said_again(office, step, monkeypatch):
    """Before the archive's one step nothing is said to be done; after it only the file is to be written anew."""

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Forgetting, step, killed)
        erase(office, names=(HER,), targets=("surname",))
    assert len(office.store.forgetting.erasures()) == (step == "finish")
    targets = ("surname",) if step == "erase" else ()
    erase(office, names=(HER,), targets=targets)
    assert leaks(office.data) == []


@pytest.mark.on_both
def test_half_an_erasure_is_none(office, monkeypatch):
    """The archive's step fails in its last statement: all of it is as it was."""
    record = office.store.editions.record(1)
    monkeypatch.setattr("monitor.pipeline.erase.compose", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(with_email(office), names=(HER,))
    assert office.store.articles.get(STORY.id) == STORY
    assert office.store.editions.record(1) == record
    assert office.store.forgetting.erasures() == ()
