"""What all readers are sent is packed once, and whoever joins later understands it."""

import zlib
from uuid import uuid4

from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.live import stream
from advocacy.live.rows import Listener, Packing, Room
from tests.live.test_doors import opened, replaced, send, typed


def listener(*, is_packed: bool) -> Listener:
    return Listener("", uuid4(), anonymous(clock.now()), 0.0, is_packed=is_packed)


def sent_to(one: Listener) -> bytes:
    """Everything that waits for them."""
    said = b""
    while not one.waiting.empty():
        said += one.waiting.get() or b""
    return said


def test_readers_who_join_at_different_moments_hear_the_same():
    room = Room(uuid4())
    first, later, plain = (listener(is_packed=packed) for packed in (True, True, False))
    stream._tell([first], room, b"data: one one one\n\n")
    before = sent_to(first)
    for words in (b"data: two one one\n\n", b"data: three one one\n\n"):
        stream._tell([first, later, plain], room, words)
    both = b"data: two one one\n\ndata: three one one\n\n"
    assert sent_to(plain) == both
    begun = Packing.HEAD + Packing()(b": here\n\n") + Packing.BREATH
    said = zlib.decompressobj(31).decompress(begun + sent_to(later))
    assert said == b": here\n\n" + both
    heard = begun + before + Packing.BREATH + sent_to(first)
    said = zlib.decompressobj(31).decompress(heard)
    assert said == b": here\n\ndata: one one one\n\n" + both


def test_a_packed_stream_says_what_is_typed(client, draft, app):
    app.config["ADVOCACY"] = replaced(app, threads=20)
    base = f"/live/{draft}"
    legal, relief = client("legal"), client("relief")
    doc, number = opened(legal, base)
    response = relief.client.get(
        f"{base}/events?since={number}", buffered=False, headers={"Accept-Encoding": "gzip, br"}
    )
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert send(legal, base, typed(doc, " Heard."), "a:1").status_code == 200
    unpack, said = zlib.decompressobj(31), b""
    for part in response.response:
        said += unpack.decompress(part)
        if b"id: 2\ndata: " in said:
            break
    response.close()
    assert said.startswith(b": here\n\n")
    assert b"id: 2\ndata: " in said
