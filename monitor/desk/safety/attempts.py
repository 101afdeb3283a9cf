"""Log-in attempts are slowed, and nobody is locked out: who waits as long as is said may always try again.

- Of one address the first FREE wrong ones cost nothing, and then each doubles the wait, up to a minute. A right one
  forgives them. An attempt within the wait is not looked at, and not counted.
- Of all together: past MANY wrong ones within a minute, from wherever, an address has one free attempt in place of FREE.
  The first of a person who has not tried yet is looked at always.
- An IPv6 user has a whole network of addresses: its first 64 bits are one.
- Only so many addresses are remembered; who was wrong longest ago is forgotten first.
"""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

FREE = 3
LONGEST = 60.0  # seconds
MANY = 30  # within MINUTE
MINUTE = 60.0
REMEMBERED = 2_000
FORGOTTEN_AFTER = 3_600.0  # seconds after an address's last wrong one


@dataclass(frozen=True, slots=True)
class Wrong:
    count: int
    last: float


def wait_after(count: int, free: int = FREE) -> float:
    """How long after so many wrong ones the next is looked at."""
    return 0.0 if count < free else min(LONGEST, 2.0 ** min(count - free, 10))


def network_of(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


class Attempts:
    """Moments are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, Wrong] = OrderedDict()  # who was wrong last is last
        self._lately: deque[float] = deque(maxlen=MANY)

    def wait(self, address: str, now: float) -> float:
        """How many seconds this address still has to wait; 0: its attempt is looked at, and counts as wrong until it is
        `right`, so that many at once are no way round."""
        who = network_of(address)
        with self._lock:
            past = self._wrong.get(who, Wrong(0, now))
            if now - past.last > FORGOTTEN_AFTER:
                past = Wrong(0, now)
            left = past.last + wait_after(past.count, 1 if self._are_many(now) else FREE) - now
            if past.count and left > 0:
                return left
            self._wrong[who] = Wrong(past.count + 1, now)
            self._wrong.move_to_end(who)
            self._lately.append(now)
            while len(self._wrong) > REMEMBERED:
                self._wrong.popitem(last=False)
            return 0.0

    def right(self, address: str) -> None:
        with self._lock:
            self._wrong.pop(network_of(address), None)

    def _are_many(self, now: float) -> bool:
        return len(self._lately) == MANY and now - self._lately[0] < MINUTE
