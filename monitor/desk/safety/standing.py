"""Where the desk stands: on which address it listens, by which names and which public address it is asked for, and whom
it believes. Decided once, when it starts; a way that would let anybody in is refused with what to do instead.

- Beyond this machine it goes only with a password, and only by https: its cookies are Secure there. A password sent over
  plain http can be read on the way.
- Behind a proxy everybody who reaches the proxy reaches the desk, wherever it listens: so there must be a password then,
  or the proxy must say who logged in to it.
- Scheme, host and prefix of its links come from `desk.public_address` in panel.yaml and from no header.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from monitor.errors import InputError
from monitor.settings import Desk

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NEW_PASSWORD = "monitor desk --new-password"
GUIDE = "docs/desk.md says how"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    names: frozenset[str] = LOOPBACK  # hosts by which it may be asked for, without ports or brackets
    any_address: bool = False  # also by any IP address: it listens on all of this machine's
    public: str = ""  # scheme and host of its links: "https://intranet.example"; "": as it was asked
    prefix: str = ""  # "/desk"
    secure: bool = False  # its cookies go by https alone
    proxies: frozenset[str] = frozenset()
    user_header: str = ""
    hours: int = 12

    @property
    def scheme(self) -> str:
        return urlsplit(self.public).scheme

    @property
    def host(self) -> str:
        return urlsplit(self.public).netloc


AT_HOME = Standing()


def standing(host: str, address: str, of_machine: str, desk: Desk, *, has_password: bool) -> Standing:
    """`host` as it was said, `address` what it means, `of_machine` this machine's own name. Raises InputError where the
    desk would be open to who has no business there."""
    here = is_here(address)
    _only_who_may(host, desk, here=here, has_password=has_password)
    public = urlsplit(desk.public_address)
    everywhere = ip_address(address).is_unspecified
    names = {host.lower(), address, public.hostname or ""} | (LOOPBACK if here or everywhere else set())
    return Standing(
        names=frozenset(names | ({of_machine.lower()} if everywhere else set())) - {""},
        any_address=everywhere,
        public=f"{public.scheme}://{public.netloc}" if desk.public_address else "",
        prefix=public.path,
        secure=public.scheme == "https" if desk.public_address else not here,
        proxies=frozenset(map(plain_address, desk.trusted_proxies)),
        user_header=desk.user_header,
        hours=desk.hours,
    )


def _only_who_may(host: str, desk: Desk, *, here: bool, has_password: bool) -> None:
    if not here and not has_password:
        raise InputError(
            f"On {host} others than this machine reach the desk, and it has no password: set one with "
            f"`{NEW_PASSWORD}`, or leave --host away."
        )
    if not here and desk.public_address.startswith("http:"):
        raise InputError(
            f"On {host} a password would go over plain http to {desk.public_address}, where it can be read on the way: "
            f"give desk.public_address in panel.yaml with https ({GUIDE}), or leave --host away."
        )
    if desk.public_address and not has_password and not desk.user_header:
        raise InputError(
            f"Whoever opens {desk.public_address} would be in, for the desk has no password: set one with "
            f"`{NEW_PASSWORD}`, or name the proxy’s desk.user_header in panel.yaml ({GUIDE})."
        )


def lines(
    stands: Standing, listens: str, *, has_password: bool, without: Sequence[str] = ()
) -> Iterator[str]:
    """What is said when it starts: where it is, who gets in, and how its cookies go. `without`: of several panels those
    whose desk has no password."""
    if stands.public:
        yield f"The desk is at {stands.public}{stands.prefix}/ by way of your web server; it listens on {listens} (Ctrl-C ends it)."
    else:
        yield f"The desk is at {listens} (Ctrl-C ends it)."
    if has_password:
        yield (
            f"A password is asked for, but not at: {', '.join(without)}."
            if without
            else "A password is asked for."
        )
    elif not stands.user_header:
        yield "No password is asked for: nobody but this machine reaches it."
    if stands.proxies:
        named = " or ".join(sorted(stands.proxies))
        believed = f" and who is logged in ({stands.user_header})" if stands.user_header else ""
        yield f"Behind the proxy {named}: it alone is believed who asks{believed}."
    if not stands.secure:
        yield "Its cookies are not Secure: they go by plain http" + (
            "." if stands.public else ", and on this machine only."
        )
    elif stands.public:
        yield "Its cookies are Secure: they go by https alone."
    else:
        yield (
            "Its cookies are Secure: it takes a web server with https before it to log in, which desk.public_address in "
            f"panel.yaml names ({GUIDE})."
        )


def is_here(address: str) -> bool:
    """Whether nobody but this machine reaches what listens there."""
    return _read(address).is_loopback


def plain_address(written: str) -> str:
    """One spelling for each address: IPv4 as such also where it came by an IPv6 socket. What is none stays."""
    try:
        return str(_read(written))
    except ValueError:
        return written


def _read(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address.partition("%")[0])
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found
