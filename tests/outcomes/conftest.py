"""One outcome, and people who tell of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from advocacy.outcomes import actions, queries
from advocacy.outcomes.rules import Told, Wording
from advocacy.outcomes.schema import Happened

TODAY = date(2026, 11, 22)
FIRST = Told(Happened.ACHIEVED, date(2026, 10, 1), text="A letter came", source="Letter 7")


class One:
    """One outcome of relief; `tell("legal", Happened.REVERSED, day)`."""

    def __init__(self, world: Any, database: Any, **how: Any) -> None:
        self.world, self.database = world, database
        reach = how.pop("reach", "members")
        first, actor = how.pop("first", FIRST), world.actor(how.pop("by", "relief"))
        new = Wording(title=how.pop("title", "The port opened its gate"), **how)
        with database.writing(actor) as session:
            made = actions.record(
                session, actor, workspace_id=world.workspace_id, new=new, first=first,
                reach="own" if reach == "donors" else reach,
            )  # fmt: skip
            self.id = made.id
            if reach == "donors":
                actions.share(session, actor, outcome_id=made.id, reach=reach)

    def do(self, by: str, act: Callable[..., Any], **how: Any) -> Any:
        actor = how.pop("actor", None) or self.world.actor(by)
        with self.database.writing(actor) as session:
            return act(session, actor, outcome_id=self.id, **how)

    def tell(self, by: str, kind: str, on: date | None = TODAY, **how: Any) -> Any:
        last = how.pop("after", None) or self.see(by)[-1].id
        return self.do(by, actions.tell, told=Told(kind, on, source="Seen", **how), after=last)

    def see(self, by: str) -> Any:
        """The chain of events that somebody sees."""
        return self.ask(by, queries.events, [self.id])[self.id]

    def ask(self, by: str, query: Callable[..., Any], *given: Any, **how: Any) -> Any:
        actor = self.world.actor(by)
        with self.database.reading(actor) as session:
            return query(session, actor, *(given or (() if how else (self.id,))), **how)


@pytest.fixture
def outcome(world: Any, database: Any) -> Callable[..., One]:
    return lambda **how: One(world, database, **how)
