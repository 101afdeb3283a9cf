"""Ctrl-C while a program is loaded, and what hears it afterwards."""

import gc
import signal
import subprocess
import sys
from threading import Thread

import pytest
from where import ROOT

from monitor.loading import NEW_OBJECTS, OLD, YOUNG, loading


@pytest.fixture(autouse=True)
def as_tests_have_it():
    """How seldom circles are looked for while tests run is a matter of their own."""
    seldom = gc.get_threshold()
    yield
    gc.set_threshold(*seldom)


# Sends the signal as soon as a module is asked for.
STOPPED_AT = """
import os, runpy, signal, sys
class Stopping:
    def find_spec(self, name, *_):
        if name == "{at}":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stopping())
sys.argv = ["{program}", "--help"]
runpy.run_module("{program}", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("program, at", [("monitor", "monitor.cli"), ("jobs", "jobs.arguments")])
def test_ctrl_c_ends_a_program_that_is_still_loaded_without_a_word(program, at):
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_AT.format(program=program, at=at)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def heard():
    with loading():
        return signal.getsignal(signal.SIGINT)


def test_afterwards_it_is_heard_as_before():
    assert heard() is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_whoever_hears_it_already_goes_on_hearing_it():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does of what runs behind
    try:
        assert heard() is signal.SIG_IGN
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_in_another_thread_nothing_is_changed():
    found = []
    thread = Thread(target=lambda: found.append(heard()))
    thread.start()
    thread.join()
    assert found == [signal.default_int_handler]


@pytest.mark.parametrize("program", ["monitor.__main__", "jobs.__main__"])
def test_a_program_looks_for_circles_seldom(program):
    done = subprocess.run(
        [sys.executable, "-c", f"import gc, {program}; print(gc.get_threshold())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr) == (str((NEW_OBJECTS, YOUNG, OLD)), "")
