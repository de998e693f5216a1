"""`advocacy keys`: the key that signs receipts and tree heads."""

import click
from flask import current_app

from advocacy.access.actor import Actor
from advocacy.formats.keyring import Keyring
from advocacy.ground import clock
from advocacy.proofs import actions, queries
from advocacy.proofs.rules import What
from advocacy.web.db import database


@click.group("keys")
def command() -> None:
    """The key that signs receipts and tree heads."""


def _ring() -> Keyring:
    found: Keyring = current_app.extensions["advocacy_keys"]
    return found


@command.command("show")
def show() -> None:
    """Name the key that signs now, and what became of those before it."""
    root, public = Actor(now=clock.now()), _ring().public()
    with database().writing(root) as session:
        actions.note_key(session, root, public, What.USED)
        rows = queries.keys(session)
    for row in rows:
        state = "stolen" if row.compromised_at else "retired" if row.retired_at else "in use"
        click.echo(f"{row.kid}  {state}")


@command.command("rotate")
def rotate() -> None:
    """Put a fresh key in the place of the present one. Do it once a year."""
    root, ring = Actor(now=clock.now()), _ring()
    old = ring.public()
    with database().writing(root) as session:
        actions.note_key(session, root, old, What.USED)
        actions.note_key(session, root, old, What.RETIRED)
        fresh = ring.rotate()
        actions.note_key(session, root, fresh, What.USED)
    click.echo(f"{fresh.kid} signs from now on. {old.kid} stays known, its private half is gone.")


@command.command("stolen")
@click.argument("kid")
def stolen(kid: str) -> None:
    """Say of a key that others may have it. Rotate first."""
    root = Actor(now=clock.now())
    with database().writing(root) as session:
        actions.mark_stolen(session, root, kid)
    click.echo("Marked. Its receipts are refused from now on; they can be fetched again.")
