"""The doors of the live document, as the editor's script uses them."""

import base64
import json
import re
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from pycrdt import Doc

from advocacy.access import bearer
from advocacy.drafting import actions
from advocacy.ground import clock
from advocacy.live import queries as live_queries
from advocacy.live import rules, stream
from advocacy.text import shape


@pytest.fixture
def base(draft) -> str:
    return f"/live/{draft}"


def facts(browser: Any) -> dict[str, str]:
    """What a page tells the script: its token, and whom one acts for."""
    page = browser.get("/accounts/me")
    found = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)
        for name in ("csrf_token", "acting_for")
    }
    said = {name: match.group(1) if match else "" for name, match in found.items()}
    return {"X-CSRFToken": said["csrf_token"], "X-Acting-For": said["acting_for"]}


def send(browser: Any, base: str, payload: bytes, key: str, **more: str) -> Any:
    """One step, as the script posts it."""
    headers = {"Idempotency-Key": key, **facts(browser)}
    return browser.client.post(
        f"{base}/updates", data=payload, headers={**headers, **more},
        content_type="application/octet-stream",
    )  # fmt: skip


def opened(browser: Any, base: str) -> tuple[Doc[Any], int]:
    answer = browser.client.get(f"{base}/state")
    doc: Doc[Any] = Doc()
    doc.apply_update(answer.data)
    return doc, int(answer.headers["X-Sequence"])


def typed(doc: Doc[Any], words: str) -> bytes:
    steps: list[bytes] = []
    kept = doc.observe(lambda event: steps.append(event.update))
    letters = shape.fragment(doc).children[0].children[0].children[0]
    letters.insert(len(letters), words)
    doc.unobserve(kept)
    return steps[0]


def hears(response: Any, wanted: str, seconds: float = 8) -> str:
    """Read a stream until it says this."""
    said, until = "", time.monotonic() + seconds
    for part in response.response:
        said += part.decode() if isinstance(part, bytes) else part
        if wanted in said or time.monotonic() > until:
            break
    return said


def test_a_step_goes_up_and_comes_down(client, base):
    legal, relief = client("legal"), client("relief")
    doc, number = opened(legal, base)
    answer = send(legal, base, typed(doc, " Up."), "a:1")
    assert answer.status_code == 200, answer.data
    assert answer.json == {"sequence": 2, "window": 0.3}
    down = relief.client.get(f"{base}/updates?since={number}").json
    theirs, _number = Doc(), 0
    for update in down["updates"]:
        theirs.apply_update(base64.b64decode(update))
    assert "Up." in str(shape.fragment(theirs))
    assert down["sequence"] == 2
    assert relief.client.get(f"{base}/updates?since=2").json == {"sequence": 2, "updates": []}


def test_who_takes_no_part_finds_no_door(client, base, draft):
    for key in ("women", "donor"):
        browser = client(key)
        for path in ("state", "updates", "events"):
            assert browser.client.get(f"{base}/{path}").status_code == 404
        assert send(browser, base, b"\0\0", "a:1").status_code == 404
        answer = browser.client.post(
            f"{base}/presence", json={"client": "x"}, headers=facts(browser)
        )
        assert answer.status_code == 404


def test_without_a_session_a_script_is_told_so(client, base):
    answer = client("").client.get(f"{base}/state", headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401


def test_refusals_come_as_data_with_their_reason(client, base, draft, world, writing):
    legal = client("legal")
    doc, _number = opened(legal, base)
    assert send(legal, base, b"garbage", "a:1").status_code == 422
    assert send(legal, base, b"\1" * (rules.MOST_BYTES + 1), "a:2").status_code == 413
    step = typed(doc, " Late.")
    answer = send(legal, base, step, "a:3", **{"X-Acting-For": "somebody else"})
    assert answer.status_code == 409
    with writing(world.actor("legal")) as session:
        actions.close(session, world.actor("legal"), draft)
    answer = send(legal, base, step, "a:3")
    assert answer.status_code == 409
    assert "frozen" in answer.json["reason"]
    assert legal.client.get(f"{base}/updates?since=0").status_code == 409
    assert legal.client.get(f"{base}/events").status_code == 409


def test_a_stream_says_what_is_typed_and_who_is_where(client, base, app):
    app.config["ADVOCACY"] = replaced(app, threads=20)
    legal, relief = client("legal"), client("relief")
    doc, number = opened(legal, base)
    response = relief.client.get(f"{base}/events?since={number}", buffered=False)
    assert response.mimetype == "text/event-stream"
    answer = send(legal, base, typed(doc, " Heard."), "a:1")
    assert answer.status_code == 200
    said = hears(response, "data:")
    heard = [line[6:] for line in said.splitlines() if line.startswith("data: ")]
    theirs = Doc()
    theirs.apply_update(opened(relief, base)[0].get_update())
    theirs.apply_update(base64.b64decode(heard[-1]))
    assert "Heard." in str(shape.fragment(theirs))
    headers = facts(legal)
    entry = {"client": "c1", "cid": "x\ud800", "name": "Somebody else", "anchor": {"a": 1}}
    assert legal.client.post(f"{base}/presence", json=entry, headers=headers).status_code == 204
    said = hears(response, "event: presence")
    present = json.loads(next(x[6:] for x in said.splitlines() if x.startswith("data: [")))
    assert present[0]["name"] != "Somebody else"
    assert present[0]["organisation"]
    answer = send(legal, base, typed(doc, " Again."), "a:2")  # half a sign silences nobody
    assert "id: 3" in hears(response, f"id: {answer.json['sequence']}")
    response.close()


def replaced(app: Any, **settings: Any) -> Any:
    return replace(app.config["ADVOCACY"], **settings)


def ends(response: Any, seconds: float = 9) -> bool:
    """Whether a stream comes to its end."""
    done = threading.Event()

    def read() -> None:
        for _part in response.response:
            pass
        done.set()

    threading.Thread(target=read, daemon=True).start()
    return done.wait(seconds)


@pytest.mark.parametrize("what", ["frozen", "signed out"])
def test_a_stream_ends_with_the_right_to_read(
    what, client, base, app, draft, world, writing, database, monkeypatch
):
    app.config["ADVOCACY"] = replaced(app, threads=20)
    monkeypatch.setattr(stream, "LOOK", 0.2)
    relief = client("relief")
    response = relief.client.get(f"{base}/events", buffered=False)
    if what == "frozen":
        with writing(world.actor("legal")) as session:
            actions.close(session, world.actor("legal"), draft)
    else:
        with writing(world.actor("relief")) as session:
            person = world.actor("relief").person_id
            bearer.revoke(session, now=clock.now(), person=person)
    assert ends(response)
    assert stream.COUNT.open == 0


def test_streams_leave_threads_for_pages(client, base, app):
    app.config["ADVOCACY"] = replaced(app, threads=17)
    legal = client("legal")
    first = legal.client.get(f"{base}/events", buffered=False)
    answer = legal.client.get(f"{base}/events")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    first.close()
    assert stream.COUNT.open == 0


def test_a_stream_that_fails_before_it_begins_gives_its_place_back(client, base, app, monkeypatch):
    def fails(*_given: Any) -> None:
        raise OSError("no thread to be had")

    monkeypatch.setattr(stream, "serve", fails)
    legal = client("legal")
    with pytest.raises(OSError, match="no thread"):
        legal.client.get(f"{base}/events")
    assert stream.COUNT.open == 0


def test_who_only_asks_for_the_head_of_a_stream_takes_no_place(client, base):
    assert client("legal").client.head(f"{base}/events").status_code == 200
    assert stream.COUNT.open == 0


def test_far_behind_asks_for_the_whole(client, base, draft, pen, push, monkeypatch):
    monkeypatch.setattr(live_queries.rules, "MOST_ROWS", 1)
    push("legal", pen("legal").types(0, "a").step(), "a:1")
    assert client("legal").client.get(f"{base}/updates?since=0").status_code == 410
