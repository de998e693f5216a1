"""Footnotes of a Word file: real ones, in both directions, that other programs read too."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from lxml import etree

from advocacy.formats.docx import Block, Role, Run
from advocacy.formats.docx_notes import Note
from advocacy.formats.docx_write import Piece, Sheet, write
from tests.word.files import W

SOFFICE = shutil.which("soffice")
NOTES = (Note("Harbour <b> & “Sons”", "By night too."), Note("منظمة الميناء", "وليلًا أيضًا."))


def sheet(language: str = "en", notes: tuple[Note, ...] = NOTES) -> bytes:
    words = ("Let clinics move.", "Open the road.", "Say so.")
    calls: tuple[tuple[int, ...], ...] = ((1,), (), (2, 1)) if notes else ((), (), ())
    pieces = tuple(
        Piece("", "paragraph", (Block(Role.TEXT, 0, (Run(said),)),), notes=call)
        for said, call in zip(words, calls, strict=True)
    )
    return write(Sheet("Clinics", language, "", (), pieces, (), (), {}, (), notes=notes))


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def all_of(root: Any, name: str) -> list[Any]:
    return list(root.iter(f"{{{W}}}{name}"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_note_is_a_footnote_where_it_is_first_called_and_a_number_after(language: str) -> None:
    data = sheet(language)
    text = part(data, "word/document.xml")
    assert [node.get(f"{{{W}}}id") for node in all_of(text, "footnoteReference")] == ["1", "2"]
    (again,) = all_of(text, "fldSimple")
    assert "NOTEREF _note1 " in again.get(f"{{{W}}}instr")
    marks = [node.get(f"{{{W}}}id") for node in all_of(text, "bookmarkStart")]
    assert len(set(marks)) == len(marks)
    notes = all_of(part(data, "word/footnotes.xml"), "footnote")
    kinds = [node.get(f"{{{W}}}type") for node in notes]
    assert kinds == ["separator", "continuationSeparator", None, None]
    said = ["".join(node.text for node in all_of(note, "t")) for note in notes[2:]]
    assert said == [f" {one.name}: {one.words}" for one in NOTES]
    from_right = [bool(all_of(note, "bidi")) for note in notes[2:]]
    assert from_right == [language == "ar", True]
    told = all_of(part(data, "word/settings.xml"), "footnotePr")
    assert len(all_of(told[0], "footnote")) == 2


def test_word_knows_the_part_its_kind_and_its_styles() -> None:
    document = docx.Document(io.BytesIO(sheet()))
    names = {style.style_id for style in document.styles}
    assert {"FootnoteText", "FootnoteReference"} <= names
    kinds = [one.target_part.content_type for one in document.part.rels.values()
             if not one.is_external]  # fmt: skip
    assert sum(kind.endswith("footnotes+xml") for kind in kinds) == 1
    assert [p.text for p in document.paragraphs][1] == "Let clinics move."
    again = io.BytesIO()
    document.save(again)
    assert len(all_of(part(again.getvalue(), "word/footnotes.xml"), "footnote")) == 4


def test_a_file_without_notes_has_no_such_part() -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(notes=()))) as package:
        assert "word/footnotes.xml" not in package.namelist()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_another_program_sets_them_at_the_foot_of_the_page(tmp_path: Path) -> None:
    """LibreOffice takes some seconds to start: both directions in one go."""
    paths = []
    for language in ("en", "ar"):
        paths.append(tmp_path / f"{language}.docx")
        paths[-1].write_bytes(sheet(language))
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/home", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for path in paths:
        (page,) = pypdf.PdfReader(path.with_suffix(".pdf")).pages
        words = page.extract_text()
        assert words.index("Say so.") < words.index("By night too."), path
        assert re.search(r"Say so\. ?2 1", words), path
        assert words.count("By night too.") == 1
        assert words.count("ا") > 2
