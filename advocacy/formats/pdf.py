"""A paper as a PDF that a screen reader can follow (PDF/UA-1), drawn by typst in a process apart.

What people wrote goes to the typesetter as data and never as its language. It works in a process
of its own, with little memory and time, a folder with nothing in it as its root, and no fonts
but ours: nothing on this machine can find its way into a file. The same paper gives the same
bytes: no clock, no name of a machine or a person in it.
"""

import base64
import importlib.util
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from advocacy.formats import sandbox
from advocacy.formats.docx import NO_MARK, Block, Role, Run
from advocacy.formats.docx_write import is_right_to_left
from advocacy.formats.pictures import Logo

_STRONG = re.compile("[A-Za-z\u00c0-\u1fff\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HERE = Path(__file__).resolve().parent
_FONTS = _HERE.parents[1] / "static" / "vendor" / "ibm-plex-sans-arabic@0.4.2"
_LINKS = ("https:", "http:", "mailto:")


@dataclass(frozen=True)
class Line:
    """A block of a paper. language: where it is not the paper's. notes: numbers of footnotes.

    logos: pictures after its words; one that cannot be drawn is left out.
    """

    block: Block
    language: str = ""
    notes: tuple[int, ...] = ()
    logos: tuple[Logo, ...] = ()


@dataclass(frozen=True)
class Note:
    """A footnote: whose, and their words."""

    name: str
    words: str


@dataclass(frozen=True)
class Paper:
    """What is drawn. eyebrow: the small line above the title. foot: at the foot of each page."""

    title: str
    language: str
    lines: tuple[Line, ...]
    eyebrow: str = ""
    foot: str = ""
    notes: tuple[Note, ...] = field(default=())


def draw(paper: Paper) -> bytes:
    """The file.

    Raises: Invalid (`pdf.letters`) when our fonts have no sign for some letter of it; TooLarge when
    it needs more memory or time than there is.
    """
    data = json.dumps(as_json(paper), ensure_ascii=False).encode()
    found = sandbox.ask(_command(), data, too_much="pdf.too-much")
    return base64.b64decode(found)


def drawable(logos: Sequence[Logo]) -> tuple[Logo, ...]:
    """Those whose picture can be drawn: any other stands in a file as an empty frame.

    Raises: TooLarge, as `draw`.
    """
    if not logos:
        return ()
    alone = Line(Block(Role.TEXT, 0, ()), logos=tuple(logos))
    data = json.dumps(as_json(Paper("-", "en", (alone,)))).encode()
    found = sandbox.ask([*_command(), "pictures"], data, too_much="pdf.too-much")
    return tuple(logo for logo, works in zip(logos, found, strict=True) if works)


@cache
def _command() -> list[str]:
    """How the child is started.

    Without the usual search for packages, which takes as long as the interpreter itself; and typst
    is found here but not imported: the server that waits has no use for it.
    """
    spec = importlib.util.find_spec("typst")
    packages = Path(spec.origin).parents[1] if spec and spec.origin else _HERE
    rest = (packages, _HERE / "paper" / "paper.typ", _FONTS)
    return [sys.executable, "-I", "-S", "-B", str(_HERE / "pdf_draw.py"), *map(str, rest)]


def as_json(paper: Paper) -> dict[str, Any]:
    """The paper as the typesetter gets it: plain values, every heading one step below the last."""
    head = Line(Block(Role.HEADING, 1, (Run(paper.title),)))
    lines = [head, *paper.lines]
    levels = _stepped(line.block.level for line in lines if line.block.role == Role.HEADING)
    blocks, at = [], iter(levels)
    for line, start in zip(lines, _counted(lines), strict=True):
        level = next(at) if line.block.role == Role.HEADING else line.block.level
        blocks.append(_block(line, level, start, paper.language))
    notes = [{"name": _clean(n.name), "words": _clean(n.words)} for n in paper.notes]
    return _first_marked(
        {
            "title": _clean(paper.title) or "-",
            "language": _tongue(paper.language),
            "eyebrow": _clean(paper.eyebrow),
            "foot": _clean(paper.foot),
            "blocks": blocks,
            "notes": notes,
        }
    )


def _first_marked(paper: dict[str, Any]) -> dict[str, Any]:
    """Each footnote is written where it is first called; later calls only point at it."""
    seen: set[int] = set()
    for block in paper["blocks"]:
        block["notes"] = [{"n": n, "first": n not in seen} for n in block["notes"]]
        seen |= {note["n"] for note in block["notes"]}
    return paper


def _block(line: Line, level: int, start: int, language: str) -> dict[str, Any]:
    tongue = line.language or language
    words = "".join(run.text for run in line.block.runs)
    return {
        "role": str(line.block.role),
        "level": level,
        "start": start,
        "language": _tongue(tongue),
        "rtl": _is_from_right(words, tongue),
        "runs": [_run(run) for run in line.block.runs if run.text],
        "notes": list(line.notes),
        "logos": [_logo(logo) for logo in line.logos],
    }


def _logo(of: Logo) -> dict[str, Any]:
    return {
        "name": _clean(of.name) or "-",
        "media": of.picture.media,
        "width": of.picture.width,
        "height": of.picture.height,
        "data": base64.b64encode(of.picture.data).decode(),
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "text": _clean(run.text),
        "bold": run.bold,
        "italic": run.italic,
        "code": run.code,
        "href": run.href if run.href.startswith(_LINKS) else "",
        "added": run.ins != NO_MARK,
        "gone": run.gone != NO_MARK,
    }


def _clean(words: str) -> str:
    return _NOT_WRITTEN.sub("", words)


def _tongue(language: str) -> str:
    """The two or three letters that the typesetter takes; English where there are none."""
    found = re.match(r"[A-Za-z]{2,3}(?=-|$)", language)
    return found.group().lower() if found else "en"


def _is_from_right(words: str, language: str) -> bool:
    """By the first letter that has a direction; by the language where there is none."""
    first = _STRONG.search(words)
    return bool(_FROM_RIGHT.match(first.group())) if first else is_right_to_left(language)


def _stepped(levels: Iterable[int]) -> Iterator[int]:
    """Heading levels without a step left out: a reader by ear would look for what is missing."""
    before = 0
    for level in levels:
        before = max(1, min(level, before + 1, 6))
        yield before


def _counted(lines: Sequence[Line]) -> Iterator[int]:
    """The number of each line of a numbered list; 1 for everything else."""
    counts: dict[int, int] = {}
    for line in lines:
        block = line.block
        if block.role != Role.NUMBER:
            if block.role not in {Role.BULLET, Role.TEXT} or not block.level:
                counts = {}
            yield 1
            continue
        counts = {level: n for level, n in counts.items() if level <= block.level}
        counts[block.level] = counts.get(block.level, 0) + 1
        yield counts[block.level]
