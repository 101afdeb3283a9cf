"""What the operator is told and when: from needs, what was told before, and the time."""

from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import SMTP

import pytest
from conftest import NOW

from monitor.model import Need, NeedKind, Told
from monitor.reporting.telling.decide import after_telling, to_tell
from monitor.reporting.telling.letter import MOST, compose_letter, letter_id

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def feed(name: str, **changes) -> Need:
    return Need(
        **{
            "kind": NeedKind.FEED_FAILING,
            "sentence": f"{name} fails.",
            "subject": f"https://{name}.example",
            **changes,
        }
    )


ONE, TWO = feed("one"), feed("two")
MEETING = Need(kind=NeedKind.NO_MEETING, sentence="no coming meeting is known.")
CUT_OFF = Need(kind=NeedKind.NOTHING_READ, sentence="no feed was read.")
ARCHIVE = Need(kind=NeedKind.ARCHIVE_UNREADABLE, sentence="the archive cannot be used.")
YAML = Need(kind=NeedKind.CONFIG_UNREADABLE, sentence="the YAML files cannot be read.")


@dataclass
class Operator:
    """Runs one after the other, each of which hands over what it tells; `heard` is what came."""

    memory: tuple[Told, ...] = ()
    heard: list[tuple[str, ...]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def run(self, at, *needs, taken=True, unsure=False):
        telling = to_tell(needs, self.memory, NOW + at)
        self.memory = telling.memory
        if telling:
            self.ids.append(letter_id(telling, "desk.example"))
        if telling and taken:
            self.memory = after_telling(telling, self.memory, NOW + at, unsure=unsure)
        says = (
            *(f"new {need.sentence}" for need in telling.new),
            *(f"still {need.sentence}" for need in telling.still),
            *(f"over {one.says}" for one in telling.over),
        )
        if says:
            self.heard.append(says)
        return says


@pytest.fixture
def operator():
    return Operator()


def test_what_needs_a_person_is_told_once_each_week_and_once_when_it_is_over(operator):
    for hour in range(0, 24 * 15):
        operator.run(hour * HOUR, ONE)
    assert operator.heard == [("new one fails.",), ("still one fails.",), ("still one fails.",)]
    assert operator.run(15 * DAY) == ("over one fails.",)
    assert operator.run(15 * DAY + HOUR) == ()
    assert operator.memory == ()


def test_what_comes_later_is_told_with_all_that_stands_and_the_week_begins_anew(operator):
    operator.run(0 * DAY, ONE)
    assert operator.run(3 * DAY, ONE, TWO) == ("new two fails.", "still one fails.")
    assert operator.run(7 * DAY, ONE, TWO) == ()
    assert operator.run(10 * DAY, ONE, TWO) == ("still one fails.", "still two fails.")
    assert operator.run(11 * DAY, TWO) == ("still two fails.", "over one fails.")


def test_other_words_for_the_same_thing_are_nothing_new(operator):
    operator.run(0 * DAY, ONE)
    assert operator.run(1 * DAY, feed("one", sentence="one fails for 4 days.")) == ()
    assert operator.run(2 * DAY) == ("over one fails for 4 days.",)


def test_what_ends_before_it_was_told_is_never_told(operator):
    operator.run(0 * DAY, YAML)
    assert operator.run(0.5 * HOUR) == ()
    assert (operator.memory, operator.heard) == ((), [])


def test_a_mistake_in_the_yaml_is_told_when_it_has_stood_for_an_hour(operator):
    for minutes in range(0, 60, 5):
        assert operator.run(timedelta(minutes=minutes), YAML) == ()
    assert operator.run(HOUR, YAML) == ("new the YAML files cannot be read.",)


@pytest.mark.parametrize(
    "hides, meanwhile",
    [(ARCHIVE, "new the archive cannot be used."), (CUT_OFF, "new no feed was read.")],
    ids=["the archive cannot be read", "no feed is read"],
)
def test_what_cannot_be_seen_is_not_over(operator, hides, meanwhile):
    operator.run(0 * DAY, ONE)
    assert operator.run(1 * DAY, hides) == (meanwhile,)
    assert operator.run(2 * DAY, ONE) == (
        "still one fails.",
        f"over {hides.sentence}",
    )
    assert operator.run(3 * DAY) == ("over one fails.",)


def test_while_no_feed_is_read_what_is_of_no_feed_can_be_over(operator):
    operator.run(0 * DAY, MEETING, ONE)
    assert operator.run(1 * DAY, CUT_OFF) == ("new no feed was read.", f"over {MEETING.sentence}")


def test_what_is_not_taken_is_tried_again_after_an_hour_under_the_same_id(operator):
    for minutes in range(0, 125, 5):
        operator.run(timedelta(minutes=minutes), ONE, taken=False)
    assert operator.heard == [("new one fails.",)] * 3
    operator.run(3 * HOUR, ONE)
    assert operator.run(4 * HOUR, ONE) == ()
    assert len(operator.ids) == 4
    assert len(set(operator.ids)) == 1


def test_after_a_doubt_it_is_tried_once_more_under_the_same_id_and_then_counts_as_told(operator):
    for hour in range(24):
        operator.run(hour * HOUR, ONE, unsure=True)
    assert operator.heard == [("new one fails.",)] * 2
    assert len(set(operator.ids)) == 1
    assert operator.run(7 * DAY + 2 * HOUR, ONE) == ("still one fails.",)
    for hour in range(24):
        operator.run(8 * DAY + hour * HOUR, unsure=True)
    assert operator.heard[3:] == [("over one fails.",)] * 2
    assert operator.memory == ()


def test_what_was_told_under_a_clock_a_year_ahead_is_told_again_within_a_week(operator):
    operator.run(365 * DAY, ONE)
    operator.run(365 * DAY, ONE, TWO, taken=False)
    assert operator.run(0 * DAY, ONE, TWO) == ("new two fails.", "still one fails.")
    assert operator.run(7 * DAY, ONE, TWO) == ("still one fails.", "still two fails.")


def test_nor_does_a_clock_ahead_silence_what_is_told_week_by_week(operator):
    operator.run(365 * DAY, ONE)
    assert [operator.run(day * DAY, ONE) for day in (0, 6, 7)] == [(), (), ("still one fails.",)]


def letter(needs, memory=(), title="Topical Issues", at=NOW):
    telling = to_tell(needs, memory, at)
    content = compose_letter(
        telling,
        title=title,
        sender=Address("Monitor", addr_spec="monitor@desk.example"),
        operator=Address(addr_spec="operator@desk.example"),
        where="On this-machine, data in /srv/data. Run 7.",
        now=at,
    )
    return message_from_bytes(content, policy=SMTP)


def told(need, days=8, **changes):
    at = NOW - days * DAY
    return Told(
        **{
            "kind": need.kind.value,
            "subject": need.subject,
            "says": need.sentence,
            "since": at,
            "told": at,
            **changes,
        }
    )


def test_the_letter_says_what_is_new_what_stands_and_what_is_over():
    message = letter([feed("one", since=NOW - DAY), MEETING], [told(MEETING), told(TWO)])
    assert message["Subject"] == "Topical Issues monitor: 2 things need a person"
    assert (message["From"], message["To"]) == ("Monitor <monitor@desk.example>", "operator@desk.example")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == [
        "This needs a person now:",
        "",
        "- One fails. (Since Sunday 15 November 2026, 07:00.)",
        "",
        "This still needs a person:",
        "",
        "- No coming meeting is known.",
        "",
        "This is over:",
        "",
        "- Two fails.",
        "",
        "`monitor status` says how everything stands.",
        "While anything here stands you are told again each week, and once when it is over.",
        "",
        "On this-machine, data in /srv/data. Run 7.",
    ]


def test_the_all_clear_is_said_as_such():
    message = letter([], [told(ONE)])
    assert message["Subject"] == "Topical Issues monitor: all clear"
    assert message.get_content().startswith("All clear: nothing needs a person any more.\r\n")


def test_one_thing_over_of_two_is_no_all_clear():
    message = letter([ONE], [told(ONE, 1), told(TWO, 1)])
    assert message["Subject"] == "Topical Issues monitor: 1 over, 1 thing needs a person"
    assert "All clear" not in message.get_content()


def test_a_hundred_dead_feeds_are_one_letter_of_bounded_length():
    message = letter([feed(f"f{number}") for number in range(117)])
    assert message["Subject"] == "Topical Issues monitor: 117 things need a person"
    lines = message.get_content().splitlines()
    assert sum(line.startswith("- ") for line in lines) == MOST + 1
    assert "- and 97 more" in lines


def test_no_title_or_sentence_makes_a_header_or_a_line_of_its_own():
    message = letter(
        [feed("one", sentence="bad\r\nBcc: x@y.example\x00")], title="Issues\r\nBcc: x@y.example"
    )
    assert message["Bcc"] is None
    assert "- Bad Bcc: x@y.example" in message.get_content()
