"""Signs in the YAML files that are not what they look like: each named by what it is, with what to write; or read as
what it looks like, where that is certain."""

from pathlib import Path

import pytest

from monitor.config.feeds_file import read_feeds
from monitor.config.panel_file import read_panel
from monitor.config.places_file import read_places
from monitor.config.signs import as_meant, called, tidy, tidy_name, without_unseen
from monitor.config.topics_file import read_topics
from monitor.config.yamlfile import Document, document_of
from monitor.text import normalise

# The list of feeds ends in line 7; the panel's words for `child` stand in lines 6 and 7.
FEEDS = """\
network: {user_agent: "Test/1 (+mailto:a@example.org)"}
feeds:
  - name: Alpha
    url: https://a.example.org/rss
  - name: Beta
    url: https://b.example.org/rss
    verified: false
"""
PANEL = """\
panel: P
force: F
report: {to: To, title: T, author: A}
cautions:
  child:
    - schoolboy
    - cot bed
"""
INDENT = "stands as indentation: write usual spaces"
DASH = "stands after the dash: write `- `, a hyphen and a usual space"
COLON = "stands after the colon: write `: `, a colon and a usual space"
ENTRY = "stands where an entry begins: write `- `, a hyphen and a usual space; a text that begins with it goes in quotes"
FOR_COLON = "stands for a colon: write `: `, a colon and a usual space"
QUOTES = 'stands for a straight one: write "…" around the text'
AGAIN = "delete it, or write the line again"


def said(tmp_path: Path, text: str, file: str) -> list[str]:
    path = tmp_path / file
    path.write_text(text, "utf-8", newline="")
    found = (read_panel if file == "panel.yaml" else read_feeds)(path)
    return (
        [str(mistake).removeprefix(f"{file}:") for mistake in found] if isinstance(found, tuple) else ["ok"]
    )


# what stands in the usual file | what stands in its place | what is said of it, line by line
IN_FEEDS = {
    "no-break spaces before a key": (
        "    url: https://b",
        "\u00a0\u00a0\u00a0\u00a0url: https://b",
        [f"6: feeds.1.url: a no-break space (U+00A0) {INDENT}"],
    ),
    "one among usual ones": (
        "    url: https://b",
        "  \u00a0 url: https://b",
        [f"6: feeds.1.url: a no-break space (U+00A0) {INDENT}"],
    ),
    "figure spaces before an entry": (
        "  - name: Beta",
        "\u2007\u2007- name: Beta",
        [f"5: feeds.1.name: a figure space (U+2007) {INDENT}"],
    ),
    "an ideographic space before an entry": (
        "  - name: Beta",
        " \u3000- name: Beta",
        [f"5: feeds.1.name: an ideographic space (U+3000) {INDENT}"],
    ),
    "after a colon": (
        "name: Beta",
        "name:\u00a0Beta",
        [f"5: feeds.1.name: a no-break space (U+00A0) {COLON}"],
    ),
    "after the colon of an address": (
        "url: https://b",
        "url:\u202fhttps://b",
        [f"6: feeds.1.url: a narrow no-break space (U+202F) {COLON}"],
    ),
    "after a dash": (
        "- name: Beta",
        "-\u00a0name: Beta",
        [f"5: feeds.1.name: a no-break space (U+00A0) {DASH}"],
    ),
    "on two lines": (
        "  - name: Beta\n    url",
        "  -\u00a0name: Beta\n\u00a0\u00a0\u00a0\u00a0url",
        [
            f"5: feeds.1.name: a no-break space (U+00A0) {DASH}",
            f"6: feeds.1.url: a no-break space (U+00A0) {INDENT}",
        ],
    ),
    "a bullet": ("- name: Beta", "• name: Beta", [f"5: feeds.1.name: a bullet (•, U+2022) {ENTRY}"]),
    "an em dash": ("- name: Beta", "— name: Beta", [f"5: feeds.1.name: an em dash (—, U+2014) {ENTRY}"]),
    "a full-width colon": (
        "name: Beta",
        "name：Beta",
        [f"5: feeds.1.name: a fullwidth colon (：, U+FF1A) {FOR_COLON}"],
    ),
    "a ratio for a colon, with a space": (
        "url: https://b",
        "url∶ https://b",
        [f"6: feeds.1.url: a ratio (∶, U+2236) {FOR_COLON}"],
    ),
    "a zero-width space in a key": (
        "url: https://b",
        "u\u200brl: https://b",
        [f"6: feeds.1.url: a zero-width space (U+200B), which nobody sees, stands after “u”: {AGAIN}"],
    ),
    "one before the indentation": (
        "    url: https://b",
        "\u200b    url: https://b",
        [f"6: feeds.1.url: a zero-width space (U+200B), which nobody sees, stands alone: {AGAIN}"],
    ),
    "a second file's byte order mark": (
        "feeds:",
        "\ufefffeeds:",
        [f"2: feeds: a byte order mark (U+FEFF), which nobody sees, stands before “feeds:”: {AGAIN}"],
    ),
    "a mark of direction behind an address": (
        "b.example.org/rss",
        "b.example.org/rss\u200e",
        [
            f"6: feeds.1.url: a mark of direction (U+200E), which nobody sees, stands after “https://b.example.org/rss”: "
            f"{AGAIN}"
        ],
    ),
    "an isolate around a name": (
        "name: Beta",
        'name: "\u2068Beta\u2069"',
        [f'5: feeds.1.name: a mark of direction (U+2068), which nobody sees, stands after “"”: {AGAIN}'],
    ),
    "curly quotation marks": (
        "name: Beta",
        "name: “Beta”",
        [f"5: feeds.1.name: a typographic quotation mark (“, U+201C) {QUOTES}"],
    ),
    "around what needs them": (
        "name: Beta",
        "name: “Beta: news”",
        [f"5: feeds.1.name: a typographic quotation mark (“, U+201C) {QUOTES}"],
    ),
    "German ones": (
        "name: Beta",
        "name: „Beta“",
        [f"5: feeds.1.name: a typographic quotation mark („, U+201E) {QUOTES}"],
    ),
    "straight and curly": (
        "name: Beta",
        'name: "Beta”',
        [f"5: feeds.1.name: a typographic quotation mark (”, U+201D) {QUOTES}"],
    ),
    "single ones": (
        "name: Beta",
        "name: ‘Beta’",
        [f"5: feeds.1.name: a typographic quotation mark (‘, U+2018) {QUOTES}"],
    ),
    "around a key": (
        "name: Beta",
        "“name”: Beta",
        [f"5: feeds.1.name: a typographic quotation mark (“, U+201C) {QUOTES}"],
    ),
    "a Cyrillic letter in a key": (
        "name: Beta",
        "nаme: Beta",
        [
            "5: feeds.1.name: “nаme” is written with a cyrillic small letter a (а, U+0430), which looks like the Latin a: "
            "write name anew"
        ],
    ),
    "a Greek one in a word that is offered": (
        "verified: false",
        "verified: false\n    kind: sitemαp",
        [
            "8: feeds.1.kind: “sitemαp” is written with a greek small letter alpha (α, U+03B1), which looks like the Latin "
            "a: write sitemap anew"
        ],
    ),
    "a Cyrillic letter in an address": (
        "b.example.org/rss",
        "b.exаmple.org/rss",
        [
            "6: feeds.1.url: “exаmple” is written with a cyrillic small letter a (а, U+0430), which looks like the Latin "
            "a: write example anew"
        ],
    ),
    "a tab as indentation": (
        "    url: https://b",
        "\turl: https://b",
        ["6: a tab stands here: use spaces"],
    ),
    "a sign, and a mistake elsewhere": (
        "name: Beta\n    url: https://b.example.org/rss",
        "name:\u00a0Beta\n    url: b",
        [
            f"5: feeds.1.name: a no-break space (U+00A0) {COLON}",
            "6: feeds.1.url: b is not a web address: write it in full, with https:// (or http://) in front",
        ],
    ),
    "signs that have no part in what breaks the file": (
        "name: Beta\n    url: https://b.example.org/rss",
        "name: Beta – the “news”\n    url: [",
        ["6: a list is opened with [ here and not closed with ], or a comma is missing"],
    ),
    "a placeholder left in": (
        "name: Beta",
        "name: …",
        ["5: feeds.1.name: says nothing but …: write a text, or delete the line"],
    ),
}
IN_PANEL = {
    "no-break spaces before a whole list": (
        "    - schoolboy\n    - cot",
        "\u00a0\u00a0\u00a0\u00a0- schoolboy\n\u00a0\u00a0\u00a0\u00a0- cot",
        [
            f"6: cautions.child.0: a no-break space (U+00A0) {INDENT}",
            f"7: cautions.child.1: a no-break space (U+00A0) {INDENT}",
        ],
    ),
    "after a dash": ("- cot", "-\u00a0cot", [f"7: cautions.child.1: a no-break space (U+00A0) {DASH}"]),
    "an en dash, which reads as one word with the line above": (
        "- cot",
        "– cot",
        [f"7: cautions.child.1: an en dash (–, U+2013) {ENTRY}"],
    ),
    "en dashes alone": (
        "- schoolboy\n    - cot",
        "– schoolboy\n    – cot",
        [
            f"6: cautions.child.0: an en dash (–, U+2013) {ENTRY}",
            f"7: cautions.child.1: an en dash (–, U+2013) {ENTRY}",
        ],
    ),
    "a minus without a space": ("- cot", "−cot", [f"7: cautions.child.1: a minus sign (−, U+2212) {ENTRY}"]),
    "an en dash with a no-break space": (
        "- cot",
        "–\u00a0cot",
        [f"7: cautions.child.1: an en dash (–, U+2013) {ENTRY}"],
    ),
    "curly quotation marks within brackets": (
        "  child:\n    - schoolboy\n    - cot bed",
        "  child: [“cot bed”, boy]",
        [f"5: cautions.child.0: a typographic quotation mark (“, U+201C) {QUOTES}"],
    ),
    "a full-width comma": (
        "  child:\n    - schoolboy\n    - cot bed",
        "  child: [cot，bed]",
        [
            "5: cautions.child.0: a fullwidth comma (，, U+FF0C) is another sign than ,: write ,, or put the text in quotes"
        ],
    ),
    "a zero-width space for a space": (
        "cot bed",
        "cot\u200bbed",
        [f"7: cautions.child.1: a zero-width space (U+200B), which nobody sees, stands after “cot”: {AGAIN}"],
    ),
    "a soft hyphen": (
        "schoolboy",
        "school\u00adboy",
        [f"6: cautions.child.0: a soft hyphen (U+00AD), which nobody sees, stands after “school”: {AGAIN}"],
    ),
    "a line separator": (
        "cot bed",
        "cot\u2028bed",
        [
            f"7: cautions.child.1: an invisible line break (U+2028), which nobody sees, stands after “cot”: {AGAIN}"
        ],
    ),
    "a phrase with a Cyrillic letter": (
        "schoolboy",
        "schооlboy",
        [
            "6: cautions.child.0: “schооlboy” is written with a cyrillic small letter o (о, U+043E), which looks like the "
            "Latin o: write schoolboy anew"
        ],
    ),
    "a phrase of Cyrillic letters alone, in quotes": (
        "schoolboy",
        '"РСС"',
        [
            "6: cautions.child.0: “РСС” is written with a cyrillic capital letter er (Р, U+0420), which looks like the "
            "Latin P: write PCC anew"
        ],
    ),
    "an ellipsis behind a stem": (
        "schoolboy",
        "schoolb…",
        [
            "6: cautions.child.0: schoolb… can match nothing: … is one sign, and the end of a sentence, which a phrase "
            "never crosses: take it out"
        ],
    ),
    "a tab after a dash": ("- cot", "-\tcot", ["7: a tab stands here: use spaces"]),
    "a tab in an escape": (
        "cot bed",
        '"cot\\tbed"',
        ["7: cautions.child.1: holds a tab: write it on one line"],
    ),
    "an escape for what nobody sees": (
        "cot bed",
        '"cot\\u200bbed"',
        ["7: cautions.child.1: holds a zero-width space (U+200B): write it on one line"],
    ),
}


@pytest.mark.parametrize("name", IN_FEEDS)
def test_a_sign_in_the_list_of_feeds_is_named(tmp_path, name):
    usual, instead, expected = IN_FEEDS[name]
    assert usual in FEEDS
    assert said(tmp_path, FEEDS.replace(usual, instead, 1), "feeds.yaml") == expected


@pytest.mark.parametrize("name", IN_PANEL)
def test_a_sign_in_the_panels_file_is_named(tmp_path, name):
    usual, instead, expected = IN_PANEL[name]
    assert usual in PANEL
    assert said(tmp_path, PANEL.replace(usual, instead, 1), "panel.yaml") == expected


@pytest.mark.parametrize(
    "reader, text",
    [
        (read_topics, "bodies:\n  force:\n  - Alpha Police\n{}Beta Police\n"),
        (read_places, "abroad:\n  - NSW\n\n{}Boston Police\n"),
    ],
)
@pytest.mark.parametrize("entry, name", [("\u00a0\u00a0- ", "a no-break space"), ("  – ", "an en dash")])
def test_so_it_is_in_the_other_two_files(tmp_path, reader, text, entry, name):
    path = tmp_path / "rules.yaml"
    path.write_text(text.format(entry), "utf-8")
    found = reader(path)
    assert isinstance(found, tuple)
    assert any(mistake.line == 4 and mistake.message.startswith(name) for mistake in found), found


# ── what is read as what it looks like ──────────────────────────────────────────────────────────────────────────

READ = {
    "no-break space in a phrase": ("- cot bed", "- cot\u00a0bed", "cot bed"),
    "thin spaces, in quotes": ("- cot bed", '- "cot\u2009\u2009bed"', "cot bed"),
    "one beside a usual one": ("- cot bed", "- cot \u00a0bed", "cot bed"),
    "at the end": ("- cot bed", "- cot bed\u00a0", "cot bed"),
    "after the dash and its space": ("- cot bed", "- \u00a0cot bed", "cot bed"),
    "an escape for one": ("- cot bed", '- "cot\\u00a0bed"', "cot bed"),
    "an accent in two signs": ("- cot bed", "- cafe\u0301 bed", "café bed"),
    "signs in a comment": ("- cot bed", "- cot bed  # “– x”：\u00a0\u200b а", "cot bed"),
    "an apostrophe, dashes and quotation marks inside": ("- cot bed", "- child’s – “cot” bed", "child’s – “cot” bed"),
    "quotation marks inside straight ones": ("- cot bed", '- "“cot bed”"', "“cot bed”"),
    "a dash inside straight ones": ("- cot bed", '- "– cot"', "– cot"),
    "a wide sign inside straight ones": ("- cot bed", '- "cot：bed"', "cot：bed"),
    "letters of a name": ("- cot bed", "- Müller, Łódź, Ørsted, Ñandú", "Müller, Łódź, Ørsted, Ñandú"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_is_certain_is_read(tmp_path, name):
    usual, instead, expected = READ[name]
    path = tmp_path / "panel.yaml"
    path.write_text(PANEL.replace(usual, instead), "utf-8")
    found = read_panel(path)
    assert not isinstance(found, tuple), found
    assert found.value.cautions.child == ("schoolboy", expected)
    assert normalise(expected) == normalise(
        expected.replace(" ", "\u00a0")
    )  # and hits a story with either space


def test_a_value_with_a_space_that_is_none_is_what_it_would_be_without(tmp_path):
    feeds = FEEDS.replace("verified: false", "verified:  false\u00a0").replace(
        "name: Beta", "name\u00a0: Beta"
    )
    feeds = feeds.replace("b.example.org/rss", "b.example.org/rss\u2007")
    assert said(tmp_path, feeds, "feeds.yaml") == ["ok"]
    loaded = read_feeds(tmp_path / "feeds.yaml")
    assert not isinstance(loaded, tuple)
    assert [(feed.name, feed.url, feed.verified) for feed in loaded.value.feeds][1] == (
        "Beta", "https://b.example.org/rss", False,
    )  # fmt: skip


def test_two_spellings_of_an_accent_are_one_publisher(tmp_path):
    publishers = "publishers: {Café: {same_article: '/(x)'}}\n"
    feeds = publishers + FEEDS.replace("verified: false", "publisher: Cafe\u0301")
    assert said(tmp_path, feeds, "feeds.yaml") == ["ok"]


# ── the pure parts ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sign, name",
    {
        "–": "an en dash (–, U+2013)",
        "\u2009": "a thin space (U+2009)",
        "\u3164": "a hangul filler (U+3164)",
        "\x07": "a control character (U+0007)",
    }.items(),
)
def test_a_sign_is_called_by_its_name(sign, name):
    assert called(sign) == name


def test_neither_reading_changes_the_number_of_lines():
    text = "a：b\r\n\u00a0- “c\n– d”\n\ufeffe\u2028f # \u200b\n"
    unseen, _ = without_unseen(text)
    meant, _ = as_meant(unseen)
    assert text.count("\n") == unseen.count("\n") == meant.count("\n")
    assert as_meant(meant) == (meant, [])
    assert without_unseen(unseen) == (unseen, [])


FORTY = "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}, *k{n - 1}]\n" for n in range(1, 41))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: &a [*a]\n", id="a list in itself"),
        pytest.param("a: &a {b: *a}\n", id="a mapping in itself"),
        pytest.param(f"k0: &k0 [x]\n{FORTY}", id="three to the power of forty"),
    ],
)
def test_aliases_are_refused_as_soon_as_they_are_read(text):
    found = document_of("topics.yaml", text.encode())
    assert isinstance(found, Document)
    assert "anchors (&) and aliases (*) are not offered" in found.mistakes[0].message


@pytest.mark.parametrize(
    "written, name",
    {
        "Kennet\u00a0Gazette": "Kennet Gazette",
        "\u200bKennet\u200d Gazette\u2028": "Kennet Gazette",
        "Cafe\u0301\n News": "Café News",
        "Kennet 👩\u200d💻": "Kennet 👩\u200d💻",
    }.items(),
)
def test_a_name_from_elsewhere_is_tidied(written, name):
    assert tidy_name(written) == name
    assert tidy(name) == name
