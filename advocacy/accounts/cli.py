"""`advocacy user`: people, from the console of the machine."""

import click

from advocacy.access.actor import Actor
from advocacy.accounts import actions
from advocacy.accounts.queries import person_by_email
from advocacy.ground import clock
from advocacy.web.db import database


@click.group("user")
def command() -> None:
    """People who can sign in."""


@command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Full name.")
@click.option("--language", default="en", type=click.Choice(["en", "fr", "es", "ar"]))
@click.password_option(help="15 characters or more; asked for when not given.")
def add(email: str, name: str, language: str, password: str) -> None:
    """Add a person. They have no power until they hold a seat (advocacy org seat)."""
    root = Actor(now=clock.now())
    with database().writing(root) as session:
        actions.add_person(
            session, root, name=name, email=email, password=password, language=language
        )
    click.echo(f"Added {email}.")


@command.command("link")
@click.argument("email")
@click.pass_context
def link(context: click.Context, email: str) -> None:
    """Print a one-time sign-in link, good for a day."""
    root = Actor(now=clock.now())
    with database().writing(root) as session:
        person = person_by_email(session, email)
        if person is None:
            raise click.ClickException(f"Nobody has the address {email}. Check it.")
        token = actions.issue_link(session, person=person.id, now=root.now)
    click.echo(f"{context.obj.base_url}/accounts/link/{token}")
