"""Whom one can ask: who adds an institution, who knows of it, what it may be called."""

from typing import Any

import pytest

from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.institutions import actions, queries
from advocacy.institutions.rules import MOST_NAME, compared, is_duty_bearer
from advocacy.institutions.schema import InstitutionKind

PAGE = "/institutions/in/testland"


@pytest.fixture
def add(world: Any, database: Any) -> Any:
    def made(name: str = "Ministry of Health", *, by: str = "relief", **more: Any) -> Any:
        actor = world.actor(by)
        with database.writing(actor) as session:
            return actions.add(
                session, actor, workspace_id=world.workspace_id, name=name,
                **{"kind": "authority", **more},
            )  # fmt: skip

    return made


@pytest.fixture
def known(world: Any, database: Any) -> Any:
    def names(by: str) -> list[str]:
        actor = world.actor(by)
        with database.reading(actor) as session:
            rows = queries.institutions(session, actor, workspace_id=world.workspace_id)
            return [row.name for row in rows]

    return names


def test_members_know_what_a_member_added_and_nobody_else_does(add: Any, known: Any) -> None:
    add()
    assert known("legal") == known("cluster") == ["Ministry of Health"]
    assert known("donor") == known("observer") == []


def test_one_that_is_hidden_is_the_same_as_none(add: Any, world: Any, database: Any) -> None:
    one = add(known_to=())
    legal = world.actor("legal")
    with database.reading(legal) as session:
        with pytest.raises(NotFound):
            queries.institution(session, legal, one.id)
        found = queries.named(session, legal, workspace_id=world.workspace_id, name=one.name)
        assert found is None
        assert (
            queries.ids_like(session, legal, workspace_id=world.workspace_id, words="health") == []
        )
    assert add(by="legal").id != one.id  # its name is free for those who do not know of it


@pytest.mark.parametrize("by", ["donor", "observer", "relief.signatory"])
def test_who_records_no_recommendations_adds_none(add: Any, by: str) -> None:
    with pytest.raises(Denied):
        add(by=by)


@pytest.mark.parametrize("name", ["ministry of health", "MINISTRY  OF HEALTH", "Health Ministry"])
def test_a_name_or_another_name_is_there_once(add: Any, name: str) -> None:
    add(aliases=["Health Ministry"])
    with pytest.raises(Invalid) as refused:
        add(name)
    assert refused.value.reasons[0].code == "institutions.known"


@pytest.mark.parametrize(
    "bad",
    [{"name": " "}, {"name": "x" * (MOST_NAME + 1)}, {"kind": "planet"}, {"country": "TEST"}],
)
def test_what_is_no_institution_is_refused(add: Any, bad: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        add(**bad)


def test_names_are_compared_without_accents() -> None:
    assert compared("Türkiye") == compared("turkiye")


@pytest.mark.parametrize("kind", list(InstitutionKind))
def test_an_armed_party_is_sensitive_whatever_is_ticked(add: Any, kind: str) -> None:
    assert add(kind=kind).is_sensitive == (kind == InstitutionKind.PARTY)


def test_only_states_and_parties_are_duty_bearers() -> None:
    bearers = {kind.value for kind in InstitutionKind if is_duty_bearer(kind)}
    assert bearers == {"state", "authority", "party"}


def test_the_page_lists_and_takes_one_and_keeps_what_was_typed(client: Any, add: Any) -> None:
    add()
    browser = client("relief")
    assert "Ministry of Health" in browser.get(PAGE)
    typed = {"name": "Governor", "kind": "authority", "country": "", "aliases": "", "member": ""}
    browser.post(PAGE, typed)
    assert "Governor" in browser.get(PAGE)
    again = browser.post(PAGE, typed, status=422).get_data(as_text=True)
    assert "in the list already" in again
    assert 'value="Governor"' in again


def test_a_donor_finds_no_page_of_institutions(client: Any, add: Any) -> None:
    add()
    page = client("donor").client.get(PAGE)
    assert page.status_code in {403, 404}
    assert "Ministry" not in page.get_data(as_text=True)
