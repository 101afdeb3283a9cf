"""Documents as LibreOffice saves, shows and prints them: all that a test has in one go of the program, which takes two
seconds of a core to begin."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from monitor.reporting.wording import one_line


def as_libreoffice_saves(documents: Sequence[bytes], folder: Path) -> list[bytes]:
    edited = [folder / f"{place}.docx" for place in range(len(documents))]
    for path, written in zip(edited, documents, strict=True):
        path.write_bytes(written)
    return [path.read_bytes() for path in libreoffice_converts("docx", edited, folder / "saved")]


def libreoffice_converts(form: str, files: Sequence[Path], to: Path) -> list[Path]:
    """Each file in another form ("pdf", or with the filter: "txt:Text (encoded):UTF8"), in the folder `to`."""
    command = ["soffice", f"-env:UserInstallation={(to / 'profile').as_uri()}", "--headless"]
    conversion = ["--convert-to", form, "--outdir", str(to), *map(str, files)]
    subprocess.run([*command, *conversion], check=True, capture_output=True, timeout=600)
    return [to / f"{file.stem}.{form.partition(':')[0]}" for file in files]


def libreoffice_shows(document: bytes, folder: Path) -> list[str]:
    """The lines that a person sees."""
    (path := folder / "document.docx").write_bytes(document)
    (shown,) = libreoffice_converts("txt:Text (encoded):UTF8", [path], folder / "shown")
    return [one_line(line) for line in shown.read_text("utf-8-sig").splitlines()]
