"""Mistakes in the YAML files: each is named with its line, and with what to write instead."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from monitor.config.feeds_file import read_feeds
from monitor.config.panel_file import mailboxes_twice, read_panel
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import read

NETWORK = 'network: {user_agent: "Test/1 (+mailto:a@example.org)"}\n'
FEED = "feeds:\n  - name: Alpha\n    url: https://a.example.org/rss\n"  # NETWORK + FEED ends in line 4
PANEL = "panel: P\nforce: F\nreport: {to: To, title: T, author: A}\n"  # ends in line 3


def mistakes(tmp_path: Path, text: str | bytes, file: str = "feeds.yaml") -> list[str]:
    path = tmp_path / file
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found = (read_panel if file == "panel.yaml" else read_feeds)(path)
    return [str(mistake) for mistake in found] if isinstance(found, tuple) else []


# ── not a file of ours at all: the first thing that breaks is the one mistake ───────────────────────────────────

UNREADABLE = {
    "": "1: the file is empty: delete it, and `monitor init` writes the default one",
    "# a\n": "1: the file is empty: delete it, and `monitor init` writes the default one",
    "hello": "1: keys with values are wanted: write each on its own line, as `key: value`",
    "a: 1\nb: \x07": "2: a control character (U+0007) stands here, which YAML does not allow: delete it",
    "a:\n\tb: x": "2: a tab stands here: use spaces",
    "a: 1\nb: @x": "2: a text may not begin with this character: put the text in quotes",
    "a: 1\nb: *x": "2: a text may not begin with * or &: put the text in quotes",
    'a: 1\nb: "\\d"\nc: 2': "2: a backslash inside double quotes: use single quotes around the text",
    "a: 1\nb: 'x\nc: 2\nd: 3": "2: a quotation mark is opened here and never closed: close it",
    "a: 1\nb: [x\nc: 2": "2: a list is opened with [ here and not closed with ], or a comma is missing",
    "a: 1\nb: {x\n- c": "2: a block is opened with { here and not closed with }, or a comma is missing",
    "a: 1\nb: [": "2: a list or block opened with [ or { is never closed: close it",
    "a: 1\nb: c: d": "2: a colon too many, or lines indented unevenly: quote text that holds `: `",
    "a: 1\nb\nc: 2": "2: a key without its colon: write `key: value`",
    "# a\nstray words\nand more\n# b\nc:\n  - d": "5: a line above this one is no key: write `key: value`, or begin a remark with #",
    "}\na: 1": "1: a text may not begin with this character: put the text in quotes, or delete it",
    "a:\n  - b\n - c": "3: indented unevenly: give all keys (or all `- `) of a block the same indentation",
    "a: 1\n---\nb: 2": "2: `---` begins a second document: delete that line",
    "[" * 5000: "1: blocks within blocks within blocks: a bracket or dash too many",
    "%YAML 3.0\n--- a": "1: not YAML: found incompatible YAML document (version 1.* is required)",
}


@pytest.mark.parametrize("text", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_yaml_is_said_once(tmp_path, text):
    assert mistakes(tmp_path, text) == ["feeds.yaml:" + UNREADABLE[text]]


def test_a_file_in_another_encoding_is_said_with_the_line(tmp_path):
    assert mistakes(tmp_path, b"a: \xc3\xa9\nb: \xe9") == [
        "feeds.yaml:2: not UTF-8 text from here on: save the file with the encoding UTF-8"
    ]


def test_a_missing_file_and_a_folder_in_its_place(tmp_path):
    missing, folder = read(tmp_path / "feeds.yaml"), read(tmp_path)
    assert str(missing) == (
        f'feeds.yaml:1: there is no such file in {tmp_path}: `monitor init "{tmp_path}"` writes the default one'
    )
    assert str(folder) == f"{tmp_path.name}:1: cannot be read: Is a directory"


def test_a_missing_file_of_the_current_folder_is_written_by_init_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    missing = read(Path("feeds.yaml"))
    assert str(missing) == "feeds.yaml:1: there is no such file: `monitor init` writes the default one"


# ── mistakes in a file that can be read: all at once. Each stands behind `#!` in the line where it is made ──────


def marked(text: str, file: str) -> list[str]:
    lines = enumerate(text.splitlines(), start=1)
    found = [f"{file}:{number}: {said.strip()}" for number, line in lines for said in line.split(" #! ")[1:]]
    assert found
    return found


FEEDS_WITH_MISTAKES = r"""
network:
  user_agent: robot #! network.user_agent: has no contact: write one in it, as in "TopicalIssuesMonitor/1.0 (+mailto:you@example.org)"
  proxy: http://me:pass@proxy.example.org:8080 #! network.proxy: carries a password, and secrets never stand in this file: write null here, and put the whole address into the environment variable MONITOR_PROXY
  ca_bundle: /nowhere/ca.pem #! network.ca_bundle: there is no file /nowhere/ca.pem: write its path, or null
  workers: 0 #! network.workers: 0 is too small: write 1 or more
  spacing: 2 #! network.spacing: 2 is not a length of time: write 30m, 6h or 1d
  poll_deadline: 0s #! network.poll_deadline: is out of bounds: write 1s to 1d; 10m is usual
  allow_private_addresses: yes #! network.allow_private_addresses: yes is not offered: write `true` or `false`
defaults:
  colour: red #! defaults.colour: no such key: known are `every`, `article`, `excerpt`, `public`
  every: null #! defaults.every: has no value: write one, or delete the line
publishers:
  newsquest: {same_article: '/(\d+)'}
  open: {same_article: '/(\d+'} #! publishers.open.same_article: is not a regular expression: missing ), unterminated subpattern at position 1
  none: {same_article: '/\d+'} #! publishers.none.same_article: has 0 groups: put one pair of round brackets, around the number that titles share
  both: {same_article: '/(\d+)/(\d+)'} #! publishers.both.same_article: has 2 groups: put one pair of round brackets, around the number that titles share
  bare: '/(\d+)' #! publishers.bare: keys with values are wanted: write each on its own line, as `key: value`
feeds:
  - name: Alpha
    url: https://a.example.org/rss
    stat: on #! feeds.0.stat: no such key: did you mean `status`?
    every: 30x #! feeds.0.every: 30x is not a length of time: write 30m, 6h or 1d
    area: ' ' #! feeds.0.area: is empty: write a text, or delete the line
    name: Again #! feeds.0.name: this key stands twice, first in line 20: keep one
    publisher: newsqest #! feeds.0.publisher: `newsqest` is not listed under publishers: did you mean `newsquest`?
  - name: 911 #! feeds.1.name: a text is wanted and 911 is none: put it in quotes ("911") #! feeds.1.url: is missing: add `url: https://www.example.org/news/rss/`
    every: 59s #! feeds.1.every: is out of bounds: write 1m to 7d
    area: [Slough] #! feeds.1.area: one text is wanted, not a list
    kind: rss #! feeds.1.kind: rss is not offered: write `feed`, `sitemap` or `listing`
    status: off #! feeds.1.status: off is not offered: write `on` or `paused`
  - Beta #! feeds.2: keys with values are wanted: write each on its own line, as `key: value`
  - name: "two\nlines" #! feeds.3.name: holds a line break: write it on one line
    url: http://A.example.org/rss/ #! feeds.3.url: this address stands in line 21 already: delete one of the two
    kind: sitemap
    article: feed #! feeds.3.article: a sitemap holds no text of its own: write `article: page` for it
    reason: tired #! feeds.3.reason: a reason, but no pause: add `status: paused`, or delete it
    every: 8d #! feeds.3.every: is out of bounds: write 1m to 7d
  - name: &name Delta #! feeds.4.name: anchors (&) and aliases (*) are not offered: write it out, or quote it
    url: !address x #! feeds.4.url: tags (!) are not offered: delete it, or put the text in quotes
    reason: "\ud800" #! feeds.4.reason: a \u escape for half a character: write the character itself
    ? [a, b] #! feeds.4: a key is one plain text: write `key: value`
    : c
  - status: paused #! feeds.5.status: paused without a reason: add `reason: why, and since when` #! feeds.5.name: is missing: add `name: Wessex Gazette` #! feeds.5.url: is missing: add `url: https://www.example.org/news/rss/`
"""

PANEL_WITH_MISTAKES = """
force: F
report: {to: To, author: A} #! report.title: is missing: add `title: Topical Issues`
panel: #! panel: has no value: write one, or delete the line
excerpt:
  least: -1 #! excerpt.least: -1 is too small: write 0 or more
  most: 99 #! excerpt.most: 99 is too large: write 20 or less
  words: many #! excerpt.words: many is not a whole number: write one, without quotes
meetings:
  - 2026-02-30 #! meetings.0: 2026-02-30 is not a date: write year-month-day, as in 2026-01-23
  - 2026-01-23
  - 23 January 2026 #! meetings.2: 23 January 2026 is not a date: write year-month-day, as in 2026-01-23
  - 2026-01-23 #! meetings.3: 2026-01-23 stands in line 11 already: delete one of the two
weekly:
  day: Monday #! weekly.day: Monday is not offered: write `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday` or `sunday`
  at: 7am #! weekly.at: 7am is not a time of day: write "07:00"
delivery:
  email: x #! delivery.email: no such key: did you mean `mail`?
  to: post #! delivery.to: post is not offered: write `folder`, `e-mail` or `both`
  mail: #! delivery.mail.recipients: is missing: add `recipients: [officer@example.org]`
    from: the monitor #! delivery.mail.from: the monitor is not an e-mail address: write name@example.org, or First Last <name@example.org>
    port: 0 #! delivery.mail.port: 0 is too small: write 1 or more
    password: secret #! delivery.mail.password: no such key: known are `from`, `recipients`, `host`, `port`, `starttls`, `eml_folder`
"""


PANEL = "panel: P\nforce: F\nreport: {to: To, title: T, author: A}\n"  # ends in line 3


@pytest.mark.parametrize(
    "delivery, mistake",
    [
        (
            "{to: e-mail}",
            "delivery: goes to e-mail, and nothing says how: add `mail:` with from, recipients, host",
        ),
        (
            "{operator: a@b.example}",
            "delivery: names an operator, and nothing says how mail is sent: add `mail:` with from, recipients, host",
        ),
        (
            "{operator: the operator, mail: {from: a@b.example, recipients: [c@d.example], host: relay}}",
            "delivery.operator: the operator is not an e-mail address: write name@example.org, or First Last "
            "<name@example.org>",
        ),
        (
            "{mail: {from: a@b.example, recipients: [c@d.example]}}",
            "delivery.mail: names no single way out: write either `host` or `eml_folder`",
        ),
        (
            "{mail: {from: a@b.example, recipients: [c@d.example], host: relay, eml_folder: outbox}}",
            "delivery.mail: names no single way out: write either `host` or `eml_folder`",
        ),
        (
            "{mail: {from: a@b.example, recipients: [c@d.example], host: 'smtp://relay.example:587'}}",
            "delivery.mail.host: smtp://relay.example:587 is not a host's name: write it bare, as in smtp.example.org",
        ),
        (
            "{mail: {from: a@b.example, recipients: [], host: relay}}",
            "delivery.mail.recipients: too few entries: write at least 1",
        ),
        (
            "{mail: {from: a@b.example, recipients: ['a@b.example, c@d.example'], host: relay}}",
            "delivery.mail.recipients.0: a@b.example, c@d.example is not an e-mail address: write name@example.org, "
            "or First Last <name@example.org>",
        ),
        (
            '{mail: {from: "a@b.example\\r\\nBcc: x@y.example", recipients: [c@d.example], host: relay}}',
            "delivery.mail.from: holds a line break: write it on one line",
        ),
    ],
)
def test_delivery_that_could_not_work_is_a_mistake(tmp_path, delivery, mistake):
    assert mistakes(tmp_path, f"{PANEL}delivery: {delivery}\n", "panel.yaml") == [f"panel.yaml:4: {mistake}"]


@pytest.mark.parametrize(
    "file, text", [("feeds.yaml", FEEDS_WITH_MISTAKES), ("panel.yaml", PANEL_WITH_MISTAKES)]
)
def test_every_mistake_is_named_in_its_line(tmp_path, file, text):
    assert sorted(mistakes(tmp_path, text, file)) == sorted(marked(text, file))


@pytest.mark.parametrize(
    "text",
    [
        "feeds: [] #! feeds: too few entries: write at least 1 #! network: is missing: add `network: {user_agent: …}`",
        NETWORK + "feeds: #! feeds: has no value: write one, or delete the line",
        NETWORK
        + "feeds: x #! feeds: a list is wanted: write each entry on its own line, beginning with `- `",
        NETWORK
        + FEED
        + "    publisher: reach #! feeds.0.publisher: `reach` is not listed under publishers: none is known",
        'network: {user_agent: "Grüße (+mailto:a@b.org)"} #! network.user_agent: holds a character that a request cannot carry: use plain English letters\n'
        + FEED,
    ],
)
def test_a_mistake_that_hides_others_is_named_too(tmp_path, text):
    assert mistakes(tmp_path, text) == marked(text, "feeds.yaml")


@pytest.mark.parametrize(
    "line",
    [
        "weekly: {at: 01:00} #! weekly.at: this hour is skipped or comes twice when the clocks change: write a time outside 01:00-01:59",
        "weekly: {at: 01:59} #! weekly.at: this hour is skipped or comes twice when the clocks change: write a time outside 01:00-01:59",
        'weekly: {at: 25:00} #! weekly.at: 25:00 is not a time of day: write "07:00"',
        "excerpt: {least: 7} #! excerpt: least (7) is more than most (6): write a smaller least",
        "retention: {texts: 13} #! retention.texts: 13 is no length of time: write 90 days, 13 months, 6 years or forever",
        "retention: {texts: 13m} #! retention.texts: 13m is no length of time: write 90 days, 13 months, 6 years or forever",
        "retention: {texts: 2 months} #! retention.texts: is too short for what drafts rest on: write 3 months or more",
        "retention: {polls: 1 day} #! retention.polls: is too short for what drafts rest on: write 14 days or more",
        "retention: {editions: 900 years} #! retention.editions: 900 years is more than a hundred years: write forever",
        "retention: {unused: 2 years} #! retention: keeps `unused` longer than `texts`: write a shorter `unused` or a longer `texts`",
        "retention: {texts: 4 years} #! retention: keeps `texts` longer than `titles`: write a shorter `texts` or a longer `titles`",
        "retention: {drafts: forever} #! retention: keeps `drafts` longer than `editions`: write a shorter `drafts` or a longer `editions`",
        "retention: {text: 1 year} #! retention.text: no such key: did you mean `texts`?",
        "retention: 1 year #! retention: keys with values are wanted: write each on its own line, as `key: value`",
        "meetings: 2026-01-23 #! meetings: a list is wanted: write each entry on its own line, beginning with `- `",
    ],
)
def test_a_mistake_in_the_panel(tmp_path, line):
    assert mistakes(tmp_path, PANEL + line, "panel.yaml") == marked(PANEL + line, "panel.yaml")


def test_a_key_with_a_name_that_python_keeps_for_itself(tmp_path):
    path = tmp_path / "topics.yaml"
    path.write_text("cues:\n  rise: {}\n  sink: {}\n")
    found = read_topics(path)
    assert isinstance(found, tuple)
    assert [str(mistake) for mistake in found if mistake.path.startswith("cues")] == [
        "topics.yaml:1: cues.raise: is missing: add `raise: …`",
        "topics.yaml:2: cues.rise: no such key: did you mean `raise`?",
    ]


ADDRESSES = {
    "www.example.org/rss": "www.example.org/rss is not a web address: write it in full, with https:// (or http://) in front",
    "ftp://example.org": "ftp://example.org is not a web address: write it in full, with https:// (or http://) in front",
    "https:///rss": "https:///rss names no server: write it in full, as in https://www.example.org/news/rss/",
    "https://x.org/a b": "holds a space or an unprintable character: copy the address again, as one word",
    "https://x.org:99999/": "https://x.org:99999/ is not a web address: Port out of range 0-65535",
    "https://[::1/rss": "https://[::1/rss is not a web address: Invalid IPv6 URL",
    "https://me:pass@x.org/": "carries a user name or password: secrets never stand in this file; delete them",
    "ftp://me:pass@x.org/": "carries a user name or password: secrets never stand in this file; delete them",
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_cannot_be_asked(tmp_path, url):
    text = NETWORK + f"feeds:\n  - name: Alpha\n    url: '{url}'"
    assert mistakes(tmp_path, text) == [f"feeds.yaml:4: feeds.0.url: {ADDRESSES[url]}"]


# ── whatever is in the file ─────────────────────────────────────────────────────────────────────────────────────

# One character each, then, parted by a bar, what only means something whole.
MARKS = " \n\t\r\x00\x85\u2028é:-[]{}'\"&*!?|>#%,@`~\\"
WORDS = "feeds|network|user_agent|name|url|every|status|on|paused|publishers|30m|: |\n  |\n  - |<<|0x1F|1e9|&a|*a|!x|!!int|---"
PIECES = some.sampled_from([*MARKS, *WORDS.split("|")])


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    body=some.one_of(
        some.binary(max_size=40), some.lists(PIECES, max_size=30).map(lambda p: "".join(p).encode())
    )
)
def test_whatever_the_file_holds_only_mistakes_come_out(tmp_path, body):
    path = tmp_path / "feeds.yaml"
    path.write_bytes(body)
    found = read_feeds(path)
    assert isinstance(found, tuple) and found
    assert all(1 <= mistake.line <= body.count(b"\n") + body.count(b"\r") + 3 for mistake in found)
    assert all(mistake.file == "feeds.yaml" and mistake.message for mistake in found)


YAML_VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(["name", "url", "every", "same_article", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
KEYS = some.sampled_from(["network", "defaults", "publishers", "feeds", "other"])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tree=some.dictionaries(KEYS, YAML_VALUES, max_size=5))
@pytest.mark.slow
def test_whatever_shape_it_has_only_mistakes_come_out(tmp_path, tree):
    """JSON is YAML, so any tree can be written down without a YAML writer."""
    path = tmp_path / "feeds.yaml"
    path.write_text(json.dumps(tree))
    found = read_feeds(path)
    assert isinstance(found, tuple) and found


# ── no mistake, and to be looked at ─────────────────────────────────────────────────────────────────────────────

MAILED = """\
delivery:
  to: e-mail
  mail:
    from: m@desk.example
    host: relay
    recipients:
      - o@desk.example
      - Ann Officer <O@Desk.example.>
      - p@bücher.example
      - p@XN--BCHER-KVA.example
      - o+panel@desk.example
"""


def test_one_mailbox_in_two_spellings_is_told_and_named_once(tmp_path):
    path = tmp_path / "panel.yaml"
    path.write_text(PANEL + MAILED, "utf-8")
    loaded = read_panel(path)
    assert not isinstance(loaded, tuple), loaded
    assert loaded.value.mail.recipients == (
        "o@desk.example",
        "p@xn--bcher-kva.example",
        "o+panel@desk.example",
    )
    assert [str(look) for look in mailboxes_twice(loaded.document)] == [
        "panel.yaml:11: delivery.mail.recipients.1: Ann Officer <O@Desk.example.> is the mailbox of line 10, "
        "o@desk.example, and gets one mail: delete one of the two",
        "panel.yaml:13: delivery.mail.recipients.3: p@XN--BCHER-KVA.example is the mailbox of line 12, "
        "p@bücher.example, and gets one mail: delete one of the two",
    ]
