"""An address that only leads on to another one, and the address that it carries. Pure.

Search engines, alerts, mail filters and social sites hand out their own addresses, often another one at each fetch, with
the outlet's inside: `…/apiclick.aspx?tid=6745&url=https%3a%2f%2f…`. What is inside is what was meant. By form:

1. *In a parameter*: an absolute http(s) address, encoded once or more, in base64, or as mail filters spell it, that leads
   to a page of another host (`_led_to`). Where a part of the path or the host's first name says that the address leads
   on (`/url`, `/l.php`, `out.`), any parameter may hold it but one that is named for where the reader came from; and it
   may be of the same host. Elsewhere only a parameter named for a destination, and only where nothing beside it names an
   article: no words in the path, no number.
2. *As the whole query* (`?https://…`), *in the path* (`/https://…`, `/*http%3A//…`, `/RU=https%3a%2f%2f…/`), in a part
   of it in base64, and in the form of AMP caches (`/amp/s/www.example.org/…`).
3. What is wrapped several times is unwrapped as often, five times at most.

Left alone: an article whose query names its source, a dialog to share or to log in, a copy in an archive of the web, a
picture made smaller, and what leads to a front page only: then the address itself is all that tells one story from another.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from monitor.addresses.passing import lasting, without_session

MOST_WRAPPINGS = 5
MOST_LETTERS = 8_000

# A part of a path, without its extension, that says that the address leads on.
LEADS_ON = re.compile(
    r"urls?|r|rd|l|ck|cl|clk|out|outbound|outgoing|exit|away|leave|leaving|go|goto|jump|links?|linkfilter|deeplink|"
    r"external|visit|forward|fwd|track|tracking|tracker|\w*click\w*|\w*redir\w*|\w*safelinks?\w*|\w*urldefense\w*",
    re.IGNORECASE,
)
DIALOG = re.compile(
    r"share\w*|sharing|intent|tweet|submit\w*|bookmark\w*|send|compose|add|save|edit|create|dialog|plugins?|widgets?|player|"
    r"(?:wp-)?log-?(?:in|out)|sign-?(?:in|out|up)|auth|register|search|oembed|embed|subscri\w+|validator|proxy",
    re.IGNORECASE,
)
NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|mp3|mp4|woff2?)\Z", re.IGNORECASE)
DESTINATION = re.compile(
    r"\w*urls?|uri|u|q|a|to|go|goto|out|link|href|dest|destination|target|redir\w*|next|continue|ued|uddg|web",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"\w*(?:src|source|ref|referr?er|via|from|origin|image|img|icon|logo|photo|picture|thumb\w*|feed|rss|utm_\w+|"
    r"site|base|home)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d{4}")
NUMBERS = re.compile(r"[a-z]*\d\w*", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?:\w*(?:article|story|news|item|post|content|page)_?-?)?id|p|n|no|article|story|news|item|nr", re.I
)

HOST = re.compile(r"[^\s.]+(?:\.[^\s.]+)+\.?")
ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
ENCODED = re.compile(r"https?(?::|%(?:25)*3a)(?:/|%(?:25)*2f)", re.IGNORECASE)
MAIL_FILTER = re.compile(r"https?-3A__", re.IGNORECASE)  # `-` for `%`, `_` for `/`
IN_BASE64 = re.compile(r"(?:a1)?(aHR0c[\w+/-]{8,}=*)")
IN_PATH = re.compile(r"(?:[/*~_]|/[A-Z]{1,8}=)(?=https?(?::|%3a)(?:/|%2f))", re.IGNORECASE)
MOMENT = re.compile(r"/\d{8,14}[a-z_]*\Z")  # before an address in a path: that is a copy in an archive
LONG_PART = re.compile(r"(?<=[/.])[A-Za-z0-9_-]{40,}(?=[/.]|\Z)")
AMP_CACHE = re.compile(r"/(amp|[a-z])/(?:s/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(/.+)", re.IGNORECASE)
MAY_CARRY = re.compile(r"(?i:https?(?::|%|-3A)|/(?:amp|[a-z])/)|aHR0c|[/.](?=[^/.]*[A-Z])[\w-]{40}")
KEPT = "%/:?#[]@!$&'()*+,;=-._~"
SLUG_WORDS = 4


def unwrapped(url: str) -> str:
    """The address that is meant; `url` itself where that is no redirector's."""
    if MAY_CARRY.search(url, len("https://")) is None:  # as good as all
        return url
    for _ in range(MOST_WRAPPINGS):
        inner = _inner(url)
        if inner is None:
            break
        url = inner
    return url


def _inner(url: str) -> str | None:
    parts = _split(url)
    if parts is None or len(url) > MOST_LETTERS:
        return None
    parts = parts._replace(path=without_session(parts.path), query="&".join(lasting(parts.query)))
    candidates = (*_in_path(parts), *_in_base64_of_path(parts), *_whole_query(parts), *_in_parameters(parts))
    return next((inner for inner in candidates if inner != url), None)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and HOST.fullmatch(parts.hostname or "") is not None
    except ValueError:
        return None
    return parts if usable else None


def _led_to(text: str, wrapper: SplitResult, *, same_host: bool = False) -> str | None:
    """The text as an address of a page, without anything that no address may hold; None where it is none."""
    address = quote(text.strip(), safe=KEPT, errors="surrogatepass")
    parts = _split(address)
    if parts is None or not (parts.path.strip("/") or parts.query) or NO_PAGE.search(parts.path):
        return None
    is_same = _site(parts) == _site(wrapper)
    return address if same_host or not is_same else None


def _site(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


# ── in the path ─────────────────────────────────────────────────────────────────────────────────────────────────


def _in_path(parts: SplitResult) -> Iterator[str]:
    cache = AMP_CACHE.fullmatch(parts.path)
    if cache and (cache[1].lower() == "amp" or _is_cache_of(parts.hostname or "", cache[2])):
        scheme = "https" if "/s/" in parts.path[: cache.start(2)] else "http"
        if inner := _led_to(f"{scheme}://{cache[2]}{cache[3]}{_query(parts)}", parts):
            yield inner
    begins = IN_PATH.search(parts.path)
    if (
        begins is None
        or MOMENT.search(parts.path[: begins.start()])
        or _names_an_article(parts.path[: begins.start()])
    ):
        return
    rest = parts.path[begins.end() :]
    if ADDRESS.match(rest):
        rest, _, after = rest.partition("__;")  # a mail filter's mark of the end
        inner = _led_to(rest if after else f"{rest}{_query(parts)}", parts)
    else:
        inner = _led_to(
            _decoded(rest if re.match("https?%3a//", rest, re.I) else rest.split("/", 1)[0]), parts
        )
    if inner:
        yield inner


def _is_cache_of(cache: str, host: str) -> bool:
    """Whether a cache's host bears the name of the host that it keeps: `www-a-b.cache.example` of `www.a-b`."""
    return cache.partition(".")[0] in (host.replace("-", "--").replace(".", "-"), host.replace(".", "-"))


def _query(parts: SplitResult) -> str:
    return f"?{parts.query}" if parts.query else ""


def _in_base64_of_path(parts: SplitResult) -> Iterator[str]:
    for part in LONG_PART.findall(parts.path):
        found = ADDRESS.search(_from_base64(part))
        if found and (inner := _led_to(found[0], parts)):
            yield inner


def _from_base64(text: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(
            text.rstrip("=").replace("+", "-").replace("/", "_") + "=" * (-len(text.rstrip("=")) % 4)
        )
    except (ValueError, binascii.Error):
        return ""
    # What is no printable ASCII ends an address: its bytes stand among others, with their lengths.
    return "".join(chr(byte) if 0x20 < byte < 0x7F else " " for byte in raw)


# ── in the query ────────────────────────────────────────────────────────────────────────────────────────────────


def _whole_query(parts: SplitResult) -> Iterator[str]:
    ordinary = _names_an_article(parts.path) or NUMBER.search(parts.path)
    inner = None if ordinary or not ENCODED.match(parts.query) else _led_to(_decoded(parts.query), parts)
    if inner:
        yield inner


def _in_parameters(parts: SplitResult) -> Iterator[str]:
    segments = [segment for segment in parts.path.split("/") if segment]
    if _names_an_article(parts.path) or any(DIALOG.fullmatch(_bare(segment)) for segment in segments):
        return
    given = [(name, value) for name, _, value in (part.partition("=") for part in parts.query.split("&"))]
    first_of_host = (parts.hostname or "").partition(".")[0]
    leads_on = any(LEADS_ON.fullmatch(_bare(part)) for part in (first_of_host, *segments))
    numbered = NUMBER.search(parts.path) or any(
        NUMBERED.fullmatch(name) and NUMBERS.fullmatch(value) for name, value in given
    )
    if numbered and not leads_on:
        return
    named = [one for one in given if DESTINATION.fullmatch(one[0])]
    others = [one for one in given if leads_on and one not in named and not SOURCE.fullmatch(one[0])]
    for name, value in (*named, *others):
        text = _address_in(value)
        if text and (inner := _led_to(text, parts, same_host=leads_on and (name, value) in named)):
            yield inner


def _address_in(value: str) -> str | None:
    """The address that a parameter's value is, whatever it is wrapped in."""
    if ENCODED.match(value):
        return _decoded(value)
    if MAIL_FILTER.match(value):
        return _decoded(re.sub(r"-(?=[0-9A-Fa-f]{2})", "%", value).replace("_", "/"))
    if encoded := IN_BASE64.fullmatch(value):
        found = ADDRESS.match(_from_base64(encoded[1]))
        return found[0] if found else None
    return None


def _decoded(text: str) -> str:
    """An address of which the scheme and more is encoded, as often as that is; an address stays as it is."""
    for _ in range(MOST_WRAPPINGS):
        if ADDRESS.match(text):
            break
        text = quote(unquote_to_bytes(text), safe=KEPT)
    return text


def _bare(segment: str) -> str:
    return segment.partition(".")[0]


def _names_an_article(path: str) -> bool:
    """Whether a part of a path is a headline: words with hyphens between them."""
    return any(
        sum(word.isalpha() for word in re.split("[-_]", _bare(segment))) >= SLUG_WORDS
        for segment in path.split("/")
    )
