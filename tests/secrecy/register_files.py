"""Files that were taken out and lists that were brought in: steps for worlds.py."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from advocacy.batches import actions as batches
from advocacy.batches import mapper as lists
from advocacy.extracts import actions as extracts
from advocacy.extracts.schema import Kind, Reach
from advocacy.intake import actions as intake
from advocacy.intake import mapper as sheets
from advocacy.organisations import queries as organisations
from advocacy.picture.rows import Filters

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made


def taken(made: Made, by: str, words: str) -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        space = organisations.workspace(session, actor, made.world.slug)
        file = extracts.begin(
            session, actor, space, Filters(words=words), kind=Kind.CSV, reach=Reach.OURS,
            asked={"q": words},
        )  # fmt: skip
        extracts.end(session, actor, file.id, rows=0, digest="0" * 64)


def a_file(made: Made) -> None:
    taken(made, "relief", "wells")


def a_hidden_file(made: Made) -> None:
    """Who took what out is a matter of that organisation alone."""
    taken(made, "women", "a hidden word")


def sent(made: Made, by: str, title: str) -> UUID:
    """A sheet that waits for its columns to be matched."""
    actor = made.world.actor(by)
    data = f"title,summary,risk_code\n{title},In short,PR15\n".encode()
    table = sheets.read("weekly.csv", data, most_rows=9, most_bytes=999)
    with made.database.writing(actor) as session:
        space = organisations.workspace(session, actor, made.world.slug)
        return intake.receive(session, actor, space, table).id


def a_sheet(made: Made) -> None:
    made.shown["sheet_id"] = sent(made, "relief", "Wells")


def a_hidden_sheet(made: Made) -> None:
    made.hidden["sheet_id"] = sent(made, "women", "A hidden word")


def pasted(made: Made, by: str, words: str) -> UUID:
    """A list of recommendations that waits for somebody to say whom it is put to."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        space = organisations.workspace(session, actor, made.world.slug)
        return batches.receive(session, actor, space, lists.pasted(words)).id


def a_batch(made: Made) -> None:
    made.shown["batch_id"] = pasted(made, "relief", "12. Mend the wells.")


def a_hidden_batch(made: Made) -> None:
    made.hidden["batch_id"] = pasted(made, "women", "13. A hidden word.")
