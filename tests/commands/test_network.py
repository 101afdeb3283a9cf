"""What the environment says (proxy, folders, log-in): judged before anything is asked for; secrets are never
repeated."""

import os

import pytest

from monitor.app.login import login_in
from monitor.app.network import fetcher, proxy_from, proxy_in
from monitor.app.secrets import secret
from monitor.cli import main
from monitor.config.defaults import write_defaults
from monitor.errors import InputError
from monitor.reporting.delivery.mail import Login
from monitor.settings import Network
from monitor.store import Store

AGENT = Network(user_agent="Test/1.0 (+mailto:a@b.example)")
WITH_PROXY = Network(user_agent="Test/1.0 (+mailto:a@b.example)", proxy="http://office.example:3128")


@pytest.mark.parametrize(
    "written, proxy",
    [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("https://name:secret@proxy.example", "https://name:secret@proxy.example"),
        (" http://proxy.example:3128\n", "http://proxy.example:3128"),
        ("", None),
        ("  ", None),
    ],
)
def test_an_address_in_full_is_a_proxy(written, proxy):
    assert proxy_in({"MONITOR_PROXY": written}) == proxy


LOGIN = "in percents: @ is %40, / is %2F, # is %23, ? is %3F, % is %25, a space is %20"


@pytest.mark.parametrize(
    "written, wrong",
    [
        ("secret.example:3128", "has no http:// in front: write it in full"),
        ("secret", "has no http:// in front"),
        ("name:secret@proxy.example:3128", "has no http:// in front"),
        ("http:secret.example:3128", "has no http:// in front"),
        ("http:/secret.example:3128", "has no http:// in front"),
        ("//secret.example:3128", "has no http:// in front"),
        ("'http://secret.example:3128'", "begins with a quotation mark: leave the marks out"),
        ('"http://secret.example:3128"', "begins with a quotation mark"),
        ("socks5://secret.example:1080", "names another protocol than http or https"),
        ("ftp://secret.example", "names another protocol than http or https"),
        ("http://", "names no server"),
        ("http://:3128", "names no server"),
        ("http://secret..example:3128", "names no server"),
        ("http://-secret:3128", "names no server"),
        ("http://[secret", "names no server"),
        ("http://secret.example:port", "has a port that is none: write a number from 1 to 65535"),
        ("http://secret.example:0", "has a port that is none"),
        ("http://secret.example:65536", "has a port that is none"),
        ("http://secret.example:", "has a port that is none"),
        ("http://secret.example:3128:3128", "has a port that is none"),
        ("http://secret.example: 3128", "holds a space or an unprintable character"),
        ("http://secret .example:3128", "holds a space or an unprintable character"),
        ("http://secret.example:3128\nx", "holds a space or an unprintable character"),
        (
            "http://secret.example/proxy.pac",
            "goes on after the port, as the address of a page or of a PAC file",
        ),
        ("http://secret.example:3128/?x=1", "goes on after the port"),
        ("http://secret.example:3128#x", "goes on after the port"),
        ("http://name:sec/ret@proxy.example:3128", LOGIN),
        ("http://name:sec#ret@proxy.example:3128", LOGIN),
        ("http://name:sec?ret@proxy.example:3128", LOGIN),
        ("http://name:sec@ret@proxy.example:3128", LOGIN),
        ("http://name:sec%ret@proxy.example:3128", LOGIN),
        ("http://name:sec ret@proxy.example:3128", LOGIN),
        ("http://na@me.example:secret@proxy.example:3128", LOGIN),
        ("http://name:secret%E2%82%AC@proxy.example:3128", "a letter that no log-in carries"),
        ("http://name:secret%FF@proxy.example:3128", "a letter that no log-in carries"),
    ],
)
def test_anything_else_is_a_mistake_that_is_not_repeated(written, wrong, monkeypatch):
    monkeypatch.setenv("MONITOR_PROXY", written)
    with pytest.raises(InputError) as found:
        fetcher(WITH_PROXY)
    said = str(found.value)
    assert said.startswith("The environment variable MONITOR_PROXY ") and said.endswith(".")
    assert wrong in said
    assert not any(part in said for part in ("secret", "sec/", "ret@", "3128\nx"))


@pytest.mark.parametrize(
    "written",
    [
        "HTTP://proxy.example:3128",
        "http://proxy",
        "http://proxy_1:3128/",
        "http://proxy.example.:3128",
        "http://192.0.2.7:3128",
        "http://[2001:db8::7]:3128",
        "http://bücher.example:3128",
        "http://name@proxy.example:3128",
        "http://name:p:w;d!$&'()*+,=~@proxy.example:3128",
        "http://name:p%40s%2Fs%23@proxy.example:3128",
        "http://DOMAIN%5Cname:pass@proxy.example:3128",
        "http://name:gr%C3%BC%C3%9Fe@proxy.example:3128",
    ],
)
def test_what_a_proxy_may_be(written):
    assert proxy_in({"MONITOR_PROXY": written}) == written


def test_a_wrong_proxy_is_said_once_and_no_feed_is_asked(tmp_path, monkeypatch, capsys):
    write_defaults(tmp_path)
    monkeypatch.setenv("MONITOR_PROXY", "secret.example:3128")
    for command in (["poll"], ["check"], ["try", "https://courier.example/"], ["weekly"]):
        assert main(["--config", str(tmp_path), *command]) == 1
        said = capsys.readouterr().err
        assert said.count("MONITOR_PROXY") == 1 and "secret" not in said, command
    with Store.open(tmp_path / "data" / "archive.db") as store:
        assert store.feeds.states() == ()


@pytest.mark.parametrize("variable", ["MONITOR_CONFIG", "MONITOR_DATA"])
@pytest.mark.parametrize(
    "folder", ["~/monitor", "$HOME/monitor", '"/srv/monitor"', "'/srv/x'", "%APPDATA%\\x"]
)
def test_a_folder_that_only_a_shell_understands_is_a_mistake(variable, folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, folder)
    assert main(["status"]) == 2
    assert "without a shell: write the whole path, without quotation marks" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "environment, found",
    [
        ({}, None),
        ({"MONITOR_SMTP_USER": " "}, None),
        ({"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD": "secret word"}, Login("desk", "secret word")),
        ({"MONITOR_SMTP_USER": "desk"}, "MONITOR_SMTP_USER has no password with it in MONITOR_SMTP_PASSWORD"),
        ({"MONITOR_SMTP_PASSWORD": "secret"}, "MONITOR_SMTP_PASSWORD is set, and MONITOR_SMTP_USER is not"),
        ({"MONITOR_SMTP_PASSWORD_FILE": "/x"}, "MONITOR_SMTP_PASSWORD_FILE is set, and MONITOR_SMTP_USER is not"),
        ({"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD": "secret\n"}, "MONITOR_SMTP_PASSWORD holds more than"),
        ({"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD": "secrét"}, "MONITOR_SMTP_PASSWORD holds a letter"),
        ({"MONITOR_SMTP_USER": "dèsk", "MONITOR_SMTP_PASSWORD": "secret"}, "MONITOR_SMTP_USER holds a letter"),
    ],
)  # fmt: skip
def test_a_log_in_is_judged_when_it_is_read(environment, found):
    login = login_in(environment)
    if isinstance(found, str):
        assert login.startswith(found) and "secr" not in login
    else:
        assert login == found


@pytest.mark.parametrize(
    "content, found",
    [
        (b"secret\r\n", Login("desk", "secret")),
        (b"", "which is empty"),
        (b"\n", "which is empty"),
        (b"secret\nanother\n", "which holds more than one line"),
        (b"\xff\xfe", "which cannot be read: it is no text"),
        (b"s" * 2000, "which holds more than one line"),
    ],
)
def test_a_password_in_a_file(content, found, tmp_path):
    file = tmp_path / "word"
    file.write_bytes(content)
    login = login_in({"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD_FILE": str(file)})
    assert found in login if isinstance(found, str) else login == found


def test_check_says_what_a_delivery_would_stop_at(tmp_path, monkeypatch, capsys):
    write_defaults(tmp_path)
    panel = tmp_path / "panel.yaml"
    mail = "{to: both, mail: {from: m@desk.example, recipients: [o@desk.example], host: relay.example}}"
    panel.write_text(panel.read_text("utf-8").partition("delivery:")[0] + f"delivery: {mail}\n", "utf-8")
    monkeypatch.setenv("MONITOR_SMTP_USER", "desk")
    assert main(["--config", str(tmp_path), "check"]) == 1
    assert "MONITOR_SMTP_USER has no password with it" in capsys.readouterr().err


@pytest.mark.parametrize(
    "environment, network, named",
    [
        ({}, AGENT, None),
        ({}, WITH_PROXY, "`network.proxy` of feeds.yaml"),
        ({"MONITOR_PROXY": "http://p.example"}, WITH_PROXY, "the environment variable MONITOR_PROXY"),
        ({"MONITOR_PROXY": ""}, AGENT, None),
    ],
)
def test_what_names_the_proxy_is_known(environment, network, named):
    assert proxy_from(environment, network) == named


@pytest.mark.parametrize(
    "kind, why",
    [
        ("pipe", "it is no file"),
        ("folder", "it is no file"),
        ("long", "it is too long for a secret"),
        ("letters", "it is no text"),
        ("none", "No such file or directory"),
    ],
)
def test_a_secret_is_read_of_a_short_file_alone(kind, why, tmp_path):
    """A pipe would be waited for with the lock held, and a device has no end."""
    file = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    elif kind != "none":
        file.write_bytes(b"x" * 20_000 if kind == "long" else b"\xff\xfe\xfa")
    with pytest.raises(InputError, match=f"cannot be read: {why}"):
        secret("MONITOR_PROXY", {"MONITOR_PROXY_FILE": str(file)})
    login = login_in({"MONITOR_SMTP_USER": "desk", "MONITOR_SMTP_PASSWORD_FILE": str(file)})
    assert isinstance(login, str) and login.endswith(f"cannot be read: {why}")
