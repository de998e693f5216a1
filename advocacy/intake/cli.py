"""`advocacy import threats`: a long sheet of one organisation's own records."""

import json
from pathlib import Path

import click

from advocacy.access.actor import Actor, anonymous
from advocacy.accounts import queries as accounts
from advocacy.ground import clock
from advocacy.ground.errors import Invalid
from advocacy.intake import actions, mapper, rules
from advocacy.organisations import queries as organisations
from advocacy.web import reasons
from advocacy.web.db import database

_SHOWN = 20
_MOST_BYTES = 100_000_000


@click.command("threats")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--workspace", "slug", required=True, help="Its address.")
@click.option("--by", "email", required=True, help="Whose act it is: the address they sign in by.")
@click.option("--column", "columns", multiple=True, help="COLUMN=FIELD, where a guess is wrong.")
@click.option("--order", type=click.Choice(rules.ORDERS), default=None, help="Of days.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def importer(
    path: Path,
    slug: str,
    email: str,
    columns: tuple[str, ...],
    order: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring in records of the register from a CSV or Excel file. They stay at own level."""
    actor = _doer(email)
    table = mapper.read(
        path.name, path.read_bytes(), most_rows=rules.MOST_BY_COMMAND, most_bytes=_MOST_BYTES
    )
    pairs = [column.rpartition("=") for column in columns]
    matched = rules.guess(table.header) | {name: field for name, _equals, field in pairs}
    Invalid.unless_empty(rules.match_faults(matched))
    days = rules.days_of(table.header, [cells for _line, cells in table.lines], matched)
    fits = rules.orders(days)
    if len(fits) > 1 and order not in fits and any(not rules.day(day, "") for day in days):
        raise click.ClickException("Some days can be read in two ways. Say --order dmy or mdy.")
    said = order or next(iter(sorted(fits)), "")
    with database().writing(actor) as session:
        space = organisations.workspace(session, actor, slug)
        found = actions.plan(session, actor, space, table, matched, order=said)
        if not dry_run:
            actions.write(session, actor, space, table, found, basis=found[0].basis)
    counts = found[0].counts()
    if as_json:
        click.echo(json.dumps(counts))
        return
    for name in ("new", "changed", "same", "refused"):
        click.echo(f"{name}: {counts[name]}")
    for row in found[0].refused[:_SHOWN]:
        click.echo(f"line {row.line}: {reasons.say(row.reason)}")
    click.echo("Nothing was written." if dry_run else f"Written to {space.name}, at own level.")


def _doer(email: str) -> Actor:
    nobody = anonymous(clock.now())
    with database().reading(nobody) as session:
        person = accounts.person_by_email(session, email)
        if person is None:
            raise click.ClickException("Nobody has this address.")
        actor, _ways = organisations.actor_for(
            session, person_id=person.id, name=person.name, holding_id=None, now=nobody.now
        )
    return actor


IMPORTERS = (importer,)
