"""Blocks into a Word file: styles, clause numbers, both directions, comments, tracked changes.

The same sheet gives the same bytes: no clock, no chance, no name of a machine or a person in it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from advocacy.formats import docx_comments, docx_notes, docx_pictures, docx_styles
from advocacy.formats.docx import NAMESPACE, NO_MARK, Block, Mark, Role, Run, Said
from advocacy.formats.docx_notes import Note
from advocacy.formats.pictures import Logo

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_STRETCH = re.compile(rf"[{_RTL}]+(?:[^A-Za-z\u00c0-\u024f]*[{_RTL}]+)*")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STYLES = {
    Role.TITLE: "Title",
    Role.NOTE: "TextNote",
    Role.QUOTE: "Quote",
    Role.CODE: "PreformattedWords",
    Role.RULE: "LineAcross",
}


@dataclass(frozen=True)
class Piece:
    """A clause as it stands in the file, or a new one that is proposed.

    bookmark: empty for a proposed one. kind: picks the style of its paragraphs. comments: ids of
    the comments about it. move: name of the move it is an end of, else empty. notes: numbers of
    the footnotes that are called at its end. logos: pictures after its words.
    """

    bookmark: str
    kind: str
    blocks: tuple[Block, ...]
    comments: tuple[str, ...] = ()
    move: str = ""
    notes: tuple[int, ...] = ()
    logos: tuple[Logo, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A whole file. lines: what stands under the title. about: what the hidden part says.

    notes: the footnotes, from number 1; each is called by some piece.
    """

    title: str
    language: str
    bookmark: str
    lines: tuple[str, ...]
    clauses: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    comments: tuple[Said, ...]
    about: dict[str, str]
    rows: tuple[tuple[str, dict[str, str], str], ...]
    comments_of_text: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def is_right_to_left(language: str) -> bool:
    """Whether a text in this language runs from right to left."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT


def write(sheet: Sheet) -> bytes:
    """The file."""
    document = docx.Document()
    docx_styles.prepare(document, is_rtl=is_right_to_left(sheet.language))
    _describe(document, sheet)
    writer = _Writer(document, sheet)
    body = document.element.body
    made = parse_xml(f"<w:body {nsdecls('w', 'r')}>{writer.body()}</w:body>")
    for node in list(made):
        body.insert(len(body) - 1, node)
    if sheet.comments:
        comments = document.part._comments_part.element
        for node in parse_xml(
            f"<w:comments {nsdecls('w', 'w14')}>{writer.comments()}</w:comments>"
        ):
            comments.append(node)
        _relate(document, sheet.comments)
    if sheet.notes:
        docx_notes.attach(document, sheet.notes, set_words=writer.words, is_rtl=writer.is_rtl)
    _hide(document, sheet)
    return _packed(document)


def _describe(document: Any, sheet: Sheet) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.title, about.language = "", sheet.language
    about.created = about.modified = _EPOCH
    package = document.part.package
    for key, found in list(package.rels.items()):
        if found.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _relate(document: Any, comments: Sequence[Said]) -> None:
    blob, name = docx_comments.extended(comments), PackURI("/word/commentsExtended.xml")
    part = Part(name, docx_comments.PART, blob, document.part.package)
    document.part.relate_to(part, docx_comments.KIND)


def _hide(document: Any, sheet: Sheet) -> None:
    """The part that no reader sees: which text, which version, which clauses, what was known."""
    rows = "".join(
        f"<{name}{_attributes(values)}>{_text(words)}</{name}>"
        for name, values, words in sheet.rows
    )
    xml = f'<text xmlns="{NAMESPACE}"{_attributes(sheet.about)}>{rows}</text>'
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
    name = PackURI("/customXml/item2.xml")
    part = Part(name, "application/xml", blob, document.part.package)
    told = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem '
        'ds:itemID="{6B1F2C4E-52A7-4D0B-9C35-3A3E0C1D7F10}" xmlns:ds="http://schemas.'
        'openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef '
        f'ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    uri = PackURI("/customXml/itemProps2.xml")
    part.relate_to(Part(uri, kind, told.encode(), document.part.package), f"{RT.CUSTOM_XML}Props")
    document.part.relate_to(part, RT.CUSTOM_XML)


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {key}={quoteattr(_text(value))}" for key, value in values.items())


def _packed(document: Any) -> bytes:
    """The package with every entry at one fixed day: equal words, equal bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("", words))


class _Writer:
    def __init__(self, document: Any, sheet: Sheet) -> None:
        self._document, self._sheet = document, sheet
        self._rtl = is_right_to_left(sheet.language)
        self._number = 0
        self._links: dict[str, str] = {}
        self._called: set[int] = set()

    def body(self) -> str:
        sheet = self._sheet
        head = Block(Role.TITLE, runs=(Run(sheet.title),))
        title = Piece(sheet.bookmark, "", (head,), sheet.comments_of_text)
        lines = [Block(Role.NOTE, runs=(Run(line),)) for line in sheet.lines]
        said = [self._clause(title), *(self._paragraph(line, "", "") for line in lines)]
        return "".join([*said, *(self._clause(clause) for clause in sheet.clauses)])

    def comments(self) -> str:
        return "".join(
            f'<w:comment w:id="{said.id}" w:author={quoteattr(_text(said.author))} '
            f'w:date="{said.date}" w:initials="">' + self._comment_lines(said) + "</w:comment>"
            for said in self._sheet.comments
        )

    def _comment_lines(self, said: Said) -> str:
        *lines, last = said.text.split("\n")
        # Its thread is known by the last paragraph of a comment.
        number = f' w14:paraId="{docx_comments.paragraph_id(said.id)}"'
        return "".join([*map(self._comment_line, lines), self._comment_line(last, number)])

    def _comment_line(self, line: str, number: str = "") -> str:
        rtl = bool(re.search(f"[{_RTL}]", line))
        look = '<w:pPr><w:pStyle w:val="CommentText"/>' + "<w:bidi/>" * rtl + "</w:pPr>"
        return f"<w:p{number}>{look}{self.words(Run(line))}</w:p>"

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _clause(self, of: Piece) -> str:
        number, mark = self._next(), of.bookmark
        before = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>' if mark else ""
        after = f'<w:bookmarkEnd w:id="{number}"/>' if mark else ""
        before += "".join(f'<w:commentRangeStart w:id="{one}"/>' for one in of.comments)
        after = "".join(map(_comment_end, of.comments)) + after
        after = "".join(map(self._logo, of.logos)) + after
        after = docx_notes.BETWEEN.join(map(self._call, of.notes)) + after
        start, end = self._move_range(of)
        blocks = of.blocks or (Block(Role.TEXT),)
        if of.kind and blocks[0].role in (Role.BULLET, Role.NUMBER, Role.QUOTE, Role.CODE):
            # Their first line has a sign of its own: the clause's number stands above it.
            blocks = (Block(Role.TEXT, ins=blocks[0].ins, gone=blocks[0].gone), *blocks)
        last = len(blocks) - 1
        said = "".join(
            self._paragraph(
                block, before if n == 0 else "", after if n == last else "",
                kind=of.kind, is_first=n == 0, is_move=bool(of.move),
            )
            for n, block in enumerate(blocks)
        )  # fmt: skip
        return f"{start}{said}{end}"

    def _logo(self, of: Logo) -> str:
        name, number = _NOT_XML.sub("", of.name), self._next()
        return docx_pictures.run(self._document, of, number, alternative=name)

    def _call(self, number: int) -> str:
        is_first = number not in self._called
        self._called.add(number)
        return docx_notes.call(number, self._next(), is_first=is_first)

    def is_rtl(self, runs: Sequence[Run]) -> bool:
        """Whether a paragraph of these words runs from right to left."""
        return self._rtl or _leads_right(runs)

    def _move_range(self, of: Piece) -> tuple[str, str]:
        if not of.move:
            return "", ""
        number, block = self._next(), of.blocks[0]
        way, index = ("From", block.gone) if block.gone != NO_MARK else ("To", block.ins)
        start = f'<w:move{way}RangeStart w:id="{number}" {self._by(index)} w:name="{of.move}"/>'
        return start, f'<w:move{way}RangeEnd w:id="{number}"/>'

    def _by(self, index: int) -> str:
        mark = self._sheet.marks[index]
        return f'w:author={quoteattr(_text(mark.author))} w:date="{mark.date}"'

    def _paragraph(
        self, of: Block, before: str, after: str, *, kind: str = "", is_first: bool = False,
        is_move: bool = False,
    ) -> str:  # fmt: skip
        style = _style(of, kind, is_first=is_first)
        look = f'<w:pStyle w:val="{style}"/>'
        if kind and is_first:
            number = f'<w:numId w:val="{docx_styles.CLAUSES}"/>'
            look += f'<w:numPr><w:ilvl w:val="0"/>{number}</w:numPr>'
        if self.is_rtl(of.runs):
            look += "<w:bidi/>"
        if of.ins != NO_MARK or of.gone != NO_MARK:
            look += f"<w:rPr>{self._mark_of(of.ins, of.gone, is_move=is_move)}</w:rPr>"
        words = "".join(self._run(run, is_move=is_move) for run in of.runs)
        return f"<w:p><w:pPr>{look}</w:pPr>{before}{words}{after}</w:p>"

    def _mark_of(self, ins: int, gone: int, *, is_move: bool) -> str:
        into, out = ("moveTo", "moveFrom") if is_move else ("ins", "del")
        marks = [(into, ins), (out, gone)]
        return "".join(
            f'<w:{name} w:id="{self._next()}" {self._by(index)}/>'
            for name, index in marks
            if index != NO_MARK
        )

    def _run(self, run: Run, *, is_move: bool) -> str:
        said = self.words(run)
        if run.href:
            said = f'<w:hyperlink r:id="{self._link(run.href)}" w:history="1">{said}</w:hyperlink>'
        into, out = ("moveTo", "moveFrom") if is_move else ("ins", "del")
        for name, index in ((out, run.gone), (into, run.ins)):
            if index != NO_MARK:
                said = f'<w:{name} w:id="{self._next()}" {self._by(index)}>{said}</w:{name}>'
        return said

    def _link(self, href: str) -> str:
        if href not in self._links:
            part = self._document.part
            self._links[href] = part.relate_to(href, RT.HYPERLINK, is_external=True)
        return self._links[href]

    def words(self, run: Run) -> str:
        """A run as it is set: in stretches of one direction."""
        return "".join(
            self._stretch(run, words, is_rtl=is_rtl)
            for words, is_rtl in _stretches(run.text, is_rtl=self._rtl)
        )

    def _stretch(self, run: Run, words: str, *, is_rtl: bool) -> str:
        look = '<w:rStyle w:val="Hyperlink"/>' if run.href else ""
        look += '<w:rStyle w:val="ExactWords"/>' if run.code and not run.href else ""
        look += "<w:b/><w:bCs/>" * run.bold + "<w:i/><w:iCs/>" * run.italic + "<w:rtl/>" * is_rtl
        tag = "delText" if run.gone != NO_MARK else "t"
        lines = [f'<w:{tag} xml:space="preserve">{_text(w)}</w:{tag}>' for w in words.split("\n")]
        return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{'<w:br/>'.join(lines)}</w:r>"


def _comment_end(number: str) -> str:
    return (
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/>'
        f'</w:rPr><w:commentReference w:id="{number}"/></w:r>'
    )


def _style(of: Block, kind: str, *, is_first: bool) -> str:
    if of.role == Role.HEADING:
        return f"Heading{min(max(of.level, 1), 6)}"
    if of.role in (Role.BULLET, Role.NUMBER):
        name = "ListBullet" if of.role == Role.BULLET else "ListNumber"
        return f"{name}{min(of.level, 2) + 1 if of.level else ''}"
    if of.role == Role.TEXT:
        if of.level:
            return f"ListContinue{min(of.level, 3) if of.level > 1 else ''}"
        if is_first and not of.runs:
            return "ClauseNumber"
        return "Recommendation" if kind == "recommendation" else "Clause"
    return _STYLES[Role(of.role)]


def _leads_right(runs: Sequence[Run]) -> bool:
    """Whether the first letter of a paragraph is of a script that runs from right to left."""
    first = next((sign for run in runs for sign in run.text if sign.isalpha()), "")
    return bool(re.match(f"[{_RTL}]", first))


def _stretches(text: str, *, is_rtl: bool) -> Iterable[tuple[str, bool]]:
    """The words in stretches of one direction. In a text that runs from right to left, what has
    no letter at all (digits, stops) goes with it."""
    at = 0
    for found in _STRETCH.finditer(text):
        if found.start() > at:
            yield _plain(text[at : found.start()], is_rtl=is_rtl)
        yield found.group(), True
        at = found.end()
    if at < len(text):
        yield _plain(text[at:], is_rtl=is_rtl)


def _plain(words: str, *, is_rtl: bool) -> tuple[str, bool]:
    return words, is_rtl and not any(sign.isalpha() for sign in words)
