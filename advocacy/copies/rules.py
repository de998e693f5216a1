"""A text as blocks, and tracked changes between two wordings of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from advocacy.formats.docx import Block, Paper, Role, Run, plain_runs
from advocacy.formats.docx_markdown import blocks_of, markdown_of, plain_of
from advocacy.ground.ids import as_id
from advocacy.text.diff import edits, tokens
from advocacy.text.hashes import Clause
from advocacy.text.markdown import render

Written = tuple[str, str]
"""Heading and words of a clause in the one form that both sides of a comparison are put in."""


Traces = list[tuple[str, str]]
"""Words on one line ("" = whatever was said), and the thread they stand in ("" = none)."""


def body_of(text: str, language: str = "") -> list[Block]:
    """The words of a clause as blocks."""
    return blocks_of(render(text, language))


def blocks_of_clause(of: Clause, html: str | None = None) -> list[Block]:
    """A whole clause as blocks, its heading first. html: its rendered copy, where there is one."""
    level = 1 if of.kind == "heading" else 2
    head = [Block(Role.HEADING, level, (Run(of.heading),))] if of.heading else []
    return [*head, *(body_of(of.text, of.lang) if html is None else blocks_of(html))]


def written(blocks: Sequence[Block], *, has_heading: bool) -> Written:
    """Heading and words of blocks. A large heading at the start is the clause's own."""
    first = blocks[0] if blocks else None
    if first is not None and first.role == Role.HEADING and (has_heading or first.level <= 2):
        return plain_of(blocks[:1]), markdown_of(blocks[1:])
    return "", markdown_of(blocks)


def canonical(of: Clause) -> Written:
    """A clause in the form in which it is compared."""
    return written(blocks_of_clause(of), has_heading=bool(of.heading))


def known_key(author: str, date: str, text: str = "") -> str:
    """What an export notes of a comment or a change that it wrote itself."""
    said = "\n".join((author, date, " ".join(text.split())))
    return sha256(said.encode()).hexdigest()[:24]


def marked(blocks: Iterable[Block], *, ins: int = -1, gone: int = -1) -> list[Block]:
    """Blocks that were inserted, or deleted, as a whole."""
    return [
        replace(b, ins=ins, gone=gone, runs=tuple(replace(r, ins=ins, gone=gone) for r in b.runs))
        for b in blocks
    ]


def tracked(before: Sequence[Block], after: Sequence[Block], mark: int) -> list[Block]:
    """The blocks of both, with what tells them apart as tracked changes by one mark."""
    found: list[Block] = []
    at = there = 0
    for edit in edits([_key(block) for block in before], [_key(block) for block in after]):
        there += edit.start - at
        found += before[at : edit.start]
        new = after[there : there + len(edit.into)]
        found += _changed(before[edit.start : edit.end], new, mark)
        at, there = edit.end, there + len(edit.into)
    return [*found, *before[at:]]


def _key(block: Block) -> str:
    return f"{block.role}{block.level} {markdown_of([block])}"


def _changed(old: Sequence[Block], new: Sequence[Block], mark: int) -> Iterator[Block]:
    pairs = min(len(old), len(new))
    for one, other in zip(old[:pairs], new[:pairs], strict=True):
        if (one.role, one.level) == (other.role, other.level):
            yield replace(one, runs=_changed_words(one.runs, other.runs, mark))
        else:
            yield from (*marked([one], gone=mark), *marked([other], ins=mark))
    yield from marked(old[pairs:], gone=mark)
    yield from marked(new[pairs:], ins=mark)


def _changed_words(old: Sequence[Run], new: Sequence[Run], mark: int) -> tuple[Run, ...]:
    a, b = _pieces(old), _pieces(new)
    found: list[Run] = []
    at = there = 0
    for edit in edits([repr(run) for run in a], [repr(run) for run in b]):
        there += edit.start - at
        found += plain_runs(a[at : edit.start])
        gone = plain_runs(a[edit.start : edit.end])
        put = plain_runs(b[there : there + len(edit.into)])
        found += [replace(run, gone=mark) for run in gone]
        found += [replace(run, ins=mark) for run in put]
        at, there = edit.end, there + len(edit.into)
    return (*found, *plain_runs(a[at:]))


def _pieces(runs: Sequence[Run]) -> list[Run]:
    return [replace(run, text=token) for run in runs for token in tokens(run.text)]


def named(paper: Paper) -> tuple[UUID | None, int, UUID | None]:
    """Which text and version a file says it is of: by its hidden part, else by a bookmark."""
    part = paper.part or {}
    said = str(part.get("position", "")), str(part.get("number", "")), str(part.get("version", ""))
    if not said[0]:
        marks = (name for block in paper.blocks for name in block.starts if name[:2] == "_p")
        name = next(marks, "")
        said = name[2:34], name[35:], ""
    return as_id(said[0]), int(said[1]) if said[1].isdigit() else 0, as_id(said[2])
