"""The desk where something is in its way: folders that cannot be written, a disk without room, another desk, an archive
that is put in place of the open one, clients that dribble."""

import resource
import signal
import socket
import time
from contextlib import ExitStack, contextmanager

import pytest
from desks import WeekDesk, copied
from rights import bound_by_modes
from served import ask, served

from monitor.app.backups import backup
from monitor.app.desk.report.review import review
from monitor.app.restoring import restore
from monitor.desk.serving import THREADS

PAGES = ("/", "/history", "/search?q=police", "/where?q=police", "/rules", "/rules/list/bodies/force", "/feeds", "/overview", "/documents", "/issue")  # fmt: skip


@pytest.fixture
def shut(desk_week, tmp_path):
    """A desk whose files may be read only."""
    desk = copied(desk_week[0], tmp_path / "week", desk_week[1])
    everything = [desk.folder, *desk.folder.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    with bound_by_modes():
        yield desk
    for path in everything:
        path.chmod(0o755)


@contextmanager
def no_room():
    """Nothing more fits on the disk: no file may grow."""
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def changes(reader):
    """What a person would do, by page: the form as it is filled, and what is said."""
    story = reader.get("/").all("//input[@name='story']/@value")[0].split(" ")[0]
    token = reader.all("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token}
    yield "drop", reader.post(f"/story/{story}/drop", sent)
    yield "document", reader.post("/documents", sent)
    yield "phrase", reader.post("/rules/list/bodies/force/add", {**sent, "phrase": "the county force"})
    yield "feed", reader.post("/feeds/add", {**sent, "name": "New", "url": "https://new.example/rss"})


def said(reader) -> str:
    return " ".join(reader.all("//main")[0].text_content().split())


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_shown_and_whoever_changes_something_is_told(shut):
    reader = shut.reader()
    for page in PAGES:
        assert reader.get(page).status == 200, page
    told = {what: (answer.status, said(answer)) for what, answer in changes(reader)}
    status, words = told.pop("feed")
    assert (
        status == 422 and f"nothing can be written in the folder {shut.folder} (Permission denied)" in words
    )
    for what, (status, words) in told.items():
        assert (
            status == 503 and f"The data folder {shut.data} cannot be written: Permission denied." in words
        ), what


@pytest.mark.slow
def test_a_disk_without_room_is_told_and_nothing_is_half(desk):
    reader, before = desk.reader(), {path: path.read_bytes() for path in desk.folder.glob("*.yaml")}
    for page in PAGES:
        reader.get(page)
    told = []
    with no_room():
        told += [(page, reader.get(page).status, "") for page in PAGES]
        told += [(what, answer.status, said(answer)) for what, answer in changes(reader)]
    assert {path: path.read_bytes() for path in desk.folder.glob("*.yaml")} == before
    assert [(what, status) for what, status, _ in told] == [
        *((page, 200) for page in PAGES),
        ("drop", 503),
        ("document", 503),
        ("phrase", 503),
        ("feed", 422),
    ]
    drop, document, phrase, feed = (words for _, _, words in told[-4:])
    assert "there is no room left on its disk. Make room." in drop and drop == document
    assert "cannot be written" in phrase and "cannot be written" in feed
    assert reader.get("/").press("Drop: ").status == 200, "there is room again"


def test_two_desks_on_one_folder_see_each_others_changes_and_overwrite_none(desk):
    one, other = desk.reader().get("/"), WeekDesk(desk.folder, desk.open.config()).reader().get("/")
    first = one.all("//section[@aria-labelledby='report']//h3")[0].text_content().split(". ", 1)[-1].strip()
    one.press(f"Later: {first}")
    other.press(f"Drop: {first}")
    assert other.status == 409 and other.says("This was changed meanwhile")
    assert other.get("/history").says("put off to the next report")
    assert not other.get("/").all(f"//section[@aria-labelledby='report']//h3[contains(., '{first}')]")


def test_an_archive_that_is_restored_under_an_open_desk_is_what_it_shows_and_changes(desk):
    reader = desk.reader().get("/")
    kept = backup(desk.folder, desk.data, clock=desk.open.clock).path
    reader.press("Drop: ")
    assert review(desk.open).undone == 1
    restore(desk.folder, desk.data, kept, clock=desk.open.clock)
    assert reader.get("/").status == 200 and review(desk.open).undone == 0
    assert reader.get("/history").says("Nothing was said yet.")
    reader.get("/").press("Drop: ")
    assert reader.status == 200 and review(desk.open).undone == 1
    assert reader.get("/search?q=police").status == 200


def test_clients_that_dribble_keep_nobody_waiting(week):
    with served(week.application()) as port, ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(60)]
        for each in slow:
            each.sendall(b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n")
        for letter in (b"X", b"-", b"A"):
            for each in slow:
                each.sendall(letter)
            began = time.monotonic()
            assert ask(port, "/history").status == 200
            assert time.monotonic() - began < 5


@pytest.mark.slow
def test_who_reads_a_long_page_slowly_keeps_no_thread(week):
    with served(week.application()) as port, ExitStack() as stack:
        for _ in range(THREADS * 3):
            each = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            each.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")  # and never reads
        assert ask(port, "/history").status == 200
