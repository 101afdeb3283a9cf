"""What becomes of a message: which are tried, how each stands afterwards, when a person is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Answer, Message, MessageState, Receipt
from monitor.reporting.delivery.state import (
    Attempt,
    after_try,
    before_try,
    needs_of,
    say_message,
    to_try,
    wanted_by,
)

COMPOSED, SENT, PARTLY, REFUSED, UNSURE = (
    MessageState.COMPOSED,
    MessageState.SENT,
    MessageState.PARTLY_REFUSED,
    MessageState.REFUSED,
    MessageState.UNSURE,
)


TAKEN_BY_SOME = (
    Receipt(address="o@desk.example", answer=Answer.TAKEN),
    Receipt(address="p@desk.example", answer=Answer.REFUSED, said="“550 no”"),
)


def message(state=COMPOSED, **changes):
    values = {
        "id": "<3@desk.example>",
        "edition": 3,
        "composed": NOW,
        "content": b"Subject: x",
        "state": state,
    }
    return Message(**{**values, **changes})


def tried(before, *states):
    """The message after tries that came to these states."""
    for state in states:
        trying = before_try(before, before.content, NOW)
        receipts = TAKEN_BY_SOME if state is PARTLY else ()
        came_to = SENT if receipts else state  # the relay took the message
        before = after_try(trying, Attempt(state=came_to, detail=f"it was {state}", receipts=receipts))
    return before


@pytest.mark.parametrize(
    "before, is_tried",
    [
        (message(COMPOSED), True),
        (message(REFUSED), True),
        (message(UNSURE, doubts=1), True),
        (message(UNSURE, doubts=5), True),
        (message(UNSURE, doubts=6), False),
        (message(SENT), False),
        (message(PARTLY), False),
    ],
)
def test_what_nobody_has_is_tried_and_a_doubt_some_times_more(before, is_tried):
    assert to_try([before], NOW + timedelta(days=3)) == ((before,) if is_tried else ())


HOURS = (0, 1, 4, 12, 24, 48)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=-3), timedelta(minutes=59)])
def test_after_a_doubt_tries_are_spread_over_two_days(late):
    """A run every hour, and a relay that always breaks off; runs may come early or late by some minutes."""
    now, tried_at = message(), []
    for hour in range(100):
        moment = NOW + timedelta(hours=hour) + late * (hour % 2)
        if to_try([now], moment):
            tried_at.append(hour)
            now = after_try(before_try(now, b"x", moment), Attempt(state=UNSURE, detail="it broke off"))
    assert tried_at == list(HOURS) if late <= timedelta(0) else len(tried_at) == len(HOURS)


def test_a_doubt_of_a_clock_that_was_ahead_is_tried_now():
    assert to_try([message(UNSURE, doubts=3, tried=NOW + timedelta(days=30))], NOW)


@pytest.mark.parametrize(
    "tries, state, doubts, content",
    [
        pytest.param([SENT], SENT, 0, b"", id="sent"),
        pytest.param([COMPOSED], COMPOSED, 0, b"Subject: x", id="not reached"),
        pytest.param([REFUSED], REFUSED, 0, b"Subject: x", id="refused"),
        pytest.param([PARTLY], PARTLY, 0, b"", id="partly refused"),
        pytest.param([UNSURE], UNSURE, 1, b"Subject: x", id="no answer"),
        pytest.param([COMPOSED, REFUSED, SENT], SENT, 0, b"", id="sent at last"),
        pytest.param([UNSURE, SENT], SENT, 1, b"", id="sent after a doubt"),
        pytest.param([UNSURE, COMPOSED], UNSURE, 1, b"Subject: x", id="a doubt stays a doubt"),
        pytest.param([UNSURE, REFUSED, UNSURE], UNSURE, 2, b"Subject: x", id="twice in doubt"),
    ],
)
def test_how_it_stands_after_its_tries(tries, state, doubts, content):
    after = tried(message(), *tries)
    assert (after.state, after.doubts, after.content) == (state, doubts, content)
    detail = (
        "to o@desk.example, but not to p@desk.example: “550 no”" if PARTLY in tries else f"it was {tries[-1]}"
    )
    assert (after.id, after.detail, after.tried) == ("<3@desk.example>", detail, NOW)


def test_a_run_that_is_killed_while_sending_leaves_a_doubt():
    killed = before_try(message(), b"as sent", NOW)
    assert (killed.state, killed.doubts, killed.content) == (UNSURE, 1, b"as sent")
    assert to_try([killed], NOW) == ()
    assert to_try([killed], NOW + timedelta(hours=1)) == (killed,)
    assert say_message(killed) == (
        "Draft 3 may or may not have been sent: the run ended while it was being sent, so somebody may have it. "
        "It is tried again from Monday 16 November 2026, 08:00 on."
    )


LONG_AFTER = NOW + timedelta(days=3)


@given(st.lists(st.sampled_from([COMPOSED, REFUSED, UNSURE]), max_size=20))
def test_a_message_is_handed_over_six_times_without_an_answer_and_no_more(states):
    now, doubts = message(), 0
    for state in states:
        if not to_try([now], LONG_AFTER):
            break
        doubts += state is UNSURE
        now = tried(now, state)
    assert doubts <= len(HOURS)
    assert bool(to_try([now], LONG_AFTER)) == (doubts < len(HOURS))


@pytest.mark.parametrize(
    "state, said",
    [
        (SENT, "Draft 3 was sent: it was sent."),
        (
            PARTLY,
            "Draft 3 was sent to some only: to o@desk.example, but not to p@desk.example: “550 no”. Forward it to the "
            "others.",
        ),
        (REFUSED, "Draft 3 was not sent: it was refused. It is kept, and the next run tries again."),
        (COMPOSED, "Draft 3 was not sent: it was composed. It is kept, and the next run tries again."),
    ],
)
def test_what_is_said_of_a_try(state, said):
    assert say_message(tried(message(), state)) == said


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.sampled_from(Answer), min_size=3), min_size=1, max_size=6
    )
)
@pytest.mark.slow
def test_nobody_gets_it_twice_whatever_a_relay_says_of_whom(runs):
    """`runs` is what the relay would say of each recipient, run by run."""
    now, has_it = message(), []
    for says in runs:
        if not to_try([now], LONG_AFTER):
            break
        named = wanted_by(now, "abc")
        receipts = tuple(Receipt(address=one, answer=says[one], said="“…”") for one in named)
        taken = [one.address for one in receipts if one.answer is Answer.TAKEN]
        has_it += taken
        state = SENT if taken else REFUSED
        now = after_try(before_try(now, b"x", NOW), Attempt(state=state, detail="no", receipts=receipts))
    assert len(set(has_it)) == len(has_it)
    assert now.state is not SENT or sorted(has_it) == ["a", "b", "c"]
    assert bool(now.content) == bool(to_try([now], LONG_AFTER))


LATER = message(SENT, id="<4@desk.example>", edition=4, composed=NOW + timedelta(days=7))


@pytest.mark.parametrize(
    "messages, hours, needed",
    [
        pytest.param([message()], 23, False, id="it waits since this morning"),
        pytest.param([message()], 24, True, id="it waits for a day"),
        pytest.param([message(REFUSED)], 25, True, id="refused for a day"),
        pytest.param([message(PARTLY)], 1, True, id="partly refused: no run mends that"),
        pytest.param([message(UNSURE, doubts=1)], 1, False, id="in doubt, and tried again"),
        pytest.param([message(UNSURE, doubts=5)], 23, False, id="often in doubt, and tried again"),
        pytest.param([message(UNSURE, doubts=1)], 24, True, id="in doubt for a day"),
        pytest.param([message(UNSURE, doubts=6)], 1, True, id="in doubt to the end"),
        pytest.param([message(SENT)], 99, False, id="sent"),
        pytest.param([message(PARTLY), LATER], 200, False, id="a later one was sent"),
        pytest.param([message(SENT), replace(LATER, state=REFUSED)], 200, True, id="an earlier one was sent"),
    ],
)
def test_when_a_person_is_asked(messages, hours, needed):
    assert bool(list(needs_of(messages, NOW + timedelta(hours=hours)))) == needed


def test_what_a_person_is_told():
    refused = message(REFUSED, detail="smtp.desk.example:587 says “550 no such mailbox”")
    assert list(needs_of([refused], NOW + timedelta(days=2))) == [
        "the e-mail of draft 3 is refused: smtp.desk.example:587 says “550 no such mailbox”. "
        "See `delivery` in panel.yaml; the draft itself is in the drafts folder."
    ]
