"""One address, one answer.

1. The address is http or https, and carries no user name or password.
2. For a page, the site's robots.txt allows it; for a feed it is not asked: feeds are there to be read by machines.
3. The request says who we are and what we have (validators). Nothing is taken from the environment: no proxy
   variables, no `.netrc`. No cookie is kept.
4. A redirect is a new address, judged like the first; at most five. `Refresh` is one too (`refresh.py`), and so is a page
   that does nothing but hand its reader on (`handing_on.py`); a redirector whose address says where it leads is not
   asked. Where all were permanent, the new address is told. None is followed to a host that wants to be left alone, and
   a refusal says which address gave it.
5. The body is read up to a cap that counts decompressed bytes; how it is compressed its bytes say (`packed.py`).
6. Whatever a server or a network does becomes a `FetchResult`, within the total time. Its reason is made of our own
   words, so that nothing secret in an address or a proxy's name is ever stored or logged.

There are no retries, but for one: a kept connection that the server closed before our request says nothing about the
server, so the request is sent once more over a new one. When to try again is for `reading/schedule/polling.py` to say.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import urldefrag, urljoin, urlsplit

from requests import PreparedRequest, Request, Response
from requests import exceptions as requests_errors
from urllib3 import exceptions as urllib3_errors
from urllib3._version import __version__ as urllib3_version

from monitor.addresses.quoting import quoted
from monitor.addresses.redirectors import unwrapped
from monitor.errors import MonitorError
from monitor.lengths import LONGEST_VALIDATOR
from monitor.model import FailureKind, Fetched, FetchFailed, FetchRequest, FetchResult, NotModified, Wanted
from monitor.reading.fetch.answers import error_in_words, in_words, is_time_out, wait_asked_for, weight
from monitor.reading.fetch.attempt import Attempt, Watch
from monitor.reading.fetch.gather import LONGEST_REST, MOST_SLOW
from monitor.reading.fetch.guard import GuardedAdapter, Refusal, refuse_private_name
from monitor.reading.fetch.handing_on import handed_on
from monitor.reading.fetch.hosts import host_of, is_this_machine, left_alone, left_to_another, wait_of
from monitor.reading.fetch.refresh import refreshed_to
from monitor.reading.fetch.robots import Robots
from monitor.reading.fetch.turn import FREELY, NoTurn, Turn, Turns, WantsRest
from monitor.reading.packed import Sealed, announced
from monitor.settings import Network

log = logging.getLogger(__name__)

TOTAL_SECONDS = 20.0  # for one call: robots.txt, redirects and body together
MOST_REDIRECTS = 5
CHUNK = 65536

# 203 is a 200 that somebody on the way has changed, a company's proxy say (RFC 9110 15.3.4).
ANSWERED = frozenset((200, 203))
REDIRECTS = frozenset((301, 302, 303, 307, 308))

# Bytes after decompression. The largest feed seen in the wild was 2.6 MB with 500 full texts, the largest news page
# 1.2 MB; beyond these the parsers take seconds.
CAPS: Mapping[Wanted, int] = MappingProxyType({Wanted.FEED: 5_000_000, Wanted.PAGE: 3_000_000})

ACCEPT = {
    Wanted.FEED: "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    Wanted.PAGE: "text/html, application/xhtml+xml, */*;q=0.5",
}


class Fetcher:
    """Fetches, as `model.Fetch`; safe to call from many threads. A context manager.

    `seconds` is the total time of a call, `caps` the most bytes of a body, `clock` what `Retry-After` dates are
    measured against, `turns` whose turn it is at a host (`turn.py`). Closing it cuts whatever is under way.
    """

    def __init__(
        self,
        network: Network,
        *,
        seconds: float = TOTAL_SECONDS,
        caps: Mapping[Wanted, int] = CAPS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        turns: Turns = FREELY,
    ) -> None:
        refuse_replaced_urllib3(urllib3_version)
        self._network = network
        self._seconds = seconds
        self._caps = caps
        self._clock = clock
        self._adapter = GuardedAdapter(network.workers + MOST_SLOW)
        self._proxies = {"http": network.proxy, "https": network.proxy} if network.proxy else {}
        self._robots = Robots(network.user_agent)
        self._watch = Watch(seconds)
        self._turns = turns

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._watch.close()
        self._adapter.close()

    def __call__(self, request: FetchRequest) -> FetchResult:
        """Fetches an address. Never raises for what a server or a network does."""
        began = time.monotonic()
        with closing(Turn(self._turns, self._rest_at, lambda: self._watch.is_closed)) as turn:
            result = self._in_turn(request, turn)
        if request.wanted is Wanted.PAGE and (delay := self._robots.crawl_delay(request.url)):
            result = replace(result, crawl_delay=delay)
        log.debug("%s: %s in %.2f s", _shown(request.url), type(result).__name__, time.monotonic() - began)
        return result

    def _in_turn(self, request: FetchRequest, turn: Turn) -> FetchResult:
        try:
            if (host := host_of(request.url)) and host not in request.barred:
                turn.take(host, request.url)
            with self._watch.attempt(turn, allow_private=self._network.allow_private_addresses) as attempt:
                result = self._outcome(request, attempt, robots=request.wanted is Wanted.PAGE)
        except NoTurn:
            return left_to_another(request.url)
        except WantsRest as host:
            return left_alone(request.url, host.wait, by=host.url if host.url != request.url else None)
        if isinstance(result, FetchFailed) and (wait := wait_of(result)):
            turn.wants_rest(wait)
        return result

    def _rest_at(self, url: str) -> timedelta:
        """How long the host rests after a request; this machine needs none."""
        if is_this_machine(host_of(url)):
            return timedelta(0)
        return max(self._network.spacing, min(self._robots.crawl_delay(url) or timedelta(0), LONGEST_REST))

    def _outcome(self, request: FetchRequest, attempt: Attempt, *, robots: bool) -> FetchResult:
        try:
            return self._follow(request, attempt, robots=robots)
        except Refusal as refusal:
            if not attempt.is_cut:
                return refusal.of(request.url)
        except (requests_errors.RequestException, urllib3_errors.HTTPError, OSError) as error:
            kind, reason = error_in_words(error)
            if not attempt.is_cut:
                return FetchFailed(url=request.url, kind=kind, reason=reason, timed_out=is_time_out(error))
        return FetchFailed(
            url=request.url,
            kind=FailureKind.TEMPORARY,
            reason=self._why_cut(),
            answered_by=attempt.asks if attempt.asks != request.url else None,
            timed_out=not self._watch.is_closed,
        )

    def _why_cut(self) -> str:
        return (
            "stopped before it was done" if self._watch.is_closed else f"no answer within {self._seconds:g} s"
        )

    def _follow(self, request: FetchRequest, attempt: Attempt, *, robots: bool) -> FetchResult:
        url, permanent = request.url, True
        for _ in range(MOST_REDIRECTS + 1):
            url = (
                unwrapped(url) if robots else url
            )  # a redirector need not be asked for what its address says
            if host_of(url) in request.barred:
                return left_alone(request.url, None, by=url)
            attempt.asks = url
            self._judge(url, attempt, robots=robots)
            attempt.turn.take(host_of(url), url, attempt.ends)
            with closing(self._send(url, self._headers(request), attempt)) as response:
                target = _redirected_to(url, response)
                if target is None:
                    result = self._answer(request, url, permanent and url != request.url, response, attempt)
                    target = (
                        _handed_on(url, result) if robots else None
                    )  # a page's; robots.txt and feeds are none
                    if target is None:
                        return result
                url, permanent = target, permanent and response.status_code in (301, 308)
        raise Refusal(FailureKind.HARD, f"more than {MOST_REDIRECTS} redirects")

    def _judge(self, url: str, attempt: Attempt, *, robots: bool) -> None:
        host = _host_to_ask(url)
        if self._network.proxy and not self._network.allow_private_addresses:
            refuse_private_name(host)
        if robots:
            self._robots.refuse(
                url,
                lambda file: self._outcome(FetchRequest(url=file, wanted=Wanted.PAGE), attempt, robots=False),
            )

    def _headers(self, request: FetchRequest) -> dict[str, str]:
        headers = {
            "User-Agent": self._network.user_agent,
            "Accept": ACCEPT[request.wanted],
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en-GB, en;q=0.8",
        }
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        return headers

    def _send(self, url: str, headers: Mapping[str, str], attempt: Attempt) -> Response:
        prepared = Request("GET", url, headers=headers).prepare()
        attempt.has_connected = False
        try:
            return self._send_once(prepared, attempt)
        except requests_errors.ConnectionError:
            if attempt.has_connected or attempt.is_cut:
                raise
        return self._send_once(prepared, attempt)

    def _send_once(self, prepared: PreparedRequest, attempt: Attempt) -> Response:
        attempt.turn.sends()
        # The adapter and not a session: a session reads a redirect's whole body, without our cap.
        return self._adapter.send(
            prepared,
            stream=True,
            timeout=(attempt.left(), attempt.left()),
            verify=self._network.ca_bundle or True,
            proxies=self._proxies,
        )

    def _answer(
        self, request: FetchRequest, url: str, moved: bool, response: Response, attempt: Attempt
    ) -> FetchResult:
        status, headers = response.status_code, response.headers
        if status == 304:  # has no body, but says so only to who reads it: then the connection is kept
            response.raw.read1(CHUNK, decode_content=False)
        if status == 304 and (request.etag or request.last_modified):
            return NotModified(url=request.url)
        if status not in ANSWERED:
            return FetchFailed(
                url=request.url,
                kind=weight(status),
                reason=in_words(status),
                status=status,
                retry_after=wait_asked_for(headers.get("Retry-After"), self._clock()),
                answered_by=url if url != request.url else None,
            )
        body = _read(response, self._caps[request.wanted], whole=request.wanted is Wanted.PAGE)
        if attempt.is_cut:  # a socket that was shut down looks like a body that ended
            raise Refusal(FailureKind.TEMPORARY, self._why_cut())
        return Fetched(
            url=request.url,
            final_url=url,
            body=body,
            content_type=headers.get("Content-Type"),
            etag=_short(headers.get("ETag")),
            last_modified=_short(headers.get("Last-Modified")),
            moved_to=url if moved else None,
        )


def refuse_replaced_urllib3(version: str) -> None:
    """Raises `MonitorError` where another package stands in urllib3's place: the guard would not be in force."""
    # urllib3-future, which niquests installs over urllib3, numbers itself 2.x.900 and up.
    if int(re.sub(r"\D.*", "", (version.split(".") + ["0", "0"])[2]) or 0) >= 900:
        raise MonitorError(
            f"urllib3 {version} is not the real one but urllib3-future: run `pip uninstall niquests urllib3-future`, "
            "then `pip install --force-reinstall urllib3`"
        )


def _shown(url: str) -> str:
    """An address for the log, without what may be secret in it."""
    return re.sub(r"//[^/@]*@", "//", url.partition("?")[0])


def _host_to_ask(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, named = parts.hostname, "@" in parts.netloc
    except ValueError:
        host, named = None, False
    if not host or parts.scheme not in ("http", "https"):
        raise Refusal(FailureKind.HARD, "not an http or https address")
    if named:
        raise Refusal(FailureKind.HARD, "the address carries a user name or password")
    return host


def _redirected_to(url: str, response: Response) -> str | None:
    location = _location(response)
    if not location:
        return None
    # Header lines arrive as Latin-1; servers write UTF-8 into them.
    location = location.encode("latin-1", "replace").decode("utf-8", "replace")
    return _target(url, location, is_itself_possible=response.status_code in ANSWERED)


def _handed_on(url: str, result: FetchResult) -> str | None:
    location = handed_on(result.body) if isinstance(result, Fetched) else None
    return _target(url, location, is_itself_possible=True) if location else None


def _target(url: str, location: str, *, is_itself_possible: bool) -> str | None:
    """The address that a location on `url` means; None where it is a page that is to be read again and again."""
    try:
        target = quoted(urldefrag(urljoin(url, location)).url)
    except ValueError:
        target = None
    if target is None:
        raise Refusal(FailureKind.SOFT, "the site redirects to something that is no address")
    return None if is_itself_possible and target == urldefrag(url).url else target


def _location(response: Response) -> str | None:
    if response.status_code in REDIRECTS:
        return response.headers.get("Location")
    return refreshed_to(response.headers.get("Refresh", "")) if response.status_code in ANSWERED else None


def _short(validator: str | None) -> str | None:
    """What is sent back with every poll; not one that fills a page."""
    return validator if validator and len(validator) <= LONGEST_VALIDATOR else None


def _read(response: Response, cap: int, *, whole: bool) -> bytes:
    too_large = Refusal(FailureKind.HARD, f"larger than {cap / 1_000_000:g} MB")
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared[:20]) > cap:
        raise too_large
    body = bytearray()
    # read1 gives what has come; reading a fixed size would wait for it, however slowly it drips.
    while chunk := response.raw.read1(CHUNK, decode_content=False):
        body += chunk
        if len(body) > cap:
            raise too_large
    # Not urllib3's decoding, which goes by the header alone: servers announce gzip and send text, and the reverse.
    content = announced(bytes(body), response.headers.get("Content-Encoding"), cap, whole=whole)
    if isinstance(content, Sealed):
        raise (
            too_large
            if content.is_too_large
            else Refusal(FailureKind.SOFT, f"the answer is {content.reason}")
        )
    return content
