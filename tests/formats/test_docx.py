"""Word files: written the same each time, read without losing anything, refused in clear words."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.formats import docx_read, sandbox
from advocacy.formats.docx import Block, Mark, Paper, Role, Run, Said, view
from advocacy.formats.docx_markdown import blocks_of, markdown_of
from advocacy.formats.docx_write import Piece, Sheet, write
from advocacy.formats.sandbox import Refused
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.text.markdown import render
from tests.word import files

READER = "advocacy.formats.docx_read"
DAY = "2026-11-22T09:00:00Z"


def sheet(*blocks: Block, language: str = "en", **more) -> Sheet:
    marks = more.pop("marks", ())
    piece = Piece(f"_c{'ab' * 16}123456", "paragraph", blocks, **more)
    said = (Said("0", "Forum", DAY, "A word"),) if piece.comments else ()
    return Sheet("Title", language, f"_p{'ef' * 16}_1", (), (piece,), marks, said, {}, ())


def words(paper: Paper, accept) -> str:
    return markdown_of(view([b for b in paper.blocks if b.role != Role.TITLE], accept))


def xml_of(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return box.read(name).decode()


LINE = st.text("abc dé*_[]`#->1.&;!\\(<مرحبا", min_size=1, max_size=30).map(str.strip)


@given(st.lists(st.tuples(LINE, st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_typed_words_survive_markdown_and_back(parts) -> None:
    block = Block(Role.TEXT, runs=tuple(Run(t, bold=b, italic=i) for t, b, i in parts if t))
    said = markdown_of([block])
    shown = blocks_of(render(said))
    assert "".join("".join(r.text for r in b.runs) for b in shown).split() == (
        "".join(run.text for run in block.runs).split()
    )


def test_every_kind_of_paragraph_comes_back_as_it_went() -> None:
    text = (
        "Four **clinics** and *wells*, [see](https://x.example/a).\nNew line\n\n"
        "- one\n    - two\n\n"
        "1. first\n2. second\n\n> said so\n\n`exact`\n\n# In between\n\n* * *\n\nEnd_of_it * here"
    )
    wanted = markdown_of(blocks_of(render(text)))
    data = write(sheet(*blocks_of(render(text))))
    assert words(docx_read.paper(data), lambda _m: True) == wanted


def test_tracked_changes_have_their_author_and_both_views() -> None:
    mark = Mark("Relief Network", DAY)
    block = Block(Role.TEXT, runs=(Run("old", gone=0), Run("new", ins=0), Run(" end")))
    data = write(sheet(block, marks=(mark,)))
    paper = docx_read.paper(data)
    assert paper.marks == (mark,)
    assert words(paper, lambda _m: False) == "old end"
    assert words(paper, lambda _m: True) == "new end"
    assert 'w:author="Relief Network"' in xml_of(data)


def test_arabic_runs_from_right_to_left() -> None:
    made = write(sheet(Block(Role.TEXT, runs=(Run("العيادات 12 WHO"),)), language="ar"))
    body = xml_of(made)
    assert "<w:bidi/>" in body
    assert '<w:rtl/></w:rPr><w:t xml:space="preserve">العيادات</w:t>' in body
    assert words(docx_read.paper(made), lambda _m: True) == "العيادات 12 WHO"


def test_a_file_holds_no_clock_and_no_name() -> None:
    made = write(sheet(Block(Role.TEXT, runs=(Run("x"),))))
    assert made == write(sheet(Block(Role.TEXT, runs=(Run("x"),))))
    assert "python-docx" not in xml_of(made, "docProps/core.xml")


def test_what_goes_through_the_sandbox_is_what_was_read() -> None:
    data = write(sheet(Block(Role.TEXT, runs=(Run("Four wells"),)), comments=("0",)))
    found = Paper.from_json(sandbox.read(READER, data, too_much="word.too-heavy"))
    assert found == docx_read.paper(data)
    assert found.comments == (Said("0", "Forum", DAY, "A word"),)


# --- what is refused ------------------------------------------------------------------------------


def good() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(write(sheet(Block(Role.TEXT, runs=(Run("x"),)))))) as box:
        return {name: box.read(name) for name in box.namelist()}


def many() -> bytes:
    return files.packed({**good(), **{f"word/x{n}.xml": b"" for n in range(2_001)}})


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, blob in good().items():
            box.writestr(name, blob)
        info = zipfile.ZipInfo("word/link.xml")
        info.external_attr = 0o120777 << 16
        box.writestr(info, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(files.packed(good()))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "empty": (b"", "word.empty-file"),
    "no zip": (b"Dear all, " * 20, "word.not-word"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "word.not-word"),
    "an old .doc": (OLE, "word.old-doc"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "word.locked"),
    "cut short": (files.packed(good())[:3000], "word.damaged"),
    "another zip": (files.packed({"a.txt": b"x"}), "word.not-word"),
    "a bomb": (files.packed({**good(), "word/media.xml": b"\0" * 60_000_000}), "word.bomb"),
    "many entries": (many(), "word.bomb"),
    "a path upwards": (files.packed({**good(), "../x.xml": b""}), "word.strange-names"),
    "an absolute path": (files.packed({**good(), "/etc/x": b""}), "word.strange-names"),
    "a link": (link(), "word.strange-names"),
    "locked entries": (locked(), "word.locked"),
    "macros": (files.packed({**good(), "word/vbaProject.bin": b"x"}), "word.macros"),
    "an object": (files.packed({**good(), "word/embeddings/oleObject1.bin": b"x"}), "word.macros"),
    "entities": (files.packed({**good(), "word/styles.xml": ENTITY}), "word.entities"),
    "broken markup": (files.packed({**good(), "word/document.xml": b"<x"}), "word.damaged"),
    "no words": (write(Sheet("", "en", "", (), (), (), (), {}, ())), "word.no-words"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_by_name(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(Refused) as caught:
        docx_read.paper(data)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["a bomb", "entities"])
def test_the_same_through_the_sandbox(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(Invalid) as caught:
        sandbox.read(READER, data, too_much="word.too-heavy")
    assert caught.value.reasons[0].code == code


def test_a_relation_to_another_host_is_only_words() -> None:
    parts = good()
    rels = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    there = 'Target="http://evil.example/t" TargetMode="External"'
    far = f'<Relationship Id="rX" Type="{kind}" {there}/>'
    parts["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>", far + "</Relationships>"
    ).encode()
    assert "x" in words(docx_read.paper(files.packed(parts)), lambda _m: True)


def test_a_reader_that_wants_too_much_memory_or_time_ends_alone(monkeypatch) -> None:
    monkeypatch.setattr(sandbox, "_START", "import sys; sys.path.insert(0, sys.argv[1]); {module}")
    limited = "from advocacy.formats.sandbox import _limit; _limit(); "
    with pytest.raises(TooLarge):
        sandbox.read(f"{limited} x = b'x' * 300_000_000", b"", too_much="word.too-heavy")
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    with pytest.raises(TooLarge):
        sandbox.read("exec('while True: pass')", b"", too_much="word.too-heavy")


def test_a_thousand_paragraphs_are_read_within_the_limits() -> None:
    data = write(sheet(*(Block(Role.TEXT, runs=(Run(f"Number {n}."),)) for n in range(1_000))))
    found = Paper.from_json(sandbox.read(READER, data, too_much="word.too-heavy"))
    assert len(found.blocks) == 1_001
