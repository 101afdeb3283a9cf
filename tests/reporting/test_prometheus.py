"""The file for Prometheus: every line of it is as the text format has it, and says what it should."""

from dataclasses import replace
from datetime import timedelta

from conftest import NOW
from exposition import read

from monitor.model import Run
from monitor.reporting.telling.figures import Counted, Figures, write_figures

POLL = Run(
    job="poll", started=NOW - timedelta(minutes=5), ended=NOW - timedelta(minutes=4), ok=True, summary=""
)
WEEKLY = Run(job="weekly report", started=NOW, ended=NOW + timedelta(seconds=1.5), ok=False, summary="")
COUNTED = Counted(
    last_success={"weekly report": NOW - timedelta(days=7), "poll": POLL.started},
    last_runs=(POLL, WEEKLY),
    runs={("poll", True): 2016, ("poll", False): 3, ("weekly report", False): 1},
    articles=12_345,
    feeds={"on": 117, "failing": 3, "silent": 1, "paused": 2},
    undelivered=1,
    archive_bytes=73_400_320,
    edition=NOW - timedelta(days=7),
    newest_article=NOW - timedelta(minutes=5),
)
FIGURES = Figures(
    version="1.0.0", written=NOW, needs={"mail": 1, "feed-failing": 3, "no-meeting": 0}, counted=COUNTED
)


def test_every_figure_is_there():
    assert read(write_figures(FIGURES)) == {
        'info{version="1.0.0"}': 1,
        "written_timestamp_seconds": NOW.timestamp(),
        "archive_readable": 1,
        'needs{kind="feed-failing"}': 3,
        'needs{kind="mail"}': 1,
        'needs{kind="no-meeting"}': 0,
        'last_success_timestamp_seconds{job="poll"}': NOW.timestamp() - 300,
        'last_success_timestamp_seconds{job="weekly report"}': NOW.timestamp() - 7 * 86400,
        'last_run_timestamp_seconds{job="poll"}': NOW.timestamp() - 240,
        'last_run_timestamp_seconds{job="weekly report"}': NOW.timestamp() + 1.5,
        'last_run_ok{job="poll"}': 1,
        'last_run_ok{job="weekly report"}': 0,
        'last_run_duration_seconds{job="poll"}': 60,
        'last_run_duration_seconds{job="weekly report"}': 1.5,
        'runs{job="poll",outcome="failed"}': 3,
        'runs{job="poll",outcome="ok"}': 2016,
        'runs{job="weekly report",outcome="failed"}': 1,
        "articles": 12_345,
        'feeds{state="on"}': 117,
        'feeds{state="failing"}': 3,
        'feeds{state="silent"}': 1,
        'feeds{state="paused"}': 2,
        "messages_undelivered": 1,
        "archive_bytes": 73_400_320,
        "last_edition_timestamp_seconds": NOW.timestamp() - 7 * 86400,
        "newest_article_timestamp_seconds": NOW.timestamp() - 300,
    }


def test_what_is_not_known_has_no_line_and_no_heading():
    young = replace(
        COUNTED, last_success={}, last_runs=(), runs={}, edition=None, newest_article=None, articles=0
    )
    found = read(write_figures(replace(FIGURES, counted=young)))
    assert found["articles"] == 0
    assert not any(key.startswith(("last_", "runs", "newest")) for key in found)


def test_where_the_archive_cannot_be_read_that_is_what_the_figures_say():
    found = read(write_figures(replace(FIGURES, needs={"archive-unreadable": 1}, counted=None)))
    assert found == {
        'info{version="1.0.0"}': 1,
        "written_timestamp_seconds": NOW.timestamp(),
        "archive_readable": 0,
        'needs{kind="archive-unreadable"}': 1,
    }


def test_whatever_a_job_is_called_its_line_is_one_line():
    odd = replace(POLL, job='a "job"\\\nof two lines')
    text = write_figures(replace(FIGURES, counted=replace(COUNTED, last_runs=(odd,))))
    assert 'last_run_ok{job="a \\"job\\"\\\\\\nof two lines"}' in read(text)
