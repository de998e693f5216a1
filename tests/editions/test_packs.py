"""The pack for headquarters: all that is needed to clear a text, for the organisation asked."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import docx
import pypdf
import pytest

from advocacy.drafting import actions as drafts
from advocacy.drafting import queries as drafting
from advocacy.drafting.rules import Replace
from advocacy.ground.unit import Database
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.releases import actions as releases
from advocacy.rounds import actions as rounds
from advocacy.signoff import queries as signoff
from tests.browser import Browser
from tests.releases.conftest import HARM
from tests.signoff import scene
from tests.world import NOW, World


@pytest.fixture
def asked(database: Database, world: World) -> UUID:
    """A second round, after a clause changed; Legal answered both, Women to the lead alone."""
    made = scene.frozen(database, world)
    relief = world.actor("relief")
    roster = scene.ids(world, "legal", "women")
    with database.writing(relief) as session:
        first = made.open_round(session, relief, roster)
    _answer(database, world, "legal", first, inside="all")
    relief = world.actor("relief", now=NOW + timedelta(hours=1))
    with database.writing(relief) as session:
        rounds.abandon(session, relief, first, reason="A number was wrong.")
        positions.reopen(session, relief, made.position_id)
        of = read_positions.position(session, relief, made.position_id)
        clause = drafting.clauses(session, relief, of.document_id)[1]
        edit = Replace(clause.cid, "", "Five clinics have been turned back since October.")
        drafts.change(session, relief, of.document_id, [edit], based_on=clause.hash)
        version = scene.freeze(session, relief, made.position_id)
        second = scene.Scene(made.position_id, version).open_round(session, relief, roster)
        harm = replace(HARM, checked_on=date(2026, 11, 21))
        releases.check_harm(session, relief, made.position_id, harm, after=None)
    _answer(database, world, "legal", second, inside="all")
    _answer(database, world, "women", second, inside="lead", note="", outside="counted")
    return second


def _answer(database: Database, world: World, key: str, round_id: UUID, **more: Any) -> None:
    actor = world.actor(key)
    with database.writing(actor) as session:
        scene.reply(session, actor, signoff.round_of(session, actor, round_id), **more)


def words_of(browser: Browser, round_id: UUID, way: str) -> str:
    answer = browser.client.get(f"/editions/packs/{round_id}/{way}")
    assert answer.status_code == 200
    assert re.search(r'filename="clearance-[0-9a-f]{12}\.', answer.headers["Content-Disposition"])
    raw = io.BytesIO(answer.get_data())
    if way == "pdf":
        return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(raw).pages).split())
    return " ".join(p.text for p in docx.Document(raw).paragraphs)


@pytest.mark.parametrize("way", ["pdf", "word"])
def test_a_pack_holds_what_headquarters_asks_for(
    asked: UUID, client: Callable[[str], Browser], way: str
) -> None:
    words = words_of(client("legal"), asked, way)
    for part in (
        "For clearance in Harbour Legal Aid",
        "Tuesday 24 November, 16:00",
        "to everybody",
        "The organisations listed under it",
        "only the name of who asks for it",
        "Since version 1, which we answered last",
        "Clinic staff at the checkpoints",
        "We ask the Governor to let clinics move by day",
    ):
        assert part in words
    assert "Relief Network" in words  # the lead


def test_the_changes_are_tracked_changes_of_the_lead(
    asked: UUID, client: Callable[[str], Browser]
) -> None:
    raw = client("legal").client.get(f"/editions/packs/{asked}/word").get_data()
    xml = docx.Document(io.BytesIO(raw)).element.xml
    assert re.search(r'<w:ins [^>]*w:author="Relief Network"', xml)
    assert re.search(r"<w:delText[^>]*>Four<", xml)


def test_a_pack_says_of_others_only_what_they_show_us(
    asked: UUID, client: Callable[[str], Browser]
) -> None:
    assert "Blue Valley Women" not in words_of(client("legal"), asked, "pdf")
    women = words_of(client("women"), asked, "pdf")
    assert "Harbour Legal Aid" in women
    assert "We have not answered an earlier version" in women


@pytest.mark.parametrize(("key", "status"), [("rights", 404), ("relief", 404), ("donor", 404)])
def test_a_pack_is_for_those_who_are_asked(
    asked: UUID, client: Callable[[str], Browser], key: str, status: int
) -> None:
    for way in ("pdf", "word"):
        assert client(key).client.get(f"/editions/packs/{asked}/{way}").status_code == status
    assert client("").client.get(f"/editions/packs/{asked}/pdf").status_code == 303


def test_the_answering_page_leads_to_the_pack(
    asked: UUID, client: Callable[[str], Browser]
) -> None:
    assert f"/editions/packs/{asked}/pdf" in client("legal").get(f"/signoff/{asked}")
