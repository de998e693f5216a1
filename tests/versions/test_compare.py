"""What changed: since we signed, since I read it; and a version brought back as the draft."""

import random
import re
from uuid import UUID

import pytest

from advocacy.amendments import actions as amendments
from advocacy.discussion import actions as talking
from advocacy.discussion.rules import More
from advocacy.discussion.schema import Reach
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Insert, Move, Remove, Replace
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.positions.schema import Stage
from advocacy.text import bounded
from advocacy.text.diff import Change
from advocacy.text.hashes import Clause
from advocacy.text.rebase import Collision, Rebased
from advocacy.versions import actions, queries, rules
from tests.signoff import scene


@pytest.fixture
def text(database, world):
    """A frozen text of Relief, opened again: the scene, and its document."""
    relief = world.actor("relief")
    made = scene.frozen(database, world, circle=("legal", "women"))
    with database.writing(relief) as session:
        positions.reopen(session, relief, made.position_id)
        of = read_positions.position(session, relief, made.position_id)
        return made.position_id, of.document_id, made.version


def change(database, world, document_id, make, who="relief"):
    """Edit the draft: make(clauses) gives the edits and what they are based on."""
    actor = world.actor(who)
    with database.writing(actor) as session:
        clauses = drafts.clauses(session, actor, document_id)
        edits, based_on = make(clauses)
        drafting.change(session, actor, document_id, edits, based_on=based_on)


def rewrite(number, words):
    return lambda cs: ([Replace(cs[number].cid, cs[number].heading, words)], cs[number].hash)


def now(database, world, document_id):
    relief = world.actor("relief")
    with database.reading(relief) as session:
        return drafts.clauses(session, relief, document_id)


def compared(database, actor, position_id, before, after="draft"):
    with database.reading(actor) as session:
        of = read_positions.position(session, actor, position_id)
        return queries.comparison(session, actor, of, before, after)


def test_what_i_read_is_compared_with_now_and_is_mine_alone(database, world, text):
    position_id, document_id, _version = text
    legal, women = world.actor("legal"), world.actor("women")
    with pytest.raises(NotFound):
        compared(database, legal, position_id, "read")
    with database.writing(legal) as session:
        actions.saw(session, legal, position_id)
    change(database, world, document_id, rewrite(1, "Five clinics have been turned back."))
    found = compared(database, legal, position_id, "read")
    assert found.counts[Change.CHANGED] == 1
    for other in (women, world.actor("relief")):
        with pytest.raises(NotFound):
            compared(database, other, position_id, "read")
    with database.writing(legal) as session:
        actions.saw(session, legal, position_id)
        actions.saw(session, legal, position_id)
    assert compared(database, legal, position_id, "read").counts[Change.CHANGED] == 0


def test_two_who_read_the_same_keep_it_once(database, world, text):
    position_id, _document_id, _version = text
    for who in ("legal", "women"):
        actor = world.actor(who)
        with database.writing(actor) as session:
            actions.saw(session, actor, position_id)
        assert compared(database, actor, position_id, "read").counts[Change.CHANGED] == 0


def test_those_outside_have_read_nothing(database, world, text):
    for who in ("rights", "cluster", "donor"):
        actor = world.actor(who)
        with database.writing(actor) as session, pytest.raises(NotFound):
            actions.saw(session, actor, text[0])


def test_a_version_comes_back_with_its_words_and_its_order(database, world, text):
    position_id, document_id, version = text
    relief = world.actor("relief")
    change(database, world, document_id, rewrite(1, "Else."))
    change(database, world, document_id, lambda cs: ([Remove(cs[0].cid)], cs[0].hash))
    change(database, world, document_id, lambda cs: (
        [Insert(None, "paragraph", "", "Not in it.")], drafts.order_hash(cs)))  # fmt: skip
    change(database, world, document_id, lambda cs: (
        [Move(cs[-1].cid, None)], drafts.order_hash(cs)))  # fmt: skip
    seen = drafts.order_hash(now(database, world, document_id))
    with database.writing(relief) as session:
        actions.restore(session, relief, position_id, version.id, based_on=seen)
    back = now(database, world, document_id)
    assert [c.hash for c in back] == [c.hash for c in version.clauses]
    with database.reading(relief) as session:
        history = drafts.history(session, relief, back[1].cid)
    assert "Else." in [row.text for row in history]
    found = compared(database, relief, position_id, "read")
    assert found.counts[Change.CHANGED] == 1


def test_a_frozen_text_is_opened_by_bringing_a_version_back(database, world, text):
    position_id, document_id, version = text
    relief = world.actor("relief")
    change(database, world, document_id, rewrite(1, "Else."))
    with database.writing(relief) as session:
        scene.freeze(session, relief, position_id)
    seen = drafts.order_hash(now(database, world, document_id))
    with database.writing(relief) as session:
        actions.restore(session, relief, position_id, version.id, based_on=seen)
        of = read_positions.position(session, relief, position_id)
        assert of.stage == Stage.DRAFTING
    assert now(database, world, document_id)[1].text == version.clauses[1].text


def test_what_is_brought_back_must_have_been_read(database, world, text):
    position_id, document_id, version = text
    relief = world.actor("relief")
    seen = drafts.order_hash(now(database, world, document_id))
    with database.writing(relief) as session, pytest.raises(Invalid):
        actions.restore(session, relief, position_id, version.id, based_on=seen)
    change(database, world, document_id, rewrite(1, "Else."), "legal")
    with database.writing(relief) as session, pytest.raises(Conflict) as caught:
        actions.restore(session, relief, position_id, version.id, based_on=seen)
    assert caught.value.current[1].text == "Else."


def test_only_the_lead_brings_back_and_not_while_a_round_runs(database, world, text):
    position_id, document_id, version = text
    relief, legal = world.actor("relief"), world.actor("legal")
    change(database, world, document_id, rewrite(1, "Else."))
    seen = drafts.order_hash(now(database, world, document_id))
    with database.writing(legal) as session, pytest.raises(Denied):
        actions.restore(session, legal, position_id, version.id, based_on=seen)
    other = scene.frozen(database, world, circle=("legal",), title="Another")
    with database.writing(relief) as session, pytest.raises(NotFound):
        actions.restore(session, relief, position_id, other.version.id, based_on=seen)
    with database.writing(relief) as session:
        second = scene.freeze(session, relief, position_id)
        scene.Scene(position_id, second).open_round(
            session, relief, scene.ids(world, "legal", "women")
        )
    with database.writing(relief) as session, pytest.raises(Conflict) as caught:
        actions.restore(session, relief, position_id, version.id, based_on=seen)
    assert caught.value.reasons[0].code == "positions.round-first"


def test_the_edits_that_bring_back_any_order():
    """Moves and insertions, played as the draft plays them, end in the order of the version."""
    chance = random.Random(7)
    for _time in range(200):
        cids = [UUID(int=n) for n in range(1, chance.randrange(2, 9))]
        wanted = [Clause(cid, "paragraph", "", str(cid.int)) for cid in cids]
        there = [c for c in wanted if chance.random() < 0.7]
        chance.shuffle(there)
        order = [c.cid for c in there]
        for edit in rules.order_back(there, wanted):
            order.remove(edit.cid)
            order.insert(order.index(edit.after) + 1 if edit.after else 0, edit.cid)
        said = [str(cid.int) for cid in order]
        for edit in rules.clauses_back([Clause(cid, "", "", "") for cid in order], wanted):
            said.insert(said.index(str(edit.after.int)) + 1 if edit.after else 0, edit.text)
        assert said == [c.text for c in wanted]


def hostile():
    """Two long texts with no word in common and none of them twice: the slowest there is."""
    marks = [chr(0x4E00 + n) for n in range(20_000)]
    return "".join(marks), "".join(reversed(marks))


def test_a_hostile_text_is_shown_whole_and_an_honest_one_word_by_word():
    ours, theirs = hostile()
    a = [Clause(UUID(int=n), "paragraph", "Old", ours) for n in range(1, 31)]
    b = [Clause(UUID(int=n), "paragraph", "New", theirs) for n in range(1, 31)]
    a.append(Clause(UUID(int=99), "paragraph", "", "One two three."))
    b.append(Clause(UUID(int=99), "paragraph", "", "One 2 three."))
    found = bounded.compare(a, b)
    assert len(found) == 31
    for change_ in found:
        joined = "".join(text for op, text in change_.words if op != "added")
        assert joined == change_.before.text
        assert change_.after.text == "".join(t for op, t in change_.words if op != "removed")
        assert change_.kind is Change.CHANGED
    assert [op for op, _text in found[0].heading_words] == ["removed", "added"]
    assert [op for op, _text in found[29].words] == ["removed", "added"]
    assert bounded.words("One two.", "One 2.", bounded.Budget(0)) == [
        ("removed", "One two."),
        ("added", "One 2."),
    ]


def test_what_is_within_the_budget_is_compared_as_always():
    a = [Clause(UUID(int=1), "paragraph", "", "One two three.")]
    b = [Clause(UUID(int=1), "paragraph", "", "One 2 three.")]
    assert bounded.compare(a, b)[0].words[1] == ("removed", "two")


# --- pages ---------------------------------------------------------------------------------------


def test_the_page_begins_with_what_we_signed_last(database, world, text, client):
    position_id, document_id, _version = text
    relief, legal = world.actor("relief"), world.actor("legal")
    change(database, world, document_id, rewrite(1, "Second."))
    with database.writing(relief) as session:
        second = scene.freeze(session, relief, position_id)
        round_id = scene.Scene(position_id, second).open_round(
            session, relief, scene.ids(world, "legal", "women")
        )
    with database.writing(legal) as session:
        scene.reply(session, legal, scene.actions.queries.round_of(session, legal, round_id))
    page = client("legal").get(f"/versions/{position_id}/compare")
    assert re.search(r'<option[^>]* value="2"[^>]* selected[^>]*>Version 2, which we signed<', page)
    assert "Nothing is different." in page
    assert "which we signed" not in client("women").get(f"/versions/{position_id}/compare")


def test_i_have_read_this_and_then_what_changed_since(database, world, text, client):
    position_id, document_id, _version = text
    legal, here = client("legal"), f"/versions/{position_id}/compare"
    legal.post(f"/versions/{position_id}/read", page=here)
    change(database, world, document_id, rewrite(1, "Five clinics were turned back."))
    page = " ".join(legal.get(here).split())
    assert re.search(r'<option[^>]* value="read"[^>]* selected[^>]*>What I last read', page)
    assert "1 clause changed." in page
    assert "2 other clauses are not shown." in page
    side = legal.get(f"{here}?view=side&show=all")
    assert "<h2>Before</h2>" in side
    assert side.count('class="clause whole"') == 3
    assert "What I last read" not in client("women").get(here)
    client("rights").get(here, status=404)


def test_our_requests_are_counted_in_words_and_filter_the_clauses(database, world, text, client):
    position_id, document_id, _version = text
    relief, legal = world.actor("relief"), world.actor("legal")
    clauses = now(database, world, document_id)
    with database.writing(legal) as session:
        made = [
            amendments.propose(
                session, legal, position_id, cid=c.cid, after=None, kind="replacement",
                heading=c.heading, wording=f"{c.text} Now.", reason="", base_hash=c.hash,
            ).id
            for c in clauses[1:]
        ]  # fmt: skip
    change(database, world, document_id, rewrite(0, "More."))
    with database.writing(relief) as session:
        row = amendments.queries.amendment(session, relief, made[0])
        amendments.accept(session, relief, made[0], after=row.head_id, seen=clauses[1].hash)
    with database.writing(relief) as session:
        row = amendments.queries.amendment(session, relief, made[1])
        amendments.reject(session, relief, made[1], after=row.head_id, reason="No.")
    here = f"/versions/{position_id}/compare?from=1"
    page = " ".join(client("legal").get(here).split())
    assert "2 clauses changed." in page
    assert "Your organisation made 2 proposals: 1 taken, 1 not taken, 0 waiting." in page
    assert "Proposed by Harbour Legal Aid, taken by Relief Network" in page
    ours = client("legal").get(f"{here}&show=ours")
    assert ours.count('class="clause whole"') == 1
    assert "Your organisation made" not in client("women").get(here)


def test_what_became_of_our_comments_is_told_in_words(database, world, text, client):
    position_id, _document_id, _version = text
    relief, legal = world.actor("relief"), world.actor("legal")
    with database.reading(relief) as session:
        of = read_positions.position(session, relief, position_id)
        its = {"about_id": of.id, "lead_id": of.organisation_id, "audience_id": of.audience_id}
    threads = []
    for reach in (Reach.CIRCLE, Reach.LEAD, Reach.OWN, Reach.CIRCLE):
        with database.writing(legal) as session:
            made = talking.say(session, legal, **its, text="Say why.", more=More(reach=reach))
            threads.append(made.id)
    for thread, outcome in zip(threads, ("changed", "noted"), strict=False):
        with database.writing(relief) as session:
            talking.dispose(session, relief, thread, outcome=outcome, reason="So.", after=None)
    here = f"/versions/{position_id}/compare?from=1"
    page = " ".join(client("legal").get(here).split())
    assert "Your organisation made 3 comments: 1 taken, 1 noted, 0 not taken, 1 waiting." in page
    assert "Your organisation made" not in client("women").get(here)


def test_a_version_is_brought_back_from_its_page(database, world, text, client):
    position_id, document_id, version = text
    relief, here = client("relief"), f"/versions/{version.id}/restore"
    change(database, world, document_id, rewrite(1, "Else."))
    page = relief.get(here)
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    change(database, world, document_id, rewrite(2, "Other."), "legal")
    stale = relief.post(here, {"based_on": based}, page=here, status=409).get_data(as_text=True)
    assert "Somebody changed the text after you opened this page." in stale
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', stale).group(1)
    answer = relief.post(here, {"based_on": based}, page=here)
    assert answer.location == f"/positions/{position_id}"
    assert [c.hash for c in now(database, world, document_id)] == [c.hash for c in version.clauses]
    assert "Brought version 1 back as the draft" in relief.get(f"/positions/{position_id}/activity")
    assert "Only the lead can do this" not in relief.get(here)
    client("rights").get(here, status=404)
    client("rights").post(here, {}, page="/", status=404)


def test_the_pages_stand_in_arabic(text, client):
    position_id, _document_id, version = text
    relief = client("relief")
    relief.client.set_cookie("language", "ar")
    assert 'dir="rtl"' in relief.get(f"/versions/{position_id}/compare?show=all&view=side")
    assert 'dir="rtl"' in relief.get(f"/versions/{version.id}/restore")


def test_hostile_texts_are_joined_by_a_person_and_honest_ones_at_once():
    base, ours, theirs = "one two three four", "ONE two three four", "one two three FOUR"
    assert bounded.joined(base, ours, theirs, bounded.Budget()) == Rebased("ONE two three FOUR")
    assert bounded.joined(base, ours, theirs, bounded.Budget(10)) == Collision(ours, theirs, ())
    assert bounded.joined(base, base, theirs, bounded.Budget(0)) == Rebased(theirs)
