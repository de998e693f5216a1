"""Files that real programs saved: LibreOffice and python-docx. The small ones lie in tests/files.

`original` with `worked_on` done to it, opened and saved by LibreOffice, is `libreoffice.docx`; it
is made again by every run on a machine that has LibreOffice.
"""

import io
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from uuid import UUID

import docx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from advocacy.copies.queries import _Making
from advocacy.drafting.rules import one_line
from advocacy.formats.docx import Paper
from advocacy.formats.docx_clauses import draft
from advocacy.formats.docx_write import Sheet, write
from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause
from advocacy.word import mapper
from advocacy.word.rows import Fate, What
from tests.word import files
from tests.word.files import FILES, LABELS, edited, paper

CIDS = [UUID(int=n) for n in range(1, 6)]
CLAUSES = [
    Clause(CIDS[0], "heading", "What is happening", ""),
    Clause(CIDS[1], "paragraph", "", "Four **clinics** have been turned back since October."),
    Clause(CIDS[2], "paragraph", "Water", "Wells are dry.\n\n- in Al Noor\n- in the *valley*"),
    Clause(CIDS[3], "paragraph", "", "العيادات في الوادي مغلقة."),
    Clause(CIDS[4], "recommendation", "", "We ask the Governor to let clinics move by day."),
]
SIGNS = "ab cé &<>\"'*_`[](){}#-.!|~\\1:/@\n\t\u200f\u00a0مرحبا العيادات שלום 語😀"
WORDS = st.text(SIGNS, max_size=60).map(normalise)
SOFFICE = shutil.which("soffice")


def as_file(clauses, html=(), *, language="en") -> bytes:
    making = _Making(clauses, LABELS, dict(html))
    pieces = making.pieces([], is_draft=True)
    about = {"position": str(UUID(int=99)), "version": "", "number": "0", "title": "Clinics"}
    mark = f"_p{UUID(int=99).hex}_0"
    return write(
        Sheet("Clinics", language, mark, LABELS.lines, tuple(pieces), (), (), about, making.rows())
    )


def original() -> bytes:
    return as_file(CLAUSES)


def worked_on() -> bytes:
    def change(root):
        files.track(root, "since October", "since 3 October")
        files.retype(root, "Wells are", "Six wells are")
        files.insert_after(root, "العيادات", "A new clause.", style="Clause")
        files.delete_paragraph(root, "We ask the Governor")

    return files.comment(edited(original(), change), "clinics", "Name them.")


def found_in(read: Paper, clauses=CLAUSES):
    known = {row["key"]: "" for row in read.part["known"]}
    base = mapper.Base({c.cid: c for c in clauses}, "Clinics", frozenset(LABELS.lines), known)
    return read, mapper.findings(read, base)


@settings(max_examples=8, phases=[Phase.generate], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["paragraph", "recommendation"]), WORDS, WORDS), max_size=4),
    st.sampled_from(["en", "ar"]),
)
def test_whatever_is_written_opens_everywhere_and_comes_back_as_it_went(parts, language) -> None:
    clauses = [
        Clause(UUID(int=n), kind, one_line(head), words or "-")
        for n, (kind, head, words) in enumerate([("paragraph", "", "First."), *parts], 1)
    ]
    data = as_file(clauses, language=language)
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        for name in box.namelist():
            tree = etree.parse(io.BytesIO(box.read(name)), etree.XMLParser(load_dtd=False))
            assert tree.docinfo.doctype == ""
    body = docx.Document(io.BytesIO(data)).element.body
    shown = "".join(node.text or "" for node in body.iter(f"{{{files.W}}}t"))
    for run in body.iter(f"{{{files.W}}}r"):
        words = "".join(node.text or "" for node in run.iter(f"{{{files.W}}}t"))
        is_rtl = run.find(f"{{{files.W}}}rPr/{{{files.W}}}rtl") is not None
        letters = filter(str.isalpha, words)
        assert is_rtl or not any(unicodedata.bidirectional(one) in {"R", "AL"} for one in letters)
    read, found = found_in(paper(data), clauses)
    assert [one for one in found if one.state is not Fate.NOTHING] == []
    marked = [name for block in read.blocks for name in block.starts if name.startswith("_c")]
    assert marked == [f"_c{one.cid.hex}{one.hash[:6]}" for one in clauses]
    assert all(word in shown for one in clauses for word in one.heading.split())


def through_libreoffice(folder: Path, *files_in: bytes) -> list[bytes]:
    (folder / "in").mkdir()
    paths = [folder / "in" / f"text{n}.docx" for n, _data in enumerate(files_in)]
    for path, data in zip(paths, files_in, strict=True):
        path.write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/home", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [(folder / path.name).read_bytes() for path in paths]


def look(data: bytes) -> None:
    read, found = found_in(paper(data))
    todo = [one for one in found if one.state is not Fate.NOTHING]
    whats = {(one.what, one.cid or one.after) for one in todo}
    assert whats == {
        (What.REPLACEMENT, CIDS[1]),
        (What.REPLACEMENT, CIDS[2]),
        (What.INSERTION, CIDS[3]),
        (What.DELETION, CIDS[4]),
        (What.COMMENT, CIDS[1]),
    }
    by = {one.cid: one for one in todo if one.what is What.REPLACEMENT}
    assert by[CIDS[1]].wording == "Four **clinics** have been turned back since 3 October."
    assert by[CIDS[2]].wording == "Six wells are dry.\n\n- in Al Noor\n- in the *valley*"
    assert not by[CIDS[1]].is_untracked
    assert by[CIDS[2]].is_untracked
    assert next(one for one in todo if one.what is What.COMMENT).quote == "clinics"
    assert sum(one.count for one in found) == read.count


def test_changes_before_they_pass_through_an_office() -> None:
    look(worked_on())


def test_a_file_that_libreoffice_saved() -> None:
    look((FILES / "libreoffice.docx").read_bytes())


@pytest.mark.skipif(SOFFICE is None, reason="there is no LibreOffice on this machine")
def test_the_same_saved_by_libreoffice_now(tmp_path) -> None:
    talked = files.answer(files.comment(original(), "clinics", "Name them."), "Name", "Not yet.")
    changed, untouched, talk = through_libreoffice(tmp_path, worked_on(), original(), talked)
    look(changed)
    assert [one for one in found_in(paper(untouched))[1] if one.state is not Fate.NOTHING] == []
    # LibreOffice 7.4 keeps both comments and drops which one answers which.
    said = [one for one in found_in(paper(talk))[1] if one.what is What.COMMENT]
    assert {(one.wording, one.cid) for one in said} == {
        ("Name them.", CIDS[1]),
        ("Not yet.", CIDS[1]),
    }


def test_a_file_that_python_docx_wrote_becomes_clauses() -> None:
    read = paper((FILES / "foreign.docx").read_bytes())
    title, clauses = draft(read)
    assert title == "Wells of Al Noor"
    assert [(c.kind, c.heading, c.text) for c in clauses] == [
        ("heading", "What is happening", ""),
        ("paragraph", "", "Forty wells are dry, **and the rest are salty**."),
        ("heading", "We ask", ""),
        ("paragraph", "", "Open the wells by May."),
        ("paragraph", "", "Publish the tests."),
    ]
    rest = [(one.what, one.why, one.wording) for one in mapper.asides(read)]
    assert rest == [
        (What.WORDS, "word.in-table", "Al Noor\n12 wells"),
        (What.COMMENT, "word.of-new-text", "Check the number."),
    ]
