"""The desk's password: made at the machine, kept as a hash, read from the environment or a file, in no log."""

import io
import logging
import stat
import sys

import pytest
from desks import KEY, Reader
from test_safety_login import RIGHT

from monitor.app.desk.entry.password import FILE, keep_hash, password_hash
from monitor.app.secrets import known_secrets, without_secrets
from monitor.cli import main
from monitor.cli.showing import PlainFormatter
from monitor.desk.application import application
from monitor.desk.safety.password import Password, hashed, is_hash, unfit
from monitor.errors import InputError

NAME, PLAIN = "MONITOR_DESK_PASSWORD_HASH", "MONITOR_DESK_PASSWORD"
HASH = hashed(RIGHT)
OTHER = HASH[:-1] + ("0" if HASH[-1] != "0" else "1")


@pytest.mark.slow
def test_a_hash_is_slow_salted_and_holds_nothing_of_the_password():
    assert is_hash(HASH) and HASH.startswith("scrypt:32768:8:1$") and hashed(RIGHT) != HASH
    assert RIGHT not in HASH
    password = Password(lambda: HASH)
    assert (password.is_right(RIGHT), password.is_right(RIGHT + "x"), password.is_right(HASH)) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "plain words", "scrypt:2:1:1$salt$" + "0" * 128, "scrypt:99999999:8:1$saltsalt$" + "0" * 128,
        "pbkdf2:sha256:1$saltsalt$" + "0" * 64, "plain$$x", HASH[:-1], HASH + "\n", HASH.upper(),
    ],
    ids=["empty", "words", "short salt", "costly", "another kind", "plain", "cut", "with an end of line", "in capitals"],
)  # fmt: skip
def test_what_is_no_such_hash(text):
    assert not is_hash(text)


@pytest.mark.parametrize(
    "password, wanted",
    [
        ("three words here", None),
        ("äöü-äöü-äöü", None),
        ("short", "That is shorter than 10 signs"),
        ("   short    ", "That is shorter than 10 signs"),
        ("", "That is shorter than 10 signs"),
        ("x" * 1_001, "That is longer than 1,000 bytes"),
        ("ä" * 501, "That is longer than 1,000 bytes"),
    ],
)
def test_a_new_one(password, wanted):
    said = unfit(password)
    assert said is None if wanted is None else said.startswith(wanted)


def test_where_it_is_read(tmp_path):
    def read(**environment):
        return password_hash(tmp_path, is_hash, environment)

    assert read() is None
    kept = keep_hash(tmp_path, OTHER)
    assert kept == tmp_path / FILE and stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read() == OTHER
    assert read(**{NAME: HASH}) == HASH
    (tmp_path / "secret").write_text(f"{HASH}\n")
    assert read(**{f"{NAME}_FILE": str(tmp_path / "secret")}) == HASH
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE, "secret"]


@pytest.mark.parametrize(
    "environment, beside, said",
    [
        ({NAME: "three words here"}, "", f"{NAME} holds no hash of a password as the desk makes it"),
        ({f"{NAME}_FILE": "/nowhere/x"}, "", f"{NAME}_FILE names /nowhere/x, which cannot be read"),
        ({f"{NAME}_FILE": "/dev/null"}, HASH, f"{NAME}_FILE names /dev/null, which cannot be read"),
        (
            {PLAIN: "three words here"},
            HASH,
            f"{PLAIN} is set, and the desk takes no password as such from there",
        ),
        ({f"{PLAIN}_FILE": "/x"}, HASH, f"{PLAIN} is set"),
        ({}, "three words here", "desk.password holds no hash"),
        ({}, "\n", "desk.password holds no hash"),
    ],
    ids=[
        "words",
        "no such file",
        "a device",
        "a password",
        "a password's file",
        "words beside",
        "nothing beside",
    ],
)
def test_what_holds_none_is_said_and_never_taken_for_no_password(tmp_path, environment, beside, said):
    if beside:
        (tmp_path / FILE).write_text(beside)
    with pytest.raises(InputError) as refused:
        password_hash(tmp_path, is_hash, environment)
    assert said in str(refused.value) and "three words" not in str(refused.value)


def test_no_log_repeats_it(monkeypatch):
    monkeypatch.setenv(NAME, HASH)
    monkeypatch.setenv(PLAIN, "three words here")
    assert HASH in known_secrets()
    assert without_secrets(f"a {HASH} b three words here c") == "a [struck out] b [struck out] c"


@pytest.mark.slow
def test_nothing_of_a_log_in_is_logged(week, monkeypatch, caplog):
    """Neither of one that fails, nor of a bug in the midst of it, whatever is logged."""
    caplog.set_level(logging.DEBUG)
    app = application(week.open, KEY, password=Password(lambda: HASH))
    reader = Reader(app).get("/").press("Log in", password="wrong words typed")
    assert reader.status == 422 and "a wrong password for the desk from 127.0.0.1" in caplog.text
    reader.press("Log in", password=RIGHT)
    cookie = next(iter(reader.client._cookies.values())).value
    reader.get("/")
    broken = Reader(app).get("/")
    monkeypatch.setattr("monitor.desk.safety.password.check_password_hash", lambda *_: 1 / 0)
    assert broken.press("Log in", password=RIGHT).status == 500 and RIGHT not in broken.text
    shown = "\n".join(PlainFormatter("%(name)s %(message)s").format(record) for record in caplog.records)
    assert "ZeroDivisionError" in shown
    for secret in (RIGHT, "wrong words typed", HASH, cookie, KEY.decode()):
        assert secret not in shown


# ── monitor desk --new-password ─────────────────────────────────────────────────────────────────────────────────


def piped(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_a_new_one_is_made_at_the_machine(tmp_path, monkeypatch, capsys):
    piped(monkeypatch, f"{RIGHT}\nanother line\n")
    assert main(["--config", str(tmp_path), "desk", "--new-password"]) == 0
    out, err = capsys.readouterr()
    file = tmp_path / "data" / FILE
    assert (
        out == f"The new password's hash is in {file}. Whoever is logged in is asked for it.\n" and err == ""
    )
    assert Password(lambda: password_hash(tmp_path / "data", is_hash, {})).is_right(RIGHT)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and RIGHT not in file.read_text()


@pytest.mark.parametrize("typed", ["short\n", "", "\n"])
def test_one_that_will_not_do_changes_nothing(tmp_path, monkeypatch, capsys, typed):
    piped(monkeypatch, typed)
    assert main(["--config", str(tmp_path), "desk", "--new-password"]) == 1
    assert capsys.readouterr().err.endswith("Nothing was changed.\n") and not (tmp_path / "data").exists()


def test_where_the_environment_goes_before_it_says_so(tmp_path, monkeypatch, capsys):
    piped(monkeypatch, f"{RIGHT}\n")
    monkeypatch.setenv(NAME, HASH)
    assert main(["--config", str(tmp_path), "desk", "--new-password"]) == 0
    assert f"It does not hold yet: {NAME} is set" in capsys.readouterr().out


def test_at_a_terminal_it_is_typed_twice_and_not_shown(tmp_path, monkeypatch, capsys):
    asked = []

    def prompt(what, **named):
        asked.append(named)
        return RIGHT

    monkeypatch.setattr("click.prompt", prompt)
    piped(monkeypatch, "")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert main(["--config", str(tmp_path), "desk", "--new-password"]) == 0
    assert (asked[0]["hide_input"], bool(asked[0]["confirmation_prompt"])) == (True, True)
    assert RIGHT not in capsys.readouterr().out


def test_a_desk_does_not_start_with_a_password_that_stands_where_it_must_not(week, monkeypatch, capsys):
    monkeypatch.setenv(PLAIN, "three words here")
    assert main(["--config", str(week.folder), "desk", "--port", "0"]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{PLAIN} is set") and "three words" not in err and err.count("\n") == 1
