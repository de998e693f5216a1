"""Files of a text: complete, exact, and with no trace of who is not named."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest

from advocacy.adoptions import actions as adopting
from advocacy.adoptions import queries as adoptions
from advocacy.adoptions.rules import Said
from advocacy.drafting.rules import NewClause
from advocacy.organisations import actions as organisations
from advocacy.signoff import actions as signoff
from tests.browser import Browser
from tests.editions.conftest import Files, Make, Over
from tests.releases.conftest import RESERVED
from tests.signoff import scene
from tests.world import NOW

WAYS = ("pdf", "word", "html")
MIXED: dict[str, dict[str, object]] = {
    "legal": {"outside": "named", "shown_name": "Harbour Legal Aid (HLA)"},
    "women": {"outside": "counted"},
    "rights": {"outside": "private"},
    "cluster": {"kind": "decline", "note": "We were not asked in time."},
}
HOSTILE = '#read("/etc/passwd") #eval("1+1") $ x $ <script>alert(1)</script> \\u{41} @note-1'


@pytest.mark.parametrize("way", WAYS)
def test_a_file_holds_the_text_the_names_and_nothing_of_the_others(
    over: Make, files: Callable[..., Files], way: str
) -> None:
    done = over(MIXED)
    done.check()
    got = files(done.publish())
    words = got.words(way)
    flat = " ".join(words.split())
    assert "Four clinics have been turned back since October" in flat
    assert "Harbour Legal Aid (HLA)" in flat
    assert "1 organisation" in flat
    assert done.round_.content_hash[:12] in flat
    assert "The organisations listed under it" in flat
    for hidden in ("Women", "Rights", "Cluster", "Relief Network", "Relief Person", "in time"):
        assert hidden not in flat
    assert not re.search(r"Clinics|Blue|clinics", got.name)
    for unnamed in ("women", "rights", "cluster", "relief"):
        assert str(done.world.organisations[unnamed]) not in words


@pytest.mark.parametrize("way", WAYS)
def test_lowering_takes_a_name_out_of_the_next_file_at_once(
    over: Make, files: Callable[..., Files], way: str
) -> None:
    done = over({"legal": {"outside": "named"}, "women": {"outside": "named"}})
    done.check()
    got = files(done.publish())
    assert "Harbour Legal Aid" in got.words(way)
    legal = done.actor("legal")
    with done.database.writing(legal) as session:
        signoff.lower(session, legal, done.round_.id, outside="private", inside="nobody")
    after = got.words(way)
    assert "Harbour" not in after
    assert "Blue Valley Women" in " ".join(after.split())


@pytest.mark.parametrize("way", ["pdf", "word"])
def test_the_same_list_gives_the_same_bytes_whoever_is_unnamed(
    over: Make, files: Callable[..., Files], way: str
) -> None:
    """A file says nothing of who else took part, nor of when: only its own `as of`."""
    done = over(MIXED)
    done.check()
    release = done.publish()
    one = files(release).raw(way)
    rights = done.actor("rights")
    with done.database.writing(rights) as session:
        signoff.lower(session, rights, done.round_.id, outside="private", inside="nobody")
    assert files(release).raw(way) == one
    assert files(release, "women").raw(way) == one


@pytest.mark.parametrize("way", WAYS)
def test_the_body_that_adopted_it_stands_apart_from_who_signed(
    over: Make, files: Callable[..., Files], way: str
) -> None:
    done = over({"legal": {"outside": "named"}})
    adopt(done, "Advisory group", "adopts")
    adopt(done, "The coordinator", "clears")
    done.check()
    flat = " ".join(re.sub(r"<[^>]*>", " ", files(done.publish()).words(way)).split())
    got = flat[flat.index("Adopted by") :]
    assert re.search(r"Adopted by .{0,9}Advisory group\. Adopted on 22 November 2026", got)
    assert "The coordinator. Cleared on 22 November 2026" in got
    before, signed = got.split("Who stands behind it")
    assert "Harbour" not in before
    assert "Harbour Legal Aid" in signed
    assert "Advisory" not in signed
    assert "1 organisation" in signed


@pytest.mark.parametrize("way", WAYS)
def test_a_text_that_no_body_adopted_says_nothing_of_it(
    over: Make, files: Callable[..., Files], way: str
) -> None:
    done = over({"legal": {"outside": "named"}})
    done.check()
    assert "Adopted" not in files(done.publish()).words(way)


def adopt(done: Over, name: str, deed: str) -> None:
    """A body of the workspace decided on the version of the round."""
    cluster, lead = done.actor("cluster"), done.actor("relief")
    with done.database.writing(cluster) as session:
        space = done.world.workspace_id
        body = organisations.found_body(session, cluster, workspace_id=space, name=name).id
    said = Said("adopted", NOW.date(), "The chair", minutes="Nobody spoke against it.")
    with done.database.writing(lead) as session:
        of = done.scene.position_id
        ids = [row.id for row in adoptions.steps(session, lead, done.round_.version_id)]
        last = [done.round_.version_id, *ids][-1]
        step = adopting.plan(session, lead, of, body_id=body, deed=deed, after=last)
        adopting.record(session, lead, step.id, said, after=None)


def test_a_printed_reservation_is_a_footnote_of_its_clause(
    over: Make, files: Callable[..., Files]
) -> None:
    done = over({"women": {"outside": "named"}, "legal": RESERVED})
    done.check()
    got = files(done.publish())
    pdf = " ".join(got.words("pdf").split())
    assert re.search(r"move by day\. ?1", pdf)
    assert "Harbour Legal Aid: By night too." in pdf
    raw = got.raw("word")
    lines = docx.Document(io.BytesIO(raw)).paragraphs
    (called,) = [p for p in lines if "footnoteReference" in p._p.xml]
    assert called.text.endswith("move by day.")
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        notes = package.read("word/footnotes.xml").decode()
    assert re.sub(r"<[^>]*>", "", notes).strip() == "Harbour Legal Aid: By night too."
    assert "By night too." in got.words("html")


def test_notes_are_numbered_as_the_text_calls_them_and_a_lowered_one_leaves_no_part(
    over: Make, files: Callable[..., Files]
) -> None:
    early = RESERVED | {"note": "In May.", "clauses": (1, 2)}
    done = over({"legal": RESERVED, "women": early | {"shown_name": "Women"}})
    done.check()
    got = files(done.publish())
    pdf, html = " ".join(got.words("pdf").split()), got.words("html")
    assert re.search(r"since October\. ?1 .*move by day\. ?1 2", pdf)
    assert html.index('id="note-1"><bdi>Women') < html.index('id="note-2"><bdi>Harbour')
    with zipfile.ZipFile(io.BytesIO(got.raw("word"))) as package:
        notes = package.read("word/footnotes.xml").decode()
    assert notes.index("In May.") < notes.index("By night too.")
    for key in ("legal", "women"):
        actor = done.actor(key)
        with done.database.writing(actor) as session:
            signoff.lower(session, actor, done.round_.id, outside="private", inside="nobody")
    with zipfile.ZipFile(io.BytesIO(got.raw("word"))) as package:
        assert "word/footnotes.xml" not in package.namelist()
        assert b"FootnoteReference" not in package.read("word/styles.xml")


@pytest.mark.parametrize("way", WAYS)
def test_hostile_words_are_words(over: Make, files: Callable[..., Files], way: str) -> None:
    clauses = (NewClause("paragraph", HOSTILE[:60], HOSTILE), *scene.CLAUSES)
    done = over({"legal": {"outside": "named", "shown_name": HOSTILE[:40]}}, clauses=clauses)
    done.check()
    words = files(done.publish()).words(way)
    assert "root:" not in words
    assert way == "pdf" or "<script>" not in words
    assert "eval" in words


def test_arabic_runs_from_the_right_and_its_words_can_be_read_out(
    over: Make, files: Callable[..., Files]
) -> None:
    clauses = (
        NewClause("heading", "ما يحدث", ""),
        NewClause("paragraph", "", "يجب السماح للعيادات بالمرور دون تأخير (المادة 12)."),
    )
    done = over(
        {"legal": {"outside": "named"}}, clauses=clauses, language="ar", title="افتحوا المعابر"
    )
    done.check()
    got = files(done.publish())
    reader = got.pdf()
    text = reader.pages[0].extract_text()
    for word in ("المعابر", "للعيادات", "بالمرور", "يحدث", "Harbour Legal Aid"):
        assert word in text
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ar"
    xml = docx.Document(io.BytesIO(got.raw("word"))).element.xml
    assert "<w:bidi/>" in xml
    assert 'dir="rtl"' in got.words("html")


def test_a_pdf_is_one_that_a_screen_reader_can_follow(
    over: Make, files: Callable[..., Files]
) -> None:
    done = over(MIXED)
    done.check()
    reader = files(done.publish()).pdf()
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert set(reader.metadata or {}) == {"/Title", "/Creator"}


def test_letters_that_no_font_of_ours_has_are_refused_in_words(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({"legal": {"outside": "named", "shown_name": "漢字"}})
    done.check()
    at = f"/editions/{done.publish()}"
    assert "Take the Word file instead" in client("").get(f"{at}/pdf", 422)
    assert client("").client.get(f"{at}/word").status_code == 200


def test_a_private_edition_is_for_those_who_took_part(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({"legal": {"outside": "named"}}, channel="private")
    done.check()
    release = done.publish(delivered_to="The Governor, by hand.")
    for way in WAYS:
        client("").get(f"/editions/{release}/{way}", 404)
        client("donor").get(f"/editions/{release}/{way}", 404)
        assert client("legal").client.get(f"/editions/{release}/{way}").status_code == 200
    assert "Private edition" in client("legal").get(f"/releases/{release}")
