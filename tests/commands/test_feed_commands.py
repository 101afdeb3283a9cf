"""The feed list's commands on a served site: what they say, and what feeds.yaml says afterwards."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from loopback import Answer, serve
from papers import quietly
from rules import FEW_TOPICS
from web import rss

from monitor.app.runs import poll
from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.model import FeedState, PollOutcome, PollResult
from monitor.store import Store

NOW = datetime.now(UTC)


def feed_of(server, days_old: float = 0.2) -> Answer:
    moment = NOW - timedelta(days=days_old)
    body = rss((server.url("/news/12345"), "Police precept to rise", moment))
    return Answer(body.replace(b"<title>Feed<", b"<title>Thames Courier | News<"))


def many_of(server) -> Answer:
    """A feed of 600 entries, the newest last."""
    stories = [(server.url(f"/news/{n}"), f"Story {n}", NOW - timedelta(hours=700 - n)) for n in range(600)]
    return Answer(rss(*stories))


def page(*links: str) -> Answer:
    return Answer(f"<html><head><title>Courier</title>{''.join(links)}</head><body></body></html>".encode())


def listing(server) -> Answer:
    return Answer(
        b"<html><head><title>Weekly News | Home</title></head><body>"
        + "".join(f"<h3><a href='/news/1234{n}'>Story {n} of the week</a></h3>" for n in "abcd").encode()
        + b"</body></html>"
    )


# Every command reads the four files. Nothing here is about phrases, and the default ones take half a second.


@pytest.fixture
def site(tmp_path):
    with serve({}) as server:
        write_defaults(tmp_path)
        (tmp_path / "feeds.yaml").write_text(
            "# mine\nnetwork: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true}\n"
            "feeds:\n"
            f"  - name: Old Gazette # since 1880\n    url: {server.url('/old')}\n"
            "    status: paused\n    reason: it closed in 2024\n"
            f"  - {{name: Post, url: '{server.url('/post')}', area: Berkshire}}\n"
        )
        (tmp_path / "topics.yaml").write_text(FEW_TOPICS)
        yield server, tmp_path


def run(folder, *arguments) -> int:
    return main(["--config", str(folder), "feeds", *arguments])


ALTERNATE = "<link rel='alternate' type='application/rss+xml' href='{}'>"


@pytest.mark.parametrize(
    "answers, path, code, said",
    [
        pytest.param(
            {"/rss": feed_of},
            "/rss",
            0,
            ["a feed with 1 entry, the newest of", "- name: Thames Courier"],
            id="a feed",
        ),
        pytest.param(
            {"/rss": lambda server: feed_of(server, 40)},
            "/rss",
            0,
            ["silent for 40 days"],
            id="a silent feed",
        ),
        pytest.param(
            {"/rss": lambda _: Answer(rss())}, "/rss", 1, ["a feed with 0 entries"], id="no entries"
        ),
        pytest.param(
            {"/": lambda server: page(ALTERNATE.format("/rss")), "/rss": feed_of},
            "/",
            0,
            ["not a feed (an HTML page, not a feed), but the page links these feeds: http", "/rss\n"],
            id="a page that links a feed",
        ),
        pytest.param(
            {
                "/crime/": lambda _: page(
                    ALTERNATE.format("/comments/feed/"),
                    ALTERNATE.format("/feed/"),
                    ALTERNATE.format("/crime/feed/"),
                ),
                "/comments/feed/": feed_of,
                "/feed/": feed_of,
                "/crime/feed/": feed_of,
            },
            "/crime/",
            0,
            ["/comments/feed/: a feed of readers' comments with 1 entry", "/crime/feed/\n"],
            id="a page that links three feeds: its own first, comments last",
        ),
        pytest.param(
            {"/": lambda _: page(*(ALTERNATE.format(f"/rss/{n}") for n in range(5))), "/rss/0": feed_of},
            "/",
            0,
            ["Not looked at: 2 more feeds: http", "/rss/3, http", "/rss/4."],
            id="a page that links more feeds than are looked at",
        ),
        pytest.param(
            {"/rss": lambda server: many_of(server)},
            "/rss",
            0,
            [
                "a feed with 500 entries",
                "    Not all of it is read: the newest 500 of its 600 entries are read.",
            ],
            id="a feed of more entries than are read",
        ),
        pytest.param(
            {"/news/": listing},
            "/news/",
            0,
            ["a page that links 4 articles", "kind: listing"],
            id="a page of links",
        ),
        pytest.param(
            {"/news/": listing, "/robots.txt": lambda _: Answer(b"User-agent: *\nDisallow: /news/")},
            "/news/",
            1,
            ["Nothing was found"],
            id="a page of links that robots.txt closes",
        ),
        pytest.param(
            {
                "/": lambda _: page(),
                "/robots.txt": lambda server: Answer(f"Sitemap: {server.url('/maps/news.xml')}".encode()),
                "/maps/news.xml": lambda server: Answer(
                    f"<urlset><url><loc>{server.url('/news/12345')}</loc><lastmod>{NOW.isoformat()}</lastmod></url></urlset>".encode()
                ),
            },
            "/",
            0,
            ["a sitemap with 1 entry", "kind: sitemap"],
            id="a site with a sitemap",
        ),
        pytest.param(
            {"/": lambda _: page(ALTERNATE.format("/rss")), "/rss": feed_of},
            "/feed",
            0,
            ["404 Not Found", "/rss: a feed with 1 entry"],
            id="an address that is not there, on a site that has a feed",
        ),
        pytest.param(
            {"/rss": lambda _: Answer(status=403)},
            "/rss",
            1,
            ["403 Forbidden: the site refuses us"],
            id="refused",
        ),
        pytest.param(
            {"/rss": feed_of, "/old-rss": lambda _: Answer(status=301, headers={"Location": "/rss"})},
            "/old-rss",
            0,
            ["it has moved to http", "url: http"],
            id="moved",
        ),
    ],
)
def test_what_an_address_gives(site, capsys, answers, path, code, said):
    server, folder = site
    server.answers |= {path: answer(server) for path, answer in answers.items()}
    assert run(folder, "try", server.url(path)) == code
    shown = capsys.readouterr().out
    assert [words for words in said if words not in shown] == []
    assert run(folder, "try", "--json", server.url(path)) == code
    record = json.loads(capsys.readouterr().out)
    assert record["target"] == server.url(path) and (record["yaml"] is None) is bool(code)


def test_what_is_proposed_can_be_pasted(site, capsys):
    server, folder = site
    server.answers |= {"/news/": listing(server)}
    run(folder, "try", "--json", server.url("/news/"))
    yaml = json.loads(capsys.readouterr().out)["yaml"]
    assert yaml == f"  - name: Weekly News\n    url: {server.url('/news/')}\n    kind: listing"
    (folder / "feeds.yaml").write_text((folder / "feeds.yaml").read_text() + yaml + "\n")
    assert main(["--config", str(folder), "check"]) == 0


def test_an_outlet_is_added_paused_and_resumed(site, capsys):
    server, folder = site
    server.answers["/rss"] = feed_of(server)
    text = (folder / "feeds.yaml").read_text()
    assert run(folder, "add", server.url("/rss"), "--name", "Courier", "--area", "Berkshire") == 0
    assert capsys.readouterr().out.endswith('Next: monitor poll "Courier"\n')
    added = text + f"  - name: Courier\n    url: {server.url('/rss')}\n    area: Berkshire\n"
    assert (folder / "feeds.yaml").read_text() == added
    assert run(folder, "pause", "courier", "--reason", "too noisy: all crime") == 0
    assert (
        folder / "feeds.yaml"
    ).read_text() == added + '    status: paused\n    reason: "too noisy: all crime"\n'
    assert run(folder, "resume", server.url("/rss")) == 0
    assert (folder / "feeds.yaml").read_text() == added
    assert main(["--config", str(folder), "poll", "Courier"]) == 0
    assert "1 new article." in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("add", "/post"), "stands in feeds.yaml already, as Post."),
        (("add", "/old"), "stands in feeds.yaml already, as Old Gazette and is paused: it closed in 2024."),
        (("add", "/none"), "Add it all the same with --anyway."),
        (("add", "nonsense"), "nonsense is not a web address"),
        (("pause", "Pots", "--reason", "why"), "Did you mean “Post”?"),
        (("pause", "Post", "--reason", "  "), "A pause wants a reason"),
        (("resume", "Nobody"), "No feed is called “Nobody”"),
        (("import", "no-such-file"), "no-such-file cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(site, capsys, arguments, said):
    server, folder = site
    before = (folder / "feeds.yaml").read_text()
    given = [server.url(word) if word.startswith("/") else word for word in arguments]
    assert run(folder, *given) == 1
    assert said in capsys.readouterr().err
    assert (folder / "feeds.yaml").read_text() == before


def test_a_feed_that_does_not_answer_yet_is_added_when_asked_for(site):
    server, folder = site
    assert run(folder, "add", server.url("/none"), "--name", "Later", "--anyway") == 0
    assert (
        (folder / "feeds.yaml")
        .read_text()
        .endswith(f"  - name: Later\n    url: {server.url('/none')}\n    verified: false\n")
    )


def test_resuming_what_is_not_paused_changes_nothing(site, capsys):
    assert run(site[1], "resume", "Post") == 0
    assert capsys.readouterr().out == "Post is not paused; nothing was changed.\n"


def test_a_poll_of_all_says_that_all_are_paused(site, capsys):
    assert run(site[1], "pause", "Post", "--reason", "moved") == 0
    assert main(["--config", str(site[1]), "poll", "--all"]) == 0
    assert (
        "Every feed that is asked for is paused; `monitor feeds list` says why.\n" in capsys.readouterr().out
    )


def test_a_list_is_exported_and_imported(site, capsys, tmp_path):
    server, folder = site
    assert run(folder, "export") == 0
    shown = capsys.readouterr()
    assert shown.err == "Left out: 1 paused feed.\n"
    opml = tmp_path / "list.opml"
    more = (
        "<outline text='Mail' xmlUrl='https://mail.example/rss'/>\n<outline xmlUrl='javascript:alert(1)'/>\n"
        "<outline text='Mail again' xmlUrl='http://www.MAIL.example/rss/'/>\n"
        f"<outline text='Old' xmlUrl='{server.url('/old')}'/>\n"
        "<outline text='Half' xmlUrl='https://half.example/?a=1&#38b=2'/></body>"
    )
    opml.write_text(shown.out.replace("</body>", more), "utf-8")
    assert run(folder, "import", str(opml)) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Left out: {server.url('/post')} (line 8): it stands in the list already",
        "Added: Mail (https://mail.example/rss)",
        "Left out: javascript:alert(1) (line 11): not a web address, or one with a password",
        "Left out: http://www.MAIL.example/rss/ (line 12): it stands in the list already",
        f"Left out: {server.url('/old')} (line 13): it stands in the list already, paused (it closed in 2024): "
        '`monitor feeds resume "Old Gazette"` reads it again',
        "Left out: https://half.example/?a=1&#38b=2 (line 14): a sign in its address is written in a way that XML "
        "does not know",
        "1 feed added, 5 left out.",
    ]
    assert (
        (folder / "feeds.yaml")
        .read_text()
        .endswith("  - name: Mail\n    url: https://mail.example/rss\n    verified: false\n")
    )


def test_a_file_that_is_too_large_for_a_list_is_not_read(site, capsys, tmp_path):
    opml = tmp_path / "list.opml"
    opml.write_bytes(b" " * 5_000_001)
    assert run(site[1], "import", str(opml)) == 1
    assert capsys.readouterr().err == f"{opml} is larger than 5 MB, which no list of feeds is.\n"


def test_the_list_says_what_a_person_could_do(site, capsys):
    server, folder = site
    server.answers |= {"/post": Answer(status=301, headers={"Location": "/rss"}), "/rss": feed_of(server)}
    assert main(["--config", str(folder), "poll"]) == 0
    capsys.readouterr()
    assert run(folder, "list", "--json") == 0
    post = json.loads(capsys.readouterr().out.splitlines()[1])
    there = server.url("/rss")
    assert post["moved_to"] == there
    assert post["advice"] == f"Moved: it has moved to {there}; put that address into feeds.yaml."
    server.answers["/rss"] = Answer(status=500)
    main(["--config", str(folder), "poll", "--all"])
    capsys.readouterr()
    run(folder, "list")
    assert "Nothing to do yet: it is asked again from" in capsys.readouterr().out


def test_the_list_says_what_of_a_feed_is_not_read(site, capsys):
    server, folder = site
    list_file = folder / "feeds.yaml"
    list_file.write_text(list_file.read_text().replace("feeds:", "defaults: {article: feed}\nfeeds:"))
    server.answers["/post"] = many_of(server)
    assert main(["--config", str(folder), "poll"]) == 0
    for _ in range(2):
        capsys.readouterr()
        run(folder, "list")
        said = "    Not all of it is read: the newest 500 of its 600 entries are read.\n"
        assert said in capsys.readouterr().out
        main(["--config", str(folder), "poll", "--all"])  # unchanged, and still so
    server.answers["/post"] = feed_of(server)
    main(["--config", str(folder), "poll", "--all"])
    capsys.readouterr()
    run(folder, "list")
    assert "Not all" not in capsys.readouterr().out


LEFT = "left for the next poll, as www.post.example twice did not answer in time"


@pytest.mark.parametrize(
    "before, listed",
    [
        pytest.param({}, f"not read yet; {LEFT}", id="never read"),
        pytest.param(
            {
                "last_success": datetime(2026, 11, 16, 7, tzinfo=UTC),
                "last_new": datetime(2026, 11, 16, tzinfo=UTC),
            },
            f"read Monday 16 November 2026, 07:00, newest entry 16 November 2026; {LEFT}",
            id="well until now",
        ),
        pytest.param(
            {"last_failure": "no answer within 20 s", "failures": 0.25},
            f"failing: no answer within 20 s; it has never been read; {LEFT}",
            id="failing before",
        ),
    ],
)
@pytest.mark.parametrize("hours, needs", [(1, False), (25, True)], ids=["for an hour", "for more than a day"])
def test_a_feed_that_was_left_is_said_as_such_and_needs_a_person_when_no_poll_reaches_it(
    site, capsys, before, listed, hours, needs
):
    server, folder = site
    url, since = server.url("/post"), datetime.now(UTC) - timedelta(hours=hours)
    why = "www.post.example twice did not answer in time"
    with Store.open(folder / "data" / "archive.db") as store:
        outcome = PollOutcome(feed=url, at=since, result=PollResult.LEFT, reason=why)
        store.feeds.save_poll(outcome, FeedState(url=url, left=why, left_since=since, **before), [])
    assert run(folder, "list", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[1])["state"] == listed
    main(["--config", str(folder), "status"])
    said = capsys.readouterr().out
    assert f"{LEFT[0].upper()}{LEFT[1:]}: Post.\n" in said
    assert ("Needs a person: 1 feed left by every poll since" in said) is needs


def test_status_tells_of_a_move_and_needs_a_person_only_after_a_day_of_410(site, capsys, monkeypatch):
    server, folder = site
    server.answers["/post"] = Answer(status=410)
    main(["--config", str(folder), "poll"])
    capsys.readouterr()
    main(["--config", str(folder), "status"])
    assert "gone for good" not in capsys.readouterr().out
    later = datetime.now(UTC) + timedelta(hours=25)
    poll(folder, folder / "data", everything=True, names=(), progress=quietly, clock=lambda: later)
    monkeypatch.setattr("monitor.app.workspace.utc_now", lambda: later)
    assert main(["--config", str(folder), "status"]) == 1
    assert "that it is gone for good. Run `monitor feeds try http" in capsys.readouterr().out


BAD_HOURS = {
    "the server is in trouble": Answer(status=503),
    "it says it is gone": Answer(status=410),
}


@pytest.mark.parametrize("has_answered", [True, False], ids=["a feed that was read", "one that never was"])
@pytest.mark.parametrize("answer", BAD_HOURS.values(), ids=BAD_HOURS)
def test_status_needs_nobody_for_one_bad_hour(site, capsys, monkeypatch, answer, has_answered):
    server, folder = site
    coming = f"meetings:\n  - {(datetime.now(UTC) + timedelta(days=60)):%Y-%m-%d}"
    panel = folder / "panel.yaml"
    panel.write_text(panel.read_text("utf-8").replace("meetings:", coming, 1), "utf-8")
    began = datetime.now(UTC)

    def status_after(hours: float) -> int:
        monkeypatch.setattr("monitor.app.workspace.utc_now", lambda: began + timedelta(hours=hours))
        return main(["--config", str(folder), "status"])

    def poll_after(hours: float) -> None:
        now = began + timedelta(hours=hours)
        poll(folder, folder / "data", everything=True, names=(), progress=quietly, clock=lambda: now)

    server.answers["/post"] = feed_of(server) if has_answered else answer
    poll_after(0)
    assert status_after(0.1) == 0
    server.answers["/post"] = answer
    for hours in (0.2, 0.4, 0.6, 0.8, 1.0):
        poll_after(hours)
    assert status_after(1.1) == 0, capsys.readouterr().out
    poll_after(4 * 24)
    assert status_after(4 * 24 + 0.1) == 1, "but for days it is told"
