"""Tick boxes in a Word document: content controls that a click turns, and that read as ☐ and ☒ where there is no Word.

The control is that of Word 2010 and later ([MS-DOCX] 2.6.1.3, `w14:checkbox`); LibreOffice 7.4 and later turn and keep
it. It carries the story's id as its tag.
"""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_DROP = "drop "
LONGEST_TAG = 64  # letters; Word refuses more
_BOX = f"""
<w:sdt xmlns:w="{_W}" xmlns:w14="{_W14}">
  <w:sdtPr>
    <w:alias/><w:tag/><w:id/>
    <w14:checkbox>
      <w14:checked w14:val="0"/>
      <w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
      <w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>
    </w14:checkbox>
  </w:sdtPr>
  <w:sdtContent>
    <w:r>
      <w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>
      <w:t>☐</w:t>
    </w:r>
  </w:sdtContent>
</w:sdt>
"""


@dataclass(frozen=True, slots=True)
class BoxState:
    story: str  # "" where it says none
    is_ticked: bool


def new_box(story: str, name: str, number: int, *, drops: bool = False) -> BaseOxmlElement:
    """An empty box; `name` is what a screen reader calls it, `number` its own in the document."""
    box = parse_xml(_BOX)
    tag = f"{_DROP * drops}{story}"
    for child, value in (("w:alias", name), ("w:tag", tag[:LONGEST_TAG]), ("w:id", str(number))):
        next(box.iter(qn(child))).set(qn("w:val"), value)
    return box


def read_box(control: Any) -> BoxState | None:
    """None where the content control is no tick box."""
    box = control.find(f"{qn('w:sdtPr')}/{{{_W14}}}checkbox")
    if box is None:
        return None
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    checked = box.find(f"{{{_W14}}}checked")
    value = checked.get(f"{{{_W14}}}val", "1") if checked is not None else "0"
    story = (tag.get(qn("w:val"), "") if tag is not None else "").removeprefix(_DROP)
    return BoxState(story, value not in ("0", "false", "off"))
