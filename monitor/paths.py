"""What stands at a path, links followed. Not to be allowed to look is no answer, and raises OSError.

`Path.exists` and its like say the same until Python 3.13; from 3.14 on they say False of any error
(https://docs.python.org/3/library/pathlib.html#pathlib.Path.exists), and an archive that may not be looked for was taken
for one that is not there. tests/project/test_paths.py keeps them out.
"""

import errno
import os
import stat
from pathlib import Path

# Nothing is there: no such name, a file in the place of a folder, links in a circle. As in Python 3.13's pathlib.
_NOTHING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP})


def exists(path: Path) -> bool:
    """Raises OSError."""
    return _found(path) is not None


def is_file(path: Path) -> bool:
    """A regular file. Raises OSError."""
    found = _found(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Path) -> bool:
    """Raises OSError."""
    found = _found(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def _found(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError as error:
        if error.errno in _NOTHING:
            return None
        raise
    except ValueError:  # a name that no file can have: with a zero byte in it
        return None
