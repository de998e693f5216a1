"""`advocacy erase-over`: erase every full account that may be kept no longer."""

import click

from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.retention import actions
from advocacy.web.db import database


@click.command("erase-over")
def command() -> None:
    """Erase full accounts of closed records that the workspace's protocol keeps no longer.

    They are shown to nobody already. Run it daily; it can be run again and again.
    """
    now = clock.now()
    with database().writing(anonymous(now)) as session:
        number = actions.erase_all(session, anonymous(now))
    click.echo(f"Erased: {number}")
