"""When two addresses are the same article.

An identity key is for comparing, never for fetching. Rules, in this order:

1. Only http and https addresses are changed; anything else is its own key.
2. http and https are one; user name, password, default port and fragment are dropped.
3. The host is lower case, without its leading `www.`; hosts that serve the same articles have one name.
4. The path keeps its case; a trailing slash is dropped; a character has one spelling (`%c3` is `%C3`).
5. Parameters that only say where a reader came from are dropped, all others are kept and sorted: a parameter that
   nobody knows may be the one that tells two articles apart (`story.aspx?articleid=55`).

Publishers that print one article under several titles number it alike in all of them: then the publisher's name and
that number are the key.
"""

import hashlib
import re
from urllib.parse import SplitResult, quote, urlsplit

from monitor.addresses import DEFAULT_PORTS, is_tracking
from monitor.settings import Publisher

# Hosts under which the same articles are served.
SAME_HOST = {
    "feeds.bbci.co.uk": "bbc.co.uk",
    "bbc.com": "bbc.co.uk",
    "amp.theguardian.com": "theguardian.com",
}

# What may stand unquoted in a path; `%` because the address is quoted already.
PATH_SAFE = "%/:@!$&'()*+,;=~-._"


def normalise(url: str) -> str:
    """The identity key of an address. `normalise(normalise(url)) == normalise(url)` for every string."""
    parts = _split(url.strip())
    if parts is None:
        return url.strip()
    kept = (_one_spelling(part, "?") for part in parts.query.split("&") if part and not is_tracking(part))
    query = "&".join(sorted(kept))
    path = _one_spelling(parts.path).rstrip("/")
    return f"https://{_host_and_port(parts)}{path}" + (f"?{query}" if query else "")


def article_key(url: str, publisher: Publisher | None) -> str:
    """What makes an article the same one: the number its publisher's titles share, else the normalised address."""
    number = re.search(publisher.same_article, url) if publisher else None
    if publisher and number:
        return f"{publisher.name}:{number.group(1)}"
    return normalise(url)


def article_id(key: str) -> str:
    """Twelve hex digits made from a key: stable between runs and machines, short enough to type."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def host(url: str) -> str:
    """The host of an http(s) address in lower case, without port; "" where there is none."""
    parts = _split(url.strip())
    return (parts.hostname or "").rstrip(".") if parts else ""


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address that has a host and a possible port; None for anything else."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError:  # an unclosed bracket, or a port that is no number
        return None
    return parts if usable and re.fullmatch(r"\S+", parts.hostname or "") else None


def _host_and_port(parts: SplitResult) -> str:
    name = re.sub(r"^(?:www\.)+(?=.)", "", (parts.hostname or "").rstrip("."))
    name = SAME_HOST.get(name, name)
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in (None, *DEFAULT_PORTS) else f"{name}:{parts.port}"


def _one_spelling(text: str, also_safe: str = "") -> str:
    quoted = quote(text, safe=PATH_SAFE + also_safe, errors="surrogatepass")
    return re.sub(r"%[0-9a-fA-F]{2}", lambda triplet: triplet.group().upper(), quoted)
