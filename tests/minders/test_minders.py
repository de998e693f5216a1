"""Who follows up what an institution is asked: set once, and only where that one reads it."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from advocacy.asks.actions import NewAsk
from advocacy.asks.queries import asks_of
from advocacy.asks.schema import Ask
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.institutions import actions as institutions
from advocacy.minders import actions, queries
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.runs.cli import importer


class Known:
    """An institution that relief added: `one.mind("relief", "legal")`, `one.ask("relief")`."""

    def __init__(self, world: Any, database: Any, member: str = "") -> None:
        self.world, self.database = world, database
        actor, member_id = world.actor("relief"), world.organisations.get(member)
        with database.writing(actor) as session:
            self.id = institutions.add(
                session, actor, workspace_id=world.workspace_id, name="Ministry",
                kind="authority", member_id=member_id,
            ).id  # fmt: skip

    def mind(self, by: str, to: str, after: UUID | None = None, note: str = "They know it") -> Any:
        actor, to_id = self.world.actor(by), self.world.organisations.get(to)
        with self.database.writing(actor) as session:
            return actions.mind(
                session, actor, institution_id=self.id, minder_id=to_id, note=note, after=after
            )

    def ask(self, by: str = "relief", reach: str = "members") -> Any:
        actor, space = self.world.actor(by), self.world.workspace_id
        with self.database.writing(actor) as session:
            row = recommendations.add(
                session, actor, workspace_id=space, reach=reach,
                new=NewText(title="Open", text="Open it"), to=NewAsk(self.id),
            )  # fmt: skip
            return asks_of(session, actor, [row.id])[row.id][0].minder_id


@pytest.fixture
def known(world: Any, database: Any) -> Any:
    return lambda **how: Known(world, database, **how)


def test_new_asks_go_to_the_default_of_their_addressee(known: Any, world: Any) -> None:
    one = known()
    assert one.ask() == world.organisations["relief"]
    first = one.mind("relief", "legal")
    assert one.ask() == one.ask("women") == world.organisations["legal"]
    one.mind("cluster", "", first.id)
    assert one.ask("women") == world.organisations["women"]


def test_what_the_default_cannot_read_stays_with_who_put_it(known: Any, world: Any) -> None:
    one = known()
    one.mind("relief", "legal")
    assert one.ask("women", "own") == world.organisations["women"]


def test_nobody_follows_up_what_was_put_to_itself(known: Any, world: Any) -> None:
    one = known(member="women")
    with pytest.raises(Invalid):
        one.mind("relief", "women")
    one.mind("relief", "legal")
    assert one.ask("women") == world.organisations["legal"]


@pytest.mark.parametrize("to", ["donor", "observer"])
def test_only_who_works_here_follows_up(known: Any, to: str) -> None:
    with pytest.raises(Invalid) as refused:
        known().mind("relief", to)
    assert refused.value.reasons[0].code == "form.choice"


@pytest.mark.parametrize("by", ["legal", "relief.signatory", "observer", "donor"])
def test_others_do_not_say_who_does(known: Any, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        known().mind(by, "women")


def test_a_reason_is_asked_for_and_a_stale_one_changes_nothing(known: Any, world: Any) -> None:
    one = known()
    with pytest.raises(Invalid):
        one.mind("relief", "legal", note=" ")
    one.mind("relief", "legal")
    with pytest.raises(Conflict):
        one.mind("cluster", "women")
    actor = world.actor("rights")
    with one.database.reading(actor) as session:
        assert [row.minder for row in queries.told(session, actor, one.id)] == ["Harbour Legal Aid"]


def test_the_page_says_who_and_keeps_what_was_typed(known: Any, client: Any, world: Any) -> None:
    one, browser = known(), client("relief")
    path = f"/minders/{one.id}"
    browser.get(path)
    sent = {"minder": str(world.organisations["legal"]), "note": "They <b> know"}
    assert "whoever puts" in browser.get(path)
    browser.post(path, {**sent, "note": ""}, status=422)
    browser.post(path, sent)
    page = browser.get(path)
    assert "Harbour Legal Aid" in page
    assert "They &lt;b&gt; know" in page
    late = browser.post(path, {**sent, "note": "Kept", "based_on": ""}, status=409)
    assert "Kept" in late.text
    assert "<form" not in client("legal").get(path).split("<main")[1].split("</main")[0]
    client("donor").get(path, status=404)


# --- what comes in with a file -------------------------------------------------------------------


def brought(one: Known, app: Flask, path: Path, rows: str, *options: str) -> dict[str, str]:
    """Addressee -> the organisation that follows up, after the coordinator brought these in."""
    path.write_text(f"Reference;Recommendation;Addressed to\n{rows}")
    with app.app_context():
        words = [str(path), *options]
        assert CliRunner().invoke(importer, words, catch_exceptions=False).exit_code == 0
    names = {of: name for name, of in one.world.organisations.items()}
    actor = one.world.actor("cluster")
    with one.database.reading(actor) as session:
        asks = session.scalars(select(Ask)).all()
        return {ask.addressee: names[ask.minder_id] if ask.minder_id else "" for ask in asks}


def test_a_file_brings_each_ask_to_the_default_of_its_addressee(
    known: Any, app: Flask, tmp_path: Path
) -> None:
    one = known()
    one.mind("relief", "legal")
    rows = "1;Open;Ministry\n2;Stay;Other\n"
    found = brought(one, app, tmp_path / "l.csv", rows, "--owner", "Other=state")
    assert found == {"Ministry": "legal", "Other": "cluster"}


def test_an_owner_new_to_a_later_file_comes_to_its_default_too(
    known: Any, app: Flask, tmp_path: Path
) -> None:
    one = known()
    one.mind("relief", "legal")
    brought(one, app, tmp_path / "l.csv", "1;Open;Other\n", "--owner", "Other=state")
    found = brought(one, app, tmp_path / "m.csv", '1;Open;"Other; Ministry"\n')
    assert found == {"Ministry": "legal", "Other": "cluster"}


def test_a_file_for_ones_own_organisation_stays_with_it(
    known: Any, app: Flask, tmp_path: Path
) -> None:
    one = known()
    one.mind("relief", "legal")
    found = brought(one, app, tmp_path / "l.csv", "1;Open;Ministry\n", "--reach", "own")
    assert found == {"Ministry": "cluster"}


def test_nobody_is_brought_in_to_follow_up_what_it_was_asked_itself(
    known: Any, app: Flask, tmp_path: Path
) -> None:
    one = known(member="cluster")
    assert brought(one, app, tmp_path / "l.csv", "1;Open;Ministry\n") == {"Ministry": ""}
