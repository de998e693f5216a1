"""The styles and lists of our Word files, on top of those that every Word has."""

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

CLAUSES = 900
"""Number of the list that numbers the clauses."""

_FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/>'
_PARAGRAPHS = (
    # id, name, properties of the paragraph, of its words
    ("Clause", "Clause", '<w:spacing w:after="120"/>', ""),
    ("Recommendation", "Recommendation", '<w:spacing w:after="120"/>', "<w:b/><w:bCs/>"),
    ("ClauseNumber", "Clause Number", '<w:keepNext/><w:spacing w:after="0"/>', ""),
    ("TextNote", "Text Note", '<w:spacing w:after="60"/>', '<w:color w:val="555555"/>'),
    ("LineAcross", "Line Across", '<w:jc w:val="center"/>', ""),
    ("PreformattedWords", "Preformatted Words", "", _FONT.replace("Calibri", "Courier New")),
)
_CHARACTERS = (
    ("ExactWords", "Exact Words", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>'),
    ("Hyperlink", "Hyperlink", '<w:color w:val="0B5CAD"/><w:u w:val="single"/>'),
)


def prepare(document: Any, *, is_rtl: bool) -> None:
    """Give a new document the styles and the list it needs."""
    styles = document.styles.element
    for style_id, name, look, words in _PARAGRAPHS:
        styles.append(_style("paragraph", style_id, name, "Normal", look, words))
    for style_id, name, words in _CHARACTERS:
        styles.append(_style("character", style_id, name, "DefaultParagraphFont", "", words))
    _number_clauses(document)
    if is_rtl:
        section = document.sections[0]._sectPr
        section.insert_element_before(
            parse_xml(f"<w:bidi {nsdecls('w')}/>"),
            *("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
        )


def _style(kind: str, style_id: str, name: str, based: str, look: str, words: str) -> Any:
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{kind}" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{based}"/><w:qFormat/>'
        + (f"<w:pPr>{look}</w:pPr>" if look else "")
        + (f"<w:rPr>{words}</w:rPr>" if words else "")
        + "</w:style>"
    )


def _number_clauses(document: Any) -> None:
    numbering = document.part.numbering_part.element
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{CLAUSES}">'
        f'<w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>'
    )
    first = numbering.find("{*}num")
    numbering.insert(list(numbering).index(first) if first is not None else 0, abstract)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{CLAUSES}">'
            f'<w:abstractNumId w:val="{CLAUSES}"/></w:num>'
        )
    )
