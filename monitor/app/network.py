"""The way to the web: the fetcher, with the proxy that the environment or feeds.yaml names.

A proxy with a password is named by MONITOR_PROXY and never by a file. What that holds is judged before anything is
asked for, and is never repeated in a message: it may be a secret.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.addresses.proxies import wrong_with_proxy
from monitor.errors import InputError
from monitor.settings import Network

if TYPE_CHECKING:
    from monitor.reading.fetch.fetcher import Fetcher
    from monitor.reading.fetch.turn import Turns

VARIABLE = "MONITOR_PROXY"


def fetcher(network: Network, seconds: float | None = None, turns: "Turns | None" = None) -> "Fetcher":
    """The real network; `seconds` is the total time of a call where it is not the usual one, `turns` whose turn it is
    at a host where others ask too. Raises InputError where MONITOR_PROXY holds no proxy's address."""
    # A fifth of a second, which a draft need not wait for.
    from monitor.reading.fetch.fetcher import TOTAL_SECONDS, Fetcher
    from monitor.reading.fetch.turn import FREELY

    network = replace(network, proxy=proxy_in(os.environ) or network.proxy)
    return Fetcher(network, seconds=seconds or TOTAL_SECONDS, turns=turns or FREELY)


def proxy_in(environment: Mapping[str, str]) -> str | None:
    """The proxy that the environment names. Raises InputError where that is no proxy's address."""
    written = environment.get(VARIABLE, "").strip()
    if written and (what := wrong_with_proxy(written)):
        raise InputError(f"The environment variable {VARIABLE} {what}.")
    return written or None


def proxy_from(environment: Mapping[str, str], network: Network) -> str | None:
    """What names the proxy that is used; None where none is."""
    if proxy_in(environment):
        return f"the environment variable {VARIABLE}"
    return "`network.proxy` of feeds.yaml" if network.proxy else None
