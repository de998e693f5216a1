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
from advocacy.audit import actions as audit
from advocacy.ground import clock
from advocacy.importing.actions import apply
from advocacy.importing.rows import Plan, Source
from advocacy.importing.rules import plan
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations.mapper import UprFile, UprMapper, UprRecord, clashes, read_upr
from advocacy.recommendations.rules import Imported
from advocacy.web import reasons
from advocacy.web.db import database

_SHOWN = 20


@click.command("recommendations")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--workspace", "slug", default="", help="Its address; needed where there are many.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def importer(path: Path, slug: str, *, dry_run: bool, as_json: bool) -> None:
    """Bring in recommendations of the Universal Periodic Review from a CSV file.

    They land as texts with their issuers, themes and answers, never as done.
    """
    file = read_upr(path)
    space, doer = _doer(slug)
    if dry_run:
        with database().reading(doer) as session:
            mapper = UprMapper(session, doer, workspace_id=space.id, file=file)
            found, made = _plan(file, mapper), mapper.unknown(file)
    else:
        with database().writing(doer) as session:
            mapper = UprMapper(session, doer, workspace_id=space.id, file=file)
            found, made = _write(session, doer, file, mapper, space, path.name), mapper.made
    figures = {"rows": file.rows, "records": len(file.records), **found.counts()}
    if as_json:
        click.echo(json.dumps({**figures, "encoding": file.encoding}))
    else:
        _tell(file, found, figures, made, space, dry_run=dry_run)


def _plan(file: UprFile, mapper: UprMapper) -> Plan[UprRecord]:
    return plan(file.lines(), mapper, refused=file.refused, conflicts=clashes(file))


def _write(
    session: Session,
    doer: Actor,
    file: UprFile,
    mapper: UprMapper,
    space: WorkspaceRow,
    name: str,
) -> Plan[UprRecord]:
    policy.require(doer, "recommendation:import", policy.About(workspace_id=space.id))
    found = _plan(file, mapper)
    run = apply(session, doer, found, mapper, source=Source(name, file.sha256))
    mapper.finish()
    counts = found.counts()
    event = Imported(counts["new"], counts["changed"], counts["same"], file.sha256)
    audit.record(session, doer, event, book=f"import:{run.id}", about=run.id)
    return found


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
    found: Plan[UprRecord],
    figures: dict[str, int],
    made: list[str],
    space: WorkspaceRow,
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
    click.echo("Nothing was written." if dry_run else f"Written to {space.name}.")


def _lines(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers)


IMPORTERS = (importer,)
