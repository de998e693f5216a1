"""Copies that were given, and a text that is corrected or withdrawn."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from advocacy.access.actor import anonymous
from advocacy.deliveries import actions, queries
from advocacy.deliveries.rules import Delivered
from advocacy.drafting import actions as drafts
from advocacy.drafting import queries as drafting
from advocacy.drafting.rules import Replace
from advocacy.editions import queries as editions
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.outbox import actions as outbox
from advocacy.outbox import mail
from advocacy.positions import queries as positions
from advocacy.rounds import actions as rounds
from advocacy.signoff import queries as signoff
from tests.browser import Browser
from tests.releases.conftest import AFTER, Make, Over, over
from tests.signoff import scene

__all__ = ["over"]

GIVEN = Delivered(
    to_name="A. Haddad", to_role="Adviser to the Governor", how="hand", by_name="Relief Person",
    given_at=AFTER - timedelta(minutes=5), note="She will answer.", address="a.haddad@gov.example",
    language="ar",
)  # fmt: skip
REASON = "A date in the third clause was wrong."


def out(over: Make, **about: Any) -> tuple[Over, UUID]:
    done = over({"legal": {"outside": "named"}, "women": {"outside": "counted"}}, **about)
    done.check()
    more = {"delivered_to": "The Governor"} if about.get("channel") == "private" else {}
    return done, done.publish(**more)


def act(done: Over, key: str, action: Callable[..., Any], *args: Any, **more: Any) -> Any:
    actor = done.actor(key)
    with done.database.writing(actor) as session:
        return action(session, actor, *args, **more)


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[mail.Mail]:
    """What left the building."""
    assert app
    sent: list[mail.Mail] = []
    monkeypatch.setattr(mail, "send", lambda _url, _sender, one, **_back: sent.append(one))
    monkeypatch.setattr(mail, "_post", mail.Post("smtp://localhost", "a@b.example", "https://x"))
    return sent


# --- copies -------------------------------------------------------------------------------------


def test_a_copy_is_known_to_those_who_were_asked_and_its_address_to_the_lead(over: Make) -> None:
    done, release = out(over, channel="private")
    act(done, "relief", actions.record, release, GIVEN)
    for key, knows in (("relief", True), ("legal", False), ("women", False)):
        (copy,) = act(done, key, queries.copies, release)
        assert (copy.to_name, copy.to_role, copy.by_name) == (
            "A. Haddad", "Adviser to the Governor", "Relief Person",
        )  # fmt: skip
        assert copy.has_address == knows
    assert act(done, "donor", queries.copies, release) == []
    assert len(act(done, "legal", queries.where, done.scene.position_id)) == 1


def test_only_the_lead_writes_it_down(over: Make) -> None:
    done, release = out(over)
    for key in ("legal", "relief.drafter", "donor"):
        with pytest.raises(Denied):
            act(done, key, actions.record, release, GIVEN)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to_name": " "}, "form.required"),
        ({"to_role": ""}, "form.required"),
        ({"how": "drone"}, "form.choice"),
        ({"given_at": AFTER + timedelta(seconds=1)}, "deliveries.not-yet"),
        ({"given_at": None}, "releases.no-such-time"),
        ({"address": "a@b.example\nBcc: c@d.example"}, "deliveries.address"),
        ({"address": "a@b.example, c@d.example"}, "deliveries.address"),
        ({"to_name": "x" * 201}, "form.too-long"),
    ],
)
def test_a_record_with_a_hole_is_refused(over: Make, change: dict[str, Any], code: str) -> None:
    done, release = out(over)
    with pytest.raises(Invalid) as error:
        act(done, "relief", actions.record, release, Delivered(**{**vars(GIVEN), **change}))
    assert {reason.code for reason in error.value.reasons} == {code}


def test_their_answer_follows_and_a_stale_page_writes_none(over: Make) -> None:
    done, release = out(over)
    row = act(done, "relief", actions.record, release, GIVEN)
    first = act(
        done, "relief", actions.reply, row.id, words="Received.", on=AFTER.date(), after=None
    )
    with pytest.raises(Conflict):
        act(done, "relief", actions.reply, row.id, words="No.", on=AFTER.date(), after=None)
    act(done, "relief", actions.reply, row.id, words="Yes.", on=AFTER.date(), after=first.id)
    (copy,) = act(done, "legal", queries.copies, release)
    assert [reply.words for reply in copy.replies] == ["Received.", "Yes."]
    with pytest.raises(Invalid):
        act(
            done, "relief", actions.reply, row.id,
            words="Early.", on=date(2026, 11, 1), after=copy.last,
        )  # fmt: skip


# --- withdrawal ---------------------------------------------------------------------------------


def test_a_withdrawn_text_says_when_and_why_and_nothing_else(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done, release = out(over)
    path = f"/releases/{release}"
    client("").get(path)
    act(done, "relief", actions.withdraw, release, reason=REASON)
    page = client("").get(path)
    assert "Withdrawn on 24 November 2026" in page
    assert REASON in page
    for gone in ("Four clinics", "Harbour Legal Aid", "organisation</b>", "/editions/"):
        assert gone not in page
    for way in ("pdf", "word", "html"):
        client("").get(f"/editions/{release}/{way}", 404)
    assert "Withdrawn" in client("donor").get("/editions/in/testland")
    lead = done.actor("relief")
    with done.database.reading(lead) as session:
        assert positions.position(session, lead, done.scene.position_id).stage == "withdrawn"


def test_a_text_is_withdrawn_once_by_its_lead_with_a_reason(over: Make) -> None:
    done, release = out(over)
    with pytest.raises(Denied):
        act(done, "legal", actions.withdraw, release, reason=REASON)
    with pytest.raises(Invalid):
        act(done, "relief", actions.withdraw, release, reason="  ")
    act(done, "relief", actions.withdraw, release, reason=REASON)
    for again in (actions.withdraw, actions.correct):
        with pytest.raises(Conflict):
            act(done, "relief", again, release, reason=REASON)


def test_everybody_who_has_a_copy_is_written_to_without_a_word_of_the_text(
    over: Make, post: list[mail.Mail]
) -> None:
    done, release = out(over, channel="private")
    act(done, "relief", actions.record, release, GIVEN)
    outbox.drain(done.database, now=AFTER)
    post.clear()
    act(done, "relief", actions.withdraw, release, reason=REASON)
    outbox.drain(done.database, now=AFTER)
    outbox.drain(done.database, now=AFTER)
    people = {one.to for one in post}
    assert "a.haddad@gov.example" in people
    assert len(people) == 7  # the lead, its circle of five, and one outside
    assert len(post) == len(people)
    for one in post:
        words = one.subject + one.text
        for secret in (REASON, "clinics", "Mobile", "Governor", "Haddad"):
            assert secret not in words
    outside = next(one for one in post if one.to == "a.haddad@gov.example")
    assert outside.language == "ar"
    assert "https://" not in outside.text


def test_who_left_no_address_is_told_by_a_person(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done, release = out(over)
    row = act(done, "relief", actions.record, release, Delivered(**{**vars(GIVEN), "address": ""}))
    with pytest.raises(Conflict):
        act(done, "relief", actions.tell, row.id, after=None)
    act(done, "relief", actions.withdraw, release, reason=REASON)
    relief = client("relief")
    path = f"/deliveries/{release}"
    assert "Not told yet" in relief.get(path)
    relief.post(f"/deliveries/copy/{row.id}/told", {"after": ""}, page=path)
    assert "Told that the text changed" in relief.get(path)


# --- correction ---------------------------------------------------------------------------------


def corrected(done: Over, release: UUID) -> UUID:
    """The way from a text that is out to its corrected version that is out."""
    lead, position_id = done.actor("relief"), done.scene.position_id
    act(done, "relief", actions.correct, release, reason=REASON)
    with done.database.writing(lead) as session:
        of = positions.position(session, lead, position_id)
        clause = drafting.clauses(session, lead, of.document_id)[1]
        edit = Replace(clause.cid, "", "Five clinics have been turned back since October.")
        drafts.change(session, lead, of.document_id, [edit], based_on=clause.hash)
        version = scene.freeze(session, lead, position_id)
        again = scene.Scene(position_id, version)
        round_id = again.open_round(
            session, lead, scene.ids(done.world, "legal"), closes_on=date(2026, 11, 26)
        )
    legal = done.actor("legal")
    with done.database.writing(legal) as session:
        done.round_ = signoff.round_of(session, legal, round_id)
        scene.reply(session, legal, done.round_, outside="named")
    with done.database.writing(lead) as session:
        rounds.close(session, lead, round_id)
    done.check()
    return done.publish()


def test_a_correction_opens_the_draft_and_says_so_and_the_next_release_takes_its_place(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done, release = out(over)
    second = corrected(done, release)
    old = client("").get(f"/releases/{release}")
    assert "Replaced by a corrected text" in old
    assert f"/releases/{second}" in old
    assert "Harbour Legal Aid" not in old
    new = client("").get(f"/releases/{second}")
    assert "Five clinics" in new
    assert "Harbour Legal Aid" in new
    client("").get(f"/editions/{release}/pdf", 404)
    lead = anonymous(AFTER)
    with done.database.reading(lead) as session:
        listed = editions.listing(session, lead, "testland")
    assert [row.id for row in listed] == [second]


def test_while_it_is_corrected_the_page_says_so_and_the_list_stands(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done, release = out(over)
    act(done, "relief", actions.correct, release, reason=REASON)
    page = client("").get(f"/releases/{release}")
    assert "A correction is being prepared" in page
    assert "Harbour Legal Aid" in page
    act(done, "relief", actions.withdraw, release, reason=REASON)
    assert "Withdrawn on" in client("").get(f"/releases/{release}")


# --- pages --------------------------------------------------------------------------------------


def test_the_lead_walks_from_the_record_to_the_withdrawal(
    over: Make, client: Callable[[str], Browser]
) -> None:
    _done, release = out(over)
    relief, path = client("relief"), f"/deliveries/{release}"
    assert "No copy is written down yet" in relief.get(path)
    given = {
        "to_name": "مستشار المحافظ", "to_role": "<b>Adviser</b>", "how": "mail", "language": "en",
        "by_name": "Relief Person", "given_on": "2026-11-24", "given_time": "16:30",
    }  # fmt: skip
    late = relief.post(path, given | {"given_on": "2026-12-24"}, status=422).text
    assert "This day has not come yet" in late
    relief.post(path, given)
    page = client("legal").get(path)
    assert "مستشار المحافظ" in page
    assert "&lt;b&gt;Adviser" in page
    assert "Withdraw it" not in page
    client("").get(path, 303)
    client("donor").get(path, 404)
    client("legal").get(f"{path}/withdraw", 403)
    relief.get(f"{path}/correct")
    relief.post(f"{path}/withdraw", {"reason": ""}, status=422)
    where = relief.post(f"{path}/withdraw", {"reason": REASON}).headers["Location"]
    assert REASON in client("").get(where)


def test_nothing_is_known_of_a_release_one_may_not_read(over: Make) -> None:
    done, release = out(over, channel="private")
    with pytest.raises(NotFound):
        act(done, "donor", actions.withdraw, release, reason=REASON)


def test_who_takes_its_name_off_is_told_where_copies_are(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done, release = out(over)
    act(done, "relief", actions.record, release, GIVEN)
    page = client("legal").get(f"/receipts/lower/{done.round_.id}")
    assert "A. Haddad" in page
    assert "Adviser to the Governor" in page
    assert "a.haddad@gov.example" not in page


def test_two_who_publish_at_once_publish_once(over: Make) -> None:
    done = over({"legal": {"outside": "named"}})
    done.check()

    def go(_n: int) -> str:
        try:
            return str(done.publish())
        except (Conflict, Invalid) as error:
            return type(error).__name__

    with ThreadPoolExecutor(2) as both:
        ended = sorted(both.map(go, range(2)), key=len)
    assert ended[0] == "Conflict"
    assert UUID(ended[1])
