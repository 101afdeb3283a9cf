"""The proxy that the environment names: judged before anything is asked for, and never repeated."""

import pytest

from monitor.app.network import fetcher, proxy_from, proxy_in
from monitor.errors import InputError
from monitor.settings import Network

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


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("secret.example:3128", id="no scheme"),
        pytest.param("secret", id="a name alone"),
        pytest.param("socks5://secret.example:1080", id="another protocol"),
        pytest.param("http://", id="no server"),
        pytest.param("http://secret.example:port", id="a port of letters"),
        pytest.param("http://[secret", id="half a bracket"),
        pytest.param("http://secret.example:0", id="port nought"),
    ],
)
def test_anything_else_is_a_mistake_that_is_not_repeated(written, monkeypatch):
    monkeypatch.setenv("MONITOR_PROXY", written)
    with pytest.raises(InputError) as found:
        fetcher(WITH_PROXY)
    assert str(found.value) == (
        "The environment variable MONITOR_PROXY holds no address of a proxy: write it in full, as in "
        "http://proxy.example.org:3128 or http://name:password@proxy.example.org:3128."
    )


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
