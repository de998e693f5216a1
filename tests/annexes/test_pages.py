"""Annexes by the pages: the draft's list, what answers read, what goes out with a release."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from advocacy.annexes import queries
from advocacy.formats import attachment
from advocacy.ground import clock
from advocacy.ground.unit import Database
from advocacy.positions import queries as positions
from advocacy.releases import actions as releases
from advocacy.releases.rules import Opening
from tests.annexes.files import pdf, word_as_people_save_it
from tests.browser import Browser
from tests.logos.test_logos import SVG
from tests.releases.conftest import AFTER, Make, Over
from tests.releases.conftest import over as over
from tests.signoff import scene
from tests.world import World

Open = Callable[[str], Browser]


def draft(database: Database, world: World) -> str:
    """The page of the annexes of a text of Relief Network, which Legal takes part in."""
    relief = world.actor("relief")
    with database.writing(relief) as session:
        return f"/annexes/of/{scene.start(session, relief, world, circle=('legal',))}"


def sent(title: str, data: bytes, name: str = "<img src=x>/../a.exe") -> dict[str, object]:
    return {"title": title, "file": (BytesIO(data), name)}


def test_adding_changing_and_removing_by_the_pages(
    database: Database, world: World, client: Open
) -> None:
    relief, path = client("relief"), draft(database, world)
    assert "No file goes with this text." in relief.get(path)
    assert "at most 10 MB, all together 30 MB, at most 10 files" in relief.last
    relief.post(path, sent("خريطة <b>one</b>", word_as_people_save_it()))
    page = relief.get(path)
    assert "&lt;b&gt;one&lt;/b&gt;" in page
    assert "It says who wrote it." not in page
    assert "a.exe" not in page
    relief.post(path, sent("Roads", pdf()))
    href = relief.get(path).split("<bdi>PDF</bdi>")[1].split('href="')[1].split('"')[0]
    got = client("legal").client.get(href)
    assert got.data == pdf()
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="annex-')
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]
    for key in ("rights", "donor", "observer"):
        assert client(key).client.get(href).status_code == 404
    assert client("").client.get(href).status_code != 200
    edit = relief.get(path).split("Change or remove")[1].split('href="')[-1].split('"')[0]
    read = relief._hidden(relief.get(edit), "based_on")
    relief.post(edit, {"title": "Roads by day", "number": "1", "based_on": read})
    assert 'Annex 1. <bdi dir="auto">Roads by day' in " ".join(relief.get(path).split())
    answer = relief.post(edit, {"title": "Mine", "number": "1", "based_on": read}, status=409)
    page = answer.get_data(as_text=True)
    assert 'value="Mine"' in page
    assert "Roads by day" in page
    now = relief._hidden(page, "based_on")
    relief.post(edit, {"title": "Mine", "number": "one", "based_on": now}, status=422)
    relief.post(f"{edit}/remove", {"based_on": now}, page=edit)
    assert "Roads" not in relief.get(path)
    assert "Add this annex" not in client("legal").get(path)


def test_a_refused_file_is_told_in_words_and_the_title_stays(
    database: Database, world: World, client: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment, "MOST_BYTES", 1_000)
    relief, path = client("relief"), draft(database, world)
    relief.post(path, sent("Map", pdf()))
    for data, status, words in (
        (b"", 422, "Choose a file that is not empty."),
        (SVG, 422, "This is no PDF, Word, Excel, PNG or JPEG file."),
        (pdf(), 422, "This very file is annex 1 already."),
        (pdf() + bytes(1_000), 413, ""),
    ):
        answer = relief.post(path, sent("Roads of <i>", data), status=status)
        page = answer.get_data(as_text=True)
        assert words in page
        assert status == 413 or "Roads of &lt;i&gt;" in page
    answer = relief.post(path, {"title": "No file"}, status=422)
    assert "Choose a file that is not empty." in answer.get_data(as_text=True)
    answer = relief.post(path, sent("", pdf(trailer=b" ")), status=422)
    assert "Write a title." in answer.get_data(as_text=True)


def annexed(over: Make) -> tuple[Over, str]:
    """A round over a text with two annexes, and the address of the first one's file."""
    done = over({"legal": {"outside": "named"}}, annexes=("Map of wells", "Roads"))
    done.check()
    return done, f"/annexes/files/{done.scene.version.annexes[0].file_id}"


def test_who_answers_reads_them_first_and_the_pack_names_them(over: Make, client: Open) -> None:
    done, href = annexed(over)
    clock.freeze(AFTER - timedelta(hours=2))
    legal = client("legal")
    page = " ".join(legal.get(f"/signoff/{done.round_.id}").split())
    assert 'Annex 2. <bdi dir="auto">Roads' in page
    assert "<bdi>PDF</bdi> · <bdi>1 kB</bdi>" in page
    assert href in page
    digest = done.scene.version.annexes[0].sha256
    assert digest in page
    assert digest in legal.get(f"/positions/versions/{done.scene.version.id}")
    text = legal.client.get(f"/versions/{done.scene.version.id}/text").get_data(as_text=True)
    assert f"annex 1: {digest} Map of wells" in text
    pack = legal.client.get(f"/editions/packs/{done.round_.id}/pdf")
    assert pack.status_code == 200


def test_with_a_release_everybody_has_them_until_it_is_withdrawn(over: Make, client: Open) -> None:
    done, href = annexed(over)
    public = client("")
    release_id = done.publish()
    path = f"{href}/with/{release_id}"
    page = public.get(f"/releases/{release_id}")
    assert path in page
    assert "Map of wells" in page
    got = public.client.get(path)
    assert (got.status_code, got.data) == (200, b"%PDF-Map of wells")
    html = public.client.get(f"/editions/{release_id}/html").get_data(as_text=True)
    assert f"1. Map of wells (PDF · 1 kB). SHA-256: {done.scene.version.annexes[0].sha256}" in html
    assert public.client.get(href).status_code != 200
    assert public.client.get(f"/annexes/files/{uuid4()}/with/{release_id}").status_code == 404
    lead = done.actor("relief")
    with done.database.writing(lead) as session:
        releases.end(session, lead, release_id, kind="withdrawn", reason="A clinic was hit.")
    assert public.client.get(path).status_code == 404
    assert "Map of wells" not in public.get(f"/releases/{release_id}")


def test_an_embargo_holds_them_to_the_second(over: Make, client: Open) -> None:
    done, href = annexed(over)
    opens = AFTER + timedelta(days=1)
    release_id = done.publish(embargo=(Opening("public", opens, "UTC"),))
    path, public = f"{href}/with/{release_id}", client("").client
    clock.freeze(opens - timedelta(seconds=1))
    assert public.get(path).status_code == 404
    clock.freeze(opens)
    assert public.get(path).status_code == 200


def test_a_file_of_another_text_is_not_had_with_a_release(over: Make, client: Open) -> None:
    done, _href = annexed(over)
    relief = done.actor("relief")
    with done.database.writing(relief) as session:
        other = scene.start(session, relief, done.world, circle=(), annexes=("Secret",))
        document_id = positions.position(session, relief, other).document_id
        (row,) = queries.of_draft(session, relief, document_id)
    release_id = done.publish()
    for key in ("", "legal", "relief"):
        path = f"/annexes/files/{row.file_id}/with/{release_id}"
        assert client(key).client.get(path).status_code == 404
