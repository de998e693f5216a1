"""Logos in files: of those who said yes to it and are named for everybody, and nobody else."""

import base64
import io
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import docx
import pypdf
import pytest
from pypdf.generic import NullObject

from advocacy.channels import actions as channels
from advocacy.channels.rules import Readers
from advocacy.editions import rules
from advocacy.formats import pdf
from advocacy.formats.docx import Block, Role, Run
from advocacy.formats.pictures import Logo, Picture
from advocacy.logos import actions as logos
from advocacy.logos import queries as of_logos
from advocacy.releases import actions as releasing
from advocacy.releases import queries as releases
from advocacy.signoff import actions as signoff
from tests.editions.conftest import Files, Make, Over
from tests.logos.test_logos import chunk, jpeg, png
from tests.releases.conftest import RESERVED

NAME = 'Harbour "Legal" & <Aid>'
YES: dict[str, object] = {"outside": "named", "inside": "all", "logo": True}
Open = Callable[..., Files]


def give(done: Over, key: str, data: bytes) -> None:
    actor = done.actor(key)
    with done.database.writing(actor) as session:
        logos.put(session, actor, data, after=None)


@pytest.fixture
def out(over: Make) -> tuple[Over, UUID]:
    """Legal and the Forum said yes; Women are named without, Rights are counted; all have one."""
    done = over(
        {
            "legal": RESERVED | YES | {"shown_name": NAME},
            "forum": YES,
            "women": {"outside": "named"},
            "rights": {"outside": "counted"},
        }
    )
    for number, key in enumerate(("legal", "women", "rights")):
        give(done, key, png(30 + number, 20))
    give(done, "forum", jpeg(60, 20))
    done.check()
    return done, done.publish()


def heard(files: Files) -> dict[str, list[str]]:
    """What each file says of its pictures to those who hear, and how many pictures it holds."""
    sheet = docx.Document(io.BytesIO(files.raw("word")))
    word = [shape._inline.docPr.get("descr") for shape in sheet.inline_shapes]
    held = [p for p in sheet.part.package.parts if p.partname.startswith("/word/media/")]
    assert len(held) == len(word)
    html = files.raw("html").decode()
    pages = files.pdf().pages
    assert sum(len(page.images) for page in pages) == len(word)
    return {
        "word": word,
        "html": re.findall(r'<img src="data:image/[a-z]+;base64,[^"]+" alt="([^"]*)"', html),
        "pdf": alternatives(files.pdf()),
    }


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """What a PDF says in place of its pictures, in the order in which it is heard."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            found.extend([str(node["/Alt"])] if "/Alt" in node else [])
            walk(node.get("/K", NullObject()))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_a_file_has_the_logos_of_those_who_said_yes_and_their_names_for_those_who_hear(
    out: tuple[Over, UUID], files: Open
) -> None:
    done, release_id = out
    got = heard(files(release_id))
    assert got["word"] == [NAME, "Testland NGO Forum"]
    assert len(got["html"]) == 2
    assert "&lt;Aid&gt;" in got["html"][0]
    assert got["pdf"] == got["word"]
    with done.database.reading(done.actor("rights")) as session:
        mine = of_logos.mine(session, done.actor("rights"))
        assert mine is not None
        hidden = base64.b64encode(mine.data).decode()
    assert hidden not in files(release_id).raw("html").decode()
    assert heard(files(release_id, "women")) == got, "a file is the same for who takes it"


@pytest.mark.parametrize("how", ["lowered", "left out", "taken away"])
def test_it_is_gone_from_every_file_at_once(out: tuple[Over, UUID], files: Open, how: str) -> None:
    done, release_id = out
    for key in ("legal", "forum"):
        actor = done.actor(key)
        with done.database.writing(actor) as session:
            if how == "lowered":
                signoff.lower(session, actor, done.round_.id, outside="counted", inside="nobody")
            elif how == "left out":
                quiet = [Readers.EVERYBODY]
                channels.choose(session, actor, done.round_.id, left_out=quiet, after=None)
            else:
                head = of_logos.head(session, actor)
                assert head is not None
                logos.remove(session, actor, after=head.id)
    for key in ("", "relief"):
        assert heard(files(release_id, key)) == {"word": [], "html": [], "pdf": []}


def test_a_withdrawn_text_has_none(out: tuple[Over, UUID]) -> None:
    done, release_id = out
    lead = done.actor("relief")
    with done.database.writing(lead) as session:
        assert releases.with_logo(session, lead, release_id)
        releasing.end(session, lead, release_id, kind="withdrawn", reason="It was wrong.")
        assert releases.with_logo(session, lead, release_id) == {}


def of(data: bytes, media: str = "image/png", dots: int = 20, name: str = "Harbour") -> Logo:
    return Logo(name, Picture(media, dots, dots, data))


def test_a_broken_picture_leaves_the_name_and_the_other_pictures() -> None:
    name = pdf.Line(Block(Role.BULLET, 0, (Run("Harbour Legal Aid"),)))
    broken = (of(png()[:70]), of(png()), of(b"\xff\xd8\xff\xd9", "image/jpeg"))
    lines = (name, pdf.Line(Block(Role.TEXT, 0, (Run(""),)), logos=broken))
    made = pdf.draw(pdf.Paper("Clinics", "en", lines))
    (page,) = pypdf.PdfReader(io.BytesIO(made)).pages
    assert "Harbour Legal Aid" in page.extract_text()
    assert len(page.images) == 1


def test_a_picture_that_nobody_can_draw_is_no_empty_frame_in_any_file(
    out: tuple[Over, UUID], files: Open
) -> None:
    done, release_id = out
    legal = done.actor("legal")
    head = struct.pack(">IIBBBBB", 20, 20, 8, 3, 0, 0, 0)  # of a palette that is not there
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(bytes(21 * 20))), (b"IEND", b"")
    broken = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)
    with done.database.writing(legal) as session:
        mine = of_logos.mine(session, legal)
        assert mine is not None
        logos.put(session, legal, broken, after=mine.id)
    got = heard(files(release_id))
    assert (got["word"], len(got["html"]), got["pdf"]) == (
        ["Testland NGO Forum"], 1, ["Testland NGO Forum"],
    )  # fmt: skip


def test_a_file_stays_small_the_largest_logos_are_left_to_their_names() -> None:
    small = [of(bytes(100 + n), name=f"{n}") for n in range(3)]
    heavy = of(bytes(rules.MOST_BYTES - 200))
    wide = of(bytes(500), dots=5_000)
    assert rules.fitting([heavy, small[2], small[0]]) == (small[2], small[0])
    assert rules.fitting([wide, *small]) == tuple(small)
    assert rules.fitting([]) == ()
