"""Guessing is slowed, and nobody is locked out."""

import pytest

from monitor.desk.safety.attempts import FREE, LONGEST, MANY, REMEMBERED, Attempts, network_of, wait_after


@pytest.mark.parametrize(
    "count, wanted", [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (8, 32), (9, 60), (50, 60), (10**6, 60)]
)
def test_each_wrong_one_doubles_the_wait_up_to_a_minute(count, wanted):
    assert wait_after(count) == wanted


def test_a_wait_is_over_by_itself_and_is_not_prolonged_by_trying():
    attempts = Attempts()
    assert [attempts.wait("10.0.0.1", 0.0) for _ in range(FREE)] == [0, 0, 0]
    assert [attempts.wait("10.0.0.1", moment) for moment in (0.0, 0.25, 0.5)] == [1.0, 0.75, 0.5]
    assert attempts.wait("10.0.0.1", 1.0) == 0
    assert attempts.wait("10.0.0.1", 1.0) == 2


def test_one_address_does_not_stop_another_and_a_right_one_forgives():
    attempts = Attempts()
    for _ in range(FREE):
        attempts.wait("10.0.0.1", 0.0)
    assert attempts.wait("10.0.0.1", 0.0) and not attempts.wait("10.0.0.2", 0.0)
    attempts.right("10.0.0.1")
    assert attempts.wait("10.0.0.1", 0.0) == 0


def test_nobody_waits_longer_than_a_minute_whatever_was_tried():
    attempts, moment = Attempts(), 0.0
    for _ in range(200):
        waited = attempts.wait("10.0.0.1", moment)
        assert waited <= LONGEST
        moment += waited
    assert attempts.wait("10.0.0.1", moment + LONGEST) == 0


def test_many_of_many_addresses_are_slowed_together_and_the_first_of_each_is_looked_at():
    attempts = Attempts()
    for number in range(MANY):
        attempts.wait(f"10.0.1.{number}", 0.0)
    assert attempts.wait("10.0.2.1", 1.0) == 0
    assert attempts.wait("10.0.2.1", 1.0) == 1
    assert attempts.wait("10.0.2.1", 90.0) == 0
    assert attempts.wait("10.0.2.1", 90.0) == 0


def test_memory_is_bounded():
    attempts = Attempts()
    for number in range(REMEMBERED * 2):
        attempts.wait(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}", float(number))
    assert len(attempts._wrong) == REMEMBERED


def test_an_hour_later_it_is_forgotten():
    attempts = Attempts()
    for moment in range(0, 600, 60):
        attempts.wait("10.0.0.1", float(moment))
    assert [attempts.wait("10.0.0.1", 5_000.0) for _ in range(FREE)] == [0, 0, 0]


@pytest.mark.parametrize(
    "address, wanted",
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("no address", "no address"),
        ("x" * 5000, "x" * 100),
    ],
)
def test_a_network_of_addresses_is_one(address, wanted):
    assert network_of(address) == wanted
