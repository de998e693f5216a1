"""`advocacy demo`: an invented workspace to try things in."""

import json
from dataclasses import asdict

import click

from advocacy.config import Config
from advocacy.demo import actions
from advocacy.ground import clock
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.web.db import database


@click.command("demo")
@click.option("--logins", is_flag=True, help="Print how its people sign in.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def command(config: Config, *, logins: bool, as_json: bool) -> None:
    """Plant the demo workspace in an empty database, and print who is in it."""
    if not config.demo:
        raise Invalid(Reason("demo.off"))
    if logins or as_json:
        actions.plant_if_empty(database(), config.data_dir)
    else:
        actions.keep(actions.plant(database(), now=clock.now()), config.data_dir)
    people = actions.logins(config.data_dir)
    if as_json:
        click.echo(json.dumps([asdict(login) for login in people], ensure_ascii=False, indent=1))
        return
    for login in people:
        click.echo(f"{login.name}, {login.organisation} ({login.role})")
        click.echo(f"  {login.email}  {login.password}")
