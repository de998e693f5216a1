"""`advocacy import recommendations`: look first, then write all of it or nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Seat, Standing, anonymous
from advocacy.batches import actions
from advocacy.batches.mapper import BatchMapper, UprFile, clashes, read_upr
from advocacy.batches.rows import Record
from advocacy.batches.rules import of_upr
from advocacy.ground import clock
from advocacy.importing.rows import Plan, Source
from advocacy.importing.rules import plan
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.web import reasons
from advocacy.web.db import database

_SHOWN = 20


@click.command("recommendations")
@click.argument(
    "path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--workspace", "slug", default="", help="Its address; needed where there are many.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--undo", type=click.UUID, help="Take back what this run brought in.")
def importer(
    path: Path | None, slug: str, *, dry_run: bool, as_json: bool, undo: UUID | None
) -> None:
    """Bring in recommendations of the Universal Periodic Review from a CSV file.

    They land as texts with their issuers, themes and answers, never as done.
    """
    if undo:
        _undo(slug, undo)
        return
    if path is None:
        raise click.UsageError("Name a file, or say --undo RUN.")
    file = read_upr(path)
    records = [of_upr(one) for one in file.records]
    space, doer = _doer(slug)
    opened = database().reading if dry_run else database().writing
    with opened(doer) as session:
        mapper = BatchMapper(session, doer, workspace_id=space.id, records=records)
        lines = ((one.lines[0], one) for one in records)
        found = plan(lines, mapper, refused=file.refused, conflicts=clashes(file))
        made, run = mapper.unknown(), None
        if not dry_run:
            policy.require(doer, "recommendation:import", policy.About(workspace_id=space.id))
            run = actions.write(session, doer, found, mapper, source=Source(path.name, file.sha256))
    figures = {"rows": file.rows, "records": len(file.records), **found.counts()}
    if as_json:
        click.echo(json.dumps({**figures, "encoding": file.encoding}))
        return
    _tell(file, found, figures, made, dry_run=dry_run)
    undo_words = f"Written to {space.name}. To take it back: --undo {run}"
    click.echo(undo_words if run else "Nothing was written.")


def _undo(slug: str, run_id: UUID) -> None:
    space, doer = _doer(slug)
    with database().writing(doer) as session:
        number = actions.take_back(session, doer, run_id)
    click.echo(f"Taken back from {space.name}: {number} records are as before.")


def _doer(slug: str) -> tuple[WorkspaceRow, Actor]:
    """The workspace, and the person in its coordinator's seat: the console acts for them."""
    nobody = anonymous(clock.now())
    found: dict[str, tuple[WorkspaceRow, Actor]] = {}
    with database().reading(nobody) as session:
        groups = audience.groups_of_members(session)
        for actor in (one for group_id in groups for one in _holders(session, group_id, nobody)):
            for space in organisations.workspaces(session, actor):
                if policy.allows(actor, "recommendation:import", policy.About(None, space.id)):
                    _prefer(found, space, actor)
    if not found:
        raise click.ClickException("No workspace has a coordinator. Found one first: advocacy org.")
    if slug not in found and (slug or len(found) > 1):
        names = ", ".join(sorted(found))
        raise click.ClickException(f"Say which workspace with --workspace: {names}.")
    return found[slug] if slug else next(iter(found.values()))


def _prefer(
    found: dict[str, tuple[WorkspaceRow, Actor]], space: WorkspaceRow, actor: Actor
) -> None:
    """The coordinator before a co-coordinator."""
    if space.slug not in found or space.standing == Standing.COORDINATOR:
        found[space.slug] = (space, actor)


def _holders(session: Session, group_id: UUID, nobody: Actor) -> Iterator[Actor]:
    """Whoever holds a coordinator's seat of an organisation in the group, acting for it."""
    for organisation_id in sorted(audience.members(session, group_id, now=nobody.now), key=str):
        people = organisations.addresses(
            session, organisation_id, seats=[Seat.COORDINATOR], now=nobody.now
        )
        for person in people:
            who: dict[str, Any] = {"person_id": person.id, "name": person.name, "now": nobody.now}
            actor, ways = organisations.actor_for(session, holding_id=None, **who)
            for way in ways:
                if way.organisation_id == organisation_id != actor.organisation_id:
                    actor, _ = organisations.actor_for(session, holding_id=way.holding_id, **who)
            yield actor


def _tell(
    file: UprFile,
    found: Plan[Record],
    figures: dict[str, int],
    made: list[str],
    *,
    dry_run: bool,
) -> None:
    click.echo(f"Read as {file.encoding}, line ends {file.line_end}.")
    for note in file.notes:
        click.echo(reasons.say(note))
    click.echo(
        f"{figures['rows']} rows are {figures['records']} recommendations: "
        "one per state, session and text, with a list of issuers."
    )
    for name in ("new", "changed", "same", "missing", "refused", "conflicts"):
        click.echo(f"{name}: {figures[name]}")
    for row in found.refused[:_SHOWN]:
        click.echo(f"refused: {reasons.say(row.reason)}")
    for clash in found.conflicts[:_SHOWN]:
        said = "; ".join(f"{value} (lines {_lines(at)})" for value, at in clash.values)
        click.echo(f"conflict in {clash.field}: {said}. Taken: {clash.taken}.")
    if made:
        verb = "would be added" if dry_run else "added"
        click.echo(f"States {verb} as institutions ({len(made)}): {', '.join(made[:_SHOWN])}…")


def _lines(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers)


IMPORTERS = (importer,)
