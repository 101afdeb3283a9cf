"""Where a link of an edited document leads: what mail filters and search engines wrap around an address is taken off.

Outlook shows every address of a mail as one of its own, with the reader's mailbox in it. That mailbox is never kept or
printed: of an address with another one and a mailbox in it, which cannot be unwrapped, only what is no mailbox is left.
"""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from monitor.addresses.redirectors import unwrapped

ADDRESS = re.compile(r"<?\bhttps?://[^\s<>\"“”]+>?", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@=&|/?]+@[^\s@=&|/?]+\.[a-z]{2,}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w./-])(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/[^\s<>\"“”]{0,200}?https?%3a[^\s<>\"“”]+", re.IGNORECASE
)
_WHOLE = re.compile(r"https?://[^/\s]+\.[a-z]", re.IGNORECASE)
_AFTER = ">.,;:)!?’']"


def meant(url: str) -> str:
    """The address that a person means by it."""
    url = unwrapped(url)
    if not _holds_mailbox(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:  # an unclosed bracket
        return ""
    given = [part for part in parts.query.split("&") if part]
    for part in given:  # a front page, which an address that leads on may lead to after all
        inner = unquote(part.partition("=")[2])
        if _WHOLE.match(inner) and not _holds_mailbox(inner):
            return inner
    kept = "&".join(part for part in given if not _MAILBOX.search(unquote(unquote(part))))
    path = parts.path if not _MAILBOX.search(unquote(unquote(parts.path))) else "/"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path, kept, ""))


def _holds_mailbox(url: str) -> bool:
    """And another address beside it: a mailbox in an address that leads nowhere else is a part of its name."""
    said = unquote(unquote(url.partition("://")[2]))
    return "://" in said and "@" in said and _MAILBOX.search(said) is not None


def with_meant(text: str) -> str:
    """The text with each address in it as it is meant, also where one was typed without its https://."""
    text = ADDRESS.sub(_meant_in_text, text) if "://" in text else text
    return _BARE.sub(lambda found: meant(f"https://{found[0]}"), text) if "%3" in text else text


def addresses_in(text: str) -> list[str]:
    """Those that are typed and never were made links."""
    return [meant(_stripped(found)) for found in ADDRESS.findall(text)]


def _meant_in_text(found: re.Match[str]) -> str:
    bare = _stripped(found[0])
    return found[0].replace(bare, meant(bare), 1)


def _stripped(found: str) -> str:
    return found.lstrip("<").rstrip(_AFTER)
