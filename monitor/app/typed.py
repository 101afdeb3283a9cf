"""Command lines to type next: whole, so that they can be copied as they stand."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

SAFE_BESIDES = "-_./\\:~"  # letters, digits and these need no quotes, in whatever shell


def as_typed(word: Path | str) -> str:
    """A path or a word as one word of a command line; quotes where it needs them."""
    text = str(word)
    plain = text and all(letter.isalnum() or letter in SAFE_BESIDES for letter in text)
    return text if plain else f'"{text}"'


def monitor_as_called(
    called: str | None = None,
    python: str = sys.executable,
    find: Callable[[str], str | None] = shutil.which,
) -> str:
    """How the person calls the monitor: by its name where the shell finds that, else as they did just now.

    `make demo` leaves the program in an environment that is not active: "monitor" alone would not be found.
    """
    program = Path(sys.argv[0] if called is None else called)
    if program.parts[-2:] == ("monitor", "__main__.py"):
        return f"{_shortest(Path(python), find)} -m monitor"
    # By another program, a test say, that knows better how it did.
    return _shortest(program, find) if program.stem == "monitor" else "monitor"


def _shortest(program: Path, find: Callable[[str], str | None]) -> str:
    """The program's name where the shell finds this very one by it."""
    found = find(program.name)
    if found and Path(found).absolute().with_suffix("") == program.absolute().with_suffix(""):
        return program.stem if program.suffix == ".exe" else program.name
    return as_typed(program)
