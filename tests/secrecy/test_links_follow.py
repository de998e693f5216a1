"""A room that changes who may see a record brings its links along in the same transaction."""

from sqlalchemy import select

from advocacy.access import audience, guard
from advocacy.links import actions as links
from advocacy.links.schema import Link
from advocacy.threats.rows import Sharing
from tests.secrecy.worlds import Made, lists, recommend, report


def test_taking_a_record_back_takes_its_links_back(client, database, world) -> None:
    relief = world.actor("relief")
    made = Made(database, world)
    lists(made)
    recommendation_id = recommend(made, "relief", "Open it", "members")["recommendation_id"]
    threat_id = report(made, "relief", "Checkpoints", Sharing("members"))
    with database.writing(relief) as session:
        link_id = links.link(
            session,
            relief,
            source=("threat", threat_id),
            target=("recommendation", recommendation_id),
        )

    def groups() -> set[object]:
        with (
            database.reading(relief) as session,
            guard.system(session, guard.System.COUNT_TOTALS),
        ):
            who = session.scalar(select(Link.audience_id).where(Link.id == link_id))
            return {group for group, _ in audience.parts_of(session, who)}

    assert len(groups()) == 2
    browser = client("relief")
    shared = f"/recommendations/{recommendation_id}/share"
    browser.post(shared, {"reach": "own"})
    assert groups() == {relief.organisation_id}
    browser.post(shared, {"reach": "members"})
    assert len(groups()) == 2
    browser.post(f"/threats/{threat_id}/share", {"level": "own"})
    assert groups() == {relief.organisation_id}
