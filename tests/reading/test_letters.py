"""Which letters a body means: decided by its bytes, before anybody's word."""

import pytest

from monitor.reading.letters import decoded

QUOTED = "The force’s £9m “gap” – café"
HTML = '<html><head><meta charset="{}"></head><p>{}</p>'
XML = '<?xml version="1.0" encoding="{}"?><title>{}</title>'


@pytest.mark.parametrize(
    "body, content_type, expected",
    [
        pytest.param(QUOTED.encode(), None, QUOTED, id="UTF-8"),
        pytest.param(QUOTED.encode("utf-8-sig"), None, QUOTED, id="UTF-8 with a mark"),
        pytest.param(QUOTED.encode("utf-16"), None, QUOTED, id="UTF-16 with a mark"),
        pytest.param(("<p>" + QUOTED).encode("utf-16-le"), None, "<p>" + QUOTED, id="UTF-16 without a mark"),
        pytest.param(("<p>" + QUOTED).encode("utf-16-be"), None, "<p>" + QUOTED, id="UTF-16 the other way"),
        pytest.param(QUOTED.encode("utf-32"), None, QUOTED, id="UTF-32 with a mark"),
        pytest.param(b"\xff\xfe<p>" + QUOTED.encode(), None, "<p>" + QUOTED, id="a mark of another encoding"),
        pytest.param(QUOTED.encode(), "text/html; charset=iso-8859-1", QUOTED, id="UTF-8 called Latin-1"),
        pytest.param(
            XML.format("windows-1252", QUOTED).encode(),
            "text/xml",
            XML.format("windows-1252", QUOTED),
            id="UTF-8 that declares Windows'",
        ),
        pytest.param(QUOTED.encode("cp1252"), None, QUOTED, id="Windows', undeclared"),
        pytest.param(QUOTED.encode("cp1252"), "text/html; charset=utf-8", QUOTED, id="Windows' called UTF-8"),
        pytest.param(
            HTML.format("iso-8859-1", QUOTED).encode("cp1252"),
            None,
            HTML.format("iso-8859-1", QUOTED),
            id="Windows' that says Latin-1",
        ),
        pytest.param(
            XML.format("iso-8859-15", "5 € à 10 €").encode("iso-8859-15"),
            "application/xml",
            XML.format("iso-8859-15", "5 € à 10 €"),
            id="what the document declares",
        ),
        pytest.param(
            XML.format("koi8-r", "Полиция").encode("koi8-r"),
            "text/xml; charset=ISO-8859-1",
            XML.format("koi8-r", "Полиция"),
            id="a server's Latin-1 against the document's own word",
        ),
        pytest.param(
            "Полиция".encode("koi8-r"), "text/html; charset=KOI8-R", "Полиция", id="what the server says"
        ),
        pytest.param(
            HTML.format("koi8-r", "Police £9m").encode("cp1252"),
            "text/html; charset=windows-1251",
            HTML.format("koi8-r", "Police Ј9m"),
            id="the server before the document",
        ),
        pytest.param(b"caf\xe9", "text/html; charset=klingon", "café", id="an encoding that nobody knows"),
        pytest.param(
            b"caf\xe9", "text/html; charset=base64", "café", id="a name that is no encoding of texts"
        ),
    ],
)
def test_the_letters_are_what_the_bytes_are(body, content_type, expected):
    assert decoded(body, content_type) == expected


@pytest.mark.parametrize(
    "body, expected",
    [
        pytest.param(QUOTED.encode() + b" na\xefve", f"{QUOTED} na�ve", id="a byte of Latin-1"),
        pytest.param(QUOTED.encode() + b" its\xe2\x80", f"{QUOTED} its�", id="a quote cut after two bytes"),
        pytest.param(QUOTED.encode() + b" its\xe2 ", f"{QUOTED} its� ", id="a quote cut after one"),
        pytest.param(QUOTED.encode() + b" \x99s", f"{QUOTED} �s", id="the end of a quote alone"),
        pytest.param(b"its\xe2\x80</p> plain", "its�</p> plain", id="one cut quote and nothing else"),
        pytest.param(QUOTED.encode() + b" \xf0\x9f\x9a ", f"{QUOTED} � ", id="half an emoji"),
        pytest.param(QUOTED.encode() + b" \xff", f"{QUOTED} �", id="a byte that no UTF-8 has"),
        pytest.param(
            b"<meta charset=iso-8859-1>" + QUOTED.encode() + b" na\xefve",
            f"<meta charset=iso-8859-1>{QUOTED} na�ve",
            id="one broken byte, and called Latin-1",
        ),
        pytest.param(
            "£1m £2m ’".encode() + b" \xa33m \x92 \xa34m \xe9 \x93",
            "£1m £2m ’ £3m ’ £4m é “",
            id="put together from both",
        ),
        pytest.param(
            "King\x92s \x93Corner\x94".encode(), "King’s “Corner”", id="quotes numbered as controls"
        ),
    ],
)
def test_one_broken_letter_is_one_damaged_sign(body, expected):
    assert decoded(body, "text/html; charset=utf-8") == expected
