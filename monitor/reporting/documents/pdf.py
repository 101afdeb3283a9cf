"""A page -> PDF. Only this file knows WeasyPrint, which is an extra: it wants Pango from the system.

The page is ours, with its style in it, and nothing is fetched to print it: whatever address a page might name is
refused. The PDF is tagged (PDF/UA-1), so that a screen reader finds headings, lists and links.
"""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from typing import Any
from warnings import catch_warnings, simplefilter

from monitor.errors import OutputError

INSTALL = "pip install 'topical-issues-monitor[pdf]'"
SYSTEM = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def demand_pdf() -> None:
    """Raises OutputError, with what to do, where no PDF can be made. Asked before there is work that would be lost."""
    if find_spec("weasyprint") is None:
        raise OutputError(
            f"A PDF needs WeasyPrint, which is not installed. Say: {INSTALL}. "
            "Or open the Word draft and save it as PDF."
        )
    _weasyprint()


def write_pdf(page: str) -> bytes:
    """The PDF of a page of ours."""
    weasyprint = _weasyprint()
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=page, url_fetcher=nothing, base_url="about:blank")
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


def _weasyprint() -> Any:
    try:
        with quiet():
            import weasyprint.urls
    except OSError as error:  # it is there, but the libraries that it calls are not
        raise OutputError(
            f"A PDF needs Pango from the system, and it is missing. On Debian and Ubuntu say: {SYSTEM}. "
            "Elsewhere: https://doc.courtbouillon.org/weasyprint/stable/first_steps.html says how to install it. "
            "Or open the Word draft and save it as PDF."
        ) from error
    return weasyprint


@contextmanager
def quiet() -> Iterator[None]:
    """While it is imported WeasyPrint prints advice on what is missing, among our results, and warns that a later
    release will want HarfBuzz-Subset. Until then the fonts are cut without it, and nothing is wrong."""
    with redirect_stdout(StringIO()), catch_warnings():
        simplefilter("ignore")
        yield
