"""LibreOffice at work with tracked changes on, and off: one start of the program for all edits.

The edits are done by a macro in a profile of our own; the program keeps what it records as it would for a person.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

DEADLINE = 240  # seconds; a start and twenty edits take about fifteen


@dataclass(frozen=True)
class Stroke:
    """From so many letters into one paragraph to so many into another, deleted; then `words` typed there. "\\n" is
    Enter."""

    first: int
    start: int
    last: int
    end: int
    words: str = ""


def recorded(draft: Path, strokes: Sequence[Stroke], folder: Path) -> list[tuple[bytes, bytes]]:
    """Of each stroke the draft as saved with it done at once, and recorded."""
    profile = folder / "profile"
    _keep_macro(profile, _macro(draft, strokes, folder))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "macro:///Standard.Edits.Main",
        ],
        check=True,
        capture_output=True,
        timeout=DEADLINE,
    )
    return [
        ((folder / f"{place}-False.docx").read_bytes(), (folder / f"{place}-True.docx").read_bytes())
        for place in range(len(strokes))
    ]


def _macro(draft: Path, strokes: Sequence[Stroke], folder: Path) -> str:
    calls = [
        f'Edit("{(folder / f"{place}-{tracked}.docx").as_uri()}", {tracked}, '
        f"{one.first}, {one.start}, {one.last}, {one.end}, {_quoted(one.words)})"
        for place, one in enumerate(strokes)
        for tracked in (False, True)
    ]
    return f"""
Sub Main
{chr(10).join(calls)}
StarDesktop.terminate()
End Sub

Sub Edit(target, tracked, first, start, last, ending, words)
Dim hidden(0) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden" : hidden(0).Value = True
Dim form(0) As New com.sun.star.beans.PropertyValue
form(0).Name = "FilterName" : form(0).Value = "MS Word 2007 XML"
doc = StarDesktop.loadComponentFromURL("{draft.as_uri()}", "_blank", 0, hidden())
doc.RecordChanges = tracked
cursor = doc.Text.createTextCursorByRange(Place(doc, first, start))
cursor.gotoRange(Place(doc, last, ending), True)
If Not cursor.isCollapsed() Then cursor.setString("")
cursor.collapseToEnd()
lines = Split(words, "|")
For number = 0 To UBound(lines)
If number > 0 Then doc.Text.insertControlCharacter(cursor, 0, False)
If lines(number) <> "" Then doc.Text.insertString(cursor, lines(number), False)
Next number
doc.storeToURL(target, form())
doc.close(True)
End Sub

Function Place(doc, paragraph, letters)
parts = doc.Text.createEnumeration()
For number = 0 To paragraph
part = parts.nextElement()
Next number
cursor = doc.Text.createTextCursorByRange(part.Start)
If letters > 0 Then cursor.goRight(letters, False)
Place = cursor
End Function
"""


def _quoted(words: str) -> str:
    return '"' + words.replace("\n", "|").replace('"', '""') + '"'


def _keep_macro(profile: Path, source: str) -> None:
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True)
    _say_that_it_was_set_up(profile)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = 'xmlns:library="http://openoffice.org/2000/library"'
    (library / "Edits.xba").write_text(
        f'{head}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" '
        f'script:language="StarBasic">{escape(source)}</script:module>',
        "utf-8",
    )
    (library / "script.xlb").write_text(
        f'{head}<library:library {space} library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Edits"/></library:library>',
        "utf-8",
    )
    (profile / "user" / "basic" / "script.xlc").write_text(
        f'{head}<library:libraries {space} xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" '
        'xlink:type="simple" library:link="false"/></library:libraries>',
        "utf-8",
    )


def _say_that_it_was_set_up(profile: Path) -> None:
    """Or the program would lay its own macros over ours when it first starts."""
    (profile / "user" / "registrymodifications.xcu").write_text(
        """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
""",
        "utf-8",
    )
