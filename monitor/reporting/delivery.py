"""What becomes of a message: which are tried, how each stands afterwards, when a person is asked. Pure.

1. A message is kept, with its Message-ID, together with its edition; only then is anybody asked to take it.
2. Each run tries, first composed first, what nobody has: *composed* (never tried, or the relay could not be reached)
   and *refused* (the relay said no; a person mends an address or a password, and the next run sends it).
3. Before each try it is marked *unsure*. A run that is killed in the middle leaves that mark.
4. *Unsure*: it was handed over and no answer came, so somebody may have it. It is tried once more under the same
   Message-ID, by which mail systems know a message again: RFC 5321, 6.1 and RFC 1047 put a double above a loss. After
   a second doubt it waits for a person, or a relay that always breaks off would send it every hour.
5. *Sent* and *partly refused* are over: to try again would send a second copy to those who have it.
6. A person is needed at once where no run will mend it (partly refused, unsure twice), else when a message has waited
   for a day. A later message that was sent ends the matter: its draft holds what the earlier one held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.model import Message, MessageState

MOST_DOUBTS = 2
WAIT = timedelta(days=1)

KILLED = "the run ended while it was being sent, so somebody may have it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What one try came to."""

    state: MessageState
    detail: str  # for a person: to whom it went, or why it did not; ends without a full stop


def to_try(messages: Sequence[Message]) -> tuple[Message, ...]:
    return tuple(message for message in messages if _may_be_tried(message))


def _may_be_tried(message: Message) -> bool:
    if message.state is MessageState.UNSURE:
        return message.doubts < MOST_DOUBTS
    return message.state in (MessageState.COMPOSED, MessageState.REFUSED)


def before_try(message: Message, content: bytes, now: datetime) -> Message:
    """As it is kept while it is being sent; `content` is what is sent."""
    return replace(
        message,
        content=content,
        state=MessageState.UNSURE,
        detail=KILLED,
        tried=now,
        doubts=message.doubts + 1,
    )


def after_try(message: Message, attempt: Attempt) -> Message:
    """`message` is as `before_try` left it. What need not be sent again is not kept: it is news of people."""
    over = attempt.state in (MessageState.SENT, MessageState.PARTLY_REFUSED)
    unsure = attempt.state is MessageState.UNSURE
    doubts = message.doubts if unsure else message.doubts - 1
    nobody_has_it = not over and not unsure and not doubts
    return replace(
        message,
        state=attempt.state if over or nobody_has_it else MessageState.UNSURE,
        detail=attempt.detail,
        doubts=doubts,
        content=b"" if over else message.content,
    )


def say_message(message: Message) -> str:
    """One sentence on a message that was just tried."""
    draft = f"Draft {message.edition}"
    if message.state is MessageState.SENT:
        return f"{draft} was sent: {message.detail}."
    if message.state is MessageState.PARTLY_REFUSED:
        return f"{draft} was sent to some only: {message.detail}. Forward it to the others."
    if message.state is MessageState.UNSURE:
        again = "The next run tries once more." if _may_be_tried(message) else "It is not tried again."
        return f"Draft {message.edition} may or may not have been sent: {message.detail}. {again}"
    return f"{draft} was not sent: {message.detail}. It is kept, and the next run tries again."


def needs_of(messages: Sequence[Message], now: datetime) -> Iterator[str]:
    """What a person should do about messages, a sentence each; `messages` are in the order of composing."""
    for place, message in enumerate(messages):
        settled = any(later.state is MessageState.SENT for later in messages[place:])
        waited = now - message.composed >= WAIT
        if not settled and (waited or not _may_be_tried(message)):
            yield (
                f"the e-mail of draft {message.edition} is {message.state}: {message.detail or 'it was never tried'}. "
                "See `delivery` in panel.yaml; the draft itself is in the drafts folder."
            )
