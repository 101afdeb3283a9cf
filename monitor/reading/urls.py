"""When two addresses are the same article.

An identity key is for comparing, never for fetching. Rules, in this order:

1. Only http and https addresses are changed; anything else is its own key. A redirector's address is the one it
   leads to (`addresses/redirectors.py`).
2. http and https are one; user name, password, default port and fragment are dropped, but a fragment that names a
   page of its own (`#!/news/5`) stays.
3. The host is lower case, without what only names a form of the same site: `www.`, `www2.`, `m.`, `mobile.`, `amp.`;
   a name in other letters has one spelling (`xn--…`). Hosts that serve the same articles have one name.
4. In the path slashes are single and none ends it; a character has one spelling (`%c3` is `%C3`, `%2D` is `-`);
   sessions go, and a last `index.html`. The path keeps its case, which may be all that tells two numbers apart
   (`/AbC`, `/abC`); but where a part of it is a headline (three words and more), words are folded:
   `/News/Police-Desk-To-Close`.
5. The accelerated form of an article is the article: `.amp`, `/amp` after or before what looks like an article's
   path (a town may be called Amp, and a section `/towns/amp` stays), `amp=1`, `outputType=amp`.
6. Parameters that only say where a reader came from, who is reading, or how it is to look on paper are dropped, all
   others are kept and sorted: a parameter that nobody knows may be the one that tells two articles apart
   (`story.aspx?articleid=55`).

Publishers that print one article under several titles number it alike in all of them: then the publisher's name and
that number are the key.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

from monitor.addresses import DEFAULT_PORTS, OWN_PAGE
from monitor.addresses.passing import lasting, without_session
from monitor.addresses.redirectors import unwrapped
from monitor.settings import Publisher

# Hosts under which the same articles are served.
SAME_HOST = {
    "feeds.bbci.co.uk": "bbc.co.uk",
    "bbc.com": "bbc.co.uk",
    "amp.theguardian.com": "theguardian.com",
}

# What may stand unquoted in a path; `%` because the address is quoted already.
PATH_SAFE = "%/:@!$&'()*+,;=~-._"
NO_BLANK = re.compile(r"\S+")
PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")
NO_TRIPLET = re.compile(r"%(?![0-9a-fA-F]{2})")
TRIPLET = re.compile(r"%([0-9a-fA-F]{2})")

FORM_OF_SITE = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=.)")
COUNTRY = re.compile(r"[a-z]{2,3}\.[a-z]{2}")  # co.uk: `m.co.uk` is a site of its own

INDEX = re.compile(r"/(?:index|default)\.(?:html?|shtml|php\d?|aspx?|jsp|cfm)\Z", re.IGNORECASE)
ON_WINDOWS = re.compile(
    r"\.(?:aspx?|ashx)\Z", re.IGNORECASE
)  # whose servers tell no capitals from small letters
ACCELERATED_FILE = re.compile(r"\.amp(?=(?:\.html?)?\Z)", re.IGNORECASE)
ACCELERATED = re.compile(
    r"(?:amp|m|mobile|desktop|noamp)(?:=(?:1|true|yes|mobile)?)?|(?:outputtype|output|mode|view|type|platform)=amp(?:html)?",
    re.IGNORECASE,
)
ON_PAPER = re.compile(
    r"print(?:=(?:1|true|yes|y)?|able=(?:1|true|yes))?|(?:view|mode|format)=print", re.IGNORECASE
)
ESCAPED_AMPERSAND = re.compile(r"^(?:amp;)+")  # `&amp;` twice over: the name is said to be `amp;id`

WORD = re.compile(r"[A-Z]?[a-z’']+|[A-Z]+|\d+")
NUMBER = re.compile(r"\d{4}")
HEADLINE_WORDS = 3
LONGEST_PATH = 2_000


@lru_cache(maxsize=4096)  # an entry's address is asked for several times while its feed is read
def normalise(url: str) -> str:
    """The identity key of an address. `normalise(normalise(url)) == normalise(url)` for every string."""
    parts = _split(unwrapped(url.strip()))
    if parts is None:
        return url.strip()
    path = _path(parts.path)
    query = "&".join(sorted({_one_spelling(part, "?") for part in _parameters(parts.query, path)}))
    own_page = f"#{_one_spelling(parts.fragment, '?#')}" if parts.fragment.startswith(OWN_PAGE) else ""
    key = f"https://{_host_and_port(parts)}{path}" + (f"?{query}" if query else "") + own_page
    return key if unwrapped(key) == key else normalise(unwrapped(key))  # in its plain spelling it leads on


def page_key(url: str) -> str:
    """The identity key of the page on which an address leads to a place: a fragment is none of it."""
    return normalise(url).partition("#")[0]


def article_key(url: str, publisher: Publisher | None) -> str:
    """What makes an article the same one: the number its publisher's titles share, else the normalised address."""
    number = re.search(publisher.same_article, url) if publisher else None
    if publisher and number:
        return f"{publisher.name}:{number.group(1)}"
    return normalise(url)


def article_id(key: str) -> str:
    """Twelve hex digits made from a key: stable between runs and machines, short enough to type."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@lru_cache(maxsize=4096)  # so is its host, and that of its id
def host(url: str) -> str:
    """The host of an http(s) address in lower case, without port; "" where there is none."""
    parts = _split(url.strip())
    return (parts.hostname or "").rstrip(".") if parts else ""


def site_name(url: str) -> str:
    """What a site calls itself in its hosts' names, whatever country or server they name: "paper"."""
    *names, country = host(url).removeprefix("www.").split(".")
    if len(names) > 1 and len(country) == 2 and len(names[-1]) <= 3:  # .co.uk, .org.uk, .com.au
        names.pop()
    return names[-1] if names else ""


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address that has a host and a possible port; None for anything else."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:  # an unclosed bracket, or a port that is no number
        return None
    return parts if usable and NO_BLANK.fullmatch(parts.hostname or "") else None


def _host_and_port(parts: SplitResult) -> str:
    name = _in_ascii((parts.hostname or "").rstrip("."))
    while (
        (form := FORM_OF_SITE.match(name))
        and not COUNTRY.fullmatch(name[form.end() :])
        and "." in name[form.end() :]
    ):
        name = name[form.end() :]
    name = SAME_HOST.get(name, name)
    name = f"[{name}]" if ":" in name else name
    port = parts.port
    return name if port is None or port in DEFAULT_PORTS else f"{name}:{port}"


def _in_ascii(name: str) -> str:
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:  # a name that nobody can have
        return name


def _path(path: str) -> str:
    path = re.sub("//+", "/", _one_spelling(without_session(path))).rstrip("/")
    if len(path) > LONGEST_PATH:
        return path
    while (shorter := _article_itself(path)) != path:
        path = shorter
    if path == path.lower() or ON_WINDOWS.search(path):
        return path.lower()
    segments = path.split("/")
    if not any(_words(segment) >= HEADLINE_WORDS for segment in segments):
        return path
    return "/".join(segment.lower() if _words(segment) else segment for segment in segments)


def _article_itself(path: str) -> str:
    """A path without one thing that only says in which form its article is wanted."""
    path = INDEX.sub("", without_session(path)).rstrip("/")
    path = ACCELERATED_FILE.sub("", path)
    *before, last = path.split("/")
    if last.lower() == "amp" and _is_articles(before):
        return "/".join(before)
    if path[:5].lower() == "/amp/" and _is_articles(path[5:].split("/")):
        return path[4:]
    return path


def _is_articles(segments: list[str]) -> bool:
    """Whether a path looks like an article's: a headline in it, or a number."""
    return any(_words(segment) >= HEADLINE_WORDS or NUMBER.search(segment) for segment in segments)


def _words(segment: str) -> int:
    """How many words stand in a part of a path that is made of words and figures alone, else none."""
    pieces = [piece for piece in re.split("[-_.]", segment) if piece]
    words = [piece for piece in pieces if WORD.fullmatch(piece)]
    return sum(not word.isdecimal() for word in words) if len(words) == len(pieces) else 0


def _parameters(query: str, path: str) -> list[str]:
    """What of a query tells articles apart."""
    parts = [ESCAPED_AMPERSAND.sub("", part) for part in query.split("&")]
    if ON_WINDOWS.search(path):
        parts = [part.partition("=")[0].lower() + "".join(part.partition("=")[1:]) for part in parts]
    kept = lasting("&".join(parts))
    return [part for part in kept if not ACCELERATED.fullmatch(part) and not ON_PAPER.fullmatch(part)]


def _one_spelling(text: str, also_safe: str = "") -> str:
    if PLAIN.fullmatch(text):  # as most are
        return text
    text = NO_TRIPLET.sub("%25", text)
    return TRIPLET.sub(_triplet, quote(text, safe=PATH_SAFE + also_safe, errors="surrogatepass"))


def _triplet(found: re.Match[str]) -> str:
    """A letter, a figure or one of `-._~` as it is; all else encoded, in capitals (RFC 3986 6.2.2)."""
    letter = chr(int(found[1], 16))
    return letter if letter.isascii() and (letter.isalnum() or letter in "-._~") else found[0].upper()
