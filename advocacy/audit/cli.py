"""`advocacy audit verify`: does the log stand as it was written?"""

import click

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.audit.queries import faults
from advocacy.ground import clock
from advocacy.web.db import database

_WORDS = {
    "removed-before": "a row before this one was removed",
    "removed-at-end": "the last rows were removed",
    "chain-broken": "this row does not follow the one before it",
    "row-changed": "this row was changed",
    "detail-changed": "the detail of this row was changed",
}


@click.group("audit")
def command() -> None:
    """The audit log."""


@command.command("verify")
def verify() -> None:
    """Check every chain; name each place where it does not hold."""
    found = 0
    nobody = anonymous(clock.now())
    with (
        database().reading(nobody) as session,
        guard.system(session, guard.System.AUDIT_VERIFY),
    ):
        for fault in faults(session):
            found += 1
            click.echo(f"{fault.book}, row {fault.sequence}: {_WORDS[fault.what]}")
    if found:
        raise click.ClickException(f"The log was changed in {found} places. Keep a copy now.")
    click.echo("The log stands as it was written.")
