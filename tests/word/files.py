"""Word files for tests: an export with something done to it, as somebody would in Word."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from advocacy.copies import queries as copies
from advocacy.formats import docx_read
from advocacy.formats.docx import Paper
from advocacy.formats.docx_write import write
from advocacy.positions import queries as positions

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FILES = Path(__file__).resolve().parents[1] / "files" / "word"
WHO = 'w:author="Editor" w:date="2026-11-22T10:00:00Z"'
LABELS = copies.Labels(
    ("Seen by the organisations of this text",),
    {kind: kind for kind in ("replacement", "deletion", "move")},
)


def exported(session, actor, position_id, version=None) -> bytes:
    of = positions.position(session, actor, position_id)
    return write(copies.sheet(session, actor, of, version, LABELS))


def edited(data: bytes, change: Callable[[Any], None], part: str = "word/document.xml") -> bytes:
    """The file with its body changed in place."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    root = etree.fromstring(parts[part])
    change(root)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, blob in parts.items():
            new.writestr(name, blob)
    return out.getvalue()


def without(data: bytes, *starts: str) -> bytes:
    """The file as a program that keeps less would save it."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        names = [name for name in old.namelist() if not name.startswith(starts)]
        return packed({name: old.read(name) for name in names})


def paper(data: bytes) -> Paper:
    return docx_read.paper(data)


def node(xml: str) -> Any:
    return etree.fromstring(f'<x xmlns:w="{W}">{xml}</x>')[0]


def paragraph(root: Any, words: str) -> Any:
    """The paragraph that holds these words."""
    for found in root.iter(f"{{{W}}}p"):
        text = "".join(n.text or "" for n in found.iter(f"{{{W}}}t", f"{{{W}}}delText"))
        if words in text:
            return found
    raise AssertionError(f"no paragraph says {words!r}")


def run_of(place: Any, words: str) -> Any:
    return next(r for r in place.iter(f"{{{W}}}r") if words in "".join(r.itertext()))


def typed(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def retype(root: Any, old: str, new: str) -> None:
    """Without tracked changes."""
    for found in root.iter(f"{{{W}}}t"):
        if old in (found.text or ""):
            found.text = found.text.replace(old, new)
            return
    raise AssertionError(f"nothing says {old!r}")


def track(root: Any, old: str, new: str) -> None:
    """Replace words within one run, with tracked changes."""
    for found in list(root.iter(f"{{{W}}}t")):
        before, is_there, after = (found.text or "").partition(old)
        if is_there:
            run = found.getparent()
            place, at = run.getparent(), list(run.getparent()).index(run)
            parts = [typed(before)] if before else []
            parts += [f'<w:del w:id="900" {WHO}>{typed(old, "delText")}</w:del>']
            parts += [f'<w:ins w:id="901" {WHO}>{typed(new)}</w:ins>'] if new else []
            parts += [typed(after)] if after else []
            place.remove(run)
            for offset, part in enumerate(parts):
                place.insert(at + offset, node(part))
            return
    raise AssertionError(f"nothing says {old!r}")


def mark_end(place: Any, kind: str) -> None:
    """A tracked insertion or deletion of a paragraph's end."""
    look = place.find(f"{{{W}}}pPr")
    if look is None:
        look = node("<w:pPr/>")
        place.insert(0, look)
    look.append(node(f'<w:rPr><w:{kind} w:id="902" {WHO}/></w:rPr>'))


def delete_paragraph(root: Any, words: str, kind: str = "del") -> None:
    """Delete a whole paragraph, tracked."""
    place = paragraph(root, words)
    for run in list(place.iter(f"{{{W}}}r")):
        for text in run.iter(f"{{{W}}}t"):
            text.tag = f"{{{W}}}delText"
        holder = node(f'<w:{kind} w:id="903" {WHO}/>')
        run.getparent().replace(run, holder)
        holder.append(run)
    mark_end(place, kind)


def insert_after(root: Any, words: str, new: str, kind: str = "ins", style: str = "") -> None:
    """A new paragraph after the one with these words, tracked; kind "" = untracked."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if kind:
        look += f'<w:rPr><w:{kind} w:id="904" {WHO}/></w:rPr>'
        inner = f'<w:{kind} w:id="905" {WHO}>{typed(new)}</w:{kind}>'
    else:
        inner = typed(new)
    paragraph(root, words).addnext(node(f"<w:p><w:pPr>{look}</w:pPr>{inner}</w:p>"))


def comment(data: bytes, words: str, text: str) -> bytes:
    """A comment over the run that holds these words."""

    def over(root: Any) -> None:
        run = run_of(root, words)
        run.addprevious(node('<w:commentRangeStart w:id="77"/>'))
        run.addnext(node('<w:r><w:commentReference w:id="77"/></w:r>'))
        run.addnext(node('<w:commentRangeEnd w:id="77"/>'))

    def say(root: Any) -> None:
        root.append(node(f'<w:comment w:id="77" {WHO}><w:p>{typed(text)}</w:p></w:comment>'))

    made = edited(data, over)
    with zipfile.ZipFile(io.BytesIO(made)) as box:
        parts = {name: box.read(name) for name in box.namelist()}
    if "word/comments.xml" in parts:
        return edited(made, say, "word/comments.xml")
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}"/>'.encode()
    rels = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    one = f'<Relationship Id="rId777" Type="{kind}" Target="comments.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", one).encode()
    return edited(packed(parts), say, "word/comments.xml")


W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def answer(data: bytes, above: str, text: str, number: str = "78") -> bytes:
    """An answer to the comment with these words, as Word writes it: over the same words."""

    def say(root: Any) -> None:
        first = next(n for n in root if above in "".join(n.itertext()))
        last = list(first.iter(f"{{{W}}}p"))[-1]
        if not last.get(f"{{{W14}}}paraId"):
            last.set(f"{{{W14}}}paraId", "0A0A0A0A")
        found.append((first.get(f"{{{W}}}id"), last.get(f"{{{W14}}}paraId")))
        said = node(f'<w:comment w:id="{number}" {WHO}><w:p>{typed(text)}</w:p></w:comment>')
        said[0].set(f"{{{W14}}}paraId", f"0B0B0B{number}")
        root.append(said)

    found: list[tuple[str, str]] = []
    made = edited(data, say, "word/comments.xml")
    made = edited(made, lambda root: _over_the_same(root, found[0][0], number))
    with zipfile.ZipFile(io.BytesIO(made)) as box:
        parts = {name: box.read(name) for name in box.namelist()}
    if "word/commentsExtended.xml" not in parts:
        parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{W15}"/>'.encode()
        rels = parts["word/_rels/document.xml.rels"].decode()
        kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        one = f'<Relationship Id="rId778" Type="{kind}" Target="commentsExtended.xml"/>'
        parts["word/_rels/document.xml.rels"] = rels.replace(
            "</Relationships>", f"{one}</Relationships>"
        ).encode()
    row = (
        f'<x xmlns:w15="{W15}"><w15:commentEx w15:paraId="0B0B0B{number}" '
        f'w15:paraIdParent="{found[0][1]}" w15:done="0"/></x>'
    )
    return edited(
        packed(parts), lambda r: r.append(etree.fromstring(row)[0]), "word/commentsExtended.xml"
    )


def _over_the_same(root: Any, above: str, number: str) -> None:
    """A comment lies over the words that another one lies over."""
    for mark in list(root.iter(f"{{{W}}}commentRangeStart", f"{{{W}}}commentRangeEnd")):
        if mark.get(f"{{{W}}}id") == above:
            mark.addnext(node(f'<w:{mark.tag.rpartition("}")[2]} w:id="{number}"/>'))
    for mark in list(root.iter(f"{{{W}}}commentReference")):
        if mark.get(f"{{{W}}}id") == above:
            mark.getparent().addnext(node(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))


def unmarked(data: bytes) -> bytes:
    """The file as a program saves it that keeps no bookmark and no hidden part."""

    def change(root: Any) -> None:
        for mark in list(root.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
            mark.getparent().remove(mark)

    return without(edited(data, change), "customXml/")


def replaced(data: bytes, old: str, new: str) -> bytes:
    """The file with something written in another way in all its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return packed({n: box.read(n).replace(old.encode(), new.encode()) for n in box.namelist()})
