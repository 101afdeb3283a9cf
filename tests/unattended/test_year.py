"""Days and days without a person, with outages of feeds, network, relay, disk, power and clock: an edition for each
weekly moment, once, with all that was printed, and each outage told in its time. `year.py` lives them, in a process
of its own.

`make unattended` lives a year. Other seeds by hand: SEEDS=2,3,4 make unattended
"""

import json
import os
from collections import Counter
from datetime import datetime, timedelta

import pytest
from kernel import built, start
from relay import serve_relay
from year import KINDS

YEAR = 365
SEEDS = os.environ.get("SEEDS", "1").split(",")
WEEK, STEP = timedelta(days=7), timedelta(hours=12)
HINDERS = ("a full disk", "no power", "asleep from Friday to Wednesday", "killed at work", "a day back")
AHEAD = ("a month ahead", "a year ahead")


def lived(folder, seed, days):
    """What `year.py` says, and what both relays took: the Message-IDs of the one that works, then of the other."""
    with serve_relay() as relay, serve_relay(breaks_off=True) as breaking:
        library, ports = built(folder), (str(relay.port), str(breaking.port))
        with start(library, "year.py", str(folder), str(seed), str(days), *ports) as process:
            said, errors = process.communicate()
            assert process.returncode == 0, errors
        taken = [[message["Message-ID"] for message in one.messages] for one in (relay, breaking)]
    return json.loads(said), *taken


def wrong(year, taken, broken_off):
    """A line for each promise that was not kept."""
    yield from (f"a bug: {bug}" for bug in year["bugs"])
    yield from weeks_wrong(year)
    yield from mails_wrong(year, taken, broken_off)
    yield from outages_untold(year)
    after = year["after"]
    if after["integrity"] != "ok" or after["broken"] or after["strays"]:
        yield f"left behind: {after['integrity']}, {after['broken']}, {after['strays']}"
    stored = Counter(url for url, *_ in after["articles"])
    lost = [url for url in year["printed"] if url not in stored]
    if lost or max(stored.values()) > 1:
        yield f"articles lost: {lost}, doubled: {[url for url, count in stored.items() if count > 1]}"
    of_editions = Counter(name.split("-draft-")[1].split(".")[0].split("-")[0] for name in after["documents"])
    if set(of_editions.values()) != {6} or len(of_editions) != len(after["editions"]):
        yield f"documents by edition: {dict(of_editions)}"


def weeks_wrong(year):
    """For each weekly moment one edition, made at once, or when what hindered it was over."""
    truly = [one for one in year["made"] if one["outage"] not in AHEAD]
    for moment in map(datetime.fromisoformat, year["weeks"]):
        made = [at for one in truly if moment <= (at := datetime.fromisoformat(one["at"])) < moment + WEEK]
        if len(made) != 1:
            yield f"{len(made)} editions of the week of {moment:%d %B %Y}"
        elif made[0] - moment > hindered_until(year, moment) - moment + STEP:
            yield f"the edition of {moment:%d %B %Y} came late, on {made[0]:%d %B %H:%M}"


def hindered_until(year, moment):
    for outage in year["outages"]:
        begins, ends = datetime.fromisoformat(outage["begins"]), datetime.fromisoformat(outage["ends"])
        if outage["kind"] in HINDERS and begins <= moment + STEP and moment < ends:
            return ends
    return moment


def mails_wrong(year, taken, broken_off):
    """Each edition's message once; again where a relay broke off or the run was killed, and then under the same
    Message-ID. What nobody could write down as sent is tried six times in all: so often it may come where each run of
    four days is killed, and twice elsewhere."""
    got = Counter(taken) + Counter(broken_off)
    if len(got) != len(year["made"]):
        yield f"{len(got)} messages of {len(year['made'])} editions"
    killed = {f".{one['number']}." for one in year["made"] if one["outage"] == "killed at work"}
    twice = [id for id, count in got.items() if count > 1 and id not in broken_off]
    often = [id for id, count in Counter(taken).items() if count > 2 and not any(of in id for of in killed)]
    if max(got.values()) > 6 or often or len(twice) > len(killed):
        yield f"sent too often: {[id for id, count in got.items() if count > 1]}"


def outages_untold(year):
    for outage in year["outages"]:
        kind = KINDS[outage["kind"]]
        begins = datetime.fromisoformat(outage["begins"])
        if kind.told and not (
            outage["told"] and datetime.fromisoformat(outage["told"]) - begins <= kind.within
        ):
            yield f"{outage['kind']} of {begins:%d %B %Y} was not told by {begins + kind.within:%d %B}: {outage['said']}"
    if year["needs"]:
        yield f"told while all was well: {year['needs']}"


@pytest.mark.unattended
@pytest.mark.cc
@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_without_a_person(tmp_path, seed):
    year, *taken = lived(tmp_path, seed, YEAR)
    print(f"seed {seed}: {len(year['made'])} editions, {year['seconds']} s of a core")
    assert list(wrong(year, *taken)) == []
    assert len(year["weeks"]) == 52
    assert {outage["kind"] for outage in year["outages"]} == set(KINDS)
