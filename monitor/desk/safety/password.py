"""The desk's one password: kept as a hash, slow to try (scrypt, of werkzeug), and looked at two at once at most, or who
sends many would keep this machine busy.

It is read anew for each request, for it may be changed at the machine while the desk is open; that ends all sessions.
Where there was one and none is to be found any more, nobody is let in.
"""

import re
import threading
from collections.abc import Callable
from hashlib import sha256

from werkzeug.security import check_password_hash, generate_password_hash

from monitor.errors import InputError

LONGEST = 1_000  # bytes
SHORTEST = 10  # signs
AT_ONCE = 2
PATIENCE = 2.0  # seconds for which an attempt waits for others that are looked at
# As generate_password_hash writes it: 32 to 256 MB and a tenth of a second to one for each try.
_HASH = re.compile(r"scrypt:(?:32768|65536|131072|262144):8:[1-4]\$[A-Za-z0-9./]{8,64}\$[0-9a-f]{128}")


def hashed(password: str) -> str:
    return generate_password_hash(password, method="scrypt", salt_length=22)


def is_hash(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def unfit(password: str) -> str | None:
    """What is wrong with a new one; None: it will do."""
    if len(password.strip()) < SHORTEST:
        return f"That is shorter than {SHORTEST} signs, and soon guessed: three words that do not belong together will do."
    if len(password.encode()) > LONGEST:
        return f"That is longer than {LONGEST:,} bytes, which the log-in page takes at most."
    return None


class Password:
    def __init__(self, read: Callable[[], str | None]) -> None:
        """`read` gives the hash as it is now, or None."""
        self._read = read
        self._looking = threading.BoundedSemaphore(AT_ONCE)
        self.is_asked = read() is not None

    def hash(self) -> str | None:
        """Raises InputError where it is not to be found any more."""
        found = self._read()
        if found is None and self.is_asked:
            raise InputError(
                "The desk’s password is not to be found any more, so nobody is let in. On its machine, "
                "`monitor desk --new-password` makes a new one; to go without, start the desk again."
            )
        self.is_asked = found is not None
        return found

    def is_right(self, typed: str) -> bool | None:
        """None: too many are looked at just now."""
        held = self.hash()
        if held is None or len(typed.encode("utf-8", "replace")) > LONGEST:
            return False
        if not self._looking.acquire(timeout=PATIENCE):
            return None
        try:
            return check_password_hash(held, typed)
        finally:
            self._looking.release()


def mark_of(held: str, key: bytes) -> str:
    """What a session remembers of the password by which it began: another password, another mark."""
    return sha256(key + held.encode()).hexdigest()[:16]
