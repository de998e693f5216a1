"""Look first, then write all of it or nothing."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor, anonymous
from advocacy.formats.csv import RefusedRow
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.importing.actions import apply
from advocacy.importing.queries import run, runs
from advocacy.importing.rows import Clash, Existing, Item, Source, Written
from advocacy.importing.rules import plan
from advocacy.importing.schema import ImportRow, ImportRun

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
FILE = Source("list.csv", "ab" * 32)


@dataclass(frozen=True)
class Bridge:
    name: str
    length: int


class Bridges:
    """A mapper over a dict: name -> (id, length)."""

    kind = "bridges"
    workspace_id = uuid4()

    def __init__(self, **lengths: int) -> None:
        self.here = {name: (uuid4(), length) for name, length in lengths.items()}
        self.fails_at = ""

    def key(self, record: Bridge) -> str:
        return record.name

    def fingerprint(self, record: Bridge) -> str:
        return str(record.length)

    def existing(self) -> Mapping[str, Existing]:
        return {name: Existing(id_, str(length)) for name, (id_, length) in self.here.items()}

    def write(self, session: Session, actor: Actor, item: Item[Bridge], run_id: UUID) -> Written:
        if item.key == self.fails_at:
            raise Invalid(Reason("bridges.broken"))
        id_, before = self.here.get(item.key, (uuid4(), None))
        self.here[item.key] = (id_, item.record.length)
        return Written(id_, None if before is None else {"length": before})


def lines(**lengths: int) -> list[tuple[int, Bridge]]:
    return [(line, Bridge(*one)) for line, one in enumerate(lengths.items(), start=2)]


def names(items: tuple[Item[Bridge], ...]) -> list[str]:
    return [item.key for item in items]


def test_a_plan_sorts_records_by_what_is_here() -> None:
    found = plan(lines(old=1, longer=5, fresh=3), Bridges(old=1, longer=4, gone=9))

    assert names(found.new) == ["fresh"]
    assert names(found.changed) == ["longer"]
    assert names(found.same) == ["old"]
    assert found.missing == ("gone",)
    assert found.counts() == {
        "new": 1, "changed": 1, "same": 1, "missing": 1, "refused": 0, "conflicts": 0,
    }  # fmt: skip


def test_a_plan_passes_on_what_reading_found_and_refuses_a_second_record_of_a_key() -> None:
    unread = RefusedRow(9, Reason("csv.ragged-row"))
    clash = Clash("a", "length", (("1", (2,)), ("2", (3,))), "1")
    twice = [(2, Bridge("a", 1)), (3, Bridge("a", 2))]
    found = plan(twice, Bridges(), refused=[unread], conflicts=[clash])

    assert [item.record.length for item in found.new] == [1]
    assert [(row.line, row.reason.code) for row in found.refused] == [
        (3, "importing.repeated"),
        (9, "csv.ragged-row"),
    ]
    assert found.conflicts == (clash,)


def test_a_plan_writes_nothing(session: Session) -> None:
    bridges = Bridges(old=1)
    before = dict(bridges.here)
    plan(lines(old=2, fresh=3), bridges)

    assert bridges.here == before
    assert not session.new
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 0


def test_applying_writes_new_and_changed_and_keeps_how_they_were(
    session: Session, importer: Actor
) -> None:
    bridges = Bridges(old=1, longer=4, gone=9)
    found = plan(lines(old=1, longer=5, fresh=3), bridges)
    made = apply(session, importer, found, bridges, source=FILE)

    assert {name: length for name, (_, length) in bridges.here.items()} == {
        "old": 1, "longer": 5, "gone": 9, "fresh": 3,
    }  # fmt: skip
    kept = session.scalars(select(ImportRow).order_by(ImportRow.key)).all()
    assert [(row.key, row.verdict, row.before, row.target_id) for row in kept] == [
        ("fresh", "new", None, bridges.here["fresh"][0]),
        ("longer", "changed", {"length": 4}, bridges.here["longer"][0]),
    ]
    assert {row.run_id for row in kept} == {made.id}
    assert (made.kind, made.state, made.at) == ("bridges", "applied", NOW)
    assert (made.file_name, made.file_hash) == (FILE.name, FILE.sha256)
    assert (made.person_id, made.organisation_id) == (importer.person_id, importer.organisation_id)
    assert made.workspace_id == Bridges.workspace_id
    assert made.counts["new"] == 1


def test_the_same_file_again_changes_nothing(session: Session, importer: Actor) -> None:
    bridges = Bridges()
    apply(session, importer, plan(lines(a=1, b=2), bridges), bridges, source=FILE)
    again = plan(lines(a=1, b=2), bridges)
    apply(session, importer, again, bridges, source=FILE)

    assert (len(again.new), len(again.changed), len(again.same)) == (0, 0, 2)
    assert session.scalar(select(func.count()).select_from(ImportRow)) == 2


def test_a_plan_is_refused_when_the_world_has_moved(session: Session, importer: Actor) -> None:
    bridges = Bridges(a=1)
    found = plan(lines(a=2), bridges)
    bridges.here["a"] = (bridges.here["a"][0], 7)

    with pytest.raises(Conflict) as raised:
        apply(session, importer, found, bridges, source=FILE)
    assert raised.value.reasons[0].code == "importing.stale-plan"
    assert bridges.here["a"][1] == 7
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 0


def test_a_run_that_fails_half_way_leaves_nothing(
    writing: Callable[[Actor], AbstractContextManager[Session]], importer: Actor
) -> None:
    bridges = Bridges()
    found = plan(lines(a=1, b=2), bridges)
    bridges.fails_at = "b"
    with pytest.raises(Invalid), writing(importer) as session:
        apply(session, importer, found, bridges, source=FILE)

    with writing(importer) as session:
        assert session.scalar(select(func.count()).select_from(ImportRun)) == 0
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 0


def test_what_was_applied_is_there_for_the_next_session(
    writing: Callable[[Actor], AbstractContextManager[Session]], importer: Actor
) -> None:
    bridges = Bridges()
    with writing(importer) as session:
        apply(session, importer, plan(lines(a=1, b=2), bridges), bridges, source=FILE)

    with writing(importer) as session:
        assert [row.counts["new"] for row in runs(session, importer)] == [2]
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 2


def test_a_plan_of_another_kind_is_refused(session: Session, importer: Actor) -> None:
    found = plan(lines(a=1), Bridges())
    other = Bridges()
    other.kind = "tunnels"

    with pytest.raises(Invalid):
        apply(session, importer, found, other, source=FILE)


def test_nobody_imports_without_signing_in(session: Session) -> None:
    bridges = Bridges()
    with pytest.raises(Denied):
        apply(session, anonymous(NOW), plan(lines(a=1), bridges), bridges, source=FILE)


def test_only_the_own_organisation_sees_a_run(session: Session, importer: Actor) -> None:
    bridges = Bridges()
    made = apply(session, importer, plan(lines(a=1), bridges), bridges, source=FILE)
    stranger = Actor(now=NOW, person_id=uuid4(), organisation_id=uuid4())

    assert [row.id for row in runs(session, importer)] == [made.id]
    assert runs(session, importer, workspace_id=uuid4()) == []
    assert run(session, importer, made.id).counts["new"] == 1
    for other in (stranger, anonymous(NOW)):
        assert runs(session, other) == []
        with pytest.raises(NotFound):
            run(session, other, made.id)


@pytest.fixture
def importer() -> Actor:
    return Actor(now=NOW, person_id=uuid4(), organisation_id=uuid4())
