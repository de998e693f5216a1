"""Which comment of a Word file answers which: a part of its own, beside the comments.

Word keeps one level: an answer names the comment that began the thread (MS-DOCX, commentEx).
"""

from collections.abc import Sequence
from typing import Any

from advocacy.formats.docx import Said
from advocacy.formats.docx_looks import attr, local

KIND = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
_SPACE = "http://schemas.microsoft.com/office/word/2012/wordml"
_FIRST = 0x20000000  # a paragraph's id is 8 digits, below 80000000


def answered(comments: Any, extended: Any) -> dict[str, str]:
    """Id of each comment that is an answer -> id of the comment that began its thread."""
    if comments is None or extended is None:
        return {}
    of: dict[str, str] = {}
    for node in comments:
        paragraphs = (attr(item, "paraId") for item in node.iter() if local(item) == "p")
        of |= {number.upper(): attr(node, "id") for number in paragraphs if number}
    above: dict[str, str] = {}
    for node in extended:
        said = of.get(attr(node, "paraId").upper())
        parent = of.get(attr(node, "paraIdParent").upper())
        if said is not None and parent is not None and said != parent:
            above[said] = parent
    return {said: _top(said, above) for said in above if _top(said, above) != said}


def _top(said: str, above: dict[str, str]) -> str:
    """The beginning of a thread; a file whose comments answer in a circle has none."""
    met = {said}
    at = said
    while at in above:
        at = above[at]
        if at in met:
            return said
        met.add(at)
    return at


def paragraph_id(number: str) -> str:
    """The id of the last paragraph of a comment that we write."""
    return f"{_FIRST + int(number):08X}"


def extended(comments: Sequence[Said]) -> bytes:
    """The part that says which of the comments answers which."""
    rows = "".join(_row(said) for said in comments)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w15:commentsEx xmlns:w15="{_SPACE}">{rows}</w15:commentsEx>'
    ).encode()


def _row(said: Said) -> str:
    parent = f' w15:paraIdParent="{paragraph_id(said.answers)}"' if said.answers else ""
    return f'<w15:commentEx w15:paraId="{paragraph_id(said.id)}"{parent} w15:done="0"/>'
