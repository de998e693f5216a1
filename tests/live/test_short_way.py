"""The short way of a step asks all that the long way asks, and gives no other answer."""

import threading
import time
from typing import Any

import pytest

from advocacy.access import bearer, guard
from advocacy.drafting import actions
from advocacy.ground import clock
from advocacy.live import api
from advocacy.live.rows import Room
from tests.live.test_doors import facts, opened, typed

BYTES = "application/octet-stream"


class Sender:
    """Somebody's page: its headers stay the same from step to step."""

    def __init__(self, browser: Any, base: str) -> None:
        self.browser, self.base, self.headers = browser, base, facts(browser)
        self.doc, _number = opened(browser, base)
        self.count = 0

    def send(self, words: str = "x", payload: bytes = b"", **more: str) -> Any:
        """The next step, or these bytes instead."""
        self.count += 1
        headers = {"Idempotency-Key": f"k:{self.count}", **self.headers, **more}
        return self.browser.client.post(
            f"{self.base}/updates", data=payload or typed(self.doc, words), headers=headers,
            content_type=BYTES,
        )  # fmt: skip


@pytest.fixture
def base(draft) -> str:
    return f"/live/{draft}"


@pytest.fixture
def together(monkeypatch: Any) -> list[int]:
    """How many steps each transaction of the short way had."""
    found: list[int] = []
    real = api._store_all

    def counted(data: Any, document_id: Any, steps: Any, numbers: Any) -> None:
        found.append(len(steps))
        real(data, document_id, steps, numbers)

    monkeypatch.setattr(api, "_store_all", counted)
    return found


@pytest.fixture
def legal(client, base) -> Sender:
    """Legal, whose headers were judged with the first step."""
    made = Sender(client("legal"), base)
    assert made.send(" First.").status_code == 200
    return made


def test_both_ways_store_and_answer_alike(client, base, together, now_reads, monkeypatch):
    legal = Sender(client("legal"), base)
    with monkeypatch.context() as patched:
        patched.setattr(api.ShortWay, "_known_for", lambda *_asked: None)
        answers = [legal.send(" A.")]
    assert together == []
    answers.append(legal.send(" B."))
    assert together == [1], "the first step is only judged the long way"
    assert [answer.json for answer in answers] == [
        {"sequence": 2, "window": 0.3},
        {"sequence": 3, "window": 0.3},
    ]
    first, second = ({k: v for k, v in a.headers if k != "Content-Length"} for a in answers)
    assert first == second
    assert "Content-Security-Policy" in second
    assert now_reads()[0] == "Words of one. A. B."


def test_a_session_that_ended_stores_nothing_more(legal, world, writing, together, now_reads):
    with writing(world.actor("legal")) as session:
        person = world.actor("legal").person_id
        bearer.revoke(session, now=clock.now(), person=person)
    answer = legal.send(" Late.", **{"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401
    assert together == [1]  # it was asked there, and then the long way
    assert now_reads()[0] == "Words of one. First."


def test_a_frozen_text_says_so(legal, draft, world, writing, together):
    with writing(world.actor("legal")) as session:
        actions.close(session, world.actor("legal"), draft)
    answer = legal.send()
    assert answer.status_code == 409
    assert "frozen" in answer.json["reason"]
    assert together == [1]


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("X-Acting-For", "somebody else", 409),
        ("X-CSRFToken", "made up", 400),
        ("X-CSRFToken", "", 400),
        ("Sec-Fetch-Site", "cross-site", 400),
    ],
)
def test_other_headers_are_judged_anew(legal, now_reads, header, value, status):
    assert legal.send(" No.", **{header: value}).status_code == status
    assert now_reads()[0] == "Words of one. First."


def test_headers_are_known_for_a_minute(legal, monkeypatch):
    judged: list[float] = []
    real = api.ShortWay._judged

    def noted(short: Any, environ: Any) -> Any:
        judged.append(api.monotonic())
        return real(short, environ)

    monkeypatch.setattr(api.ShortWay, "_judged", noted)
    assert legal.send().status_code == 200
    assert judged == []
    late = api.monotonic() + api.KNOWN_FOR + 1
    monkeypatch.setattr(api, "monotonic", lambda: late)
    for _ in range(2):
        assert legal.send().status_code == 200
        assert len(judged) == 1


def test_the_same_key_again_has_the_same_number(legal):
    step = typed(legal.doc, " Once.")
    numbers = {
        legal.send(payload=step, **{"Idempotency-Key": "same"}).json["sequence"] for _ in range(3)
    }
    assert len(numbers) == 1


def until_three_wait(room: Room) -> float:
    """In place of a pause."""
    until = time.monotonic() + 20
    while len(room.steps) < 3 and time.monotonic() < until:
        time.sleep(0.005)
    return 0.0


def test_steps_of_one_moment_are_one_transaction_and_a_bad_one_is_alone(
    client, base, legal, monkeypatch, together, now_reads, world
):
    relief = Sender(client("relief"), base)
    relief.send("Relief. ")
    counted: list[Any] = []
    monkeypatch.setattr(actions, "pace", counted.append)
    monkeypatch.setattr(Room, "pause", until_three_wait)
    steps = {"a": (legal, b""), "b": (relief, b""), "bad": (legal, b"garbage")}
    status: dict[str, int] = {}

    def post(name: str) -> None:
        who, payload = steps[name]
        status[name] = who.send(f" {name}", payload).status_code

    hands = [threading.Thread(target=post, args=(name,)) for name in steps]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert status == {"a": 200, "b": 200, "bad": 422}
    assert together[-2:] == [3, 2]
    assert counted.count(world.people["relief"]) == 1, "nobody's pace pays for another's bad step"
    words = now_reads()[0]
    assert " a" in words
    assert " b" in words


def test_rows_of_one_moment_are_written_together(client, base, legal, monkeypatch):
    """One statement for each organisation, whatever it types."""
    relief = Sender(client("relief"), base)
    other = Sender(client("legal"), base)
    other.count = 50  # another tab of the same person, with keys of its own
    monkeypatch.setattr(Room, "pause", until_three_wait)
    written: list[int] = []
    real = guard.store

    def counted(session: Any, actor: Any, statement: Any, rows: Any) -> None:
        written.append(len(rows))
        real(session, actor, statement, rows)

    monkeypatch.setattr(guard, "store", counted)
    hands = [threading.Thread(target=who.send, args=(" A.",)) for who in (legal, relief, other)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(written) == [1, 2]


def test_a_key_that_is_taken_leaves_the_others_of_its_moment_alone(
    client, base, legal, monkeypatch, now_reads
):
    relief = Sender(client("relief"), base)
    other = Sender(client("legal"), base)  # its first key is the one that `legal` has used
    monkeypatch.setattr(Room, "pause", until_three_wait)
    status: list[int] = []
    hands = [
        threading.Thread(target=lambda who=who: status.append(who.send(" B.").status_code))
        for who in (legal, relief, other)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert status == [200] * 3
    assert now_reads()[0].count(" B.") == 2
