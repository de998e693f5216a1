"""Steps that people send: stored in order, once, and read by everybody at once."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from advocacy.access import audience
from advocacy.drafting import actions, queries
from advocacy.drafting.rules import Replace
from advocacy.ground.errors import Busy, Conflict, Denied, Invalid, NotFound, TooLarge, TooMany
from advocacy.live import queries as live
from advocacy.live import rows, rules
from advocacy.live.rows import ROOMS, Room
from advocacy.text import shape


def forget_all() -> None:
    """As if this process had just begun."""
    for room in list(ROOMS._rooms.values()):
        room.forget()


def test_what_is_typed_is_read_by_everybody_at_once(pen, push, now_reads):
    mine = pen("legal").types(0, " More.")
    assert push("legal", mine.step(), "a:1") == 2  # the first is what the draft began with
    assert now_reads("relief")[0] == "Words of one. More."


def test_two_who_type_in_one_clause_both_stay(pen, push, now_reads, draft, world, reading):
    mine, theirs = pen("legal").types(0, " Legal."), pen("relief").types(0, "Relief. ", at=0)
    push("legal", mine.step(), "a:1")
    push("relief", theirs.step(), "b:1")
    assert now_reads()[0] == "Relief. Words of one. Legal."
    actor = world.actor("legal")
    with reading(actor) as session:
        cid = queries.clauses(session, actor, draft)[0].cid
        who = [row.organisation_id for row in queries.history(session, actor, cid)]
        wrote = queries.writers(session, actor, draft)[cid]
    assert set(wrote) == {world.organisations["legal"], world.organisations["relief"]}
    assert who == [world.organisations[key] for key in ("relief", "legal")]


def test_the_same_key_is_stored_once(pen, push, now_reads):
    step = pen("legal").types(0, " Once.").step()
    assert push("legal", step, "a:1") == push("legal", step, "a:1") == 2
    assert push("legal", step, "a:2") == 2  # replayed under another name: nothing new
    assert now_reads()[0] == "Words of one. Once."


def test_anothers_key_is_not_mine(pen, push, now_reads):
    push("legal", pen("legal").types(0, " A.").step(), "a:1")
    push("relief", pen("relief").types(1, " B.").step(), "a:1")
    assert now_reads()[:2] == ["Words of one. A.", "Words of two. B."]


@pytest.mark.parametrize("payload", [b"x", b"garbage", b"\xff" * 40, b"\x01\x01"])
def test_what_is_no_step_is_refused(push, payload, pen, now_reads):
    with pytest.raises(Invalid) as caught:
        push("legal", payload, "a:1")
    assert caught.value.reasons[0].code == "live.broken"
    push("legal", pen("legal").types(0, " On.").step(), "a:2")
    assert now_reads()[0] == "Words of one. On."


def test_a_huge_step_is_refused(push):
    with pytest.raises(TooLarge):
        push("legal", b"\x01" * (rules.MOST_BYTES + 1), "a:1")


def test_a_step_of_another_document_is_not_stored(push, now_reads):
    other: Doc = Doc()
    text = other.get("text", type=XmlFragment)
    text.children.append(XmlElement("clause", {"cid": str(uuid4())}))
    before = other.get_state()
    text.children.append(XmlElement("clause", {"cid": str(uuid4())}))
    with pytest.raises(Busy):
        push("legal", other.get_update(before), "a:1")
    assert len(now_reads()) == 3


def test_steps_out_of_order_wait_for_the_one_before(pen, push, now_reads):
    mine = pen("legal").types(0, " one").types(0, " two")
    first, second = mine.steps
    with pytest.raises(Busy):
        push("legal", second, "a:2")
    push("legal", first, "a:1")
    push("legal", second, "a:2")
    assert now_reads()[0] == "Words of one. one two"


def test_a_signatory_and_a_stranger_do_not_write(pen, push):
    step = pen("relief").types(0, " No.").step()
    with pytest.raises(Denied):
        push("relief.signatory", step, "a:1")
    with pytest.raises(NotFound):
        push("women", step, "a:1")


def test_a_frozen_text_takes_no_step(pen, push, draft, world, writing, now_reads):
    step = pen("relief").types(0, " Late.").step()
    with writing(world.actor("legal")) as session:
        actions.close(session, world.actor("legal"), draft)
    with pytest.raises(Conflict) as caught:
        push("relief", step, "a:1")
    assert caught.value.reasons[0].code == "drafting.closed"
    assert now_reads()[0] == "Words of one."


def test_a_form_meets_what_was_typed_live(pen, push, draft, world, writing, reading, now_reads):
    relief = world.actor("relief")
    with reading(relief) as session:
        seen = queries.clauses(session, relief, draft)[0]
    push("legal", pen("legal").types(0, " Live.").step(), "a:1")
    edit = Replace(seen.cid, "one", "Form.")
    with writing(relief) as session, pytest.raises(Conflict) as caught:
        actions.change(session, relief, draft, [edit], based_on=seen.hash)
    assert caught.value.current[0].text == "Words of one. Live."
    assert now_reads()[0] == "Words of one. Live."


def test_a_form_leaves_alone_the_letters_somebody_types_in(
    pen, push, draft, world, writing, reading, now_reads
):
    relief, mine = world.actor("relief"), pen("legal")
    with reading(relief) as session:
        seen = queries.clauses(session, relief, draft)[0]
    with writing(relief) as session:
        edit = Replace(seen.cid, "one", "Words of number one.\n\n- and a **list**")
        actions.change(session, relief, draft, [edit], based_on=seen.hash)
    push("legal", mine.types(0, " Meanwhile.").step(), "a:1")
    assert now_reads()[0] == "Words of number one. Meanwhile.\n\n- and a **list**"


def test_what_was_undone_is_not_in_the_copy(pen, push, draft, world, writing, now_reads):
    legal, mine = world.actor("legal"), pen("legal")
    step = mine.types(0, " Undone.").step()

    class Cut(Exception):
        """The transaction ends before its commit."""

    with pytest.raises(Cut), writing(legal) as session:
        raise Cut(actions.push(session, legal, draft, step, key="a:1"))
    with writing(legal) as session:
        state, number = queries.live_state(session, legal, draft)
    assert number == 0
    assert b"Undone" not in state


def test_clauses_come_go_and_move(pen, push, draft, now_reads, world, reading):
    mine = pen("legal")
    cid = str(uuid4())
    push("legal", mine.adds(cid, "Fourth").step(), "a:1")
    del mine.text.children[0]
    push("legal", mine.step(), "a:2")
    assert now_reads() == ["Words of two.", "Words of three.", "Fourth"]
    legal = world.actor("legal")
    with reading(legal) as session:
        assert str(queries.clauses(session, legal, draft)[2].cid) == cid


def test_a_cid_that_is_taken_is_given_anew(pen, push, draft, world, reading, writing):
    legal, mine = world.actor("legal"), pen("legal")
    with writing(world.actor("women")) as session:
        own = audience.intern(session, {world.organisations["women"]})
        other = actions.open_document(
            session, world.actor("women"), audience_id=own, language="en",
            clauses=[actions.NewClause("paragraph", "", "Secret of Women.")],
        )  # fmt: skip
        hidden = queries.clauses(session, world.actor("women"), other)[0].cid
    with reading(legal) as session:
        own_first = queries.clauses(session, legal, draft)[0].cid
    for number, cid in enumerate([str(own_first), str(hidden), "no id", str(hidden)]):
        push("legal", mine.adds(cid, f"New {number}").step(), f"a:{number}")
    with reading(legal) as session:
        found = queries.clauses(session, legal, draft)
    assert len({clause.cid for clause in found}) == len(found) == 7
    assert found[0].cid == own_first
    assert hidden not in {clause.cid for clause in found}
    with reading(world.actor("women")) as session:
        assert queries.clauses(session, world.actor("women"), other)[0].text == "Secret of Women."


def test_unknown_things_are_left_out(pen, push, now_reads):
    mine = pen("legal")
    with mine.doc.transaction():
        clause = mine.text.children[0]
        clause.children.append(XmlElement("script", {}, [XmlText("alert(1)")]))
        letters = clause.children[0].children[0]
        letters.insert(0, "click ", {"link": {"href": "javascript:alert(1)"}, "blink": {}})
        mine.text.children.append(XmlElement("iframe", {"src": "https://x.org"}))
    push("legal", mine.step(), "a:1")
    assert now_reads()[0] == "click Words of one."
    assert len(now_reads()) == 3


def test_a_thousand_clauses_and_no_more(pen, push, now_reads):
    mine = pen("legal")
    with mine.doc.transaction():
        for _ in range(997):
            clause = XmlElement("clause", {"cid": str(uuid4()), "kind": "paragraph"})
            mine.text.children.append(clause)
    push("legal", mine.step(), "a:1")
    assert len(now_reads()) == 1000
    with pytest.raises(Invalid) as caught:
        push("legal", mine.adds(str(uuid4())).step(), "a:2")
    assert caught.value.reasons[0].code == "drafting.too-many"


def test_too_fast_is_told_to_wait(push, pen, monkeypatch):
    monkeypatch.setattr(rows, "monotonic", lambda: 0.0)
    somebody = uuid4()
    for _ in range(int(rows.BURST)):
        rows.pace(somebody)
    with pytest.raises(TooMany):
        rows.pace(somebody)


def test_many_pens_come_to_one_text(pen, push, draft, now_reads, world, reading):
    rng = random.Random(7)
    pens = {key: pen(key.partition("/")[0]) for key in ("legal/1", "relief/1", "legal/2")}
    waiting: list[tuple[str, str, bytes]] = []
    for turn in range(12):
        for key, each in pens.items():
            at = rng.randrange(3)
            each.types(at, rng.choice(["a", "é", "ع", "😀"]), at=0 if rng.random() < 0.5 else None)
            waiting += [(key, f"{key[-1]}{key[0]}:{turn}", each.step())]
    rng.shuffle(waiting)
    while waiting:
        key, name, step = waiting.pop(0)
        try:
            push(key.partition("/")[0], step, name.replace("/", ""))
        except Busy:
            waiting.append((key, name, step))
        if rng.random() < 0.1:
            forget_all()
    legal = world.actor("legal")
    with reading(legal) as session:
        stored = live.since(session, legal, draft, 0)
    assert [number for number, _row in stored] == list(range(1, len(stored) + 1))
    for each in pens.values():
        for _number, row in [*stored[:9], *stored]:
            each.hear(row)
    texts = {
        tuple(shape.words_of(node).text for node in each.text.children) for each in pens.values()
    }
    assert texts == {tuple(now_reads())}


def test_it_opens_from_its_snapshot(pen, push, draft, world, reading, now_reads, monkeypatch):
    monkeypatch.setattr(rows.pace, "_left", {})
    monkeypatch.setattr(rows, "BURST", 1_000.0)
    mine = pen("legal")
    for number in range(rules.SNAPSHOT_EVERY):
        push("legal", mine.types(0, "x").step(), f"a:{number}")
    forget_all()
    legal = world.actor("legal")
    with reading(legal) as session:
        again = Doc()
        again.apply_update(queries.live_state(session, legal, draft)[0])
    assert shape.words_of(shape.fragment(again).children[0]).text == now_reads()[0]
    assert now_reads()[0].endswith("x" * 100)


def test_a_lost_seat_writes_no_more(pen, push, world, draft, writing):
    legal = world.actor("legal")
    later = type(legal)(**{**legal.__dict__, "seats": (), "now": legal.now + timedelta(seconds=1)})
    step = pen("legal").types(0, "!").step()
    with pytest.raises(Denied), writing(later) as session:
        actions.push(session, later, draft, step, key="a:1")


def test_rooms_of_two_databases_do_not_meet():
    one, two = uuid4(), "sqlite:///b"
    assert ROOMS.of("sqlite:///a", one) is not ROOMS.of(two, one)
    assert isinstance(ROOMS.known(two, one), Room)
