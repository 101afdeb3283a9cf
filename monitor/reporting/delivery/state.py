"""What becomes of a message: which are tried, for whom, how each stands afterwards, when a person is asked. Pure.

1. A message is kept, with its Message-ID, together with its edition; only then is anybody asked to take it.
2. Each run tries, first composed first, what nobody has: *composed* (never tried, or the relay could not be reached)
   and *refused* (the relay said no; a person mends an address or a password, and the next run sends it).
3. Before the first byte of a message goes it is marked *unsure*. A run that is killed after that leaves the mark;
   one that is killed before leaves the message as it was.
4. *Unsure*: it was handed over and no answer came, so somebody may have it. It is tried again under the same
   Message-ID, by which mail systems know a message again: RFC 5321, 6.1 and RFC 1047 put a double above a loss.
   Tries an hour apart fall into one outage, so they are spread over two days: 1, 4, 12, 24 and 48 hours after the
   first. An hour is long enough for a restart, four for a repair, twelve for a night, a day until somebody has come
   to work, two until it is mended. A try that does not come so far adds no doubt, but the next waits as long. After
   a sixth doubt it waits for a person, or a relay that always breaks off would get it for ever.
5. *Partly sent*: somebody has it, and others were refused for the moment (4xx). The next runs try those alone, for the
   five days after which RFC 5321, 4.5.4.1 gives up; those who have it are never named again. One who is no longer
   named in panel.yaml is no longer tried.
6. *Sent* and *partly refused* are over: to try again would send a second copy to those who have it.
7. A person is needed at once where no run will mend it (partly refused, unsure to the end), else when a message has
   waited for a day. A later message that was sent ends the matter: its draft holds what the earlier one held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.mailboxes import once_each, same_mailbox
from monitor.model import Answer, Message, MessageState, Receipt
from monitor.reporting.wording import say_moment

AFTER_DOUBT = tuple(
    timedelta(hours=hours) for hours in (1, 3, 8, 12, 24)
)  # until the next try: after the first, ...
MOST_DOUBTS = len(AFTER_DOUBT) + 1
EARLY = timedelta(
    minutes=10
)  # that a try may come too soon: a run an hour later is not one hour later to the second
WAIT = timedelta(days=1)
GIVE_UP = timedelta(days=5)

KILLED = "the run ended while it was being sent, so somebody may have it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What one try came to."""

    state: MessageState  # COMPOSED, REFUSED, UNSURE; SENT where it was taken for anybody
    detail: str = ""  # for a person: where it went, or why it did not; ends without a full stop
    receipts: tuple[Receipt, ...] = ()  # of those who were named to the relay, as far as it answered


# ── before a try ────────────────────────────────────────────────────────────────────────────────────────────────


def to_try(messages: Sequence[Message], now: datetime) -> tuple[Message, ...]:
    """Those whose time for a try has come."""
    return tuple(message for message in messages if _may_be_tried(message) and _is_due(message, now))


def next_try(message: Message) -> datetime | None:
    """From when on a message is tried again; None: by the next run, or never."""
    if message.state is not MessageState.UNSURE or message.tried is None or not _may_be_tried(message):
        return None
    return message.tried + AFTER_DOUBT[max(message.doubts, 1) - 1]


def _is_due(message: Message, now: datetime) -> bool:
    moment = next_try(message)
    if moment is None or message.tried is None:
        return True
    return now >= moment - EARLY or now < message.tried  # a moment in the future is none


def _may_be_tried(message: Message) -> bool:
    if message.state is MessageState.UNSURE:
        return message.doubts < MOST_DOUBTS
    return message.state in (MessageState.COMPOSED, MessageState.REFUSED, MessageState.PARTLY_SENT)


def still_wanted(message: Message, named: Sequence[str], now: datetime) -> Message:
    """The message without those who need not be tried again; it may be over then. `named` are those of panel.yaml."""
    if not message.receipts:
        return message
    late = now - message.composed >= GIVE_UP
    receipts = (_given_up(one) if late else one for one in message.receipts)
    still = {same_mailbox(name) for name in named}
    kept = tuple(
        one for one in receipts if one.answer is not Answer.LATER or same_mailbox(one.address) in still
    )
    if kept == message.receipts:
        return message
    return _standing(replace(message, receipts=kept), say_receipts(kept))


def _given_up(one: Receipt) -> Receipt:
    if one.answer is not Answer.LATER:
        return one
    return replace(one, answer=Answer.REFUSED, said=f"{one.said}, for {GIVE_UP.days} days")


def wanted_by(message: Message, named: Sequence[str]) -> tuple[str, ...]:
    """Whom to name to the relay: everybody, or only those who are still waiting for it."""
    waiting = tuple(one.address for one in message.receipts if one.answer is Answer.LATER)
    return once_each(waiting if message.receipts else named)


def before_try(message: Message, content: bytes, now: datetime) -> Message:
    """As it is kept from when it is handed over; `content` is what is sent."""
    return replace(
        message,
        content=content,
        state=MessageState.UNSURE,
        detail=KILLED,
        tried=now,
        doubts=message.doubts + 1,
    )


# ── after it ────────────────────────────────────────────────────────────────────────────────────────────────────


def after_try(message: Message, attempt: Attempt) -> Message:
    """`message` is as `before_try` left it. What need not be sent again is not kept: it is news of people."""
    if attempt.state is MessageState.UNSURE:
        return replace(message, detail=attempt.detail)
    answered = replace(message, doubts=message.doubts - 1)
    if attempt.state is MessageState.SENT and not attempt.receipts:  # a folder takes it for everybody
        return replace(answered, state=MessageState.SENT, detail=attempt.detail, content=b"", receipts=())
    if message.receipts or attempt.state is MessageState.SENT:
        receipts = tuple(
            {same_mailbox(one.address): one for one in (*message.receipts, *attempt.receipts)}.values()
        )
        said = say_receipts(receipts)
        detail = said if attempt.state is MessageState.SENT else f"{attempt.detail}; before that {said}"
        return _standing(replace(answered, receipts=receipts), detail)
    state = MessageState.UNSURE if answered.doubts else attempt.state  # a doubt stays a doubt
    return replace(answered, state=state, detail=attempt.detail)


def _standing(message: Message, detail: str) -> Message:
    """As its receipts say that it stands."""
    answers = {one.answer for one in message.receipts}
    if Answer.LATER in answers:
        return replace(message, state=MessageState.PARTLY_SENT, detail=detail)
    state = MessageState.PARTLY_REFUSED if Answer.REFUSED in answers else MessageState.SENT
    return replace(message, state=state, detail=detail, content=b"")


# ── for a person ────────────────────────────────────────────────────────────────────────────────────────────────


def say_receipts(receipts: Sequence[Receipt]) -> str:
    """ "to a@example.org, not yet to b@example.org: “451 try later”, but not to c@example.org: “550 unknown”"."""
    taken = ", ".join(one.address for one in receipts if one.answer is Answer.TAKEN)
    later = _not_taken(receipts, Answer.LATER)
    refused = _not_taken(receipts, Answer.REFUSED)
    return (
        f"to {taken}{f', not yet to {later}' if later else ''}{f', but not to {refused}' if refused else ''}"
    )


def _not_taken(receipts: Sequence[Receipt], answer: Answer) -> str:
    return "; ".join(f"{one.address}: {one.said}" for one in receipts if one.answer is answer)


def say_message(message: Message) -> str:
    """One sentence on a message that was just tried."""
    draft = f"Draft {message.edition}"
    if message.state is MessageState.SENT:
        return f"{draft} was sent: {message.detail}."
    if message.state is MessageState.PARTLY_SENT:
        return f"{draft} was sent to some only: {message.detail}. The next run tries the others again."
    if message.state is MessageState.PARTLY_REFUSED:
        return f"{draft} was sent to some only: {message.detail}. Forward it to the others."
    if message.state is MessageState.UNSURE:
        return f"{draft} may or may not have been sent: {message.detail}. {_say_again(message)}"
    return f"{draft} was not sent: {message.detail}. It is kept, and the next run tries again."


def _say_again(message: Message) -> str:
    moment = next_try(message)
    return f"It is tried again from {say_moment(moment)} on." if moment else "It is not tried again."


def waiting(messages: Sequence[Message], now: datetime) -> Iterator[str]:
    """A sentence for each message that some run will try again and that needs no person yet."""
    for message in messages:
        if not _may_be_tried(message) or now - message.composed >= WAIT:
            continue
        why = message.detail or "it was not tried yet"
        then = _say_again(message) if next_try(message) else "The next run of `monitor weekly` tries."
        yield f"the e-mail of draft {message.edition} is {message.state}: {why}. {then}"


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
