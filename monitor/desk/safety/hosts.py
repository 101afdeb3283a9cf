"""By which names the desk may be asked for. Loopback is no wall: a page elsewhere can give its own name the address
127.0.0.1, and then its script asks us as ourselves. So a name that is not ours is refused before anything else."""

from hashlib import sha256
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost")


def cookie_of(data: Path) -> str:
    """Cookies do not know ports: two desks on one machine would sign each other out."""
    return f"desk_{sha256(str(data.resolve()).encode()).hexdigest()[:8]}"
