"""requirements.lock is whole: what it pins can be installed as it stands, on every Python that is promised.

`make` installs the lock without resolving, so that a release of tomorrow changes nothing. Then whatever is missing in
the lock is missing in the environment. Here the requirements are followed from pyproject.toml to the last library,
once for each Python and system, as they are declared by the very releases that the lock names.

What a library requires is read from its installed copy, which tells of every Python and system at once. Only what is
not installed here, because it is pinned for others, cannot be asked: what those releases declare stands in ELSEWHERE.
"""

import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from where import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")

PYTHONS = {"3.11": ("3.11.0", "3.11.15"), "3.12": ("3.12.0",), "3.13": ("3.13.0",), "3.14": ("3.14.0",)}
SYSTEMS = {"Linux": ("linux", "posix"), "Darwin": ("darwin", "posix"), "Windows": ("win32", "nt")}
ENVIRONMENTS = {
    f"{full} {system}": {
        "implementation_name": "cpython",
        "implementation_version": full,
        "os_name": os_name,
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": system,
        "platform_version": "",
        "python_full_version": full,
        "python_version": python,
        "sys_platform": sys_platform,
    }
    for python, releases in PYTHONS.items()
    for full in releases
    for system, (sys_platform, os_name) in SYSTEMS.items()
}


@dataclass(frozen=True)
class Declared:
    """What a release says that it requires: of Python, and of other libraries."""

    python: str
    libraries: tuple[str, ...] = ()


# What the releases declare that are pinned for other Pythons or systems, read from each one's own METADATA. After
# `make lock` the tests say what they do not know.
ELSEWHERE = {
    "colorama==0.4.6": Declared("!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*,!=3.5.*,!=3.6.*,>=2.7"),
    "soupsieve==2.10": Declared(">=3.10"),
    "soupsieve==4.1.2": Declared(">=3.11.5"),
}


@dataclass(frozen=True)
class Pin:
    name: str
    version: Version
    applies: Requirement
    hashes: int

    def stands_in(self, environment: Mapping[str, str]) -> bool:
        return self.applies.marker is None or self.applies.marker.evaluate(dict(environment))


def pins(lock: str) -> tuple[Pin, ...]:
    """The lock's entries; each is one requirement and the lines of hashes that belong to it."""
    found = []
    for entry in lock.replace("\\\n", " ").splitlines():
        requirement, *hashes = entry.split("--hash=")
        applies = Requirement(requirement.strip())
        (exact,) = applies.specifier
        assert exact.operator == "==", entry
        found.append(Pin(canonicalize_name(applies.name), Version(exact.version), applies, len(hashes)))
    return tuple(found)


@cache
def declared(name: str, version: Version) -> Declared | None:
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return ELSEWHERE.get(f"{name}=={version}")
    if Version(installed.version) != version:
        return ELSEWHERE.get(f"{name}=={version}")
    return Declared(installed.metadata.get("Requires-Python", ""), tuple(installed.requires or ()))


@cache
def requirements(given: tuple[str, ...]) -> tuple[Requirement, ...]:
    return tuple(Requirement(each) for each in given)


def wanted_by_us() -> tuple[str, ...]:
    return (
        *PROJECT["dependencies"],
        *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
    )


def gaps(locked: tuple[Pin, ...], environment: Mapping[str, str]) -> Iterator[str]:
    """What would be missing, too old or too new in this environment, were the lock installed as it stands."""
    standing = [pin for pin in locked if pin.stands_in(environment)]
    yield from doubles(standing)
    by_name = {pin.name: pin for pin in standing}
    waiting = [("pyproject.toml", each, "") for each in requirements(wanted_by_us())]
    seen: set[tuple[str, str]] = set()
    while waiting:
        asker, requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({**environment, "extra": extra}):
            continue
        pin = by_name.get(canonicalize_name(requirement.name))
        if pin is None or not requirement.specifier.contains(pin.version, prereleases=True):
            yield f"{asker} requires {requirement}, and the lock has {pin.version if pin else 'none'}"
            continue
        said = declared(pin.name, pin.version)
        if said is None:
            yield f"{pin.name}=={pin.version} is not installed here: write what it declares into ELSEWHERE"
            continue
        if not SpecifierSet(said.python).contains(environment["python_full_version"]):
            yield f"{pin.name} {pin.version} wants Python {said.python}"
        for given in ("", *requirement.extras):
            if (pin.name, given) not in seen:
                seen.add((pin.name, given))
                asker = f"{pin.name} {pin.version}"
                waiting += [(asker, each, given) for each in requirements(said.libraries)]
    yield from (f"nothing requires {name}" for name in sorted(set(by_name) - {name for name, _ in seen}))


def doubles(standing: list[Pin]) -> Iterator[str]:
    names = [pin.name for pin in standing]
    yield from (
        f"{name} is pinned twice" for name in sorted({name for name in names if names.count(name) > 1})
    )


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_the_lock_is_whole(environment):
    assert sorted(gaps(pins(LOCK), environment)) == []


@pytest.mark.slow
def test_whatever_is_missing_in_the_lock_is_named():
    whole, environment = pins(LOCK), ENVIRONMENTS["3.12.0 Linux"]
    for pin in (pin for pin in whole if pin.stands_in(environment)):
        said = list(gaps(tuple(other for other in whole if other is not pin), environment))
        assert any(line.endswith("and the lock has none") for line in said), pin


@pytest.mark.parametrize(
    "name, instead, said",
    [
        ("coverage", "coverage==7.10.5", "pytest-cov 7.1.0 requires coverage[toml]>=7.10.6, and the lock has 7.10.5"),
        ("requests", "requests==3.0", "pyproject.toml requires requests<3,>=2.34, and the lock has 3.0"),
        ("idna", "idna==3.99", "idna==3.99 is not installed here: write what it declares into ELSEWHERE"),
        ("soupsieve", "soupsieve==2.10", None),
        ("click", "click==8.5.1\nclick==8.5.1", "click is pinned twice"),
        ("click", "click==8.5.1\ncolorama==0.4.6", "nothing requires colorama"),
        ("jinja2", "jinja2==3.1.6 ; python_version < '3.12'", "pyproject.toml requires jinja2>=3.1.6, and the lock has none"),
    ],
)  # fmt: skip
def test_a_lock_that_does_not_fit_is_told(name, instead, said):
    others = tuple(pin for pin in pins(LOCK) if pin.name != name)
    found = list(gaps((*others, *pins(instead)), ENVIRONMENTS["3.13.0 Linux"]))
    assert said in found if said else found == []


def test_a_release_for_other_pythons_is_told():
    assert "soupsieve 4.1.2 wants Python >=3.11.5" in list(
        gaps(pins(LOCK.replace(" ; python_full_version >= '3.11.5'", "")), ENVIRONMENTS["3.11.0 Linux"])
    )


def test_what_is_written_of_other_pythons_and_systems_is_true_and_still_of_use():
    pinned = {f"{pin.name}=={pin.version}" for pin in pins(LOCK)}
    assert set(ELSEWHERE) - pinned == set()
    for release, written in ELSEWHERE.items():
        name, version = release.split("==")
        assert declared(name, Version(version)) == written


def test_every_pin_has_its_hashes_and_no_line_an_address():
    assert [pin.name for pin in pins(LOCK) if not pin.hashes] == []
    assert not [line for line in LOCK.splitlines() if "://" in line or line.startswith("-")]


def test_the_pythons_that_are_promised_are_those_that_the_lock_is_held_for():
    promised = [
        each.rpartition(" ")[2]
        for each in PROJECT["classifiers"]
        if each.startswith("Programming Language :: Python ::")
    ]
    assert promised == list(PYTHONS)
    assert PROJECT["requires-python"] == f">={promised[0]}"


def test_every_direct_dependency_says_how_old_it_may_be():
    """Else `make test-lowest` would try the first release that there ever was."""
    lower = {">=", "==", "~="}
    bare = [
        each for each in wanted_by_us() if not {part.operator for part in Requirement(each).specifier} & lower
    ]
    assert bare == []


def test_make_installs_the_lock_as_it_stands_and_checks_it():
    lines = subprocess.run(
        ["make", "--dry-run", "--always-make", "venv", "VENV=elsewhere"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    installs = [line.split(" -m pip ")[1] for line in lines if " -m pip " in line]
    assert installs == [
        "install --quiet --no-deps --require-hashes -r requirements.lock",
        "install --quiet --no-deps --no-build-isolation --editable .",
        "check",
    ]
