"""Which parts of the shipped files a person has had before their eyes: what they then leave out is not proposed again.

They stand as short digests in `.monitor-defaults` beside the YAML files: `init` notes what it writes, an update what it
took in, `init --dismiss` what is not wanted. Where the file is missing everything that is lacking is shown.
"""

import os
import re
from collections.abc import Collection
from pathlib import Path

from monitor.config.replacing import Beside, as_its_folder
from monitor.errors import OutputError

FILE = ".monitor-defaults"
_HEAD = """\
# The monitor keeps this file: which parts of its shipped YAML files were written here, taken in or dismissed, a digest
# each. What of them is not in your files was left out on purpose, and `monitor init --diff` does not propose it again.
# Without this file it shows all that your files lack.
"""


def read_seen(folder: Path) -> frozenset[str]:
    try:
        text = (folder / FILE).read_text("utf-8", "replace")
    except OSError:
        return frozenset()
    return frozenset(re.findall(r"^[0-9a-f]{12}$", text, re.MULTILINE))


def note_seen(folder: Path, marks: Collection[str]) -> None:
    """Adds to what is there. Raises OutputError."""
    path, known = folder / FILE, read_seen(folder)
    if known.issuperset(marks):
        return
    text = _HEAD + "".join(f"{mark}\n" for mark in sorted(known | set(marks)))
    try:
        with Beside(path) as new:
            new.write_text(text, "utf-8")
            new.chmod(0o644 & ~_umask())
            os.replace(new, path)
        as_its_folder(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}.") from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
