"""Recusing: the organisation leaves the number of those asked, and nobody learns it from that."""

from collections.abc import Callable
from uuid import UUID, uuid4

from advocacy.ground.unit import Database
from advocacy.rounds import queries as rounds
from advocacy.signoff.rows import RoundRow
from advocacy.tallies import rules
from tests.world import World


def _kinds(**numbers: int) -> dict[UUID, str]:
    return {uuid4(): kind.replace("_", "-") for kind, n in numbers.items() for _one in range(n)}


def test_who_recuses_leaves_the_number_of_those_asked() -> None:
    kinds = _kinds(endorse=6, recuse=5)
    said = rules.totals(kinds, invited=20, visible=set(), smallest=5)
    assert said == rules.Totals(6, 15, (("endorse", 6),))


def test_a_few_hidden_recusals_cannot_be_told_from_the_number() -> None:
    kinds = _kinds(endorse=6, recuse=2)
    said = rules.totals(kinds, invited=20, visible=set(), smallest=5)
    assert said == rules.Totals(8, 20)


def test_recusals_that_the_reader_sees_leave_the_number() -> None:
    kinds = _kinds(endorse=6, recuse=2)
    seen = {o for o, kind in kinds.items() if kind == "recuse"}
    said = rules.totals(kinds, invited=20, visible=seen, smallest=5)
    assert said == rules.Totals(6, 18, (("endorse", 6),))


def test_when_everybody_recuses_the_lead_reads_what_to_do(
    database: Database, world: World, opened: RoundRow, say: Callable[..., UUID]
) -> None:
    lead = world.actor("relief")

    def said() -> list[str]:
        with database.reading(lead) as session:
            return [reason.code for reason in rounds.missing(session, lead, opened.id)]

    for key in ("relief", "legal", "women"):
        say(key, "recuse", inside="lead")
    assert "signoff.all-recused" not in said()
    say("rights", "recuse", inside="lead")
    assert said() == ["signoff.all-recused"]
