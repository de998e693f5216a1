"""Paragraphs of a Word file as clauses of a text, and the bookmarks that mark them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from advocacy.formats.docx import Block, Paper, Role, view
from advocacy.formats.docx_markdown import markdown_of, plain_of


@dataclass(frozen=True)
class New:
    """A clause to be made of paragraphs."""

    kind: str
    heading: str
    text: str


def grouped(blocks: Sequence[Block]) -> list[New]:
    """Paragraphs of no clause as clauses: a large heading alone, a smaller one with what follows,
    a list with the paragraph before it, every other paragraph by itself."""
    groups: list[list[Block]] = []
    for block in blocks:
        is_head = block.role == Role.HEADING
        last = groups[-1] if groups else []
        under = bool(last) and last[0].role == Role.HEADING and last[0].level > 1
        goes_on = block.role in (Role.BULLET, Role.NUMBER) or (block.role == "text" and block.level)
        after_head = bool(last) and last[0].role == Role.HEADING and last[0].level <= 1
        if last and not is_head and not after_head and (under or goes_on):
            last.append(block)
        else:
            groups.append([block])
    return [_new(group) for group in groups]


def _new(group: Sequence[Block]) -> New:
    if group[0].role == Role.HEADING:
        kind = "heading" if len(group) == 1 else "paragraph"
        return New(kind, plain_of(group[:1]), markdown_of(group[1:]))
    return New("paragraph", "", markdown_of(group))


def draft(paper: Paper) -> tuple[str, list[New]]:
    """A foreign file as title and clauses, with every tracked change accepted.

    Headings, paragraphs and outermost list entries become clauses of their own.
    """
    blocks = view([block for block in paper.blocks if not block.where], lambda _mark: True)
    title = ""
    if blocks and blocks[0].role == Role.TITLE:
        title, blocks = plain_of(blocks[:1]), blocks[1:]
    found: list[New] = []
    group: list[Block] = []
    for block in blocks:
        deeper = block.role in (Role.BULLET, Role.NUMBER, Role.TEXT) and block.level > 0
        if deeper and group:
            group.append(block)
            continue
        found += [_entry(group)] if group else []
        group = [block]
    return title, [*found, *([_entry(group)] if group else [])]


def _entry(group: Sequence[Block]) -> New:
    if group[0].role in (Role.HEADING, Role.TITLE):
        return New("heading", plain_of(group[:1]), markdown_of(group[1:]))
    if group[0].role in (Role.BULLET, Role.NUMBER):
        # An entry that stands alone is a paragraph; what lay below it is its list.
        below = [replace(b, level=b.level - 1) if b.level else b for b in group[1:]]
        return New("paragraph", "", markdown_of([replace(group[0], role=Role.TEXT), *below]))
    return New("paragraph", "", markdown_of(group))


def cid_of(bookmark: str) -> UUID | None:
    """The clause that a bookmark marks."""
    number = bookmark[2:34]
    if len(bookmark) != 40 or not bookmark.startswith("_c") or not _is_hex(bookmark[2:]):
        return None
    return UUID(number)


def _is_hex(text: str) -> bool:
    return all(sign in "0123456789abcdef" for sign in text)
