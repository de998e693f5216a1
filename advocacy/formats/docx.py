"""What a Word file is here: blocks of runs with their tracked changes, comments, and a hidden part.

A *run* is words of one look. `ins` and `gone` name the mark (an index into `Paper.marks`) by which
it was inserted or deleted; -1 = by none. A run may carry both: inserted by one, deleted by another.
A *view* is the text with some of the marks accepted and the others rejected.
A *block* is a paragraph; a table, a text box or a note is a block that says `where` it stood.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

NAMESPACE = "urn:joint-advocacy:word:1"
CLAUSE_BOOKMARK = "_c"  # 32 signs of the clause's id and 6 of its hash follow: 40, Word's limit
TEXT_BOOKMARK = "_p"  # 32 signs of the text's id and the version's number follow
NO_MARK = -1


class Role(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True)
class Mark:
    """One tracked change: whose, and when, as the file says. moved: part of a move."""

    author: str
    date: str
    moved: bool = False


Accept = Callable[[int], bool]


@dataclass(frozen=True)
class Run:
    """Words of one look. comments: ids of the comments that lie over them."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""
    ins: int = NO_MARK
    gone: int = NO_MARK
    comments: tuple[str, ...] = ()

    def stands(self, accept: Accept) -> bool:
        """Whether it is there in the view that accepts these marks."""
        put = self.ins == NO_MARK or accept(self.ins)
        return put and (self.gone == NO_MARK or not accept(self.gone))


@dataclass(frozen=True)
class Block:
    """A paragraph. ins, gone: marks on its end (what makes it a paragraph of its own).

    level: of a heading (1 = largest) or a list (0 = outermost). was: role and level before a
    tracked change of its look. starts, ends: bookmarks that begin or end in it. count: tracked
    changes in it. where: empty in the text itself, else what holds it (table, box, header…).
    """

    role: str
    level: int = 0
    runs: tuple[Run, ...] = ()
    ins: int = NO_MARK
    gone: int = NO_MARK
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    count: int = 0
    where: str = ""

    @property
    def marks(self) -> set[int]:
        """Every mark that touches it."""
        found = {self.ins, self.gone}
        for run in self.runs:
            found |= {run.ins, run.gone}
        return found - {NO_MARK}

    @property
    def words(self) -> str:
        """Its words with everything accepted, on one line."""
        return " ".join("".join(r.text for r in self.runs if r.stands(_all)).split())


@dataclass(frozen=True)
class Said:
    """A comment in the file. answers: id of the comment that began its thread; empty = it did."""

    id: str
    author: str
    date: str
    text: str
    answers: str = ""


@dataclass(frozen=True)
class Paper:
    """A Word file as it was read.

    part: what our own export wrote about itself; empty for any other file. count: tracked changes
    in the whole file. looks: how many of them change a look only.
    """

    blocks: tuple[Block, ...]
    comments: tuple[Said, ...] = ()
    marks: tuple[Mark, ...] = ()
    part: dict[str, Any] | None = None
    count: int = 0
    looks: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values, as they go through the pipe of the sandbox."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Paper":
        """The same again."""
        return cls(
            blocks=tuple(_block(entry) for entry in value["blocks"]),
            comments=tuple(Said(**entry) for entry in value["comments"]),
            marks=tuple(Mark(**entry) for entry in value["marks"]),
            part=value["part"],
            count=value["count"],
            looks=value["looks"],
        )


def _block(value: dict[str, Any]) -> Block:
    runs = tuple(Run(**{**run, "comments": tuple(run["comments"])}) for run in value["runs"])
    ends = {name: tuple(value[name]) for name in ("starts", "ends")}
    return Block(**{**value, **ends, "runs": runs})


def _all(_mark: int) -> bool:
    return True


def nothing(_mark: int) -> bool:
    """The view before anybody changed anything: every mark rejected."""
    return False


def view(blocks: Iterable[Block], accept: Accept) -> list[Block]:
    """The blocks as they read when these marks are accepted and the others rejected.

    A paragraph whose end is not there (its insertion rejected, its deletion accepted) runs on
    into the next one, which then gives the look, as in Word. What is empty is left out.
    """
    found: list[Block] = []
    before: list[Run] = []
    pending: Block | None = None
    for block in blocks:
        runs = [*before, *(run for run in block.runs if run.stands(accept))]
        rejected = block.ins != NO_MARK and not accept(block.ins)
        deleted = block.gone != NO_MARK and accept(block.gone)
        if rejected or deleted:
            before, pending = runs, (pending or (block if runs else None))
            continue
        look = pending if pending is not None and before else block
        found.append(replace(look, runs=plain_runs(runs), ins=NO_MARK, gone=NO_MARK))
        before, pending = [], None
    if before and pending is not None:
        found.append(replace(pending, runs=plain_runs(before), ins=NO_MARK, gone=NO_MARK))
    return [block for block in found if any(run.text.strip() for run in block.runs)]


def plain_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without marks and comments; neighbours of one look joined."""
    joined: list[Run] = []
    for run in runs:
        bare = Run(run.text, run.bold, run.italic, run.code, run.href)
        if joined and replace(joined[-1], text="") == replace(bare, text=""):
            joined[-1] = replace(bare, text=joined[-1].text + bare.text)
        elif bare.text:
            joined.append(bare)
    return tuple(joined)
