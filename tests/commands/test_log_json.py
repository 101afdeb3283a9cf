"""JSON logs: all of stderr is records, of one run each, and none holds a secret. And a whole job, told by every way."""

import io
import json
import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest
from exposition import read
from loopback import Answer, serve
from papers import PRECEPT
from relay import serve_relay
from web import html_page, rss

from jobs import poll as poll_job
from monitor.cli import main
from monitor.cli.showing import log_to_stderr, show
from monitor.config.defaults import write_defaults

NOW = datetime.now(UTC)
UUID = "9d3f1c0e-5a7b-4c2d-8e6f-0123456789ab"


@pytest.fixture(autouse=True)
def as_before():
    """The root logger as it was: whoever runs a command sets it for the process."""
    root, ours = logging.getLogger(), logging.getLogger("monitor")
    handlers, level, own = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:], root.level, ours.level = handlers, level, own


def records(text):
    assert text.endswith("\n")
    assert not any(sign in text for sign in "\x1b\u2028\u202e")  # one line is one line to everybody
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


@pytest.fixture
def logged(monkeypatch):
    """Everything on stderr as records of the run `7`."""
    monkeypatch.setattr(sys, "stderr", stream := io.StringIO())
    log_to_stderr(logging.WARNING, "", run="7", as_records=True)
    return lambda: records(stream.getvalue())


def test_a_record_is_one_object_with_run_level_time_and_message(logged):
    logging.getLogger("some.library").warning("two\nlines, %s", "“quoted”\u2028\x1b[2J")
    logging.getLogger("some.library").info("nobody asked")
    logging.getLogger("monitor.app.telling").info("poll has begun.")
    logging.getLogger("monitor").debug("nobody asked")
    show("What a person is to read.", err=True)
    one, two, three = logged()
    assert {**one, "time": None} == {
        "time": None,
        "level": "warning",
        "message": "two\nlines, “quoted”\u2028\x1b[2J",
        "logger": "some.library",
        "run": "7",
    }
    assert abs(datetime.fromisoformat(one["time"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert one["time"].endswith("Z")
    assert (two["message"], two["level"]) == ("poll has begun.", "info")
    assert (three["message"], three["level"]) == ("What a person is to read.", "error")


def test_a_traceback_is_in_its_record_without_a_secret(logged, monkeypatch):
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "correct horse")
    try:
        raise ValueError(f"correct horse at https://hc-ping.com/{UUID}")
    except ValueError:
        logging.getLogger("monitor").exception("a bug")
    (record,) = logged()
    assert record["exception"].endswith("ValueError: [struck out] at https://hc-ping.com/[struck out]")
    assert record["exception"].startswith("Traceback")


def test_the_resident_scheduler_speaks_of_no_run(logged):
    logging.getLogger("apscheduler.scheduler").error("late")
    logging.getLogger("jobs").error("missed")
    assert ["run" in record for record in logged()] == [False, False]


@pytest.mark.parametrize("as_records", [True, False])
def test_no_secret_gets_to_stderr_as_a_record_or_plainly(as_records, monkeypatch, tmp_path):
    (tmp_path / "ping").write_text(f"https://ping.example/{UUID}\n")
    monkeypatch.setenv("MONITOR_PING_POLL_FILE", str(tmp_path / "ping"))
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "correct horse")
    monkeypatch.setenv("MONITOR_PROXY", "http://bob:b%40ttery@proxy.example:3128")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    log_to_stderr(logging.DEBUG, "%(message)s", run="7", as_records=as_records)
    secrets = ("correct horse", "b@ttery", "b%40ttery", UUID, "hunter2", "abc123def")
    for secret in secrets:
        logging.getLogger("some.library").debug(
            '"GET /%s" %s', secret, f"http://u:{secret.replace(' ', '')}@p.example:1"
        )
        show(f"it said {secret} to password={secret}", err=True)
    logging.getLogger("some.library").debug(
        "https://feeds.example/rss?api_key=abc123def Authorization: Bearer hunter2x9"
    )
    written = sys.stderr.getvalue()
    assert not any(secret in written for secret in secrets[:4])
    assert (
        written.count("hunter2") == written.count("abc123def") == 1 + 1
    )  # where nothing says that it is one


def test_usage_and_mistakes_are_records_of_one_run(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("MONITOR_LOG_JSON", "1")
    assert main(["--config", str(tmp_path), "poll"]) == 1
    first = records(capsys.readouterr().err)
    assert main(["poll", "--no-such-option"]) == 2
    second = records(capsys.readouterr().err)
    assert "feeds.yaml:1: " in first[-1]["message"]
    assert [record["message"] for record in first[:-1]] == [
        f"poll ended badly: {first[-1]['message'].replace(chr(10), ' ')}"
    ]
    assert "--no-such-option" in second[-1]["message"]
    assert len({record["run"] for record in first}) == 1
    assert first[0]["run"] != second[0]["run"]


@pytest.mark.parametrize(
    "said, is_json",
    [("perhaps", True), ("1", True), ("TRUE", True), ("off", False), (" 0 ", False), ("", False)],
)
def test_no_word_in_the_environment_keeps_a_job_from_running(tmp_path, capsys, monkeypatch, said, is_json):
    """Figures that go nowhere neither. It ends as it would without them: here for want of the four files."""
    monkeypatch.setenv("MONITOR_LOG_JSON", said)
    monkeypatch.setenv("MONITOR_METRICS", str(tmp_path))
    assert main(["--config", str(tmp_path), "poll"]) == 1
    said_on_stderr = capsys.readouterr().err
    assert "feeds.yaml:1: " in said_on_stderr and said_on_stderr.startswith("{") is is_json


def test_plainly_nothing_is_said_that_was_not_before(tmp_path, capsys):
    assert main(["--config", str(tmp_path), "poll"]) == 1
    assert all(line.startswith(("feeds.yaml:", "topics.yaml:", "places.yaml:", "panel.yaml:"))
               for line in capsys.readouterr().err.splitlines())  # fmt: skip


def test_a_poll_by_its_job_is_told_by_every_way(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "config"
    folder.mkdir()
    with serve({}) as server, serve_relay() as relay:
        story = server.url("/news/precept")
        server.answers = {
            "/rss": Answer(rss((story, "Police precept to rise", NOW - timedelta(hours=3)))),
            "/news/precept": Answer(html_page("Police precept to rise", *PRECEPT)),
            f"/{UUID}": Answer(b"OK"),
            f"/{UUID}/start": Answer(b"OK"),
        }
        (folder / "feeds.yaml").write_text(
            "network: {user_agent: 'Test/1.0 (+mailto:a@b.example)', allow_private_addresses: true, spacing: 0s}\n"
            f"feeds:\n  - {{name: Courier, url: '{server.url('/rss')}', area: Berkshire}}\n"
        )
        write_defaults(folder)
        panel = (folder / "panel.yaml").read_text("utf-8")
        panel = panel[: panel.index("  # mail:")].replace("meetings:", "meetings_gone:", 1)
        (folder / "panel.yaml").write_text(
            panel[: panel.index("meetings_gone:")]
            + panel[panel.index("# Papers go out") :]
            + "  operator: operator@desk.example\n  mail: {from: m@desk.example, recipients: [o@desk.example], "
            f"host: 127.0.0.1, port: {relay.port}, starttls: false}}\n"
        )
        for name, value in (
            ("CONFIG", folder),
            ("METRICS", tmp_path / "x.prom"),
            ("LOG_JSON", 1),
            ("PING_POLL", server.url(f"/{UUID}")),
        ):
            monkeypatch.setenv(f"MONITOR_{name}", str(value))
        assert poll_job.run() == 0
    out, err = capsys.readouterr()
    counts = "1 feed polled, 0 failed; 1 new article."
    assert out.splitlines() == [counts]
    said = records(err)
    assert [record["message"] for record in said] == ["poll has begun.", f"poll ended well: {counts}"]
    start, end = (asked for asked in server.asked if UUID in asked.path)
    assert (start.path, end.path) == (f"/{UUID}/start", f"/{UUID}")
    assert end.body.decode() == f"poll: {counts}\nRun {said[0]['run']}.\n"
    assert {record["run"] for record in said} == {said[0]["run"]}
    assert UUID not in out + err
    figures = read((tmp_path / "x.prom").read_text("utf-8"))
    assert (figures["articles"], figures['runs{job="poll",outcome="ok"}']) == (1, 1)
    ((_, recipients, _),) = relay.taken
    assert recipients == ("operator@desk.example",)
    assert said[0]["run"] in relay.messages[0].get_content()
