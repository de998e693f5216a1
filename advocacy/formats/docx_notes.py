"""Footnotes of a Word file: a part of their own, beside the text that calls them.

A note is set at the foot of the page where it is first called; every later call of the same note
is a field that repeats its number, for a note that Word is told of twice would be two notes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from advocacy.formats.docx import Run

# The two lines that Word draws between text and notes; every file with notes has them.
_LINES = ((-1, "separator"), (0, "continuationSeparator"))
_MARK = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
BETWEEN = f'<w:r>{_MARK}<w:t xml:space="preserve"> </w:t></w:r>'
"""What keeps the signs of two notes apart."""
# Styles that every Word knows by these names: kind, id, name, what it is based on, its look.
_STYLES = (
    (
        "paragraph", "FootnoteText", "footnote text", "Normal",
        '<w:pPr><w:spacing w:after="60" w:line="240" w:lineRule="auto"/></w:pPr>'
        '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>',
    ),
    (
        "character", "FootnoteReference", "footnote reference", "DefaultParagraphFont",
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A footnote: whose, and their words."""

    name: str
    words: str


def call(number: int, bookmark: int, *, is_first: bool) -> str:
    """The sign of a note in the text. bookmark: a number that no other bookmark has."""
    name = f"_note{number}"
    if not is_first:
        repeated = f"<w:r>{_MARK}<w:t>{number}</w:t></w:r>"
        return f'<w:fldSimple w:instr=" NOTEREF {name} \\f \\h ">{repeated}</w:fldSimple>'
    sign = f'<w:r>{_MARK}<w:footnoteReference w:id="{number}"/></w:r>'
    start = f'<w:bookmarkStart w:id="{bookmark}" w:name="{name}"/>'
    return f'{start}{sign}<w:bookmarkEnd w:id="{bookmark}"/>'


def attach(
    document: Any,
    notes: Sequence[Note],
    *,
    set_words: Callable[[Run], str],
    is_rtl: Callable[[Sequence[Run]], bool],
) -> None:
    """Give a document its notes. set_words: runs as the text sets them; is_rtl: their direction."""
    for kind, style_id, name, based, look in _STYLES:
        style = f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{style_id}">'
        style += f'<w:name w:val="{name}"/><w:basedOn w:val="{based}"/>{look}</w:style>'
        document.styles.element.append(parse_xml(style))
    said = [_line(number, name, "<w:bidi/>" * is_rtl(())) for number, name in _LINES]
    for number, note in enumerate(notes, 1):
        runs = (Run(note.name, bold=True), Run(f": {note.words}"))
        look = '<w:pStyle w:val="FootnoteText"/>' + "<w:bidi/>" * is_rtl(runs)
        words = "".join(map(set_words, (Run(" "), *runs)))
        sign = f"<w:r>{_MARK}<w:footnoteRef/></w:r>"
        said.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr>{look}</w:pPr>{sign}{words}</w:p>'
            "</w:footnote>"
        )
    xml = f"<w:footnotes {nsdecls('w')}>{''.join(said)}</w:footnotes>"
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
    name_ = PackURI("/word/footnotes.xml")
    document.part.relate_to(
        Part(name_, CT.WML_FOOTNOTES, blob, document.part.package), RT.FOOTNOTES
    )
    _tell(document)


def _line(number: int, name: str, way: str) -> str:
    space = f'<w:pPr>{way}<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return (
        f'<w:footnote w:type="{name}" w:id="{number}"><w:p>{space}<w:r><w:{name}/></w:r></w:p>'
        "</w:footnote>"
    )


def _tell(document: Any) -> None:
    """The settings name the two lines, before what they say of compatibility."""
    rows = "".join(f'<w:footnote w:id="{number}"/>' for number, _name in _LINES)
    told = parse_xml(f"<w:footnotePr {nsdecls('w')}>{rows}</w:footnotePr>")
    settings = document.settings.element
    before = settings.find("{*}compat")
    if before is None:
        settings.append(told)
    else:
        before.addprevious(told)
