"""What a file says of its writers is taken out of it, and it is still the same file."""

import io
import zipfile

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from advocacy.formats import attachment, bare, docx_read
from advocacy.formats.attachment import Attachment
from tests.annexes.files import docx, pdf, xlsx
from tests.logos.test_logos import jpeg

NAME = "Dana Halloran"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word() -> bytes:
    made, kept = Document(), io.BytesIO()
    paragraph = made.add_paragraph("Twelve houses")
    made.add_comment(paragraph.runs, text="Look here", author=NAME, initials="DH")
    made.core_properties.author = made.core_properties.last_modified_by = NAME
    made.core_properties.title = NAME
    made.save(kept)
    return kept.getvalue()


def parts(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return b"\n".join(box.read(name) for name in box.namelist())


def test_of_a_word_file_its_words_stay_and_its_writers_go() -> None:
    given = word()
    assert NAME.encode() in parts(given)
    made = bare.strip(given)
    assert NAME.encode() not in parts(made)
    assert b'"DH"' not in parts(made)
    opened = Document(io.BytesIO(made))
    assert [p.text for p in opened.paragraphs] == ["Twelve houses"]
    assert opened.core_properties.author == ""
    assert "Twelve houses" in "".join(b.words for b in docx_read.paper(made).blocks)
    assert attachment.look(made)[1] == ["comments"]


def test_of_a_sheet_those_who_commented_go() -> None:
    given = docx(
        xl__comments1_DOT_xml=f"<comments><authors><author>{NAME}</author></authors></comments>",
        xl__persons__person_DOT_xml=f'<personList><person displayName="{NAME}"/></personList>',
        docProps__app_DOT_xml=f"<Properties><Company>{NAME}</Company></Properties>",
    )
    assert NAME.encode() not in parts(bare.strip(given))
    assert attachment.look(bare.strip(xlsx("hidden")))[1] == ["hidden"]


def test_of_a_pdf_the_rest_does_not_move() -> None:
    made, kept = PdfWriter(), io.BytesIO()
    made.add_blank_page(200, 200)
    made.add_metadata({"/Author": NAME, "/Title": "Map (new)"})
    made.write(kept)
    bared = bare.strip(kept.getvalue())
    assert len(bared) == len(kept.getvalue())
    read = PdfReader(io.BytesIO(bared))
    assert (read.metadata.author or "").strip() == ""
    assert read.metadata.title == "Map (new)"
    assert len(read.pages) == 1
    assert attachment.look(bared)[1] == []


@pytest.mark.parametrize(
    "inside",
    [
        b"<< /Author (Dana \\(the\\) Halloran) >>",
        b"<< /Author <44616e61> >>",
        b"<dc:creator><rdf:Seq><rdf:li>Dana</rdf:li></rdf:Seq></dc:creator>",
    ],
)
def test_a_name_in_a_pdf_is_blanked_however_it_is_written(inside) -> None:
    made = bare.strip(pdf(inside=inside))
    assert b"Dana" not in made
    assert b"44616e61" not in made
    assert b"Halloran" not in made


def test_what_is_packed_in_a_pdf_is_told() -> None:
    made = bare.bare(Attachment("application/pdf", pdf(packed=b"3 0 << /Author (Dana) >>")))
    assert made.tells == ("author",)


def test_a_picture_is_bare_already() -> None:
    given = Attachment("image/jpeg", jpeg())
    assert bare.bare(given) is given
