"""The policy is what tests/access/matrix.csv says: permission by kind of seat and relation.

`who` is how the actor's organisation stands to the record; a relation that a permission does not
list is denied in every seat. Read the table as the promise to members; change it first.
"""

import csv
from pathlib import Path
from uuid import UUID

import pytest

from advocacy.access import policy
from advocacy.access.actor import Actor, Seat, Standing, anonymous
from advocacy.ground.errors import Denied

WORKSPACE, OTHER_WORKSPACE, OWNER, PERSON = (UUID(int=n) for n in (10, 11, 20, 30))
# relation -> (organisation, its standing in the workspace)
RELATIONS = {
    "the person": (UUID(int=29), None),
    "own organisation": (OWNER, Standing.MEMBER),
    "participant": (UUID(int=21), Standing.MEMBER),
    "other member": (UUID(int=22), Standing.MEMBER),
    "coordinating organisation": (UUID(int=23), Standing.COORDINATOR),
    "observer": (UUID(int=24), Standing.OBSERVER),
    "donor": (UUID(int=25), Standing.DONOR),
    "asked donor": (UUID(int=26), Standing.DONOR),
    "doer": (UUID(int=27), Standing.MEMBER),
    "stranger": (UUID(int=28), None),
}
ABOUT = policy.About(
    organisation_id=OWNER,
    workspace_id=WORKSPACE,
    party_ids=frozenset({UUID(int=21), UUID(int=26)}),
    doer_ids=frozenset({UUID(int=27)}),
    person_id=PERSON,
)
SEATS = [*(seat.value for seat in Seat), "no seat"]


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "matrix.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def actor(now, who: str, seat: str, standing: Standing | None = None) -> Actor:
    organisation, stands = RELATIONS[who]
    stands = standing or stands
    return Actor(
        now=now,
        person_id=PERSON if who == "the person" else UUID(int=31),
        organisation_id=organisation,
        seats=() if seat == "no seat" else ((seat, UUID(int=40)),),
        memberships=frozenset({(WORKSPACE, stands.value)} if stands else ()),
    )


def test_every_permission_is_in_the_table_and_the_table_holds_no_other():
    assert {row["permission"] for row in rows()} == set(policy.PERMISSIONS)
    assert {row["who"] for row in rows()} <= set(RELATIONS)
    once = [(row["permission"], row["who"]) for row in rows()]
    assert len(once) == len(set(once))
    assert all(row[seat] in {"yes", "no"} for row in rows() for seat in SEATS)
    assert all(row["in words"] for row in rows())


@pytest.mark.parametrize("permission", policy.PERMISSIONS)
def test_the_policy_is_the_table(permission, now):
    listed = {row["who"]: row for row in rows() if row["permission"] == permission}
    assert listed
    for who in RELATIONS:
        for seat in SEATS:
            expected = who in listed and listed[who][seat] == "yes"
            assert policy.allows(actor(now, who, seat), permission, ABOUT) == expected, (who, seat)


@pytest.mark.parametrize("permission", policy.PERMISSIONS)
def test_a_co_coordinator_may_what_a_coordinator_may(permission, now):
    for seat in SEATS:
        one = actor(now, "coordinating organisation", seat)
        two = actor(now, "coordinating organisation", seat, Standing.CO_COORDINATOR)
        assert policy.allows(one, permission, ABOUT) == policy.allows(two, permission, ABOUT)


@pytest.mark.parametrize("permission", policy.PERMISSIONS)
def test_nobody_without_an_account_is_allowed_anything(permission, now):
    assert not policy.allows(anonymous(now), permission)
    assert not policy.allows(anonymous(now), permission, ABOUT)
    with pytest.raises(Denied):
        policy.require(anonymous(now), permission, ABOUT)


@pytest.mark.parametrize("permission", policy.PERMISSIONS)
def test_a_standing_in_another_workspace_counts_for_nothing_here(permission, now):
    there = policy.About(workspace_id=OTHER_WORKSPACE)
    for seat in SEATS:
        assert not policy.allows(actor(now, "coordinating organisation", seat), permission, there)


def test_an_unknown_permission_is_denied(now):
    every = actor(now, "coordinating organisation", Seat.ADMIN)
    assert not policy.allows(every, "threat:burn", ABOUT)


def test_of_several_seats_each_counts(now):
    two = Actor(
        now=now,
        person_id=PERSON,
        organisation_id=OWNER,
        seats=((Seat.DRAFTER, UUID(int=41)), (Seat.SIGNATORY, UUID(int=42))),
    )
    assert policy.allows(two, "clause:edit", ABOUT)
    assert policy.allows(two, "answer:lower", ABOUT)
    assert not policy.allows(two, "release:publish", ABOUT)


def test_permissions_asked_for_in_the_code_exist():
    """A misspelt permission would only be noticed by being denied."""
    import re  # noqa: PLC0415 - one test needs it

    asked = set()
    for path in Path("advocacy").rglob("*.py"):
        found = re.findall(
            r"""(?:require|allows)\(\s*[\w.]+,\s*"([a-z-]+:[a-z-]+)\"""", path.read_text("utf-8")
        )
        asked.update(found)
    assert asked <= set(policy.PERMISSIONS)
