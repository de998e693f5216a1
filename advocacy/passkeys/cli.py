"""`advocacy passkeys forget`: for somebody who lost every second step."""

import click

from advocacy.access.actor import Actor
from advocacy.accounts.queries import person_by_email
from advocacy.ground import clock
from advocacy.passkeys import actions
from advocacy.web.db import database


@click.group("passkeys")
def command() -> None:
    """Second steps at sign-in."""


@command.command("forget")
@click.argument("email")
def forget(email: str) -> None:
    """Take away all second steps of a person. Be sure first that it is they who ask."""
    root = Actor(now=clock.now())
    with database().writing(root) as session:
        who = person_by_email(session, email)
        if who is None:
            raise click.ClickException(f"Nobody has the address {email}. Check it.")
        actions.forget_all(session, root, who.id)
    click.echo(f"{email} signs in by password alone from now on. Every session was ended.")
