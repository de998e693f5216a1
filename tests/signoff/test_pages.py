"""Reading, answering, confirming and lowering by the pages, as a phone without script does it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from advocacy.access import guard
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import NewClause, Replace
from advocacy.ground import clock
from advocacy.ground.unit import Database
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.rounds import actions as rounds_actions
from advocacy.signoff import queries
from advocacy.signoff.rows import RoundRow
from advocacy.text.hashes import short
from advocacy.web.db import db
from tests.bench.signing import fill
from tests.browser import Browser
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World

Say = Callable[..., UUID]
Open = Callable[[str], Browser]


@dataclass
class Phone:
    """A person on the pages of one round."""

    browser: Browser
    round_id: UUID

    @property
    def at(self) -> str:
        return f"/signoff/{self.round_id}"

    def hidden(self, html: str, name: str) -> str:
        return Browser._hidden(html, name)

    def choose(self, status: int = 200, **fields: object) -> str:
        """Step 2 as the page gives it, with these choices; returns step 3 (or what came)."""
        page = self.browser.get(f"{self.at}/answer")
        given = {
            "seen_hash": self.hidden(page, "seen_hash"),
            "after": self.hidden(page, "after"),
            "outside": "private",
            "inside": "nobody",
            "shown_name": "Harbour Legal Aid",
            **fields,
        }
        answer = self.browser.post(f"{self.at}/answer", given, status=status)
        return answer.get_data(as_text=True)

    def carried(self, confirm: str) -> dict[str, str]:
        form = confirm.split(f'action="{self.at}/confirm"')[1].split("</form>")[0]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        return {name: unescape(value) for name, value in found if name != "csrf_token"}

    def confirm(self, confirm: str, *, status: int = 303, key: str = "") -> str:
        sent = self.carried(confirm)
        key = key or sent["idempotency_key"]
        answer = self.browser.post(
            f"{self.at}/confirm", sent | {"idempotency_key": key}, page=self.at_token, status=status
        )
        return answer.headers.get("Location", "") or answer.get_data(as_text=True)

    @property
    def at_token(self) -> str:
        return f"{self.at}"


@pytest.fixture
def phone(client: Open, opened: RoundRow) -> Callable[[str], Phone]:
    return lambda key: Phone(client(key), opened.id)


def answers(database: Database, world: World, key: str, round_: RoundRow) -> str | None:
    actor = world.actor(key)
    with database.reading(actor) as session:
        mine = queries.my_answer(session, actor, round_.id)
    return mine.kind if mine else None


def test_three_steps_record_one_answer(
    database: Database, world: World, opened: RoundRow, phone: Callable[[str], Phone]
) -> None:
    legal = phone("legal")
    read = legal.browser.get(legal.at)
    assert "Four clinics have been turned back" in read
    assert "Tuesday 24 November, 16:00 (Amman)" in read
    assert f'href="{legal.at}/answer"' in read
    step_2 = legal.browser.get(f"{legal.at}/answer")
    assert "Our name may stand under exactly this text." in step_2
    assert "holds back only our own name" in step_2
    confirm = legal.choose(kind="endorse", outside="named", inside="lead")
    assert answers(database, world, "legal", opened) is None
    assert short(opened.content_hash) in confirm
    assert "Harbour Legal Aid" in confirm
    assert "Legal Person" in confirm
    receipt = legal.confirm(confirm)
    assert answers(database, world, "legal", opened) == "endorse"
    page = legal.browser.get(receipt)
    assert opened.content_hash in page
    assert "22 November 2026" in page or "22 Nov" in page


def test_the_text_is_folded_and_one_press_opens_all_of_it(
    phone: Callable[[str], Phone],
) -> None:
    legal = phone("legal")
    folded = legal.browser.get(legal.at)
    whole = legal.browser.get(f"{legal.at}?whole=y")
    assert f'href="{legal.at}?whole=y#the-text"' in folded
    assert folded.count('<details class="fold" open>') < whole.count('<details class="fold" open>')
    assert '<details class="fold">' not in whole


def test_the_narrowest_is_chosen_until_we_choose(phone: Callable[[str], Phone]) -> None:
    page = phone("legal").browser.get(f"{phone('legal').at}/answer")
    picked = re.findall(r'name="(kind|outside|inside)"[^>]*value="([^"]+)" checked', page)
    assert picked == [("outside", "private"), ("inside", "lead")]


def test_a_double_click_and_the_back_button_record_once(
    database: Database, world: World, opened: RoundRow, phone: Callable[[str], Phone]
) -> None:
    legal = phone("legal")
    confirm = legal.choose(kind="decline")
    first = legal.confirm(confirm)
    assert legal.confirm(confirm) == first
    back = legal.confirm(confirm, key=str(uuid4()), status=409)
    assert "Nothing was recorded" in back
    assert "Somebody of your organisation answered" in back


def test_a_colleagues_answer_meanwhile_is_shown_and_nothing_recorded(
    database: Database, world: World, opened: RoundRow, say: Say, phone: Callable[[str], Phone]
) -> None:
    legal = phone("legal")
    confirm = legal.choose(kind="endorse")
    say("legal", "decline")
    page = legal.confirm(confirm, status=409)
    assert "We do not sign" in page
    assert answers(database, world, "legal", opened) == "decline"
    page = legal.choose(kind="endorse", after="", status=409)
    assert "Nothing was recorded" in page


def test_a_form_of_another_text_is_refused(
    database: Database, world: World, opened: RoundRow, phone: Callable[[str], Phone]
) -> None:
    page = phone("legal").choose(kind="endorse", seen_hash="0" * 64, status=409)
    assert "not the text you were shown" in page
    assert answers(database, world, "legal", opened) is None


def test_late_by_a_second_says_so(
    database: Database, world: World, opened: RoundRow, client: Open
) -> None:
    clock.freeze(scene.CLOSES_AT - timedelta(seconds=1))
    legal = Phone(client("legal"), opened.id)
    confirm = legal.choose(kind="endorse")
    clock.freeze(scene.CLOSES_AT)
    page = legal.confirm(confirm, status=409)
    assert "This round has closed. Nothing was recorded." in page
    assert answers(database, world, "legal", opened) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose an answer."),
        ({"kind": "change"}, "Write what would have to change."),
        ({"kind": "reservation", "note": "x"}, "Choose the clauses your note is about."),
        ({"kind": "endorse", "outside": "named", "shown_name": " "}, "Write the name"),
        ({"kind": "endorse", "outside": "everywhere"}, "Not a valid choice"),
        ({"kind": "reservation", "note": "x", "clauses": "no-id"}, "Choose the clauses"),
        ({"kind": "change", "fix": "x", "note": "x" * 4001}, "Shorten this"),
        (
            {"kind": "endorse", "outside": "named", "shown_name": "N" * 500},
            "Shorten this to 200 characters.",
        ),
    ],
)
def test_what_is_missing_is_said_and_the_words_kept(
    phone: Callable[[str], Phone], fields: dict[str, str], words: str
) -> None:
    page = phone("legal").choose(status=422, **fields)
    assert words in page
    if "note" in fields:
        assert fields["note"] in page


def test_change_something_brings_the_choices_back(phone: Callable[[str], Phone]) -> None:
    legal = phone("legal")
    confirm = legal.choose(kind="change", note="By night too.", fix="Say so.")
    page = legal.choose(**(legal.carried(confirm) | {"back": "y"}))
    assert "By night too." in page
    assert re.search(r'value="change" checked', page)


def test_only_the_answers_the_round_allows_are_shown(
    database: Database, world: World, frozen: Scene, client: Open
) -> None:
    actor = world.actor("relief")
    with database.writing(actor) as session:
        round_id = frozen.open_round(
            session, actor, scene.ids(world, "legal"),
            answers=["endorse", "change"], blocks="whole-text",
        )  # fmt: skip
    legal = Phone(client("legal"), round_id)
    page = legal.browser.get(f"{legal.at}/answer")
    assert re.findall(r'name="kind"[^>]*value="([^"]+)"', page) == ["endorse", "change"]
    at_its_button = page.split('value="change"')[1].split("</label>")[0]
    assert "holds back the whole text" in at_its_button
    assert "Choose one from the list." in legal.choose(kind="abstain", status=422)


@pytest.mark.parametrize(
    "page", ["/signoff/{}", "/signoff/{}/answer", "/receipts/lower/{}", "/rounds/{}"]
)
def test_strangers_find_nothing(client: Open, opened: RoundRow, page: str) -> None:
    for key in ("donor", "observer"):
        client(key).get(page.format(opened.id), 404)
    assert client("").client.get(page.format(opened.id)).status_code == 303


def test_who_is_not_asked_reads_but_cannot_answer(phone: Callable[[str], Phone]) -> None:
    forum = phone("forum")
    assert "No answer is asked of" in forum.browser.get(forum.at)
    forum.browser.get(f"{forum.at}/answer", 403)
    forum.browser.get(f"/rounds/{forum.round_id}", 403)


def test_another_organisations_receipt_is_not_there(
    phone: Callable[[str], Phone], say: Say
) -> None:
    answer_id = say("legal", inside="all", outside="named")
    phone("legal").browser.get(f"/receipts/{answer_id}")
    for key in ("relief", "women", "donor"):
        phone(key).browser.get(f"/receipts/{answer_id}", 404)


def test_taking_our_name_off_is_one_button(
    database: Database, world: World, opened: RoundRow, phone: Callable[[str], Phone], say: Say
) -> None:
    answer_id = say("legal", inside="lead", outside="named")
    clock.freeze(scene.CLOSES_AT + timedelta(days=2))
    legal = phone("legal")
    page = legal.browser.get(f"/receipts/{answer_id}")
    assert "Take our name off now" in page
    answer = legal.browser.post(
        f"/receipts/lower/{opened.id}",
        {"outside": "private", "inside": "lead"},
        page=f"/receipts/{answer_id}",
    )
    assert "Private" in legal.browser.get(answer.headers["Location"])
    raised = legal.browser.post(
        f"/receipts/lower/{opened.id}", {"outside": "named", "inside": "lead"}, status=422
    )
    assert "can only be lowered" in raised.get_data(as_text=True)


def test_each_organisation_sees_the_difference_from_what_it_answered(
    database: Database, world: World, frozen: Scene, opened: RoundRow, say: Say, client: Open
) -> None:
    clause = frozen.version.clauses[2]
    say("legal", "reservation", note="By night too.", clauses=(clause.cid,))
    lead = world.actor("relief", now=opened.opened_at + timedelta(hours=1))
    with database.writing(lead) as session:
        rounds_actions.abandon(session, lead, opened.id, reason="We change clause 3.")
        positions.reopen(session, lead, frozen.position_id)
        of = read_positions.position(session, lead, frozen.position_id)
        based = drafts.clause(session, lead, of.document_id, clause.cid).hash
        edit = Replace(clause.cid, "", "We ask the Governor to let clinics move by night.")
        drafting.change(session, lead, of.document_id, [edit], based_on=based)
        version = scene.freeze(session, lead, frozen.position_id)
        again = Scene(frozen.position_id, version)
        second = again.open_round(session, lead, scene.ids(world, "legal", "women"))
    clock.freeze(lead.now)
    page = client("legal").get(f"/signoff/{second}")
    assert "Changed since we answered" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Our reservation no longer fits" in page
    assert "Changed since we answered" not in client("women").get(f"/signoff/{second}")
    assert "We change clause 3." in client("legal").get(f"/signoff/{opened.id}")


@pytest.mark.parametrize(
    ("language", "words", "meaning"),
    [
        ("fr", "Souscrire", "Notre nom peut figurer sous ce texte, exactement."),
        ("es", "Suscribir", "Nuestro nombre puede figurar bajo este texto exacto."),
        ("ar", "نؤيد", "يجوز أن يظهر اسمنا تحت هذا النص بحرفه."),
    ],
)
def test_the_meanings_stand_at_the_buttons_in_the_readers_language(
    phone: Callable[[str], Phone], language: str, words: str, meaning: str
) -> None:
    legal = phone("legal")
    legal.browser.client.set_cookie("language", language)
    page = legal.browser.get(f"{legal.at}/answer")
    assert words in page
    assert meaning in page
    assert ('dir="rtl"' in page.split(">")[1]) is (language == "ar")


def test_an_arabic_text_with_a_long_name_is_read_from_the_right(
    database: Database, world: World, client: Open
) -> None:
    clauses = (NewClause("paragraph", "", "أُعيدت أربع عيادات منذ أكتوبر. " * 40),)
    made = scene.frozen(database, world, clauses=clauses, language="ar", title="العيادات " * 30)
    actor = world.actor("relief")
    with database.writing(actor) as session:
        round_id = made.open_round(session, actor, scene.ids(world, "legal"))
    page = client("legal").get(f"/signoff/{round_id}")
    assert 'lang="ar" dir="auto"' in page


# --- the lead -----------------------------------------------------------------------------------


def test_the_lead_opens_a_round_by_the_form(
    database: Database, world: World, frozen: Scene, client: Open
) -> None:
    relief, path = client("relief"), f"/rounds/open/{frozen.position_id}"
    page = relief.get(path)
    given = {
        "version_id": Browser._hidden(page, "version_id"),
        "roster": [str(i) for i in scene.ids(world, "legal", "women")],
        "closes_on": "2026-11-24",
        "closes_time": "16:00",
        "zone": "Asia/Amman",
        "blocks": "own-name",
        "answers": ["endorse", "decline"],
    }
    past = relief.post(path, given | {"closes_on": "2026-11-01"}, status=422)
    assert "This day is over" in past.get_data(as_text=True)
    relief.post(path, given | {"closes_on": "soon"}, status=422)
    relief.post(path, given | {"version_id": "x"}, status=409)
    roster = relief.post(path, given).headers["Location"]
    page = relief.get(roster)
    assert "2 organisations: no answer that you can see" in page
    assert relief.post(path, given, status=422).status_code == 422
    client("legal").get(path, 403)
    client("donor").get(path, 404)


def test_the_leads_page_is_the_same_for_the_silent_and_the_hidden(
    client: Open, opened: RoundRow, say: Say
) -> None:
    def page() -> str:
        text = client("relief").get(f"/rounds/{opened.id}")
        return re.sub(r'(name="(csrf_token|idempotency_key|acting_for)" value=")[^"]*', r"\1", text)

    before = page()
    say("legal", "decline", inside="nobody")
    assert page() == before


def test_the_lead_gives_a_round_up_with_a_reason(client: Open, opened: RoundRow) -> None:
    relief, roster = client("relief"), f"/rounds/{opened.id}"
    path = f"/rounds/{opened.id}/abandon"
    empty = relief.post(path, {"reason": ""}, page=roster, status=422)
    assert "Write why" in empty.get_data(as_text=True)
    relief.post(path, {"reason": "The road has opened."}, page=roster)
    assert "The road has opened." in client("women").get(f"/signoff/{opened.id}")
    client("women").post(path, {"reason": "x"}, page=f"/signoff/{opened.id}", status=403)


def test_closing_early_needs_an_answer_from_everybody(
    client: Open, opened: RoundRow, say: Say
) -> None:
    relief, roster = client("relief"), f"/rounds/{opened.id}"
    early = relief.post(f"/rounds/{opened.id}/close", page=roster, status=422)
    assert "cannot see an answer from everybody" in early.get_data(as_text=True)
    for key in ("relief", "legal", "women", "rights"):
        say(key, inside="lead")
    relief.post(f"/rounds/{opened.id}/close", page=roster)
    assert "This round has closed" in client("legal").get(f"/signoff/{opened.id}")


def test_pages_of_answering_ask_the_database_a_fixed_number_of_times(
    database: Database, world: World, client: Open, opened: RoundRow, say: Say
) -> None:
    seen: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    def count(path: str) -> int:
        seen.clear()
        browser.get(path)
        return len(seen)

    browser = client("relief")
    with browser.client.application.app_context():
        engine = db.engine
    paths = (f"/signoff/{opened.id}", f"/signoff/{opened.id}/answer", f"/rounds/{opened.id}")
    for path in paths:
        browser.get(path)
    event.listen(engine, "before_cursor_execute", note)
    say("legal", inside="all", outside="named")  # what was kept of the first views is forgotten
    few = {path: count(path) for path in paths}
    lead = world.actor("relief")
    with database.writing(lead) as session, guard.system(session, guard.System.COMMAND):
        fill(session, opened, 49)
    many = {path: count(path) for path in paths}
    event.remove(engine, "before_cursor_execute", note)
    assert few == many
