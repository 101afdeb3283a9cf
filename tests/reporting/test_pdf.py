"""The PDF: made of the page alone, tagged, and where it cannot be made that is said before anything is done."""

import re
import sys
import zlib

import pytest
from editions import HOSTILE, edition, item
from loopback import Answer, serve

from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.reporting.documents.page import write_html
from monitor.reporting.documents.pdf import write_pdf


@pytest.mark.pango
@pytest.mark.slow
def test_a_draft_becomes_a_tagged_pdf_with_its_title_and_language():
    written = write_pdf(write_html(edition(item(heading="Force publishes figures"))))
    assert written.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL)
    inside = b"".join(inflated(stream) for stream in streams)
    for mark in (b"/StructTreeRoot", b"/Lang (en-GB)", b"/MarkInfo", b"pdfuaid"):
        assert mark in inside + written


def inflated(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


@pytest.mark.pango
@pytest.mark.slow
def test_any_text_can_be_printed():
    made = edition(*(item(heading=given, excerpt=(given,)) for given, _ in HOSTILE.values()))
    assert write_pdf(write_html(made)).startswith(b"%PDF-")


@pytest.mark.pango
def test_nothing_is_fetched_to_print_a_page(tmp_path):
    with serve({"/pixel.png": Answer(b"")}) as server:
        kept = tmp_path / "kept.css"
        kept.write_text(f"p {{ background: url({server.url('/from-file.png')}) }}")
        write_pdf(
            f"<html lang=en><title>x</title><img src='{server.url('/pixel.png')}'>"
            f"<link rel=stylesheet href='{server.url('/style.css')}'><link rel=stylesheet href='{kept.as_uri()}'>"
            f"<style>@import url({server.url('/more.css')})</style><p>text</html>"
        )
        assert server.asked == []


def test_where_weasyprint_is_missing_the_command_says_how_to_get_it_and_does_nothing(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # what Python does for a package that is not there
    write_defaults(tmp_path)
    assert main(["--config", str(tmp_path), "draft", "--format", "docx,pdf"]) == 1
    said = capsys.readouterr().err
    assert "pip install 'topical-issues-monitor[pdf]'" in said and "save it as PDF" in said
    assert not (tmp_path / "data").exists()
