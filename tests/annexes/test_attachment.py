"""Which files may go with a text: known by what they hold, refused in words."""

import struct
import zlib
from typing import Any

import pytest

from advocacy.formats import sandbox
from advocacy.formats.attachment import MOST_BYTES, attachment, look
from advocacy.ground.errors import DomainError, Invalid, TooLarge
from advocacy.ground.reasons import Reason
from advocacy.web.reasons_of_files import FILES
from tests.annexes.files import docx, pdf, word_as_people_save_it, xlsx
from tests.logos.test_logos import SVG, chunk, jpeg, png

OUTSIDE = '<Relationships xmlns="{}"><Relationship Id="a" Type="x/{}" Target="http://a.example/" TargetMode="External"/></Relationships>'  # noqa: E501 - one line of XML
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


LARGE = struct.pack(">II", 30_000, 30_000)


def large_png() -> bytes:
    """Nine hundred million dots that take a hundred bytes until they are unpacked."""
    head = chunk(b"IHDR", LARGE + bytes((8, 2, 0, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look into files in this process: a new one for each would take most of the time."""

    def read(_module: str, data: bytes, *, too_much: str) -> Any:
        try:
            return look(data)
        except sandbox.Refused as error:
            raise Invalid(Reason(error.code, "file", error.facts)) from None

    monkeypatch.setattr(sandbox, "read", read)


def code(data: bytes) -> str:
    with pytest.raises(DomainError) as error:
        attachment(data)
    assert isinstance(error.value, Invalid | TooLarge)
    assert [reason.about for reason in error.value.reasons] == ["file"]
    found = error.value.reasons[0].code
    assert found in FILES
    return found.removeprefix("annexes.")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("data", "media", "tells"),
    [
        (pdf(), "pdf", ()),
        (pdf(inside=b"3 0 obj\n<< /Author (Dana) >>\nendobj\n"), "pdf", ("author",)),
        (pdf(packed=b"3 0 << /Author (Dana) >>"), "pdf", ("author",)),
        (docx(), "wordprocessingml.document", ()),
        (word_as_people_save_it(), "wordprocessingml.document", ("author",)),
        (docx("<ins>x</ins>"), "wordprocessingml.document", ("changes",)),
        (docx(word__comments_DOT_xml="<comments/>"), "wordprocessingml.document", ("comments",)),
        (xlsx(), "spreadsheetml.sheet", ()),
        (xlsx("hidden"), "spreadsheetml.sheet", ("hidden",)),
        (png(), "png", ()),
        (jpeg(), "jpeg", ()),
        (png(20, 4_000), "png", ()),
    ],
)
def test_a_file_is_known_by_what_it_holds_and_what_it_tells_is_told(
    data: bytes, media: str, tells: tuple[str, ...]
) -> None:
    found = attachment(data)
    assert found.media.endswith(media)
    assert found.tells == tells
    if media not in {"png", "jpeg"}:
        assert found.data == data


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "empty"),
        (pdf() + bytes(MOST_BYTES), "too-heavy"),
        (b"MZ" + bytes(90), "unknown"),
        (SVG, "unknown"),
        (b"<html><script>x()</script>", "unknown"),
        (b" " + pdf(), "unknown"),
        (b"%PDF-1.7\nhalf of it", "damaged"),
        (pdf(trailer=b"/Encrypt 4 0 R "), "locked"),
        (pdf(inside=b"<< /S /JavaScript /JS (x) >>"), "active"),
        (pdf(inside=b"<< /S /J#61vaScript /JS (x) >>"), "active"),
        (pdf(inside=b"<< /S /Launch /F (x) >>"), "active"),
        (pdf(packed=b"4 0 << /S /JavaScript >>"), "active"),
        (pdf(packed=bytes(70_000_000)), "bomb"),
        (pdf(packed=b"x").replace(b"stream\n\x78", b"stream\n\x00"), "damaged"),
        (docx()[:-60], "damaged"),
        (docx().replace(b"word/document.xml", b"word/dXcument.xml"), "damaged"),
        (docx(word__vbaProject_DOT_bin=b"x"), "active"),
        (docx(word___rels__a_DOT_rels=OUTSIDE.format(RELATIONS, "attachedTemplate")), "active"),
        (docx("a" * 9_000_000), "bomb"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (png()[:-20], "damaged"),
        (png(4, 4), "measure"),
        (png(30, 30).replace(struct.pack(">II", 30, 30), LARGE), "damaged"),
        (large_png(), "measure"),
        (jpeg(30_000, 30_000), "measure"),
        (png(20, 20, chunk(b"EVIL", b"x")), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_other_file_is_refused_in_words(data: bytes, wanted: str) -> None:
    assert code(data) == wanted


def test_files_are_looked_into_in_a_process_of_their_own() -> None:
    assert attachment(word_as_people_save_it()).tells == ("author",)
    assert code(pdf(inside=b"<< /S /JavaScript >>")) == "active"


@pytest.mark.usefixtures("here")
def test_an_address_to_click_on_is_no_danger() -> None:
    links = OUTSIDE.format(RELATIONS, "hyperlink")
    assert attachment(docx(word___rels__a_DOT_rels=links)).tells == ()


def test_hidden_places_in_a_picture_fall_away() -> None:
    hidden = b"Dana, 33.51N 36.29E"
    found = attachment(png(20, 20, chunk(b"tEXt", b"Author\0" + hidden), tail=hidden))
    assert hidden not in found.data


@pytest.mark.parametrize("make", [png, jpeg])
def test_a_picture_that_is_an_archive_too_is_a_picture_alone(make: Any) -> None:
    found = attachment(make(20, 20, tail=docx()))
    assert b"PK" not in found.data
