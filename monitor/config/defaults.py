"""The four files that come with the program, written where there are none.

They are kept once: at the top of a checkout, where an editor of the project finds them, and in an installed program
as `monitor/defaults`, which is made of the same files. With them go the JSON Schemas that each file names in its
first line. A file that is there is never touched.
"""

from contextlib import suppress
from pathlib import Path

from monitor.config.folder import FILES
from monitor.config.replacing import as_its_folder
from monitor.errors import OutputError
from monitor.paths import exists, is_folder

PACKAGE = Path(__file__).parent.parent


def defaults_folder() -> Path:
    """Where the files of this program are kept."""
    installed = PACKAGE / "defaults"
    return installed if is_folder(installed) else PACKAGE.parent


def write_defaults(folder: Path) -> tuple[Path, ...]:
    """Returns the files that were written. Raises OutputError where the folder cannot be written."""
    source = defaults_folder()
    names = (*FILES, *_schemas(source))
    return tuple(folder / name for name in names if _write(source / name, folder / name))


def refresh_schemas(folder: Path) -> tuple[Path, ...]:
    """Those that are of another version are written anew: the program's, and no person's. Returns them. Raises
    OutputError."""
    source = defaults_folder()
    return tuple(folder / name for name in _schemas(source) if _write_anew(source / name, folder / name))


def _schemas(source: Path) -> tuple[str, ...]:
    return tuple(f"schemas/{path.name}" for path in sorted((source / "schemas").glob("*.json")))


def _write_anew(source: Path, target: Path) -> bool:
    with suppress(OSError):
        if target.read_bytes() == source.read_bytes():
            return False
        target.unlink()
    return _write(source, target)


def _write(source: Path, target: Path) -> bool:
    """False where there is a file already."""
    part = target.with_name(target.name + ".part")  # a full disk leaves no half file under the real name
    try:
        if exists(target) or target.is_symlink():
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(source.read_bytes())
        as_its_folder(target.parent)
        as_its_folder(part)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise OutputError(f"{target} cannot be written ({error.strerror}): name another folder") from error
    return True
