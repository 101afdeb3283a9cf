"""Mailboxes as people write them: `name@example.org`, `First Last <name@example.org>`. Pure.

One mailbox in two spellings is one mailbox, and gets one mail. The same are:

- the host in any case, with a full stop at its end, and in letters or in punycode (bücher.example,
  xn--bcher-kva.example)
- the part before the @ in any case. RFC 5321, 2.4, leaves that to the host and advises against telling the cases apart;
  no provider of mail does, and an officer who gets two copies is the surer loss
- with a name before it, in brackets or bare

Others may be the same to their host (name+panel@, a dot more or less) and are none of our guesses.
"""

import re
from collections.abc import Iterable

_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
# An address as RFC 5322, 3.4.1, has it without quoting, alone or after a name; ASCII, because few relays take more.
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)*{_LABEL}")
_WRITTEN = re.compile(r'(?:(?P<name>[^<>@,;:"\\]*?)\s*<\s*(?P<inside>[^<>\s]+)\s*>|(?P<bare>[^<>\s]+))')
# What the first standard of such names maps to other letters than the one in use (RFC 5894, 7.2): not to be guessed.
_CHANGED = re.compile("[ßς\u200c\u200d]")


def read_mailbox(written: str) -> str | None:
    """In the one form that mail is sent with: the host in small letters and punycode; None where it is no mailbox."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    local, _, host = (found["inside"] or found["bare"]).rpartition("@")
    address = f"{local}@{_host(host) or ''}"
    if not _ADDRESS.fullmatch(address):
        return None
    name = " ".join((found["name"] or "").split())
    return f"{name} <{address}>" if name else address


def bare_address(mailbox: str) -> str:
    return mailbox.rpartition("<")[2].partition(">")[0].strip()


def same_mailbox(mailbox: str) -> str:
    """What two spellings of one mailbox have in common; also for an address of an older record."""
    local, _, host = bare_address(mailbox.strip()).rpartition("@")
    return f"{local.casefold()}@{_host(host) or host.casefold()}"


def once_each(mailboxes: Iterable[str]) -> tuple[str, ...]:
    """Without what is there already in another spelling; the first stays."""
    first: dict[str, str] = {}
    for mailbox in mailboxes:
        first.setdefault(same_mailbox(mailbox), mailbox)
    return tuple(first.values())


def _host(written: str) -> str | None:
    written = written.removesuffix(".")
    if not written.isascii():
        if _CHANGED.search(written):
            return None
        try:
            written = written.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return written.lower()
