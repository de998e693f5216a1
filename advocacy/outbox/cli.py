"""`advocacy mail`: what waits and why, trying it again, and reading a mail that came back."""

import sys
from typing import cast

import click
from flask import current_app

from advocacy.access.actor import anonymous
from advocacy.config import Config
from advocacy.formats.smtp import SHUT, Fault
from advocacy.ground import clock
from advocacy.outbox import actions, queries, rules
from advocacy.web.db import database


@click.group("mail")
def command() -> None:
    """Mails that leave, and that come back."""


@command.command("waiting")
def waiting() -> None:
    """How many mails wait, and why. It names nobody."""
    now = clock.now()
    with database().reading(anonymous(now)) as session:
        due, lost = queries.waiting(session, now=now), queries.given_up(session)
        found = queries.faults(session)
    click.echo(f"Due and not sent: {due}. Given up: {lost}.")
    for fault, number in found:
        other = f"This mail could not be written or handed over ({fault})."
        words = SHUT[Fault(fault)] if fault in set(Fault) else other
        click.echo(f"{number}: {words}")
    if lost:
        click.echo("Mend what stands above, then say “advocacy mail again”.")


@command.command("again")
def again() -> None:
    """Try everything that waits now, and what was given up too."""
    now = clock.now()
    with database().writing(anonymous(now)) as session:
        number = actions.try_again(session, now=now)
    click.echo(f"To be sent now: {number}.")


@command.command("bounce")
def bounce() -> None:
    """Read one mail that came back, from the standard input; for the mailbox BOUNCES_TO.

    It marks those it was for as not reached. A mail that says anything else changes nothing, and
    neither does one to an address that we did not make.
    """
    data = sys.stdin.buffer.read(rules.MOST_BYTES + 1)
    if len(data) > rules.MOST_BYTES:
        raise click.ClickException("This mail is larger than 1 MB. It was not read.")
    config = cast(Config, current_app.config["ADVOCACY"])
    made = {"mailbox": config.bounces_to, "key": config.secret_key}
    rows = {rules.row_of(address, **made) for address in rules.came_back(data)}
    found = 0
    with database().writing(anonymous(clock.now())) as session:
        for row_id in rows:
            found += row_id is not None and actions.come_back(session, row_id)
    click.echo("Marked as not reached." if found else "Nothing was marked: this is no such mail.")
