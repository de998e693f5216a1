"""Fifty people answer at once while the coordinator extends, closes, gives up and opens again."""

from tests.concurrency import crowd


def test_fifty_people_at_once_leave_one_current_row_an_organisation(
    database, world, record_property
) -> None:
    made = crowd.gather(database, world, 10, 5)
    spent = crowd.run(made, turns=3)
    found = crowd.verify(made)
    record_property("crowd", {"seconds": round(spent, 1), **found})
    assert found["acknowledged"] > 10
    assert found["rounds"] == 4
