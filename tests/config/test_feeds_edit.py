"""feeds.yaml changed for the editor: the change, and not a byte besides."""

import os
import shutil
from dataclasses import replace

import pytest
from where import ROOT

from monitor.config import feeds_edit
from monitor.config.feeds_edit import (
    add_feeds,
    change_feed,
    pause_feeds,
    resume_feeds,
    take_back,
    written_feeds,
)
from monitor.config.feeds_file import read_feeds
from monitor.config.feeds_text import WrittenFeed, feed_lines
from monitor.errors import ConfigError, InputError
from monitor.settings import Feed, FeedKind

HEAD = 'network: { user_agent: "Test/1 (+mailto:a@b.example)" }   # who we are\n'
LIST = (
    HEAD
    + """publishers:
  newsquest: { same_article: '/news/(\\d{6,})\\.' }
feeds:
  # ── Berkshire ──
  - name: Alpha   # a daily
    url: https://a.example/rss
    area: Berkshire

  # not yet seen to answer
  - {name: "Beta, or not", url: 'https://b.example/rss', area: Berkshire}   # on one line
  # ── Oxfordshire ──
  - name: Gamma
    url: https://c.example/rss
    status: paused # for now
    reason: >-
      its server refuses us,
      since May
    every: 6h # slow
  # the end
"""
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_bytes(LIST.encode())
    return path


def test_a_feed_is_added_after_the_last_of_its_area(path):
    add_feeds(
        path, [Feed(name="New: one", url="https://n.example/", area="Berkshire", kind=FeedKind.LISTING)]
    )
    assert path.read_text("utf-8") == LIST.replace(
        "}   # on one line\n",
        '}   # on one line\n  - name: "New: one"\n    url: https://n.example/\n    area: Berkshire\n    kind: listing\n',
    )


def test_a_feed_without_an_area_is_added_at_the_lists_end(path):
    add_feeds(path, [Feed(name="New", url="https://n.example/"), Feed(name="Next", url="https://m.example/")])
    assert path.read_text("utf-8") == LIST.replace(
        "6h # slow\n",
        "6h # slow\n  - name: New\n    url: https://n.example/\n  - name: Next\n    url: https://m.example/\n",
    )


@pytest.mark.parametrize(
    "url, before, after",
    [
        pytest.param(
            "https://a.example/rss",
            "    area: Berkshire\n\n",
            '    area: Berkshire\n    status: paused\n    reason: "moved, it says"\n\n',
            id="a block",
        ),
        pytest.param(
            "https://b.example/rss",
            "area: Berkshire}",
            'area: Berkshire, status: paused, reason: "moved, it says"}',
            id="on one line",
        ),
        pytest.param(
            "https://c.example/rss",
            "reason: >-\n      its server refuses us,\n      since May\n",
            'reason: "moved, it says"\n',
            id="paused already",
        ),
    ],
)
def test_a_pause(path, url, before, after):
    wanted = LIST.replace(before, after, 1)
    pause_feeds(path, [url], "moved, it says")
    assert path.read_text("utf-8") == wanted


@pytest.mark.parametrize("url", ["https://a.example/rss", "https://b.example/rss"])
def test_a_pause_and_its_end_leave_no_trace(path, url):
    pause_feeds(path, [url], "moved")
    resume_feeds(path, [url])
    assert path.read_text("utf-8") == LIST


def test_a_resume_deletes_both(path):
    resume_feeds(path, ["https://c.example/rss"])
    pause = "    status: paused # for now\n    reason: >-\n      its server refuses us,\n      since May\n"
    assert path.read_text("utf-8") == LIST.replace(pause, "")


@pytest.mark.parametrize(
    "newline, mark", [("\r\n", b""), ("\n", b"\xef\xbb\xbf")], ids=["Windows lines", "a mark"]
)
def test_line_ends_and_byte_order_mark_stay(path, newline, mark):
    path.write_bytes(mark + LIST.replace("\n", newline).encode())
    pause_feeds(path, ["https://a.example/rss"], "moved")
    text = LIST.replace(
        "    area: Berkshire\n\n", "    area: Berkshire\n    status: paused\n    reason: moved\n\n"
    )
    assert path.read_bytes() == mark + text.replace("\n", newline).encode()


def test_a_last_line_without_an_end(path):
    path.write_text(HEAD + "feeds:\n- name: A\n  url: https://a.example/", "utf-8")
    add_feeds(path, [Feed(name="B", url="https://b.example/")])
    assert path.read_text("utf-8").endswith(
        "- name: A\n  url: https://a.example/\n- name: B\n  url: https://b.example/"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Oxford Mail",
        "Bucks & Beds",
        "yes",
        "12",
        "a: b",
        "# one",
        "“Quoted”",
        "é",
        "- dash",
        "it's",
        "{x}",
        "a #b",
        "*",
    ],
)
def test_any_name_is_written_so_that_it_is_read_again(path, name):
    add_feeds(path, [Feed(name=name, url="https://n.example/?a=1&b=%20#c")])
    assert read_feeds(path).value.feeds[-1].name == name


def test_a_feed_is_written_as_short_as_can_be():
    assert feed_lines(Feed(name="A", url="https://a.example/")) == ("name: A", "url: https://a.example/")
    assert feed_lines(Feed(name="A", url="https://a.example/", verified=False))[-1] == "verified: false"


@pytest.mark.parametrize(
    "text, feed, error",
    [
        pytest.param(
            HEAD + "feeds: [{name: A, url: 'https://a.example'}]\n",
            "https://b.example",
            InputError,
            id="a list on one line",
        ),
        pytest.param(LIST, "https://A.example/rss/", ConfigError, id="an address twice"),
        pytest.param(LIST, "not an address", ConfigError, id="no address"),
        pytest.param("feeds: []\n", "https://b.example", ConfigError, id="a file with mistakes"),
    ],
)
def test_what_would_spoil_the_file_is_not_done(path, text, feed, error):
    path.write_text(text, "utf-8")
    with pytest.raises(error):
        add_feeds(path, [Feed(name="B", url=feed)])
    assert path.read_text("utf-8") == text
    assert os.listdir(path.parent) == ["feeds.yaml"], "nothing is left beside it"


def test_a_file_that_was_changed_meanwhile_is_left_alone(path, monkeypatch):
    compare = feeds_edit._compare

    def slow(*given):
        path.write_text(LIST + "# mine\n", "utf-8")
        compare(*given)

    monkeypatch.setattr(feeds_edit, "_compare", slow)
    with pytest.raises(InputError, match="changed meanwhile"):
        pause_feeds(path, ["https://a.example/rss"], "moved")
    assert path.read_text("utf-8") == LIST + "# mine\n"


def test_a_link_stays_a_link_and_the_mode_stays(path, tmp_path):
    path.chmod(0o640)
    link = tmp_path / "elsewhere" / "feeds.yaml"
    link.parent.mkdir()
    link.symlink_to(path)
    pause_feeds(link, ["https://a.example/rss"], "moved")
    assert link.is_symlink() and "moved" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o777 == 0o640


FOLDED = (
    HEAD
    + """feeds:
  # a search
  - name: Search
    url: "https://s.example/search?q=%22one+two%22\\
      +when:14d"   # in two lines
    area: Berkshire
  - { name: Beta, url: 'https://b.example/rss',
      area: Berkshire,
      # every quarter of an hour
      every: 15m }
"""
)


def test_folded_values_stay_folded(path):
    path.write_text(FOLDED, "utf-8")
    urls = ["https://s.example/search?q=%22one+two%22+when:14d", "https://b.example/rss"]
    assert [feed.url for feed in read_feeds(path).value.feeds] == urls
    pause_feeds(path, urls, "a test")
    paused = path.read_text("utf-8")
    assert paused == FOLDED.replace(
        "    area: Berkshire\n  -", "    area: Berkshire\n    status: paused\n    reason: a test\n  -"
    ).replace("15m }", "15m, status: paused, reason: a test }")
    resume_feeds(path, urls)
    assert path.read_text("utf-8") == FOLDED
    add_feeds(path, [Feed(name="New", url="https://n.example/", area="Berkshire")])
    added = "  - name: New\n    url: https://n.example/\n    area: Berkshire\n"
    assert path.read_text("utf-8") == FOLDED + added


def test_a_long_address_is_written_in_lines_that_an_editor_shows(path):
    url = "https://s.example/search?q=" + "%22police+and+crime+commissioner%22+" * 7
    add_feeds(path, [Feed(name="New", url=url, area="Berkshire")])
    assert max(map(len, path.read_text("utf-8").splitlines())) <= 110
    assert url in [feed.url for feed in read_feeds(path).value.feeds]


def test_every_feed_of_the_default_list_can_be_paused_and_resumed(tmp_path):
    path = tmp_path / "feeds.yaml"
    shutil.copy(ROOT / "feeds.yaml", path)
    text = path.read_text("utf-8")
    urls = [feed.url for feed in read_feeds(path).value.feeds if feed.paused is None]
    pause_feeds(path, urls, "a test")
    assert all(feed.paused for feed in read_feeds(path).value.feeds)
    resume_feeds(path, urls)
    assert path.read_text("utf-8") == text
    resume_feeds(path, [feed.url for feed in read_feeds(path).value.feeds])
    assert not any(feed.paused for feed in read_feeds(path).value.feeds)


def test_a_name_or_reason_from_elsewhere_is_written_without_what_nobody_sees(path):
    add_feeds(
        path, [Feed(name="\ufeffKen\u200bnet\u00a0Gazette", url="https://n.example/", area="Ox\u00adford")]
    )
    pause_feeds(path, ["https://n.example/"], "silent\u00a0since\u2028May")
    feed = read_feeds(path).value.feeds[-1]
    assert (feed.name, feed.area, feed.paused) == ("Kennet Gazette", "Oxford", "silent since May")


def said(path, url) -> WrittenFeed:
    return next(one for one in written_feeds(path) if one.url == url)


A, B, C = (f"https://{one}.example/rss" for one in "abc")


@pytest.mark.parametrize(
    "url, changes, before, after",
    [
        pytest.param(A, {"name": "Alpha: new"}, "Alpha   # a daily", '"Alpha: new"   # a daily', id="a name"),
        pytest.param(
            A,
            {"every": "6h", "kind": "listing", "excerpt": "none"},
            "area: Berkshire\n\n",
            "area: Berkshire\n    kind: listing\n    every: 6h\n    excerpt: none\n\n",
            id="keys that it did not have, in the usual order",
        ),
        pytest.param(A, {"url": "https://a.example/new"}, A, "https://a.example/new", id="another address"),
        pytest.param(A, {"area": ""}, "    area: Berkshire\n\n", "\n", id="a key that goes"),
        pytest.param(
            A,
            {"publisher": "newsquest", "verified": "false"},
            "area: Berkshire\n\n",
            "area: Berkshire\n    publisher: newsquest\n    verified: false\n\n",
            id="a publisher, and a truth without quotes",
        ),
        pytest.param(
            B,
            {"area": "", "every": "1d"},
            "rss', area: Berkshire}",
            "rss', every: 1d}",
            id="on one line",
        ),
        pytest.param(
            C,
            {"area": "Oxfordshire"},
            "c.example/rss\n",
            "c.example/rss\n    area: Oxfordshire\n",
            id="a key behind its usual neighbour",
        ),
        pytest.param(C, {"every": "7h"}, "6h # slow", "7h # slow", id="a value before its comment"),
        pytest.param(
            C,
            {"reason": "gone", "every": ""},
            "reason: >-\n      its server refuses us,\n      since May\n    every: 6h # slow\n",
            "reason: gone\n",
            id="a folded reason",
        ),
    ],
)
def test_a_feed_is_changed_and_changed_back(path, url, changes, before, after):
    new = replace(said(path, url), **changes)
    change = change_feed(path, url, new)
    assert path.read_text("utf-8") == LIST.replace(before, after, 1)
    assert said(path, new.url) == new
    take_back(path, change, {url, new.url})
    assert path.read_text("utf-8") == LIST


@pytest.mark.parametrize(
    "changes, says",
    [
        ({"every": "soon"}, "feeds.0.every"),
        ({"every": "6h # {x: y"}, "feeds.0.every"),
        ({"every": "10d"}, "write 1m to 7d"),
        ({"publisher": "reach"}, "feeds.0.publisher"),
        ({"url": "javascript:alert(1)"}, "feeds.0.url"),
        ({"kind": "podcast"}, "feeds.0.kind"),
        ({"name": "\u200b"}, "feeds.0.name"),
        ({"status": "paused"}, "paused without a reason"),
    ],
)
def test_a_change_that_would_be_a_mistake_is_not_made(path, changes, says):
    with pytest.raises(ConfigError, match=says):
        change_feed(path, A, replace(said(path, A), **changes))
    assert path.read_text("utf-8") == LIST


def test_the_first_key_of_a_feed_can_go(path):
    path.write_text(
        LIST.replace("- name: Alpha   # a daily\n    ", "- area: Berkshire\n    name: Alpha\n    ").replace(
            "    area: Berkshire\n\n", "\n"
        ),
        "utf-8",
    )
    change_feed(path, A, replace(said(path, A), area=""))
    assert "  - name: Alpha\n    url: https://a.example/rss\n" in path.read_text("utf-8")


def test_a_change_is_taken_back_though_other_lines_were_changed_and_not_where_its_own_were(path):
    change = pause_feeds(path, [A], "moved")
    pause_feeds(path, [B], "moved too")
    path.write_text("# a new first line\n" + path.read_text("utf-8"), "utf-8")
    take_back(path, change, [A])
    assert said(path, A).status == "" and said(path, B).reason == "moved too"
    change = pause_feeds(path, [A], "moved")
    path.write_text(path.read_text("utf-8").replace("reason: moved\n", "reason: by hand\n"), "utf-8")
    with pytest.raises(InputError, match="in the same lines since"):
        take_back(path, change, [A])
    assert said(path, A).reason == "by hand"


def test_what_was_added_is_taken_back(path):
    new = [
        WrittenFeed(
            name="New", url="https://n.example/", area="Berkshire", publisher="newsquest", excerpt="none"
        ),
        WrittenFeed(name="Next", url="https://m.example/", every="2h"),
    ]
    change = add_feeds(path, new)
    assert [said(path, one.url) for one in new] == new
    take_back(path, change, [one.url for one in new])
    assert path.read_text("utf-8") == LIST
