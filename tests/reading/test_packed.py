"""Compressed bytes, whatever is said of them."""

import gzip
import zlib

import pytest

from monitor.reading.packed import Sealed, announced, is_text, unpacked

TEXT = ("<rss><channel><title>The force’s £9m</title>" + "<item/>" * 50 + "</channel></rss>").encode()
HALF = TEXT[:-40]
MOST = 5_000


def bare(text: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(text) + packing.flush()


def flushed(text: bytes) -> bytes:
    """As servers send that never end the stream."""
    packing = zlib.compressobj(wbits=31)
    return packing.compress(text) + packing.flush(zlib.Z_SYNC_FLUSH)


NAMED = (
    b"\x1f\x8b\x08\x1c\0\0\0\0\0\x03" + b"\x04\0more" + b"rss.xml\0" + b"a note\0" + gzip.compress(TEXT)[10:]
)
PACKED = {
    "gzip": gzip.compress(TEXT),
    "zlib": zlib.compress(TEXT),
    "zlib, quickly": zlib.compress(TEXT, 1),
    "gzip in gzip": gzip.compress(gzip.compress(TEXT)),
    "gzip in zlib": zlib.compress(gzip.compress(TEXT)),
    "three times": gzip.compress(gzip.compress(gzip.compress(TEXT))),
    "two files in one": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "a file's name and note": NAMED,
    "a wrong check sum": gzip.compress(TEXT)[:-8] + b"\0\0\0\0\0\0\0\0",
    "no check sum": gzip.compress(TEXT)[:-8],
    "something behind": gzip.compress(TEXT) + b"\r\n<!-- cached -->",
    "never ended": flushed(TEXT),
    "bare deflate": bare(TEXT),
    "not packed": TEXT,
}


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("coding", [None, "gzip", "deflate", "br", "gzip, gzip", "UTF-8", "none"])
def test_what_is_packed_is_read_whatever_was_announced(name, coding):
    wire = announced(PACKED[name], coding, MOST)
    assert isinstance(wire, bytes)
    assert unpacked(wire, MOST) == unpacked(wire, MOST, whole=True) == TEXT


@pytest.mark.parametrize(
    "body, reason",
    [
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0\0\x03none", "compressed, and damaged", id="gzip that is none"),
        pytest.param(b"\x1f\x8b", "compressed, and damaged", id="no more than the beginning"),
        pytest.param(gzip.compress(bytes(MOST + 1)), "larger than 0.005 MB", id="a bomb"),
        pytest.param(
            gzip.compress(gzip.compress(bytes(10_000_000), 1)), "larger than 0.005 MB", id="a bomb in a bomb"
        ),
        pytest.param(gzip.compress(b"") * 2_000, "compressed, and damaged", id="files without end"),
        pytest.param(b"PK\x03\x04rss", "a ZIP archive", id="ZIP"),
        pytest.param(
            b"\x28\xb5\x2f\xfd1", "compressed with Zstandard, which was not asked for", id="Zstandard"
        ),
    ],
)
def test_what_cannot_be_read_says_why(body, reason):
    found = unpacked(body, MOST)
    assert isinstance(found, Sealed)
    assert found.reason == reason


def test_what_breaks_off_is_given_only_where_it_need_not_be_whole():
    cut = gzip.compress(bytes(range(256)) * 4)[:-60]
    assert isinstance(unpacked(cut, MOST), bytes)
    assert unpacked(cut, MOST, whole=True) == Sealed("compressed, and broken off in the middle")
    assert announced(cut, "gzip", MOST, whole=True) == Sealed("compressed, and broken off in the middle")


def test_brotli_is_not_read_and_said():
    assert announced(bytes(range(256)), "br", MOST) == Sealed(
        "compressed in a way that was not asked for (br)"
    )
    assert announced(TEXT, "br", MOST) == TEXT


@pytest.mark.parametrize(
    "body, expected",
    [
        (b"", True),
        (TEXT, True),
        ("Ж, £".encode("utf-16"), True),
        (TEXT.decode().encode("utf-16-be"), True),
        (b"\x1b$B", True),
        (bytes(range(256)), False),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1", False),
    ],
)
def test_text_is_told_from_bytes(body, expected):
    assert is_text(body) is expected
