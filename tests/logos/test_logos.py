"""A picture that is nothing but a picture, shown only where its organisation said so."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.formats.pictures import MOST_BYTES, picture
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.logos import actions, queries
from advocacy.signoff import actions as signoff
from tests.browser import Browser
from tests.releases.conftest import Make
from tests.releases.conftest import over as over
from tests.world import World

CUTS = st.integers(0, 3)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 20, height: int = 20, *more: bytes, tail: bytes = b"") -> bytes:
    rows = (b"\0" + b"\x10\x20\x30" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + tail


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 20, height: int = 20, *more: bytes, tail: bytes = b"") -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = *more, segment(0xDB, bytes(65)), segment(0xC0, frame), segment(0xC4, bytes(17))
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"".join(parts) + scan + b"\xff\xd9" + tail


def code(data: bytes) -> str:
    with pytest.raises(Invalid) as error:
        picture(data)
    return error.value.reasons[0].code.removeprefix("logos.")


@pytest.mark.parametrize("make", [png, jpeg])
def test_what_does_not_draw_falls_away(make: Callable[..., bytes]) -> None:
    hidden = b"Dana, 33.51N 36.29E"
    more = chunk(b"tEXt", b"Author\0" + hidden) if make is png else segment(0xE1, b"Exif" + hidden)
    made = picture(make(20, 20, more, tail=b"<script>" + hidden))
    assert hidden not in made.data
    assert b"script" not in made.data
    assert (made.width, made.height) == (20, 20)
    assert picture(made.data) == made


def test_a_jpeg_comment_falls_away_and_restarts_stay() -> None:
    made = picture(jpeg(20, 20, segment(0xFE, b"secret")))
    assert b"secret" not in made.data
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in made.data


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (SVG, "drawing"),
        (b"  <svg onload='x()'>", "drawing"),
        (b"GIF89a" + bytes(50), "neither"),
        (b"RIFF" + bytes(50), "neither"),
        (b"", "file-size"),
        (png() + bytes(MOST_BYTES), "file-size"),
        (png(4, 4), "measure"),
        (png(20, 4_000), "measure"),
        (png()[:-20], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png(20, 20, chunk(b"EVIL", b"x")), "damaged"),
        (jpeg()[:-3], "damaged"),
        (jpeg().replace(segment(0xC4, bytes(17)), b""), "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + SVG, "damaged"),
    ],
)
def test_anything_else_is_refused_in_words(data: bytes, wanted: str) -> None:
    assert code(data) == wanted


def test_a_small_file_that_unpacks_to_much_is_refused() -> None:
    head = struct.pack(">IIBBBBB", 20, 20, 8, 2, 0, 0, 0)
    bomb = chunk(b"IDAT", zlib.compress(bytes(50_000_000), 9))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + bomb + chunk(b"IEND", b"")
    assert code(data) == "damaged"


@settings(max_examples=200)
@given(
    st.sampled_from([png(), jpeg()]), st.integers(0, 400), st.integers(0, 255), st.integers(0, 3)
)
def test_a_broken_file_is_refused_and_breaks_nothing(
    data: bytes, at: int, value: int, cut: int
) -> None:
    place = at % len(data)
    broken = data[:place] + bytes([value]) + data[place + cut :]
    try:
        made = picture(broken)
    except Invalid:
        return
    assert picture(made.data) == made


# --- kept, and shown -----------------------------------------------------------------------------


def put(database: Database, world: World, key: str = "legal", data: bytes = b"") -> None:
    actor = world.actor(key)
    with database.writing(actor) as session:
        found = queries.head(session, actor)
        actions.put(session, actor, data or png(), after=found.id if found else None)


def test_another_organisation_does_not_see_it(database: Database, world: World) -> None:
    put(database, world)
    legal, relief = world.actor("legal"), world.actor("relief")
    with database.reading(legal) as session:
        mine = queries.mine(session, legal)
        assert queries.picture(session, legal, mine.id)[0] == "image/png"
        made = mine.id
    with database.reading(relief) as session:
        assert queries.mine(session, relief) is None
        with pytest.raises(NotFound):
            queries.picture(session, relief, made)
    drafter = world.actor("legal.drafter")
    with pytest.raises(Denied), database.writing(drafter) as session:
        actions.put(session, drafter, png(), after=made)
    with pytest.raises(Conflict), database.writing(legal) as session:
        actions.put(session, legal, png(), after=None)


def test_it_stands_under_a_text_only_with_its_yes_and_until_it_is_lowered(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(
        {
            "legal": {"outside": "named", "logo": True},
            "women": {"outside": "named"},
            "rights": {"outside": "counted", "logo": True},
        }
    )
    for key in ("legal", "women", "rights"):
        put(done.database, done.world, key)
    done.check()
    release_id = done.publish()
    path = f"/releases/{release_id}"
    page = client("").get(path)
    assert page.count("Logo of") == 1
    assert "Logo of Harbour Legal Aid" in page
    ids = {}
    for key in ("legal", "women", "rights"):
        actor = done.actor(key)
        with done.database.reading(actor) as session:
            ids[key] = queries.mine(session, actor).id
    public = client("").client
    got = public.get(f"/logos/{ids['legal']}/under/{release_id}")
    assert (got.status_code, got.content_type) == (200, "image/png")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]
    for key in ("women", "rights"):
        assert public.get(f"/logos/{ids[key]}/under/{release_id}").status_code == 404
    assert public.get(f"/logos/{ids['legal']}/under/{uuid4()}").status_code == 404
    actor = done.actor("legal")
    with done.database.writing(actor) as session:
        signoff.lower(session, actor, done.round_.id, outside="counted", inside="nobody")
    assert public.get(f"/logos/{ids['legal']}/under/{release_id}").status_code == 404
    assert "Logo of" not in client("").get(path)


def test_by_the_page_a_drawing_with_a_script_is_refused_in_words(
    world: World, client: Callable[[str], Browser]
) -> None:
    legal = client("legal")
    sent = {"file": (BytesIO(SVG), "logo.png")}
    answer = legal.post("/logos", sent, status=422)
    assert "can hold a script" in answer.get_data(as_text=True)
    legal.post("/logos", {"file": (BytesIO(png()), "logo.svg")})
    assert "Logo of Harbour Legal Aid" in legal.get("/logos")
    after = legal._hidden(legal.last[legal.last.index("/logos/remove") :], "after")
    legal.post("/logos/remove", {"after": after}, page="/logos")
    assert "There is no logo yet." in legal.get("/logos")
