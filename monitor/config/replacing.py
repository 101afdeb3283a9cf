"""A file of a person's is given new content, and stays theirs.

1. The new file stands whole beside the old one, and takes its place at once. Before that it is given the old one's
   owner, group, mode and attributes (access lists among them): `sudo monitor feeds pause` does not take the list
   from its user.
2. Where that cannot be (the owner is another, and only root gives files away; the file has a second name, by a hard
   link; it is mounted by itself, as containers do), the content is written into the file that is there, and if that
   breaks off what stood in it is written back.
3. A link to a file stays one: who calls names what it leads to.
4. What root makes anew in somebody's folder is theirs as the folder is (`as_its_folder`).
5. Where a copy of the old file is wanted (`replaced`), it stands beside it, dated, and is as the file was.
"""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType

from monitor.errors import InputError, OutputError
from monitor.paths import exists

_MOUNTED = (errno.EBUSY, errno.EXDEV)


class Beside:
    """A new file in the same folder, gone at the end unless it took another's place. Raises OutputError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Path:
        try:
            handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
        except OSError as error:
            raise OutputError(
                f"{self._path} was left as it was: nothing can be written in the folder {self._path.parent} "
                f"({error.strerror or error}). {_who(self._path, error)}"
            ) from error
        os.close(handle)
        self._new = Path(name)
        return self._new

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(FileNotFoundError):
            self._new.unlink()


def _who(path: Path, error: OSError) -> str:
    if error.errno not in (errno.EACCES, errno.EPERM):
        return "See to the disk, then call again."
    with suppress(KeyError, OSError, NotImplementedError):
        return f"The folder belongs to {path.parent.owner()}: call the command as that user."
    return "Call the command as a user who may write there."


def take_place(new: Path, path: Path) -> None:
    """The file at `path` has the content of `new` afterwards, and belongs to whom it belonged. Raises OSError."""
    was = path.stat()
    if was.st_nlink == 1 and _given_away(new, was) and os.access(path, os.W_OK):
        shutil.copystat(path, new)
        os.utime(new)
        _flush(new)
        try:
            os.replace(new, path)
            return
        except OSError as error:
            if error.errno not in _MOUNTED:
                raise
    _write_into(path, new.read_bytes())


def _given_away(new: Path, was: os.stat_result) -> bool:
    """Whether the new file has the old one's owner and group."""
    made = new.stat()
    if (made.st_uid, made.st_gid) != (was.st_uid, was.st_gid):
        try:
            os.chown(new, was.st_uid, was.st_gid)
        except (OSError, AttributeError):  # Windows has no such thing
            return os.name == "nt"
    return True


def _flush(new: Path) -> None:
    """A power cut leaves the old file or the new one, and never an empty one."""
    with new.open("rb+") as out:
        os.fsync(out.fileno())


def _write_into(path: Path, body: bytes) -> None:
    before = path.read_bytes()
    with path.open("rb+", buffering=0) as out:
        try:
            _write(out.fileno(), body)
        except OSError:
            _write(out.fileno(), before)
            raise


def _write(file: int, body: bytes) -> None:
    os.lseek(file, 0, os.SEEK_SET)
    while body:
        body = body[os.write(file, body) :]
    os.ftruncate(file, os.lseek(file, 0, os.SEEK_CUR))
    os.fsync(file)


def as_its_folder(path: Path) -> None:
    """Gives what root has just made to whom its folder belongs: else that user's own runs could not write to it."""
    if os.name == "nt" or os.geteuid() != 0:
        return
    with suppress(OSError):
        folder = path.parent.stat()
        if folder.st_uid != 0:
            os.chown(path, folder.st_uid, folder.st_gid, follow_symlinks=False)


# ── with a copy ─────────────────────────────────────────────────────────────────────────────────────────────────


def body_like(old: bytes, text: str) -> bytes:
    """The text as a file like the old one: with its byte order mark, where it has one."""
    mark = b"\xef\xbb\xbf"
    return (mark if old.startswith(mark) else b"") + text.encode("utf-8")


def replaced(path: Path, old: bytes, new: bytes, today: date) -> Path:
    """Returns where the old file is kept. Raises InputError where it is not the old one any more, and OutputError."""
    path = Path(os.path.realpath(path))  # a link stays one
    try:
        with Beside(path) as file:
            file.write_bytes(new)
            if path.read_bytes() != old:
                raise InputError(f"{path.name} was changed meanwhile, so it was left as it was. Try again.")
            copy = _copied(path, today)
            take_place(file, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}.") from error
    return copy


def _copied(path: Path, today: date) -> Path:
    """A copy beside it that is as the file is: whose, who may read it, and of when."""
    number, copy = 1, path.with_name(f"{path.name}.{today.isoformat()}")
    while exists(copy) or copy.is_symlink():
        number += 1
        copy = path.with_name(f"{path.name}.{today.isoformat()}-{number}")
    with Beside(copy) as new:
        shutil.copy2(path, new)
        was = path.stat()
        if os.name != "nt" and (was.st_uid, was.st_gid) != (new.stat().st_uid, new.stat().st_gid):
            os.chown(new, was.st_uid, was.st_gid)
        os.replace(new, copy)
    return copy
