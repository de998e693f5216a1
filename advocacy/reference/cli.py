"""`advocacy import taxonomies | pcodes | shapes | names`: each can be run again and again."""

import json
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, anonymous
from advocacy.ground import clock
from advocacy.ground.errors import DomainError
from advocacy.organisations import queries as organisations
from advocacy.reference import actions, mapper, queries, rules
from advocacy.reference.rows import Loaded
from advocacy.web import reasons
from advocacy.web.db import database

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 20


def _doer() -> Actor:
    return anonymous(clock.now())


def _told(found: Loaded, *, as_json: bool, **more: object) -> None:
    figures = {"new": found.new, "changed": found.changed, "same": found.same}
    figures["retired"] = found.retired
    if as_json:
        click.echo(json.dumps({**figures, **more}))
        return
    for name, number in figures.items():
        click.echo(f"{name}: {number}")


@click.command("taxonomies")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def taxonomies(*, as_json: bool) -> None:
    """Bring the protection risks to what this version ships, and name every list it ships.

    A risk that is gone is retired and can still be read. The other lists are read as shipped.
    """
    with database().writing(_doer()) as session:
        found = actions.load_taxonomies(session)
    lists = {name: rules.document(name)["version"] for name in (rules.RISKS, *rules.SCALES)}
    _told(found, as_json=as_json, lists=lists)
    if not as_json:
        for name, version in lists.items():
            document = rules.document(name)
            click.echo(f"{name} {version}: {len(document['items'])} items. {document['source']}.")


@click.command("pcodes")
@click.argument("path", type=_FILE)
@click.option("--part", is_flag=True, help="The file is no whole list: end nothing it leaves out.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def pcodes(path: Path, *, part: bool, as_json: bool) -> None:
    """Bring in a list of P-codes from a CSV file.

    Areas of the same country and level that the list no longer holds end today. They can still be
    read, and records that point to them keep their words.
    """
    file, now = mapper.read_pcodes(path), clock.now()
    with database().writing(_doer()) as session:
        found = actions.load_areas(session, file.lines, gone_on=None if part else now.date())
    _told(found, as_json=as_json)
    if file.unnamed and not as_json:
        some = ", ".join(file.unnamed[:_SHOWN])
        click.echo(f"Without a name, called by their code ({len(file.unnamed)}): {some}")


@click.command("shapes")
@click.argument("path", type=_FILE)
@click.option("--country", required=True, help="Three letters. Its P-codes are there already.")
@click.option("--source", required=True, help="Who drew the boundaries: printed under each map.")
@click.option("--note", default="", help="What they say of boundaries: printed as well.")
@click.option("--code-property", default="", help="Where the P-code is; else it is looked for.")
def shapes(path: Path, country: str, source: str, note: str, code_property: str) -> None:
    """Bring in boundaries from a GeoJSON file, simplified to what a small map shows."""
    lines = list(mapper.read_shapes(path, code_property=code_property))
    with database().writing(_doer()) as session:
        found, lost = actions.load_shapes(
            session, country.upper(), lines, source=source.strip(), note=note.strip()
        )
    _told(found, as_json=False)
    if lost:
        click.echo(f"Of no area here ({len(lost)}): {', '.join(lost[:_SHOWN])}")


@click.command("names")
@click.argument("path", type=_FILE)
@click.option("--workspace", "slug", required=True, help="Its address.")
def names(path: Path, slug: str) -> None:
    """Say what a workspace calls countries and areas: JSON, {"code": {"en": "name", …}, …}.

    An empty list of names gives an area back the name of the shipped list.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise click.ClickException("This is no JSON. Mend the file and try again.") from error
    with database().writing(_doer()) as session, guard.system(session, guard.System.COMMAND):
        number = _call_all(session, slug, given)
    click.echo(f"Names kept: {number}")


def _call_all(session: Session, slug: str, given: object) -> int:
    nobody = UUID(int=0)  # names belong to the workspace, whoever coordinates it
    doer, space_id = organisations.console_actor(session, slug, now=clock.now(), founder=nobody)
    space = organisations.workspace_by_id(session, doer, space_id)
    pairs = given.items() if isinstance(given, dict) else ()
    if not pairs or not all(isinstance(said, dict) for _code, said in pairs):
        raise click.ClickException('Write {"code": {"en": "name"}} for each area.')
    for code, said in pairs:
        try:
            area = queries.resolve(session, space.country, code)
        except DomainError as error:
            raise click.ClickException(f"{code}: {reasons.say(error.reasons[0])}") from error
        words = {str(language): str(name) for language, name in said.items()}
        actions.call(session, workspace_id=space.id, area_id=area.id, names=words)
    return len(pairs)


IMPORTERS = (taxonomies, pcodes, shapes, names)
