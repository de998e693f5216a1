"""From the gate to the page that everybody reads, and what is taken back from it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import queries as positions
from advocacy.releases import actions, queries
from advocacy.releases.schema import Release, ReleaseEntry
from advocacy.signoff import actions as signoff
from tests.browser import Browser
from tests.releases.conftest import AFTER, HARM, RESERVED, Make, Over
from tests.signoff import scene

NAMED = {"legal": {"outside": "named"}}


def codes(error: pytest.ExceptionInfo[BaseException]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


def lower(over: Over, key: str, outside: str, inside: str = "nobody") -> None:
    actor = over.actor(key)
    with over.database.writing(actor) as session:
        signoff.lower(session, actor, over.round_.id, outside=outside, inside=inside)


# --- the gate -----------------------------------------------------------------------------------


def test_the_gate_lists_everything_that_is_missing(over: Make) -> None:
    nothing = over({})
    clock.freeze(None)
    lead = nothing.world.actor("relief")
    with nothing.database.reading(lead) as session:
        faults = queries.gate(session, lead, nothing.scene.position_id)
    assert [fault.code for fault in faults] == [
        "releases.round-over",
        "releases.someone-endorses",
        "releases.nothing-blocks",
        "releases.harm-checked",
    ]


def test_nothing_goes_out_without_a_harm_check(over: Make) -> None:
    done = over(NAMED)
    with pytest.raises(Invalid) as error:
        done.publish()
    assert codes(error) == {"releases.harm-checked"}
    done.check()
    done.publish()


def test_an_objection_to_the_whole_text_holds_it_back(over: Make) -> None:
    done = over({**NAMED, "women": {"kind": "change", "note": "Name no road."}})
    done.check()
    with pytest.raises(Invalid) as error:
        done.publish()
    assert codes(error) == {"releases.nothing-blocks"}


def test_a_text_nobody_endorses_does_not_go_out(over: Make) -> None:
    done = over({"legal": {"kind": "no-objection"}})
    done.check()
    with pytest.raises(Invalid) as error:
        done.publish()
    assert codes(error) == {"releases.someone-endorses"}


def test_only_the_lead_checks_and_publishes(over: Make) -> None:
    done = over(NAMED)
    done.check()
    for key, kind in (("legal", Denied), ("relief.drafter", Denied), ("donor", NotFound)):
        actor = done.actor(key)
        with pytest.raises(kind), done.database.writing(actor) as session:
            actions.publish(
                session, actor, done.scene.position_id, seen_hash=done.round_.content_hash
            )
        with pytest.raises(kind), done.database.writing(actor) as session:
            actions.check_harm(session, actor, done.scene.position_id, HARM, after=None)


def test_another_text_than_the_leads_page_showed_stays_in(over: Make) -> None:
    done = over(NAMED)
    done.check()
    with pytest.raises(Conflict):
        done.publish(seen_hash="0" * 64)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by_speaking": " "}, "form.required"),
        ({"consent": "maybe"}, "releases.consent"),
        ({"checked_on": date(2026, 12, 31)}, "releases.checked-later"),
    ],
)
def test_a_harm_check_with_a_hole_is_refused(
    over: Make, change: dict[str, object], code: str
) -> None:
    done = over(NAMED)
    lead = done.actor("relief")
    harm = replace(HARM, **change)
    with pytest.raises(Invalid) as error, done.database.writing(lead) as session:
        actions.check_harm(session, lead, done.scene.position_id, harm, after=None)
    assert codes(error) == {code}


def test_publishing_moves_the_position_once(over: Make) -> None:
    done = over(NAMED)
    done.check()
    done.publish()
    lead = done.actor("relief")
    with done.database.reading(lead) as session:
        assert positions.position(session, lead, done.scene.position_id).stage == "published"
    with pytest.raises(Conflict):
        done.publish()


# --- what the page shows ------------------------------------------------------------------------


def test_everybody_reads_the_text_and_only_what_was_allowed(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(
        {
            "legal": {"outside": "named", "shown_name": "Harbour Legal Aid (HLA)"},
            "women": {"outside": "counted"},
            "rights": {"outside": "private"},
            "forum": {"outside": "named"},
        }
    )
    done.check()
    path = f"/releases/{done.publish()}"
    page = client("").get(path)
    assert "Four clinics have been turned back" in page
    assert "Harbour Legal Aid (HLA)" in page
    assert "1 organisation and 1 network" in page
    for hidden in ("Blue Valley Women", "Rights Watch", "Relief Network"):
        assert hidden not in page
    for word in ("roster", "round", "declin", "Relief Person"):
        assert word not in page.lower() or word == "round"


@pytest.mark.parametrize("silent", [{}, {"women": {"kind": "decline", "note": "x"}}])
def test_the_page_is_the_same_whether_others_declined_or_kept_silent(
    over: Make, client: Callable[[str], Browser], silent: dict[str, dict[str, object]]
) -> None:
    done = over({**NAMED, **silent, "rights": {"outside": "counted"}})
    done.check()
    page = client("").get(f"/releases/{done.publish()}")
    assert "1 organisation" in page
    assert "Women" not in page
    assert "decline" not in page


def test_a_name_taken_off_is_gone_at_once_and_moves_into_no_number(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({key: {"outside": "named"} for key in ("legal", "women", "rights")})
    done.check()
    path = f"/releases/{done.publish()}"
    assert "3 organisations" in client("").get(path)
    lower(done, "legal", "counted")
    counted = client("").get(path)
    lower(done, "legal", "private")
    assert "Harbour Legal Aid" not in counted
    assert "2 organisations" in counted
    assert client("").get(path) == counted


def test_a_printed_reservation_stands_as_a_note_until_it_is_lowered(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({"women": {"outside": "named"}, "legal": RESERVED})
    done.check()
    path = f"/releases/{done.publish()}"
    page = client("").get(path)
    assert "By night too." in page
    assert 'href="#note-1"' in page
    lower(done, "legal", "counted")
    assert "By night too." not in client("").get(path)


def test_a_private_text_is_a_record_for_those_who_took_part(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(NAMED, channel="private")
    done.check()
    with pytest.raises(Invalid) as error:
        done.publish()
    assert codes(error) == {"releases.delivered-to-whom"}
    path = f"/releases/{done.publish(delivered_to='The Governor, by hand.')}"
    assert "The Governor, by hand." in client("women").get(path)
    for outsider in ("", "donor", "observer"):
        client(outsider).get(path, 404)
    lead = done.actor("relief")
    with done.database.reading(lead) as session:
        assert positions.position(session, lead, done.scene.position_id).stage == "delivered"


def test_a_donor_reads_the_public_page_as_a_stranger_does(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(NAMED)
    done.check()
    path = f"/releases/{done.publish()}"

    def main(key: str) -> str:
        return re.sub(r"\s+", " ", client(key).get(path).split("<main")[1].split("</main>")[0])

    assert main("donor") == main("")


# --- what is kept -------------------------------------------------------------------------------


def test_the_list_is_kept_with_its_hash_and_never_changes(over: Make) -> None:
    done = over(NAMED)
    done.check()
    release_id = done.publish()
    lead = done.actor("relief")
    with done.database.reading(anonymous(AFTER)) as session:
        row = session.get_one(Release, release_id)
        assert [name["name"] for name in row.compiled["names"]] == ["Harbour Legal Aid"]
        assert len(row.list_hash) == 64
    with pytest.raises(DBAPIError), done.database.writing(lead) as session:
        session.get_one(Release, release_id).title = "Another"


def test_not_even_the_lead_reads_how_the_unnamed_stood(over: Make) -> None:
    done = over({**NAMED, "women": {"outside": "counted", "inside": "nobody"}})
    done.check()
    done.publish()
    for key in ("relief", "rights", "donor"):
        with done.database.reading(done.actor(key)) as session:
            assert list(session.scalars(select(ReleaseEntry.id))) == []


# --- the lead's pages ---------------------------------------------------------------------------


def test_the_lead_goes_from_the_harm_check_to_the_public_page(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(NAMED)
    relief, at = client("relief"), done.scene.position_id
    assert "The harm check is missing" in relief.get(f"/releases/before/{at}")
    relief.get(f"/releases/harm/{at}")
    given = {
        "by_speaking": HARM.by_speaking,
        "by_silence": HARM.by_silence,
        "mitigation": HARM.mitigation,
        "consent": "none-used",
        "checked_by": "Relief Person",
        "checked_on": "2026-11-23",
    }
    hole = relief.post(f"/releases/harm/{at}", given | {"by_silence": ""}, status=422)
    assert HARM.by_speaking in hole.get_data(as_text=True)
    relief.post(f"/releases/harm/{at}", given)
    relief.post(f"/releases/harm/{at}", given | {"after": ""}, status=409)
    page = relief.get(f"/releases/before/{at}")
    assert "Publish to everybody" in page
    seen = Browser._hidden(page, "seen_hash")
    where = relief.post(f"/releases/before/{at}", {"seen_hash": seen}).headers["Location"]
    assert "Harbour Legal Aid" in client("").get(where)
    assert "The text has gone out" in relief.get(f"/releases/before/{at}")
    client("legal").get(f"/releases/before/{at}", 403)
    client("donor").get(f"/releases/before/{at}", 404)


def test_the_desk_leads_to_what_went_out_and_the_lead_to_its_copies(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(NAMED)
    desk = f"/positions/{done.scene.position_id}"
    assert "As it went out" not in client("relief").get(desk)
    before = client("relief").get(f"/releases/before/{done.scene.position_id}")
    assert f'href="/adoptions/of/{done.scene.position_id}"' in before
    done.check()
    out = done.publish()
    for key, copies in (("relief", True), ("legal", False)):
        page = client(key).get(desk)
        assert f'href="/releases/{out}"' in page
        assert (f'href="/deliveries/{out}"' in page) is copies


def test_nobody_sees_the_preview_before_the_round_is_over(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over(NAMED)
    clock.freeze(scene.CLOSES_AT.replace(hour=12))
    page = client("relief").get(f"/releases/before/{done.scene.position_id}")
    assert "Harbour Legal Aid" not in page
    assert "Publish to everybody" not in page
