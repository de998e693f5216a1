"""A release, or a pack for clearance, as the paper of a PDF and as the sheet of a Word file."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace

from advocacy.copies.rules import blocks_of_clause, marked, tracked
from advocacy.editions.rows import Labels, Pack, PackWords
from advocacy.formats import docx_notes
from advocacy.formats.docx import Block, Mark, Role, Run
from advocacy.formats.docx_markdown import blocks_of
from advocacy.formats.docx_write import Piece, Sheet
from advocacy.formats.pdf import Line, Note, Paper
from advocacy.formats.pictures import Logo
from advocacy.releases.rows import ClauseOut, ReleaseRow
from advocacy.text.diff import ClauseChange
from advocacy.text.hashes import short


def file_name(of: ReleaseRow, ending: str) -> str:
    """No title in it: file names are read over shoulders and kept in logs."""
    language = f"-{of.language}" if of.translated_from else ""
    return f"text-{short(of.content_hash)}{language}.{ending}"


MOST_BYTES, MOST_DOTS = 8_000_000, 24_000_000
"""Of all logos in one file: it is mailed, and its maker has little memory."""


def fitting(logos: Iterable[Logo]) -> tuple[Logo, ...]:
    """As many logos as a file holds, the smallest first; of the others it has the name alone."""
    listed = tuple(logos)
    size, dots, kept = 0, 0, set()
    for of in sorted(listed, key=lambda one: (len(one.picture.data), one.name)):
        size += len(of.picture.data)
        dots += of.picture.width * of.picture.height
        if size <= MOST_BYTES and dots <= MOST_DOTS:
            kept.add(of)
    return tuple(of for of in listed if of in kept)


def in_place(of: Logo) -> str:
    """A picture as an address that holds it whole, for a page that needs no other file."""
    return f"data:{of.picture.media};base64,{b64encode(of.picture.data).decode()}"


def paper(of: ReleaseRow, labels: Labels, logos: tuple[Logo, ...] = ()) -> Paper:
    """What the PDF is drawn from; reservations stand as footnotes where they are called."""
    lines = [*_notes_of(labels.lines)]
    for clause in of.clauses:
        lines += _lines(clause)
    lines += [Line(block) for block in _behind(labels)]
    lines += [Line(paragraph(""), logos=logos)] if logos else []
    lines += _notes_of(labels.closing)
    return Paper(
        title=of.title,
        language=of.language,
        lines=tuple(lines),
        eyebrow=of.attribution,
        foot=labels.foot,
        notes=tuple(Note(note.name, note.words) for note in of.footnotes),
    )


def _notes_of(words: Iterable[str]) -> list[Line]:
    return [Line(Block(Role.NOTE, 0, (Run(line),))) for line in words]


def _behind(labels: Labels) -> list[Block]:
    """Annexes; who adopted it, then who signed it: under two headings, never one (B13)."""
    found = [heading(2, labels.annexes)] if labels.annexed else []
    found += map(bullet, labels.annexed)
    found += [heading(2, labels.adopted_by)] if labels.adopted else []
    found += map(bullet, labels.adopted)
    found += [heading(2, labels.listed)] if labels.listed else []
    found += [*map(paragraph, labels.parts), *map(bullet, labels.names)]
    for day, names in labels.joined:
        found += [paragraph(day), *map(bullet, names)]
    return found


def _lines(clause: ClauseOut) -> list[Line]:
    """A clause; its footnotes are called at its end."""
    level = 2 if clause.kind == "heading" else 3
    found = [Line(heading(level, clause.heading), clause.language)] if clause.heading else []
    found += [Line(lower(block), clause.language) for block in blocks_of(clause.html)]
    if clause.notes:
        if not found:
            found = [Line(Block(Role.TEXT, 0, (Run(" "),)), clause.language)]
        found[-1] = replace(found[-1], notes=clause.notes)
    return found


def lower(block: Block) -> Block:
    """A heading inside a clause stands below the clause's own."""
    return replace(block, level=block.level + 1) if block.role == Role.HEADING else block


def heading(level: int, words: str) -> Block:
    """A heading of these words."""
    return Block(Role.HEADING, level, (Run(words),))


def paragraph(words: str) -> Block:
    """A paragraph of these words."""
    return Block(Role.TEXT, 0, (Run(words),))


def bullet(words: str) -> Block:
    """An entry of a list."""
    return Block(Role.BULLET, 0, (Run(words),))


def sheet(of: ReleaseRow, labels: Labels, logos: tuple[Logo, ...] = ()) -> Sheet:
    """What the Word file is written from; reservations stand as footnotes where they are called."""
    pieces = [_piece(clause) for clause in of.clauses]
    after = [Piece("", "", (block,)) for block in _behind(labels)]
    after += [Piece("", "", (paragraph(""),), logos=logos)] if logos else []
    after += [Piece("", "", (line.block,)) for line in _notes_of(labels.closing)]
    return Sheet(
        title=of.title,
        language=of.language,
        bookmark="",
        lines=(of.attribution, *labels.lines),
        clauses=(*pieces, *after),
        marks=(),
        comments=(),
        about={"hash": of.content_hash},
        rows=(),
        notes=tuple(docx_notes.Note(note.name, note.words) for note in of.footnotes),
    )


def _piece(clause: ClauseOut) -> Piece:
    level = 1 if clause.kind == "heading" else 2
    blocks = [heading(level, clause.heading)] if clause.heading else []
    blocks += blocks_of(clause.html)
    return Piece("", clause.kind, tuple(blocks or [paragraph("")]), notes=clause.notes)


# --- the pack for clearance ----------------------------------------------------------------------


def pack_paper(of: Pack, words: PackWords) -> Paper:
    """The pack as a PDF is drawn from it; what was added is underlined, what went struck out."""
    return Paper(
        title=of.version.title,
        language=of.version.language,
        lines=tuple(_pack_lines(of, words)),
        eyebrow=words.eyebrow,
        foot=words.foot,
    )


def pack_sheet(of: Pack, words: PackWords) -> Sheet:
    """The pack as a Word file; the changes stand in it as tracked changes of the lead."""
    at = of.version.frozen_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    pieces = tuple(Piece("", "", (line.block,)) for line in _pack_lines(of, words))
    return Sheet(
        title=of.version.title,
        language=of.version.language,
        bookmark="",
        lines=(words.eyebrow,),
        clauses=pieces,
        marks=(Mark(of.lead, at),),
        comments=(),
        about={"hash": of.version.content_hash},
        rows=(),
    )


def _pack_lines(of: Pack, words: PackWords) -> list[Line]:
    blocks = [_fact(what, said) for what, said in words.facts]
    blocks += [heading(2, words.others), *map(bullet, words.other_lines)]
    blocks += [heading(2, words.harm), *(_fact(what, said) for what, said in words.harm_facts)]
    blocks += [heading(2, words.changes), paragraph(words.changed)]
    for change in of.changes:
        blocks += _changed(change, words)
    blocks.append(heading(2, words.text))
    for number, clause in enumerate(of.version.clauses, 1):
        head = words.clause % number
        title = f"{head}: {clause.heading}" if clause.heading else head
        blocks.append(heading(3, title))
        blocks += [lower(lower(b)) for b in blocks_of_clause(replace(clause, heading=""))]
    blocks += [heading(2, words.annexes)] if words.annexed else []
    blocks += map(bullet, words.annexed)
    return [Line(block) for block in blocks]


def _fact(what: str, said: str) -> Block:
    return Block(Role.TEXT, 0, (Run(f"{what}: ", bold=True), Run(said)))


def _changed(change: ClauseChange, words: PackWords) -> list[Block]:
    """One clause that is not as it was, under its number in the text of today."""
    old = blocks_of_clause(change.before) if change.before else []
    new = blocks_of_clause(change.after) if change.after else []
    if not old or not new:
        found = marked(new, ins=0) if new else marked(old, gone=0)
    elif old == new:
        found = [paragraph(words.moved), *new]
    else:
        found = tracked(old, new, 0)
    return [replace(b, level=4) if b.role == Role.HEADING else b for b in found]
