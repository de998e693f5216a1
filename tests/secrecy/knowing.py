"""What an organisation knows of a threat of its own, in every part there is."""

from typing import Any
from uuid import UUID

from advocacy.analysis import schema as rows
from advocacy.ground.base import new_id
from advocacy.threats.actions import under
from advocacy.threats.schema import Threat


def all_of(made: Any, by: str, threat_id: UUID, words: str) -> dict[str, Any]:
    """One row of each part; returns the address of the place among them.

    Written as rows: who has not accepted the workspace's protocol could not by the actions.
    """
    actor, place, party = made.world.actor(by), new_id(), new_id()
    parts: list[tuple[Any, dict[str, Any]]] = [
        (rows.ThreatNature, {"kinds": ["violence"], "is_watched": True}),
        (rows.ThreatBlocks, dict.fromkeys(("subtype", "context", "effect", "capacity"), words)),
        (rows.ThreatPlace, {"id": place, "area_id": None, "code": "TST", "valid_from": None,
                            "name": words, "precision": "country", "number": 0}),
        (rows.ThreatPoint, {"place_id": place, "latitude": 1.25, "longitude": 2.5}),
        (rows.ThreatParty, {"id": party, "role": "perpetrator", "category": "militia",
                            "basis": "reported", "number": 0}),
        (rows.ThreatPartyName, {"party_id": party, "name": words}),
        (rows.ThreatFigure, {"kind": "detained", "population": "all", "sex": "f", "age": "0-17",
                             "disability": "all", "low": 31, "high": 47, "is_unknown": False,
                             "method": "counted", "from_on": None, "until_on": None, "number": 0}),
    ]  # fmt: skip
    with made.database.writing(actor) as session:
        threat = session.get_one(Threat, threat_id)
        for table, values in parts:
            mine = under(session, actor, threat, table.__follows__)
            session.add(table(threat_id=threat_id, **values, **mine))
            session.flush()
    return {"threat_id": threat_id, "part": "places", "row_id": place}
