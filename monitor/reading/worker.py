"""A worker process's whole life: it says that it is ready, then does one task after another, until its input ends.

Its clock is the kernel's: a timer that kills the process, also where a parser written in C hears no signal, and also
where the process that started it is gone. Where that one is, the worker ends within a second, unless a parser holds it until the timer. Started by
`workers.py` as `python -m monitor.reading.worker BYTES SECONDS`.
"""

import os
import pickle
import pkgutil
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import IO, Any


class Why(StrEnum):
    """Why a task has no answer; `what` was to be taken apart, say "its page"."""

    TOO_SLOW = "taking {what} apart took longer than {deadline:g} s"
    NOT_BEGUN = "{what} was not begun: {killed} others of the site took longer than {deadline:g} s"
    TOO_MUCH_MEMORY = "taking {what} apart needs too much memory"
    TOO_DEEP = "{what} is nested too deep"
    FAILED = "taking {what} apart failed"


@dataclass(frozen=True, slots=True)
class Broken:
    """There is no answer."""

    why: Why
    trace: str = ""  # where it is a bug


def main() -> None:
    memory, start = int(sys.argv[1]), float(sys.argv[2])
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if sys.platform == "linux":  # elsewhere the address space cannot be capped
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        say(answers, pickle.dumps(True))
        while True:
            name, arguments, seconds = pickle.load(tasks)
            say(answers, answer(name, arguments, seconds, start))
    except (
        EOFError,
        OSError,
        MemoryError,
    ):  # the parent is gone, or done with us; or the task alone is too large
        os._exit(1)


def end_with(parent: int) -> None:
    """Ends this process when the one that started it has ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def say(answers: IO[bytes], answer: bytes) -> None:
    answers.write(answer)
    answers.flush()


def answer(name: str, arguments: tuple[Any, ...], seconds: float, start: float) -> bytes:
    """The pickled answer. The import has a time of its own, or the first task of a busy machine would lack it."""
    signal.setitimer(signal.ITIMER_REAL, start)
    try:
        call = called(name)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        return pickle.dumps(call(*arguments))
    except MemoryError:
        return pickle.dumps(Broken(Why.TOO_MUCH_MEMORY))
    except RecursionError:
        return pickle.dumps(Broken(Why.TOO_DEEP))
    except Exception:
        return pickle.dumps(Broken(Why.FAILED, traceback.format_exc()))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@cache
def called(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = pkgutil.resolve_name(name)
    return found


if __name__ == "__main__":
    # Pickled by this name, not as `__main__`, which is another module for the process that reads it.
    from monitor.reading.worker import main as work

    work()
