"""Files that real programs saved: LibreOffice and python-docx. The small ones lie in tests/files.

`original` with `worked_on` done to it, opened and saved by LibreOffice, is `libreoffice.docx`; it
is made again by every run on a machine that has LibreOffice.
"""

import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from advocacy.copies.queries import _Making
from advocacy.formats.docx import Paper
from advocacy.formats.docx_clauses import draft
from advocacy.formats.docx_write import Sheet, write
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
SOFFICE = shutil.which("soffice")


def as_file(clauses, html=()) -> bytes:
    making = _Making(clauses, LABELS, dict(html))
    pieces = making.pieces([], is_draft=True)
    about = {"position": str(UUID(int=99)), "version": "", "number": "0", "title": "Clinics"}
    mark = f"_p{UUID(int=99).hex}_0"
    return write(
        Sheet("Clinics", "en", mark, LABELS.lines, tuple(pieces), (), (), about, making.rows())
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


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    (folder / "in").mkdir()
    (folder / "in" / "text.docx").write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/home", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(folder), f"{folder}/in/text.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "text.docx").read_bytes()


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
    look(through_libreoffice(worked_on(), tmp_path))
    (tmp_path / "again").mkdir()
    untouched = through_libreoffice(original(), tmp_path / "again")
    assert [one for one in found_in(paper(untouched))[1] if one.state is not Fate.NOTHING] == []


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
