"""By which names the desk may be asked for. Loopback is no wall: a page elsewhere can give its own name the address
127.0.0.1, and then its script asks us as ourselves. So a name that is not ours is refused before anything else.

An IP address cannot be given a name that way, so where the desk listens on all of a machine's addresses, any will do.
"""

import re
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

from monitor.desk.safety.standing import Standing

_HOST = re.compile(
    r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?))(?::[0-9]{1,5})?", re.ASCII
)


def is_ours(header: str | None, stands: Standing) -> bool:
    """Whether a Host header names this desk, with whatever port: a proxy may have one of its own."""
    found = _HOST.fullmatch((header or "").lower())
    if found is None:
        return False
    name = found["name"] or str(_address(found["six"]))
    return name in stands.names or (stands.any_address and _address(name) is not None)


def _address(written: str) -> object | None:
    try:
        return ip_address(written)
    except ValueError:
        return None


def cookie_of(data: Path) -> str:
    """Cookies do not know ports: two desks on one machine would sign each other out."""
    return f"desk_{sha256(str(data.resolve()).encode()).hexdigest()[:8]}"
