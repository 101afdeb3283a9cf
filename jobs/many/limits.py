"""How long each thing may take, and why these fit together.

A visit ends itself by `visit`; after that, or when it is told to stop, what it has in hand has a moment (`parting` of
`reading/workers.py`) and what it writes may wait for another. So a worker that is silent for `silence` has nothing more
in hand, unless it is frozen; and one that is frozen finds its hosts taken over before it asks them for anything.

From a death to the next run it is, at most: silence + every + confirm + `polling` of the queue = 100 seconds.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds."""

    visit: float = 45.0  # then it leaves what is not done; all of it ends within 50
    heartbeat: float = 5.0
    silence: float = 70.0  # after which a worker is taken for dead
    every: float = 15.0  # between two looks for the jobs of the dead
    confirm: float = 10.0  # before a second look
    polling: float = 5.0  # between two looks at the queue, where nobody is told of a job
    lease: float = 40.0  # that a turn at a host lasts at the most: longer than any request may take
    stop: float = 20.0  # after which the process ends, whatever it has in hand
    rest: float = 300.0  # between two visits of a host: as long as the polls of one machine
    after_trouble: float = (
        60.0  # likewise, after one that could not be made: no archive, a mistake in the YAML
    )
    anew: float = 5.0  # before a worker begins anew after an outage
    told_every: float = 300.0  # between two sums of what was polled


LIMITS = Limits()
