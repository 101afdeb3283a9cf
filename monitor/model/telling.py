"""What the operator was told, and when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that needs a person, as far as the operator knows of it."""

    kind: str  # `Need.kind`'s value
    subject: str  # what tells it from another of its kind; empty where there is but one
    says: str  # the sentence that was told last
    since: datetime  # when it was first seen
    told: datetime | None = None  # when a person was last told; None: never
    tried: datetime | None = None  # when an e-mail about it was last tried and not taken
    doubts: int = 0  # how many tries ended without an answer
