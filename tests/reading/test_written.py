"""Dates as people and machines write them, and the days that they are."""

from datetime import date

import pytest

from monitor.reading.pages.written import address_day, address_month, written_day

TODAY = date(2026, 11, 28)  # a Saturday
MARCH = date(2024, 3, 1)  # a Friday


@pytest.mark.parametrize(
    "text, day",
    [
        # machines
        ("2024-03-01", MARCH),
        ("2024-03-01T09:00:00Z", MARCH),
        ("2024-03-01 09:00:00", MARCH),
        ("2024-03-01T09:00:00.000+00:00", MARCH),
        ("2024-3-1", MARCH),
        ("20240301", MARCH),
        ("20240301T0900", MARCH),
        ("1709283600", MARCH),
        ("1709283600000", MARCH),
        ("2026-06-30T23:30:00Z", date(2026, 7, 1)),  # half past midnight in a London summer
        ("2026-06-30T00:00:00Z", date(2026, 6, 30)),  # a day, written as a time
        ("2026-06-30T23:30:00+01:00", date(2026, 6, 30)),  # the outlet's own day
        ("2026-06-30T23:30:00-05:00", date(2026, 6, 30)),
        ("2026-11-27T23:59:59Z", date(2026, 11, 27)),
        # people
        ("1 March 2024", MARCH),
        ("01 Mar 2024, 9:00am", MARCH),
        ("1st of March 2024", MARCH),
        ("Friday, 1 March, 2024", MARCH),
        ("Friday 1st March 2024 at 9.30am", MARCH),
        ("March 1, 2024", MARCH),
        ("Mar. 1st, 2024", MARCH),
        ("Fri, 01 Mar 2024 09:00:00 GMT", MARCH),
        ("09:00, 1 Mar 2024", MARCH),
        ("1-Mar-24", MARCH),
        ("01/03/2024", MARCH),
        ("01.03.24", MARCH),
        ("01-03-2024 09:00", MARCH),
        ("2024/03/01", MARCH),
        ("Posted on 28/11/26 by the newsdesk", TODAY),
        ("3 Sept 2026", date(2026, 9, 3)),
        # the day before the month, unless it cannot be meant
        ("03/28/2024", date(2024, 3, 28)),
        ("05/11/2026", date(2026, 11, 5)),
        ("11/05/2026", date(2026, 11, 5)),  # 11 May would be old, 5 November is new
        ("12/11/2026", date(2026, 11, 12)),  # 11 December is still to come
        ("03/04/2024", date(2024, 4, 3)),
        # no day
        ("", None),
        ("today", None),
        ("2024", None),
        ("March 2024", None),
        ("2024-03", None),
        ("2024-01-01T00:00:00Z", None),  # how a system writes the year alone
        ("2024-01-01", None),
        ("1970-01-01T00:00:00Z", None),
        ("0", None),
        ("0001-01-01T00:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("1759-11-28", None),
        ("2024-02-30", None),
        ("31/02/2024", None),
        ("2026-11-29", None),  # still to come
        ("2027-11-28", None),
        ("Monday 1 March 2024", None),  # it was a Friday
        ("Mon, 28 Nov 2025 09:00:00 GMT", None),
        ("9:30:24", None),
        ("192.168.12.24", None),
        ("call 01865 120324", None),
        ("12.5.1.24", None),
    ],
)
def test_a_written_day(text, day):
    assert written_day(text, TODAY) == day


@pytest.mark.parametrize(
    "url, day, month",
    [
        ("https://a.example/2024/03/01/police-desk", MARCH, date(2024, 3, 31)),
        ("https://a.example/news/2024/3/1", MARCH, None),
        ("https://a.example/2024/mar/01/police-desk", MARCH, None),
        ("https://a.example/news/2024-03-01-police-desk", MARCH, None),
        ("https://a.example/2024-03-01/police-desk", MARCH, None),
        ("https://a.example/2024/03/police-desk", None, date(2024, 3, 31)),
        ("https://a.example/2024/12/police-desk", None, date(2024, 12, 31)),
        ("https://a.example/2026/11/28/police-desk", TODAY, None),
        ("https://a.example/2027/03/01/a", None, None),
        ("https://a.example/2024/police-desk", None, None),
        ("https://a.example/news/20240301", None, None),  # a number
        ("https://a.example/news/20240301.police-desk/", None, None),
        ("https://a.example/news/police-desk-240301", None, None),
        ("https://a.example/news/police-desk-2024-03-01", None, None),  # of a meeting, perhaps
        ("https://a.example/budget-2024-25/a", None, None),
        ("https://a.example/2024/25/a", None, None),  # a financial year
        ("https://a.example/2024/03/32/a", None, date(2024, 3, 31)),
        ("https://a.example/2024/02/30/a", None, date(2024, 2, 29)),
        ("https://a.example/story?on=/2024/03/01/", None, None),
        ("https://a.example/12024/03/01/a", None, None),
    ],
)
def test_a_day_in_an_address(url, day, month):
    assert (address_day(url, TODAY), address_month(url, TODAY)) == (day, month)
