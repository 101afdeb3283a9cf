"""Every command over an archive, feeds and servers whose every text holds what a terminal obeys: none of it gets
out."""

import io
import sys
from datetime import UTC, datetime, timedelta

import pytest
from conftest import article
from loopback import Answer, serve
from papers import PRECEPT
from test_first_words import COMMANDS
from web import html_page, rss

from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.model import FeedState, PollOutcome, PollResult
from monitor.reading.urls import article_id, normalise
from monitor.store import Store
from monitor.terminal import UNFIT

BAD = "\x1b]0;gotcha\x07\x1b[2J\x9b31m\u202egnp.exe\x7f\r"
YAML = "\\e[2J\\x9b31m\\u202egnp.exe"  # as a quoted text of YAML may hold it
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    with serve({}) as server:
        story = server.url("/news/precept")
        feed = rss((story, "Police precept to rise", NOW - timedelta(hours=3)))
        server.answers |= {
            "/rss": Answer(feed.replace(b"precept to rise<", f"precept{BAD[-12:]} to rise<".encode())),
            "/to": Answer(b"", 301, {"Location": "/gone\x1b[2J\x9b31m"}),
            "/gone": Answer(b"", 404),
            "/moved": Answer(b"", 301, {"Location": "/rss\x1b\x07m"}),
            "/rss%1B%07m": Answer(feed),
            "/news/precept": Answer(html_page(f"Police precept{BAD} to rise", *PRECEPT)),
            "/robots.txt": Answer(f"Sitemap: /map{BAD}.xml\nSitemap: http://x{BAD}/".encode()),
            "/odd": Answer(b"{}", 200, {"Content-Type": "text/\x1b[2Jhtml"}),
        }
        (folder / "feeds.yaml").write_text(
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true, spacing: 0s}\n"
            "feeds:\n"
            f"  - {{name: Courier, url: '{server.url('/rss')}', area: Berkshire}}\n"
            f"  - {{name: Post, url: '{server.url('/to')}'}}\n"
            f"  - {{name: Moved, url: '{server.url('/moved')}'}}\n"
            f"  - {{name: Old, url: '{server.url('/old')}', status: paused, reason: closed}}\n"
        )
        write_defaults(folder)
        (folder / "bad").mkdir()
        (folder / "bad" / "feeds.yaml").write_text(
            f'feeds:\n  - {{name: "Courier {YAML}", url: "x{YAML}"}}\n'
        )
        (folder / "list.opml").write_text(
            f"<opml><body><outline text='Paper \u202e' xmlUrl='{server.url('/x')}\u202e'/></body></opml>"
        )
        (folder / f"stories{BAD[:5].replace('/', '')}.jsonl").write_text("{}\n")
        url = f"https://courier.example/{BAD}"
        stored = article(
            article_id(normalise(url)), url=url, outlet=f"Courier {BAD}", title=f"Police precept {BAD}",
            paragraphs=(*PRECEPT, BAD), text_reason=BAD, first_seen=NOW - timedelta(hours=1),
            published=NOW - timedelta(hours=2),
        )  # fmt: skip
        old = article("0123456789ab", title=f"Old {BAD}", published=NOW - timedelta(days=400), first_seen=NOW)
        state = FeedState(
            url=server.url("/to"), last_failure=BAD, failures=9.0, moved_to=f"http://x/{BAD}",
            last_poll=NOW, last_success=NOW - timedelta(days=9),
        )  # fmt: skip
        outcome = PollOutcome(feed=server.url("/to"), at=NOW, result=PollResult.FAILED, reason=BAD)
        (folder / "data").mkdir()
        with Store.open(folder / "data" / "archive.db") as store:
            store.feeds.save_poll(outcome, state, [stored, old])
        yield folder, server


def runs(folder, server):
    """Every command, in an order that leaves the later ones something to say."""
    bad = str(next(folder.glob("stories*")))
    return {
        "status": [["status"], ["status", "--json"]],
        "feeds list": [["feeds", "list"], ["feeds", "list", "--json"]],
        "check": [["check"], ["check", "--usage"], ["--config", str(folder / "bad"), "check"]],
        "poll": [["-vv", "poll", "--all"], ["poll", "--all", "--json"], ["poll", BAD]],
        "draft": [
            ["draft", "--format", "md"],
            ["draft", "--json", "--format", "md"],
            ["draft", "--since", BAD],
        ],
        "weekly": [["weekly"]],
        "explain": [
            ["explain", "0123456789ab"],
            ["explain", BAD],
            ["explain", f"https://courier.example/{BAD}"],
        ],
        "try": [["try", server.url("/news/precept"), server.url("/rss"), server.url("/to"), bad, BAD]]
        + [["try", "--json", server.url("/news/precept"), server.url("/odd"), BAD]],
        "take": [["take", "0123456789ab"], ["take", BAD]],
        "drop": [["drop", "0123456789ab"], ["drop", "--json", BAD]],
        "learn": [["learn", bad]],
        "unlearn": [["unlearn"], ["unlearn", BAD]],
        "evaluate": [["evaluate", bad]],
        "prune": [["prune", "--dry-run"], ["prune"], ["prune", "--json"]],
        "erase": [
            ["erase", "0123456789ab"],
            ["erase", BAD, "--name", BAD],
            ["erase", "--name", "Police precept", "--json"],
            ["erase", "--name", "precept", "--yes"],
            ["erase", "--list"],
        ],
        "backtest": [["backtest", "--rules", str(folder / "topics.yaml")], ["backtest", "--rules", bad]],
        "feeds try": [["feeds", "try", server.url("/to")], ["feeds", "try", server.url("/odd")]],
        "feeds add": [["feeds", "add", server.url("/to"), "--name", BAD], ["feeds", "add", BAD]],
        "feeds pause": [
            ["feeds", "pause", "Post", "--reason", BAD],
            ["feeds", "pause", BAD, "--reason", "x"],
        ],
        "feeds resume": [["feeds", "resume", "Post"], ["feeds", "resume", BAD]],
        "feeds import": [["feeds", "import", str(folder / "list.opml")], ["feeds", "import", bad]],
        "feeds export": [["feeds", "export"]],
        "init": [
            ["init"],
            ["init", "--new-archive"],
            ["init", "--diff"],
            ["init", "--diff", "--json"],
            ["init", "--update", BAD],
            ["init", "--dismiss", BAD],
        ],
        "backup": [["backup"], ["backup", "--json"], ["backup", "--out", bad]],
        "restore": [["restore", bad], ["restore", BAD], ["restore", str(folder / "topics.yaml")]],
        "housekeeping": [["housekeeping"]],
        "desk": [["desk", "--host", BAD], ["desk", "--port", BAD], ["--config", str(folder / "bad"), "desk"]],
        "archive copy": [["archive", "copy", bad, BAD], ["archive", "copy", f"postgresql://{BAD}", bad]],
        "archive give": [["archive", "give", BAD], ["archive", "give", "post", "--from", BAD]],
        "demo": [["demo", bad]],  # refused: it is no folder
    }


@pytest.mark.slow
def test_every_command(desk, capfd):
    folder, server = desk
    wanted = runs(folder, server)
    named = {" ".join(trail) for trail, command in COMMANDS if trail and not hasattr(command, "commands")}
    assert named <= set(wanted), "a new command wants its line here"
    leaks = {}
    for name, all_of_it in [*wanted.items(), ("no such command", [[BAD], ["status", f"--{BAD}"]])]:
        said = ""
        for arguments in all_of_it:
            main(["--config", str(folder), *arguments])
            out, err = capfd.readouterr()
            said += out + err
        assert said, name
        assert "bug in the monitor" not in said, said
        if found := UNFIT.search(said):
            leaks[name] = said[max(0, found.start() - 60) : found.end() + 20]
    assert leaks == {}


@pytest.mark.parametrize(
    "encoding, wanted",
    [("latin-1", ["draft", "explain", "feeds export"]), ("ascii", ["learn", "status", "take", "feeds list"])],
)
def test_in_an_8_bit_locale_a_command_says_what_it_can(desk, monkeypatch, encoding, wanted):
    """All that is shown goes by one place (tests/commands/test_streams.py); these are for its every way there."""
    folder, server = desk
    commands = runs(folder, server)
    for arguments in [arguments for name in wanted for arguments in commands[name]]:
        streams = {
            name: io.TextIOWrapper(io.BytesIO(), encoding, write_through=True)
            for name in ("stdout", "stderr")
        }
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        assert main(["--config", str(folder), *arguments]) in (0, 1, 2)
        said = "".join(stream.buffer.getvalue().decode(encoding) for stream in streams.values())
        assert said and "bug" not in said, (arguments, said)


def test_a_redirect_is_stored_in_percents(desk):
    folder, server = desk
    main(["--config", str(folder), "poll", "Moved"])
    with Store.open(folder / "data" / "archive.db") as store:
        states = {state.url: state for state in store.feeds.states()}
    assert states[server.url("/moved")].moved_to == server.url("/rss%1B%07m")
