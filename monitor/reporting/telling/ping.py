"""Asks for an address (`address.py`) when a run begins and when it ends. The service tells of what we cannot: that
no run ends any more.

Nothing waits for a ping: each is asked for in a thread of its own, one after the other, and at the end of a run the
last is given a few seconds. What becomes of it raises nothing. The address is as good as a key: no message of ours
holds it. It is not followed to another, which would hand the key on.
"""

import ssl
import threading
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError

from monitor.reporting.telling.address import Signal, address_of
from monitor.reporting.wording import one_line

SECONDS = 5.0  # all that the end of a run has for its pings
LONGEST = 1000  # signs of a text; healthchecks.io keeps 100,000 bytes, others less


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the web is reached from this machine."""

    user_agent: str
    proxy: str | None = None
    ca_bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a ping was not taken."""

    what: str  # for a person, without the address; ends without a full stop
    lasting: bool  # a person must mend it


def ring(address: str, signal: Signal, said: str, way: Way, seconds: float = SECONDS) -> Trouble | None:
    """Asks once. None where the ping was taken."""
    body = None if signal is Signal.START else said[:LONGEST].encode("utf-8", "replace")
    headers = {"User-Agent": way.user_agent}
    if body is not None:
        headers["Content-Type"] = "text/plain; charset=utf-8"
    try:
        request = urllib.request.Request(address_of(address, signal), data=body, headers=headers)
        with _opener(way, request.type).open(request, timeout=seconds):
            return None
    except HTTPError as error:
        error.close()
        return Trouble(f"the answer was {error.code}", lasting=300 <= error.code < 500 and error.code != 429)
    except (OSError, HTTPException, ValueError) as error:  # UnicodeError of a strange host is a ValueError
        return Trouble(_reason(error), lasting=False)


class _NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _opener(way: Way, scheme: str) -> urllib.request.OpenerDirector:
    proxies = {"http": way.proxy, "https": way.proxy} if way.proxy else {}
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler(proxies), _NotFollowed()]
    if scheme == "https":
        context = ssl.create_default_context()
        if way.ca_bundle:
            context.load_verify_locations(way.ca_bundle)
        handlers.append(urllib.request.HTTPSHandler(context=context))
    return urllib.request.build_opener(*handlers)


def _reason(error: Exception) -> str:
    """The kind of trouble alone where the library's words may hold the address."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({one_line(cause.verify_message)})"
    if isinstance(cause, OSError) and cause.strerror:
        return one_line(cause.strerror)
    return f"no answer that can be read ({type(cause).__name__})"


class Bell:
    """The pings of one run, in order."""

    def __init__(self, address: str, way: Way) -> None:
        self._address = address
        self._way = way
        self._last: threading.Thread | None = None
        self._troubles: list[Trouble] = []

    def ring(self, signal: Signal, said: str = "") -> None:
        """Returns at once."""
        before = self._last

        def work() -> None:
            if before:
                before.join()
            if trouble := ring(self._address, signal, said, self._way):
                self._troubles.append(trouble)

        self._last = threading.Thread(target=work, name=f"ping {signal}", daemon=True)
        self._last.start()

    def troubles(self, seconds: float = SECONDS) -> tuple[Trouble, ...]:
        """What went wrong so far, once every ping has ended or so many seconds have gone by."""
        if self._last:
            self._last.join(seconds)
            if self._last.is_alive():
                return (*self._troubles, Trouble("no answer in time", lasting=False))
        return tuple(self._troubles)
