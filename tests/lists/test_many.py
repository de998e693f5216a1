"""Many texts with late names: as many questions as for one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, event, insert, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.ground.base import new_id
from advocacy.lists.schema import Joining
from advocacy.releases import actions as releasing
from advocacy.releases import queries as releases
from advocacy.releases.schema import Release
from advocacy.signoff.schema import Answer, Round
from tests.releases.conftest import AFTER, Make
from tests.signoff import scene


def again(session: Session, of: Any, row_id: UUID, **new: UUID) -> UUID:
    """The same row once more, but for these columns."""
    table: Table = of.__table__
    row = session.execute(select(table).where(table.c.id == row_id)).mappings().one()
    made: UUID = new_id()
    session.execute(insert(table).values(dict(row) | new | {"id": made}))
    return made


def test_fifty_texts_with_late_names_cost_as_many_questions_as_one(over: Make) -> None:
    done = over({"legal": {"outside": "named"}}, late_until=AFTER + timedelta(days=9))
    done.check()
    release = done.publish()
    forum, reader = done.world.actor("forum", now=AFTER), anonymous(AFTER)
    with done.database.writing(forum) as session:
        answer = scene.reply(session, forum, done.round_, outside="named", inside="all")
        releasing.join(session, forum, done.round_.id)
    asked: list[str] = []

    def count() -> tuple[int, int]:
        def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if "FROM" in statement:
                asked.append(statement)

        asked.clear()
        with done.database.reading(reader) as session:
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", hear)
            try:
                rows = releases.listed(session, reader, "testland")
            finally:
                event.remove(engine, "before_cursor_execute", hear)
        assert all(row.joined_at == AFTER for row in rows)
        return len(rows), len(asked)

    one = count()
    assert one[0] == 1
    with (
        done.database.writing(forum) as session,
        guard.system(session, guard.System.RELEASE),
    ):
        joining = session.scalars(select(Joining.id)).one()
        last = done.round_.id
        for _number in range(49):
            last = again(session, Round, done.round_.id, previous_id=last)
            reply = again(session, Answer, answer, round_id=last)
            out = again(session, Release, release, round_id=last)
            again(session, Joining, joining, release_id=out, answer_id=reply)
    assert count() == (50, one[1])
