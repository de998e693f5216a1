"""`advocacy org`: found workspaces and organisations from the console of the machine."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.accounts.queries import person_by_email
from advocacy.ground import clock
from advocacy.organisations import actions
from advocacy.organisations.queries import console_actor
from advocacy.organisations.schema import Organisation, OrganisationKind
from advocacy.web.db import database


@click.group("org")
def command() -> None:
    """Organisations, workspaces and seats."""


def _root() -> Actor:
    return Actor(now=clock.now())


def _organisation(session: Session, name: str) -> Organisation:
    found = session.scalars(select(Organisation).where(Organisation.name == name)).first()
    if found is None:
        raise click.ClickException(f"There is no organisation “{name}”. Add it first.")
    return found


@command.command("workspace")
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--zone", default="UTC", help="Time zone, such as Asia/Amman.")
@click.option("--country", default="", help="Three-letter country code.")
def workspace(slug: str, name: str, zone: str, country: str) -> None:
    """Found a workspace."""
    with database().writing(_root()) as session:
        actions.found_workspace(session, _root(), name=name, slug=slug, zone=zone, country=country)
    click.echo(f"Founded {name}.")


@command.command("add")
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice([k.value for k in OrganisationKind]))
@click.option("--contact", default="", help="Registered e-mail address.")
def add(name: str, kind: str, contact: str) -> None:
    """Add an organisation, with its seats empty."""
    with database().writing(_root()) as session:
        actions.found_organisation(session, _root(), name=name, kind=kind, registered_email=contact)
    click.echo(f"Added {name}.")


@command.command("admit")
@click.argument("slug")
@click.argument("name")
@click.option("--as", "standing", default="member", type=click.Choice([s.value for s in Standing]))
def admit(slug: str, name: str, standing: str) -> None:
    """Let an organisation into a workspace. The first one founds it as coordinator."""
    with database().writing(_root()) as session, guard.system(session, guard.System.COMMAND):
        organisation = _organisation(session, name)
        doer, space = console_actor(session, slug, now=clock.now(), founder=organisation.id)
        actions.admit(
            session,
            doer,
            workspace_id=space,
            organisation_id=organisation.id,
            standing=Standing(standing),
        )
    click.echo(f"{name} is in {slug} as {standing}.")


@command.command("seat")
@click.argument("name")
@click.argument("email")
@click.option("--seat", "kind", required=True, type=click.Choice([s.value for s in Seat]))
def seat(name: str, email: str, kind: str) -> None:
    """Put a person into a seat of an organisation."""
    with database().writing(_root()) as session:
        person = person_by_email(session, email)
        if person is None:
            raise click.ClickException(f"Nobody has the address {email}. Add the person first.")
        organisation = _organisation(session, name)
        actions.seat_person(
            session,
            _root(),
            organisation_id=organisation.id,
            person_id=person.id,
            kind=Seat(kind),
        )
    click.echo(f"{email} is {kind} of {name}.")
