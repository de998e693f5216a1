"""`advocacy import recommendations`: look first, then write all of it or nothing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Seat, Standing, anonymous
from advocacy.asks.queries import today
from advocacy.batches import actions, rules
from advocacy.batches.mapper import clashes, read_upr
from advocacy.batches.mapper import sheet as sheet_of
from advocacy.batches.rows import About, Found, Record
from advocacy.batches.rules import KIND_UPR
from advocacy.formats.uhri import is_json
from advocacy.formats.xlsx_read import is_xlsx
from advocacy.ground import clock
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason
from advocacy.importing.rows import Plan, Source
from advocacy.institutions import actions as learning
from advocacy.institutions import queries as institutions
from advocacy.institutions.forms import KINDS
from advocacy.institutions.rules import compared
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.runs import actions as taking
from advocacy.web import reasons
from advocacy.web.db import database

_SHOWN = 20
_MOST_BYTES, _MOST_ROWS = 100_000_000, 100_000


@dataclass(frozen=True)
class _File:
    """What a file says, whatever its format."""

    found: Found
    kind: str
    rows: int
    sha256: str
    encoding: str
    notes: tuple[Reason, ...]
    line_end: str = ""


@click.command("recommendations")
@click.argument(
    "path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--workspace", "slug", default="", help="Its address; needed where there are many.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--undo", type=click.UUID, help="Take back what this run brought in.")
@click.option("--to", "addressee", default="", help="Whom a row is put to that names nobody.")
@click.option("--source", default="", help="The source of rows that name none.")
@click.option("--language", default="en", help="Language of the texts.")
@click.option("--reach", type=click.Choice(["own", "members"]), default="members")
@click.option(
    "--owner",
    "owners",
    multiple=True,
    metavar="NAME=WHO",
    help="Who an owner is that is not known: an institution here, or the kind of a new one.",
)
def importer(path: Path | None, slug: str, undo: UUID | None, **how: Any) -> None:
    """Bring in recommendations: CSV, Excel, the JSON of the Universal Human Rights Index, Word.

    They land as texts with their issuers, themes and answers, never as done. An owner that is not
    known is a question; states of the Universal Periodic Review's own file are added, and told.
    """
    if undo:
        _undo(slug, undo)
        return
    if path is None:
        raise click.UsageError("Name a file, or say --undo RUN.")
    space, doer = _doer(slug)
    opened = database().reading if how["dry_run"] else database().writing
    with opened(doer) as session:
        file = _read(session, doer, space, path, how)
        said, made = _owners(session, doer, space, file, how)
        found, mapper = actions.plan_of(
            session,
            doer,
            file.found,
            workspace_id=space.id,
            kind=file.kind,
            reach=how["reach"],
            owners=said,
        )
        questions, run = mapper.unknown(), None
        if not how["dry_run"]:
            policy.require(doer, "recommendation:import", policy.About(workspace_id=space.id))
            run = actions.write(session, doer, found, mapper, source=Source(path.name, file.sha256))
    figures = {"rows": file.rows, "records": len(file.found.records), **found.counts()}
    if how["as_json"]:
        more = {} if file.kind == KIND_UPR else {"questions": questions}
        click.echo(json.dumps({**figures, "encoding": file.encoding, **more}))
        return
    _tell(file, found, figures)
    _tell_owners(made, questions, dry_run=how["dry_run"])
    undo_words = f"Written to {space.name}. To take it back: --undo {run}"
    click.echo(undo_words if run else "Nothing was written.")


def _read(
    session: Session, doer: Actor, space: WorkspaceRow, path: Path, how: Mapping[str, Any]
) -> _File:
    """A file as its records. Raises Invalid for what is no list; TooLarge."""
    if path.stat().st_size > _MOST_BYTES:
        raise TooLarge(Reason("csv.too-large", "file", {"limit_mb": _MOST_BYTES // 10**6}))
    data = path.read_bytes()
    file = _read_upr(path.name, data)
    if file is not None:
        return file
    sheet = sheet_of(path.name, data, most_bytes=_MOST_BYTES, most_rows=_MOST_ROWS)
    matched = rules.guess(sheet.header)
    faults = rules.match_faults(matched)
    if "owner" not in matched.values() and not how["addressee"]:
        faults.append(Reason("batches.no-owner", "to"))
    Invalid.unless_empty(faults)
    about = About(how["addressee"], how["source"], how["language"], how["reach"])
    found = rules.read(sheet, matched, about, today=today(session, doer, space.id))
    rows = len(sheet.lines) + len(sheet.refused)
    return _File(found, rules.KIND, rows, sheet.digest, sheet.encoding, sheet.notes)


def _read_upr(name: str, data: bytes) -> _File | None:
    """A file of the review's own database; None when it is something else."""
    if name.casefold().endswith(".docx") or is_xlsx(data) or is_json(data):
        return None
    try:
        file = read_upr(data)
    except Invalid:
        return None  # whatever is wrong with it is said of it as a table
    records = tuple(rules.of_upr(one) for one in file.records)
    found = Found(records, file.refused, tuple(clashes(file)))
    return _File(found, KIND_UPR, file.rows, file.sha256, file.encoding, file.notes, file.line_end)


def _owners(
    session: Session, doer: Actor, space: WorkspaceRow, file: _File, how: Mapping[str, Any]
) -> tuple[dict[str, str], list[str]]:
    """Who owners are that are not known: name -> institution or new kind; names to be added."""
    known = institutions.by_name(session, doer, workspace_id=space.id)
    said: dict[str, str] = {}
    for one in how["owners"]:
        name, _sign, who = one.partition("=")
        found = known.get(compared(who))
        if found is None and who not in set(KINDS):
            kinds = ", ".join(KINDS)
            raise click.UsageError(f"“{who}” is no institution here, and none of: {kinds}.")
        if found is not None and not how["dry_run"]:
            learning.learn(session, doer, institution_id=found.id, name=name)
        said[compared(name)] = str(found.id) if found else f"new:{who}"
    if file.kind != KIND_UPR:
        return said, []
    names = {owner.name for record in file.found.records for owner in record.owners}
    made = sorted(name for name in names if compared(name) not in {*known, *said})
    return said | {compared(name): "new:state" for name in made}, made


def _undo(slug: str, run_id: UUID) -> None:
    space, doer = _doer(slug)
    with database().writing(doer) as session:
        number = taking.take_back(session, doer, run_id)
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


def _tell(file: _File, found: Plan[Record], figures: dict[str, int]) -> None:
    if file.encoding:
        ends = f", line ends {file.line_end}" if file.line_end else ""
        click.echo(f"Read as {file.encoding}{ends}.")
    for note in file.notes:
        click.echo(reasons.say(note))
    of_what = "one per state, session and text" if file.kind == KIND_UPR else "one per text"
    click.echo(
        f"{figures['rows']} rows are {figures['records']} recommendations: "
        f"{of_what}, with a list of issuers."
    )
    for name in ("new", "changed", "same", "missing", "refused", "conflicts"):
        click.echo(f"{name}: {figures[name]}")
    for row in found.refused[:_SHOWN]:
        click.echo(f"refused: {reasons.say(row.reason)}")
    for clash in found.conflicts[:_SHOWN]:
        said = "; ".join(f"{value} (lines {_lines(at)})" for value, at in clash.values)
        click.echo(f"conflict in {clash.field}: {said}. Taken: {clash.taken}.")


def _tell_owners(made: list[str], questions: list[str], *, dry_run: bool) -> None:
    if made:
        verb = "would be added" if dry_run else "added"
        click.echo(f"States {verb} as institutions ({len(made)}): {', '.join(made[:_SHOWN])}…")
    for name in questions[:_SHOWN]:
        click.echo(f"Who is “{name}”? Its rows are left out. Say: --owner '{name}=…'")
    if questions:
        click.echo(f"Owners that are not known: {len(questions)}")


def _lines(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers)


IMPORTERS = (importer,)
