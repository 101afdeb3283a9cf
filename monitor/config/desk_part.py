"""`desk` in panel.yaml: how the desk's pages are reached by others than this machine, through a council's proxy.

Scheme, host and prefix of its links are what stands here: a header can be sent by anybody, and one that says a prefix
has been used to make every link leave a site. A proxy is believed one thing, who asks, and only where its address
stands here.

Mistakes: an address with a query, a password or signs that a path must not have; a proxy that is no IP address; a
user's header without a proxy to be trusted with it, or one that means something else in HTTP.
"""

import re
from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, model_validator

from monitor.config.values import Section, Text, WebAddress
from monitor.settings import Desk

_USUAL = Desk()
# Of HTTP itself, or made by browsers and proxies for another purpose: none of them says who logged in.
_TAKEN = {
    "authorization", "connection", "content-length", "content-type", "cookie", "forwarded", "host", "origin", "referer",
    "transfer-encoding", "user-agent", "x-forwarded-for", "x-forwarded-host", "x-forwarded-prefix", "x-forwarded-proto",
    "x-real-ip",
}  # fmt: skip


def _public(written: str) -> str:
    parts = urlsplit(written)
    if "?" in written or "#" in written:
        raise ValueError(f"{written} is more than where the desk is: leave away what follows ? or #")
    if not re.fullmatch(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?", parts.path):
        raise ValueError(
            f"{written} has a path that is read in several ways: use letters, figures and hyphens, as in "
            "https://intranet.example/desk"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _proxies(written: object) -> tuple[str, ...]:
    each = written if isinstance(written, list) else [written]
    if not each:
        raise ValueError("names nobody: write the proxy's IP address, as in 127.0.0.1, or delete the line")
    return tuple(dict.fromkeys(map(_address, each)))


def _address(written: object) -> str:
    try:
        if isinstance(written, str):
            return str(ip_address(written.strip()))
    except ValueError:
        pass
    raise ValueError(f"{written} is not an IP address: write that of the proxy, as in 127.0.0.1")


def _header(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", written):
        raise ValueError(
            f"{written} is no header's name: use letters, figures and hyphens, as in X-Remote-User"
        )
    if written.lower() in _TAKEN:
        raise ValueError(
            f"{written} means something else: have the proxy name the user in one of its own, as in X-Remote-User"
        )
    return written


class DeskSection(Section):
    public_address: Annotated[WebAddress, AfterValidator(_public)] | None = Field(
        default=None,
        description="By which address browsers reach the desk: its scheme, host and path go into every link.",
        examples=["https://intranet.example/desk"],
    )
    trusted_proxy: Annotated[
        tuple[str, ...],
        PlainValidator(_proxies),
        WithJsonSchema(
            {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
        ),
    ] = Field(
        default=(),
        description="The IP address of the proxy before the desk, or a list of them: only it says who asks.",
        examples=["127.0.0.1"],
    )
    user_header: Annotated[Text, AfterValidator(_header)] | None = Field(
        default=None,
        description="In which header the proxy names who logged in to it; then the desk asks for no password.",
        examples=["X-Remote-User"],
    )
    hours: int = Field(
        default=_USUAL.hours,
        ge=1,
        le=168,
        description="So long after logging in the password is asked again.",
    )

    @model_validator(mode="after")
    def _named_by_whom(self) -> Self:
        if self.user_header and not self.trusted_proxy:
            raise ValueError(
                "believes a header whoever sends it: add `trusted_proxy:` with the address of the proxy that sets it"
            )
        if self.trusted_proxy and not self.public_address:
            raise ValueError(
                "names a proxy, and nothing says by which address browsers reach it: add `public_address:`, as in "
                "https://intranet.example/desk"
            )
        return self


def desk_of(section: DeskSection) -> Desk:
    return Desk(
        public_address=section.public_address or "",
        trusted_proxies=section.trusted_proxy,
        user_header=section.user_header or "",
        hours=section.hours,
    )
