"""We endorse if this clause reads so: offered as one press once it does, never made by itself."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Replace
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.objections import actions, queries
from advocacy.objections.rows import Offer
from advocacy.objections.rules import Wanted
from advocacy.positions import actions as positions
from advocacy.positions import queries as texts
from advocacy.rounds import actions as rounds
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from tests.browser import Browser
from tests.objections.conftest import BY_NIGHT
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import NOW, World

Ask = Callable[..., UUID]


@pytest.fixture
def anew(database: Database, world: World, frozen: Scene, opened: RoundRow):
    """`anew("… by night.")`: the last clause is written so, frozen, and asked about again."""

    def again(wording: str) -> RoundRow:
        lead = world.actor("relief", now=NOW + timedelta(hours=1))
        with database.writing(lead) as session:
            rounds.abandon(session, lead, opened.id, reason="We change clause 3.")
            positions.reopen(session, lead, frozen.position_id)
            of = texts.position(session, lead, frozen.position_id)
            cid = frozen.version.clauses[2].cid
            based = drafts.clause(session, lead, of.document_id, cid).hash
            edit = Replace(cid, "", wording)
            drafting.change(session, lead, of.document_id, [edit], based_on=based)
            version = scene.freeze(session, lead, frozen.position_id)
            second = Scene(frozen.position_id, version)
            made = second.open_round(session, lead, scene.ids(world, "legal", "women"))
            clock.freeze(lead.now)
            return signoff.round_of(session, lead, made)

    return again


def offered(database: Database, world: World, key: str, round_: RoundRow) -> Offer | None:
    actor = world.actor(key, now=NOW + timedelta(hours=2))
    with database.reading(actor) as session:
        version = texts.version(session, actor, round_.version_id)
        return queries.offer(session, actor, round_, version)


def wanted(frozen: Scene, wording: str = BY_NIGHT) -> Wanted:
    return Wanted(clause_id=frozen.version.clauses[2].cid, wording=wording)


def test_the_endorsement_is_one_press_once_the_clause_reads_so(
    database: Database, world: World, frozen: Scene, ask: Ask, anew, client
) -> None:
    ask("legal", wanted(frozen, f"  {BY_NIGHT}\r\n"), outside="named", shown_name="Harbour")
    second = anew(BY_NIGHT)
    legal: Browser = client("legal")
    page = legal.get(f"/signoff/{second.id}")
    assert "Clause 3 now reads exactly as we asked" in page
    assert "Endorse as we said" not in client("women").get(f"/signoff/{second.id}")
    actor = world.actor("legal", now=NOW + timedelta(hours=2))
    with database.reading(actor) as session:
        assert signoff.my_answer(session, actor, second.id) is None  # never by itself
    form = {name: Browser._hidden(page, name) for name in ("of", "shown")}
    said = legal.post(f"/objections/offer/{second.id}", form, page=f"/signoff/{second.id}")
    assert "/receipts/" in said.headers["Location"]
    with database.reading(actor) as session:
        mine = signoff.my_answer(session, actor, second.id)
    assert mine is not None
    assert (mine.kind, mine.outside, mine.shown_name) == ("endorse", "named", "Harbour")


@pytest.mark.parametrize("wording", ["We ask the Governor to let clinics move at night.", ""])
def test_no_offer_for_other_words(
    database: Database, world: World, frozen: Scene, ask: Ask, anew, wording: str
) -> None:
    ask("legal", wanted(frozen))
    assert offered(database, world, "legal", anew(wording or f"{BY_NIGHT} Now.")) is None


def test_no_offer_after_another_answer(
    database: Database, world: World, frozen: Scene, ask: Ask, anew, opened: RoundRow
) -> None:
    before, legal = ask("legal", wanted(frozen)), world.actor("legal")
    with database.writing(legal) as session:
        scene.reply(session, legal, opened, "decline", after=before)
    assert offered(database, world, "legal", anew(BY_NIGHT)) is None


def test_a_second_press_and_a_late_one_record_nothing(
    database: Database, world: World, frozen: Scene, ask: Ask, anew
) -> None:
    of = ask("legal", wanted(frozen))
    second = anew(BY_NIGHT)

    def press(now) -> None:
        actor = world.actor("legal", now=now)
        with database.writing(actor) as session:
            actions.endorse_as_said(session, actor, second.id, of=of, seen_hash=second.content_hash)

    with pytest.raises(Conflict) as late:
        press(second.closes_at)
    assert late.value.reasons[0].code == "signoff.round-closed"
    press(NOW + timedelta(hours=2))
    with pytest.raises(Conflict) as twice:
        press(NOW + timedelta(hours=3))
    assert twice.value.reasons[0].code == "signoff.answered-meanwhile"
    women = world.actor("women", now=NOW + timedelta(hours=2))
    with database.writing(women) as session, pytest.raises(NotFound):
        actions.endorse_as_said(session, women, second.id, of=of, seen_hash=second.content_hash)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (Wanted(wording="x"), "objections.fix-needed"),
        (Wanted("Fix.", wording="x"), "objections.clause-needed"),
        (Wanted("Fix.", UUID(int=5), "x"), "form.choice"),
    ],
)
def test_a_condition_names_a_clause_of_the_text(ask: Ask, words: Wanted, code: str) -> None:
    with pytest.raises(Invalid) as error:
        ask("legal", words)
    assert code in [r.code for r in error.value.reasons]


def test_a_condition_that_is_met_already_is_no_condition(ask: Ask, frozen: Scene) -> None:
    with pytest.raises(Invalid) as error:
        ask("legal", wanted(frozen, frozen.version.clauses[2].text))
    assert "objections.reads-so" in [r.code for r in error.value.reasons]


def test_the_offer_stands_on_the_answering_page_too(frozen: Scene, ask: Ask, anew, client) -> None:
    ask("legal", wanted(frozen))
    second = anew(BY_NIGHT)
    assert "Endorse as we said" in client("legal").get(f"/signoff/{second.id}/answer")


def test_the_page_of_a_request_says_what_and_lets_each_do_their_part(
    frozen: Scene, ask: Ask, client, opened: RoundRow
) -> None:
    request = ask("legal", wanted(frozen))
    path = f"/objections/{request}"
    lead: Browser = client("relief")
    page = lead.get(path)
    assert "Nights are safer." in page
    assert BY_NIGHT in page
    assert "It is settled" not in page
    assert "1 request for change is open" in lead.get(f"/rounds/{opened.id}")
    lead.post(path, {"text": " "}, status=422)
    lead.post(path, {"text": "We say both.", "after": ""})
    legal: Browser = client("legal")
    page = legal.get(path)
    assert "We say both." in page
    stale = legal.post(path, {"text": "Kept words.", "after": ""}, status=409)
    assert "Kept words." in stale.get_data(as_text=True)
    talk = Browser._hidden(page, "talk")
    legal.post(f"{path}/clear", {"talk": talk}, page=path)
    assert "It holds nothing back." in lead.get(path)
    client("women").get(path, 404)
