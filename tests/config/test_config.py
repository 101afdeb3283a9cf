"""The four YAML files as a whole: what is understood, said and written. Their mistakes: test_config_mistakes.py."""

import shutil
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from where import ROOT

from monitor.config.defaults import defaults_folder, write_defaults
from monitor.config.feeds_file import FeedList, read_feeds
from monitor.config.folder import FILES, read_config
from monitor.config.panel_file import read_panel
from monitor.config.understood import summary
from monitor.config.yamlfile import Document, Loaded, read
from monitor.errors import ConfigError, OutputError
from monitor.settings import (
    ArticleFrom,
    DeliverTo,
    Excerpt,
    FeedKind,
    Mail,
    Network,
    Panel,
    PanelArea,
    Relay,
    WeeklyTime,
)

NETWORK = 'network: {user_agent: "Test/1 (+mailto:a@example.org)"}\n'
FEED = "feeds:\n  - name: Alpha\n    url: https://a.example.org/rss\n"  # NETWORK + FEED ends in line 4
PANEL = "panel: P\nforce: Thames Valley Police\nreport: {to: To, title: T, author: A}\n"  # ends in line 3


# ── what a file says ──────────────────────────────────────────────────────────────────────────────────────────────


def test_feeds_are_complete_with_their_defaults(tmp_path):
    text = r"""
network:
  user_agent: "Test/1 (+https://example.org/robot)"
  ca_bundle: ca.pem
  spacing: 2s
  poll_deadline: 90s
defaults: {every: 6h, article: feed, excerpt: none}
publishers: {newsquest: {same_article: '/news/(\d{6,})\.'}}
feeds:
  - {name: " Alpha ", url: "https://a.example.org/RSS/?x=1&y"}
  - {name: Beta, url: "http://b.example.org", publisher: newsquest, area: Berkshire, kind: sitemap, every: 1d,
     article: page, excerpt: full, status: paused, reason: moved, verified: false}
"""
    (tmp_path / "ca.pem").write_text("")
    path = tmp_path / "feeds.yaml"
    path.write_text(text)
    read = read_feeds(path)
    assert not isinstance(read, tuple)
    found: FeedList = read.value
    assert found.network == Network(
        user_agent="Test/1 (+https://example.org/robot)",
        ca_bundle=str(tmp_path / "ca.pem"),
        spacing=timedelta(seconds=2),
        poll_deadline=timedelta(seconds=90),
    )
    alpha, beta = found.feeds
    assert alpha.name == "Alpha"
    assert (alpha.url, alpha.every, alpha.article, alpha.excerpt, alpha.paused, alpha.verified) == (
        "https://a.example.org/RSS/?x=1&y",
        timedelta(hours=6),
        ArticleFrom.FEED,
        Excerpt.NONE,
        None,
        True,
    )
    assert beta.publisher is found.publishers[0] and beta.publisher.name == "newsquest"
    assert (beta.every, beta.article, beta.excerpt, beta.kind, beta.paused, beta.verified) == (
        timedelta(days=1),
        ArticleFrom.PAGE,
        Excerpt.FULL,
        FeedKind.SITEMAP,
        "moved",
        False,
    )


@pytest.mark.parametrize(
    "weekly, expected",
    [
        ("{day: sunday, at: 00:59}", WeeklyTime(weekday=6, at=time(0, 59))),
        ("{at: '2:00'}", WeeklyTime(weekday=0, at=time(2, 0))),
        ("{day: friday}", WeeklyTime(weekday=4, at=time(7, 0))),
    ],
)
def test_the_panel_as_written(tmp_path, weekly, expected):
    path = tmp_path / "panel.yaml"
    path.write_text(PANEL + f"meetings: [2026-03-20, 2026-01-23]\nweekly: {weekly}\n")
    read = read_panel(path)
    assert not isinstance(read, tuple)
    assert read.value == Panel(
        panel="P",
        force="Thames Valley Police",
        area=PanelArea(id="thames-valley", name="Thames Valley"),
        report_to="To",
        title="T",
        author="A",
        meetings=(date(2026, 1, 23), date(2026, 3, 20)),
        weekly=expected,
    )


def test_the_way_of_the_mail_as_written(tmp_path):
    path = tmp_path / "panel.yaml"
    mail = "{from: Monitor <m@desk.example>, recipients: [o@desk.example], host: relay.desk.example, port: 25, starttls: false}"
    path.write_text(PANEL + f"delivery: {{to: both, folder: shared, mail: {mail}}}\n")
    read = read_panel(path)
    assert not isinstance(read, tuple)
    assert (read.value.deliver_to, read.value.folder) == (DeliverTo.BOTH, "shared")
    assert read.value.mail == Mail(
        sender="Monitor <m@desk.example>",
        recipients=("o@desk.example",),
        relay=Relay(host="relay.desk.example", port=25, starttls=False),
    )
    path.write_text(
        PANEL + "delivery: {mail: {from: m@desk.example, recipients: [o@desk.example], eml_folder: out}}\n"
    )
    read = read_panel(path)
    assert not isinstance(read, tuple)
    assert read.value.mail == Mail(sender="m@desk.example", recipients=("o@desk.example",), eml_folder="out")


def test_the_summary_says_where_the_weekly_draft_is_mailed(folder):
    mail = "{from: m@desk.example, recipients: [o@desk.example, p@desk.example], host: relay.desk.example}"
    (folder / "panel.yaml").write_text(PANEL + f"delivery: {{to: both, mail: {mail}}}\n")
    assert (
        "The weekly draft is mailed to o@desk.example, p@desk.example, by way of relay.desk.example:587"
        in summary(read_config(folder), date(2026, 1, 1))
    )
    (folder / "panel.yaml").write_text(PANEL + f"delivery: {{mail: {mail}}}\n")
    assert not any("mailed" in line for line in summary(read_config(folder), date(2026, 1, 1)))


@pytest.mark.parametrize(
    "defaults, own, public",
    [
        ("", "", False),
        ("{public: true}", "", True),
        ("{public: true}", "public: false", False),
        ("", "public: true", True),
    ],
)
def test_whether_a_licence_covers_publication(tmp_path, defaults, own, public):
    path = tmp_path / "feeds.yaml"
    path.write_text(f"{NETWORK}defaults: {defaults or '{}'}\n{FEED}    {own or '# nothing'}\n")
    read = read_feeds(path)
    assert not isinstance(read, tuple)
    assert read.value.feeds[0].public is public


# ── text stays text ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "written, value",
    [
        ("on", "on"),
        ("no", "no"),
        ("07:30", "07:30"),
        ("2026-01-23", "2026-01-23"),
        ("'12'", "12"),
        ("12", 12),
        ("012", 12),
        ("1.5", 1.5),
        ("1" * 5000, "1" * 5000),
        ("TRUE", True),
        ("~", None),
        ("", None),
        ("<<", "<<"),
        ('"\\u00e9"', "é"),
    ],
)
def test_what_a_value_is(tmp_path, written, value):
    path = tmp_path / "any.yaml"
    path.write_text(f"1: {written}\n")
    document = read(path)
    assert isinstance(document, Document)
    assert document.tree == {"1": value} and document.mistakes == ()


def test_a_file_that_asks_for_an_older_yaml_is_read_as_it_looks(tmp_path):
    """In YAML 1.1 `yes` is true and 1:30 is ninety."""
    path = tmp_path / "any.yaml"
    path.write_text("%YAML 1.1\n---\na: yes\nb: 1:30\n")
    document = read(path)
    assert isinstance(document, Document)
    assert document.tree == {"a": "yes", "b": "1:30"}


def test_a_walk_over_a_file_takes_what_is_there(tmp_path):
    path = tmp_path / "any.yaml"
    path.write_text("a:\n  - b: 1\n  - c: 2\n  - 3\n  - b: [4]\n")
    document = read(path)
    assert isinstance(document, Document)
    assert list(document.each("a", "*", "b")) == [(("a", 0, "b"), 1), (("a", 3, "b"), [4])]
    assert str(document.mistake(("a", 1, "c", "d"), "gone")) == "any.yaml:3: a.1.c.d: gone"


# ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path):
    write_defaults(tmp_path)
    return tmp_path


def test_all_mistakes_of_all_files_come_at_once(folder):
    (folder / "feeds.yaml").write_text(
        NETWORK
        + FEED
        + "    every: 30x\n    enabled: on\n    publisher: x\n  - name: Beta\n    url: https://a.example.org/rss\n"
    )
    (folder / "topics.yaml").unlink()
    (folder / "places.yaml").write_text("councils:\n- x: [a\n")
    (folder / "panel.yaml").write_text(PANEL + "weekly: {at: 01:30}\n")
    with pytest.raises(ConfigError) as caught:
        read_config(folder)
    places = [(mistake.file, mistake.line, mistake.path) for mistake in caught.value.mistakes]
    assert places == [
        ("feeds.yaml", 5, "feeds.0.every"),
        ("feeds.yaml", 6, "feeds.0.enabled"),
        ("feeds.yaml", 7, "feeds.0.publisher"),
        ("feeds.yaml", 9, "feeds.1.url"),
        ("panel.yaml", 4, "weekly.at"),
        ("places.yaml", 2, ""),
        ("topics.yaml", 1, ""),
    ]
    assert str(caught.value).splitlines()[0] == (
        "feeds.yaml:5: feeds.0.every: 30x is not a length of time: write 30m, 6h or 1d"
    )


def test_the_digest_changes_with_the_rules_and_not_with_the_feeds(folder):
    before = read_config(folder).rules.digest
    with (folder / "feeds.yaml").open("a") as file:
        file.write("# a note\n")
    assert read_config(folder).rules.digest == before
    with (folder / "places.yaml").open("a") as file:
        file.write("# a note\n")
    after = read_config(folder).rules.digest
    assert after != before and len(after) == 64


def test_a_file_with_a_mark_at_its_head_is_read(folder):
    """Windows editors put a byte order mark before UTF-8, and two characters at a line's end."""
    path = folder / "panel.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_config(folder).panel == read_config(ROOT).panel


def test_summary_says_what_was_understood(folder):
    (folder / "feeds.yaml").write_text(
        NETWORK.replace("example.org", "panel.gov.uk")
        + "feeds:\n"
        + "  - {name: Alpha, url: 'https://a.example.org/1', area: Berkshire}\n"
        + "  - {name: Alpha, url: 'https://a.example.org/2', area: Berkshire}\n"
        + "  - {name: Beta, url: 'https://b.example.org', verified: false}\n"
        + "  - {name: Gamma, url: 'https://c.example.org', kind: listing, status: paused, reason: moved}\n"
    )
    (folder / "panel.yaml").write_text(PANEL + "meetings: [2026-01-23, 2026-03-20]\n")
    lines = summary(read_config(folder), date(2026, 1, 24))
    assert lines[:5] == (
        "Feeds: 3 on, 1 paused, from 2 outlets",
        "  Berkshire: 2",
        "  no area given: 1",
        "  of kind feed: 3",
        "  1 of them not yet seen to answer: `monitor feeds list` names them",
    )
    assert lines[5].startswith("Topics: 21, with ")
    assert lines[-4:] == (
        "Panel: P; 2 meetings, the next on 20 March 2026",
        "Area: Thames Valley; `thames-valley` in JSON and in labelled stories",
        "Weekly draft: Monday at 07:00, Europe/London",
        "Drafts go to: drafts",
    )


@pytest.mark.parametrize(
    "today, expected",
    [
        (date(2026, 3, 20), []),
        (
            date(2026, 3, 21),
            ["Needs a look: panel.yaml: no meeting is to come; add the next date, or the draft carries none"],
        ),
    ],
)
def test_a_meeting_is_to_come_until_its_day_is_over(folder, today, expected):
    (folder / "feeds.yaml").write_text(NETWORK.replace("example.org", "panel.gov.uk") + FEED)
    (folder / "panel.yaml").write_text(PANEL + "meetings: [2026-03-20]\n")
    lines = summary(read_config(folder), today)
    assert [line for line in lines if line.startswith("Needs")] == expected
    assert any("the next on 20 March 2026" in line for line in lines) is not bool(expected)


def test_what_needs_a_look(folder):
    (folder / "feeds.yaml").write_text(
        NETWORK.replace("}", ", allow_private_addresses: true}")
        + FEED
        + "    status: paused\n    reason: test\n"
    )
    (folder / "panel.yaml").write_text(PANEL)
    lines = summary(read_config(folder), date(2026, 1, 1))
    assert [line.removeprefix("Needs a look: ") for line in lines if line.startswith("Needs a look")] == [
        "feeds.yaml: network.user_agent has an invented address; write one at which servers can reach you",
        "feeds.yaml: network.allow_private_addresses is true; that is for tests and the demo only",
        "feeds.yaml: every feed is paused, so nothing is read",
        "panel.yaml: no meeting is to come; add the next date, or the draft carries none",
    ]


# ── monitor init ────────────────────────────────────────────────────────────────────────────────────────────────


def test_defaults_are_written_whole_and_only_where_there_are_none(tmp_path):
    target = tmp_path / "new" / "folder"
    target.mkdir(parents=True)
    (target / "panel.yaml").write_text("mine")
    written = write_defaults(target)
    schemas = ["schemas/" + path.name for path in sorted((ROOT / "schemas").glob("*.json"))]
    assert [path.relative_to(target).as_posix() for path in written] == [
        *(name for name in FILES if name != "panel.yaml"),
        *schemas,
    ]
    assert all(path.read_bytes() == (ROOT / path.relative_to(target)).read_bytes() for path in written)
    assert (target / "panel.yaml").read_text() == "mine"
    assert write_defaults(target) == ()
    assert sorted(path.name for path in target.iterdir()) == sorted([*FILES, "schemas"])


def test_defaults_of_an_installed_program_lie_in_the_package(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "monitor"
    (package / "defaults" / "schemas").mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / name, package / "defaults" / name)
    monkeypatch.setattr("monitor.config.defaults.PACKAGE", package)
    assert defaults_folder() == package / "defaults"
    assert [path.name for path in write_defaults(tmp_path / "here")] == list(FILES)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"feeds\.yaml cannot be written \(.*\): name another folder"):
        write_defaults(tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def half(path: Path, body: bytes) -> None:
        with path.open("wb") as file:
            file.write(body[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OutputError, match="No space left on device"):
        write_defaults(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_that_has_gone_is_missed_though_the_file_is_as_it_was(tmp_path):
    (tmp_path / "ca.pem").touch()
    (tmp_path / "feeds.yaml").write_text(
        "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', ca_bundle: ca.pem}\n"
        "feeds: [{name: Post, url: 'https://post.example/rss'}]\n"
    )
    assert isinstance(read_feeds(tmp_path / "feeds.yaml"), Loaded)
    (tmp_path / "ca.pem").unlink()
    (missed,) = read_feeds(tmp_path / "feeds.yaml")
    assert missed.path == "network.ca_bundle"
