"""The shape of a live document: from its XML to clauses, and from clauses to XML.

static/editor/README.md says what the shape is. What is not in it is dropped here: unknown elements
and marks, links to elsewhere than http, https and mailto.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeGuard
from uuid import UUID

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from advocacy.text import rich
from advocacy.text.canon import normalise
from advocacy.text.rich import Block, Run

TEXT = "text"
KINDS = ("heading", "paragraph", "recommendation")
MOST_IN_TOKEN = 200
GENESIS_CLIENT = 1
_DEEPEST = 12
_LISTS = {"bullet_list": rich.BULLETS, "ordered_list": rich.NUMBERS, "quote": rich.QUOTE}


@dataclass(frozen=True)
class Words:
    """A clause as the document has it. cid: empty where the document gives none that will do."""

    cid: UUID | None
    kind: str
    heading: str
    text: str


# --- from XML ------------------------------------------------------------------------------------


def fragment(doc: Doc[Any]) -> XmlFragment:
    """The text itself."""
    text: XmlFragment = doc.get(TEXT, type=XmlFragment)
    return text


def is_clause(node: object) -> TypeGuard[XmlElement]:
    """Whether a child of the text is a clause."""
    return isinstance(node, XmlElement) and node.tag == "clause"


def clause_at(text: XmlFragment, at: int) -> XmlElement:
    """A child of the text that is known to be a clause."""
    found = text.children[at]
    if not is_clause(found):
        raise TypeError("not a clause")
    return found


def cid_of(clause: XmlElement) -> UUID | None:
    """The identity that a clause says it has."""
    given = clause.attributes.get("cid")
    try:
        found = UUID(given) if isinstance(given, str) and len(given) == 36 else None
    except ValueError:
        return None
    return found if found and found.int > 2**64 else None


def words_of(clause: XmlElement) -> Words:
    """A clause with its canonical Markdown."""
    kind, heading = clause.attributes.get("kind"), clause.attributes.get("heading")
    return Words(
        cid=cid_of(clause),
        kind=kind if kind in KINDS else "paragraph",
        heading=" ".join(normalise(heading).split()) if isinstance(heading, str) else "",
        text=rich.write(blocks_of(clause)),
    )


def blocks_of(parent: XmlElement, depth: int = 0) -> tuple[Block, ...]:
    """What stands in a clause, an item or a quote."""
    if depth > _DEEPEST:
        return ()
    return tuple(block for child in parent.children for block in _block(child, depth))


def _block(node: object, depth: int) -> Iterable[Block]:
    if isinstance(node, XmlText):
        yield Block(rich.PARAGRAPH, tuple(_runs(node)))
    elif isinstance(node, XmlElement):
        tag = node.tag or ""
        if tag == "paragraph":
            yield Block(rich.PARAGRAPH, tuple(_inline(node)))
        elif tag in _LISTS:
            inside = blocks_of(node, depth + 1) if tag == "quote" else _items(node, depth + 1)
            yield Block(_LISTS[tag], (), inside, _start(node))


def _items(parent: XmlElement, depth: int) -> tuple[Block, ...]:
    return tuple(
        Block(rich.ITEM, (), blocks_of(child, depth))
        for child in parent.children
        if isinstance(child, XmlElement) and child.tag == "list_item"
    )


def _start(node: XmlElement) -> int:
    """Numbers come as floats."""
    given = node.attributes.get("start")
    if node.tag != "ordered_list" or not isinstance(given, int | float):
        return 1
    return int(given) if 1 <= given < 10**9 else 1


def _inline(paragraph: XmlElement) -> Iterable[Run]:
    for child in paragraph.children:
        if isinstance(child, XmlText):
            yield from _runs(child)
        elif isinstance(child, XmlElement) and child.tag == "citation":
            token = child.attributes.get("token")
            said = " ".join(normalise(token).split()) if isinstance(token, str) else ""
            if said:
                yield Run(f"[{said[:MOST_IN_TOKEN]}]")


def _runs(text: XmlText) -> Iterable[Run]:
    for part, given in text.diff():
        if isinstance(part, str):
            looks = given or {}
            link = looks.get("link")
            href = rich.address(link.get("href")) if isinstance(link, dict) else ""
            marks = frozenset(mark for mark in rich.MARKS if looks.get(mark) is not None)
            yield Run(part, marks, href)


# --- to XML --------------------------------------------------------------------------------------


def made_of(clauses: Iterable[Words]) -> bytes:
    """The document that says this, as one update: always the same bytes for the same clauses."""
    doc: Doc[Any] = Doc(client_id=GENESIS_CLIENT)
    text = fragment(doc)
    with doc.transaction():
        for clause in clauses:
            put(text, len(text.children), clause)
    return doc.get_update()


def put(text: XmlFragment, at: int, words: Words) -> None:
    """A new clause at a place of the text, counted in its children."""
    # One after the other: the order of attributes is part of the bytes.
    made = text.children.insert(at, XmlElement("clause"))
    made.attributes["cid"] = str(words.cid)
    made.attributes["kind"] = words.kind
    _fill(made, words)


def _fill(clause: XmlElement, words: Words) -> None:
    if words.heading:
        clause.attributes["heading"] = words.heading
    for block in rich.parse(words.text):
        _append(clause, len(clause.children), block)


def _append(parent: XmlElement, at: int, block: Block) -> None:
    made = parent.children.insert(at, XmlElement(block.kind))
    if block.kind == rich.PARAGRAPH:
        text = made.children.append(XmlText(""))
        for run in block.runs:
            text.insert(len(text), run.text, _looks(run))
    elif block.kind == rich.NUMBERS and block.start != 1:
        made.attributes["start"] = block.start
    for number, inside in enumerate(block.blocks):
        _append(made, number, inside)


def _looks(run: Run) -> dict[str, Any]:
    looks: dict[str, Any] = {mark: {} for mark in rich.MARKS if mark in run.marks}
    return {**looks, "link": {"href": run.href}} if run.href else looks


def reword(clause: XmlElement, heading: str, text: str) -> None:
    """Other words for a clause. What stays the same stays the same letters: whoever is typing
    in them at this moment types on."""
    if heading:
        if clause.attributes.get("heading") != heading:
            clause.attributes["heading"] = heading
    elif "heading" in clause.attributes:
        del clause.attributes["heading"]
    new = list(rich.parse(text))
    old = [rich.tidy(tuple(_block(child, 0))) for child in clause.children]
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    _replace(clause, first, len(old) - last, new[first : len(new) - last])


def _common(old: Sequence[tuple[Block, ...]], new: Sequence[Block]) -> int:
    """How many of the first blocks are the same."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != (b,)), min(len(old), len(new)))


def _replace(clause: XmlElement, first: int, until: int, new: Sequence[Block]) -> None:
    at = first
    for number, block in zip_longest(range(first, until), new):
        if number is None:
            _append(clause, at, block)
        elif block is None:
            del clause.children[at]
            continue
        else:
            here = clause.children[at]
            text = _only_text(here) if block.kind == rich.PARAGRAPH else None
            if text is not None:
                _retype(text, block.runs)
            else:
                del clause.children[at]
                _append(clause, at, block)
        at += 1


def _only_text(node: object) -> XmlText | None:
    """The letters of a paragraph that holds nothing else."""
    if not isinstance(node, XmlElement) or node.tag != "paragraph" or len(node.children) != 1:
        return None
    child = node.children[0]
    return child if isinstance(child, XmlText) else None


def _retype(text: XmlText, runs: Sequence[Run]) -> None:
    parts = [part for part, _looks in text.diff()]
    if not all(isinstance(part, str) for part in parts):
        text.clear()
        parts = []
    old, new = "".join(parts), "".join(run.text for run in runs)
    a = next((n for n, (x, y) in enumerate(zip(old, new, strict=False)) if x != y), None)
    first = min(len(old), len(new)) if a is None else a
    ends = zip(old[first:][::-1], new[first:][::-1], strict=False)
    b = next((n for n, (x, y) in enumerate(ends) if x != y), None)
    last = min(len(old), len(new)) - first if b is None else b
    at = _bytes(old[:first])
    gone = _bytes(old[first : len(old) - last])
    if gone:
        del text[at : at + gone]
    if new[first : len(new) - last]:
        text.insert(at, new[first : len(new) - last])
    if list(_runs(text)) != list(runs):
        _relook(text, runs)


def _relook(text: XmlText, runs: Sequence[Run]) -> None:
    text.format(0, len(text), dict.fromkeys((*rich.MARKS, "link")))
    at = 0
    for run in runs:
        until = at + _bytes(run.text)
        if run.marks or run.href:
            text.format(at, until, _looks(run))
        at = until


def _bytes(text: str) -> int:
    """Places in the document's letters are counted in bytes here."""
    return len(text.encode())
