"""A Word file into blocks, with every tracked change and comment in it. Runs in the sandbox.

Nothing that holds words is passed over: what is no paragraph of the text itself (a table, a text
box, a note, the head of a page) comes as a block that says where it stood.
"""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from advocacy.formats import docx_comments
from advocacy.formats.docx import NAMESPACE, NO_MARK, Block, Mark, Paper, Role, Run, Said, view
from advocacy.formats.docx_looks import Looks, attr, child, local
from advocacy.formats.docx_zip import Box, open_box
from advocacy.formats.sandbox import Refused, serve

MOST_BLOCKS = 20_000
_INS, _DEL = {"ins", "moveTo"}, {"del", "moveFrom"}
_MARKS = _INS | _DEL | {"cellIns", "cellDel", "cellMerge"}
_SILENT = {"pPr", "instrText", "delInstrText", "annotationRef", "commentReference", "fldChar"}
_SILENT |= {"footnoteRef", "endnoteRef", "separator", "continuationSeparator", "Fallback"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": " "}
_LINKS = ("http://", "https://", "mailto:")


def main() -> None:
    """What the sandbox starts."""
    serve(lambda data: paper(data).to_json())


def paper(data: bytes) -> Paper:
    """The file as blocks. Raises Refused for what is no Word file, or no harmless one."""
    box = open_box(data)
    name = _main_part(box)
    root = box.xml(name)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise Refused("word.not-word")
    reader = _Reader(Looks(box, posixpath.dirname(name)), _links(box, name))
    blocks = reader.body(body)
    around, comments = _around(box, name, reader)
    blocks += around
    if len(blocks) > MOST_BLOCKS:
        raise Refused("word.too-long", most=MOST_BLOCKS)
    count = sum(block.count for block in blocks)
    unseen = _count(root) - sum(b.count for b in blocks if b.where not in _OUTSIDE)
    if unseen > 0:
        blocks.append(Block(Role.TEXT, count=unseen, where="elsewhere"))
    if not comments and not any(block.words or block.count for block in blocks):
        raise Refused("word.no-words")
    return Paper(
        tuple(blocks), tuple(comments), tuple(reader.marks), _own_part(box), count + max(0, unseen),
        sum(1 for node in root.iter() if local(node).endswith("PrChange")),
    )  # fmt: skip


_OUTSIDE = {"header", "footer", "footnote", "endnote", "comment"}


def _main_part(box: Box) -> str:
    for _id, kind, target in _relations(box, "_rels/.rels", ""):
        if kind == "officeDocument":
            return target
    return "word/document.xml"


def _relations(box: Box, name: str, folder: str) -> Iterator[tuple[str, str, str]]:
    """(id, last word of the type, target inside the file) of each relation of a part."""
    root = box.xml(name)
    for node in root if root is not None else ():
        kind = (node.get("Type") or "").rpartition("/")[2]
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(folder, node.get("Target") or ""))
            yield node.get("Id") or "", kind, target.lstrip("/")


def _links(box: Box, name: str) -> dict[str, str]:
    """Addresses that words of a part lead to: kept as words, never opened."""
    folder, base = posixpath.split(name)
    root = box.xml(f"{folder}/_rels/{base}.rels")
    found = {}
    for node in root if root is not None else ():
        target = (node.get("Target") or "").strip()
        if node.get("TargetMode") == "External" and target.lower().startswith(_LINKS):
            found[node.get("Id") or ""] = target
    return found


def _count(root: Any) -> int:
    """Tracked changes below an element, each once; a picture's twin for old programs not."""
    skipped = {id(n) for twin in root.iter() if local(twin) == "Fallback" for n in twin.iter()}
    return sum(1 for n in root.iter() if local(n) in _MARKS and id(n) not in skipped)


def _own_part(box: Box) -> dict[str, Any] | None:
    """What our own export wrote into the file."""
    for small in box.names:
        if small.startswith("customxml/item") and small.endswith(".xml"):
            root = box.xml(small)
            if root is not None and root.tag == f"{{{NAMESPACE}}}text":
                return {**root.attrib, **{k: _rows(root, k) for k in ("clause", "known", "line")}}
    return None


def _rows(root: Any, name: str) -> list[dict[str, str]]:
    return [{**node.attrib, "words": node.text or ""} for node in root if local(node) == name]


def _around(box: Box, name: str, reader: "_Reader") -> tuple[list[Block], list[Said]]:
    """Notes, heads and feet of pages; the comments."""
    folder, base = posixpath.split(name)
    blocks: list[Block] = []
    comments: list[Said] = []
    parts = list(_relations(box, f"{folder}/_rels/{base}.rels", folder))
    answered = _answered(box, {kind: target for _id, kind, target in parts})
    for _id, kind, target in parts:
        if kind not in {"header", "footer", "footnotes", "endnotes", "comments"}:
            continue
        root = box.xml(target)
        for node in [root] if kind in {"header", "footer"} else (root if root is not None else ()):
            if node is None:
                continue
            block = reader.aside(node, kind.rstrip("s"))
            if kind == "comments":
                said = Said(attr(node, "id"), attr(node, "author"), attr(node, "date"), block.words)
                text = "\n".join(run.text for run in block.runs)
                comments.append(replace(said, text=text, answers=answered.get(said.id, "")))
            elif block.words or block.count:
                blocks.append(block)
    return blocks, comments


def _answered(box: Box, parts: dict[str, str]) -> dict[str, str]:
    both = (box.xml(parts.get(kind, "")) for kind in ("comments", "commentsExtended"))
    return docx_comments.answered(*both)


@dataclass(frozen=True)
class _At:
    """What holds for the words at this place."""

    ins: int = NO_MARK
    gone: int = NO_MARK
    href: str = ""


@dataclass
class _Reader:
    looks: Looks
    links: dict[str, str]
    marks: list[Mark] = field(default_factory=list)
    known: dict[tuple[str, str, bool], int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)  # comments that lie over what is read now
    starts: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    has_words: bool = False
    boxes: list[Block] = field(default_factory=list)

    def body(self, node: Any) -> list[Block]:
        """The blocks of a body, in order."""
        found: list[Block] = []
        for item in self._items(node):
            is_table = local(item) == "tbl"
            block = self.aside(item, "table") if is_table else self.paragraph(item)
            self._close(found)
            found += [block, *self.boxes]
            self.boxes = []
        self.early, self.ends = self.early + self.ends, []
        self._close(found)
        return found

    def _close(self, found: list[Block]) -> None:
        """A bookmark that ends before any word of a paragraph ended with the one before."""
        if found:
            found[-1] = replace(found[-1], ends=(*found[-1].ends, *self.early))
        self.early = []

    def _items(self, node: Any) -> Iterator[Any]:
        """Paragraphs and tables, also those that something is wrapped around."""
        for item in node:
            name = local(item)
            if name in {"p", "tbl"}:
                yield item
            elif name not in {"sectPr", "Fallback"} and not self._place(item, name):
                yield from self._items(item)

    def aside(self, node: Any, where: str) -> Block:
        """Whatever stands in a table, a box, a note: its lines, as they read with all accepted."""
        inner = _Reader(self.looks, self.links, self.marks, self.known)
        lines = []
        for item in node.iter():
            if local(item) == "p":
                shown = view([inner.paragraph(item)], lambda _mark: True)
                lines += [block.words for block in shown]
        runs = tuple(Run(line, comments=tuple(inner.seen)) for line in lines)
        return Block(Role.TEXT, runs=runs, count=_count(node), where=where)

    @property
    def seen(self) -> list[str]:
        """Comments that were met here."""
        return list(dict.fromkeys(name for name in self.names if name.startswith("comment ")))

    def paragraph(self, node: Any) -> Block:
        """One paragraph."""
        look, properties = self.looks.of(node), child(node, "pPr")
        self.has_words = False
        end = child(properties, "rPr")
        ins = next((self._mark(n) for n in _each(end) if local(n) in _INS), NO_MARK)
        gone = next((self._mark(n) for n in _each(end) if local(n) in _DEL), NO_MARK)
        runs = [run for run in self._runs(node, _At()) if run.text]
        starts, ends = tuple(self.starts), tuple(self.ends)
        self.starts, self.ends = [], []
        boxed = sum(block.count for block in self.boxes)
        return Block(
            look.role, look.level, tuple(runs), ins, gone, starts, ends, _count(node) - boxed
        )

    def _runs(self, node: Any, at: _At) -> Iterator[Run]:
        for item in node:
            name = local(item)
            if name == "r":
                yield from self._run(item, at)
            elif name in _INS:
                yield from self._runs(item, replace(at, ins=self._mark(item)))
            elif name in _DEL:
                yield from self._runs(item, replace(at, gone=self._mark(item)))
            elif name == "hyperlink":
                href = self.links.get(attr(item, "id"), "")
                yield from self._runs(item, replace(at, href=href))
            elif name in {"oMath", "oMathPara"}:
                yield self._words("".join(item.itertext()), at)
            elif name not in _SILENT and not self._place(item, name):
                yield from self._runs(item, at)

    def _place(self, item: Any, name: str) -> bool:
        """Take note of where a bookmark or a comment begins or ends, if it is one of these."""
        if name in {"bookmarkStart", "bookmarkEnd"}:
            self._bookmark(item, name)
        elif name.startswith("commentRange"):
            self._comment(item, name)
        else:
            return False
        return True

    def _run(self, node: Any, at: _At) -> Iterator[Run]:
        now, before = self.looks.run(node)
        for item in node:
            name = local(item)
            if name in {"drawing", "pict", "object", "AlternateContent"}:
                self._box(item)
                continue
            text = (item.text or "") if name in {"t", "delText"} else _SIGNS.get(name, "")
            if not text:
                continue
            plain = self._words(text, at)
            if before is None or before == now or at != replace(at, ins=NO_MARK, gone=NO_MARK):
                yield _looking(plain, now)
                continue
            # Another look is read as: the old words out, the new ones in.
            mark = self._mark(child(child(node, "rPr"), "rPrChange"))
            yield replace(_looking(plain, before), gone=mark)
            yield replace(_looking(plain, now), ins=mark)

    def _words(self, text: str, at: _At) -> Run:
        self.has_words = True
        return Run(text, href=at.href, ins=at.ins, gone=at.gone, comments=tuple(self.over))

    def _box(self, node: Any) -> None:
        """A picture or a text box: its words, or what it is called."""
        chosen = next((n for n in node.iter() if local(n) == "Choice"), node)
        held = [n for n in chosen.iter() if local(n) == "txbxContent"]
        for inner in held[:1]:
            self.boxes.append(self.aside(inner, "box"))
        if not held:
            told = (n.get("descr") or n.get("alt") or "" for n in chosen.iter())
            words = next((words for words in told if words), "")
            runs = (Run(words),) if words else ()
            self.boxes.append(Block(Role.TEXT, runs=runs, where="picture"))

    def _mark(self, node: Any) -> int:
        moved = local(node).startswith("move")
        key = (attr(node, "author"), attr(node, "date"), moved)
        if key not in self.known:
            self.known[key] = len(self.marks)
            self.marks.append(Mark(*key))
        return self.known[key]

    def _bookmark(self, node: Any, name: str) -> None:
        number = f"bookmark {attr(node, 'id')}"
        if name == "bookmarkStart":
            self.names[number] = attr(node, "name")
            self.starts.append(attr(node, "name"))
        elif number in self.names:
            name = self.names[number]
            ended_before = not self.has_words and name not in self.starts
            (self.early if ended_before else self.ends).append(name)

    def _comment(self, node: Any, name: str) -> None:
        number = attr(node, "id")
        self.names[f"comment {number}"] = number
        if name == "commentRangeStart":
            self.over.append(number)
        elif number in self.over:
            self.over.remove(number)


def _looking(run: Run, look: dict[str, bool]) -> Run:
    return replace(run, bold=look["bold"], italic=look["italic"], code=look["code"])


def _each(node: Any) -> Iterable[Any]:
    return node if node is not None else ()
