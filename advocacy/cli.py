"""The `advocacy` command: set up, serve, look after."""

import importlib
import pkgutil
import sqlite3
import subprocess
import tempfile
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit

import click
from alembic import command as alembic
from alembic.config import Config as Alembic
from alembic.util.exc import CommandError
from sqlalchemy import make_url

import advocacy
from advocacy.access.actor import anonymous
from advocacy.app import create_app
from advocacy.config import ROOT, Config
from advocacy.demo import actions as demo
from advocacy.formats import verify_receipt
from advocacy.formats.keyring import Keyring
from advocacy.formats.smtp import SHUT, Fault
from advocacy.ground import clock
from advocacy.ground.errors import DomainError
from advocacy.outbox import mail
from advocacy.search import actions as search
from advocacy.web import reasons
from advocacy.web.db import database
from advocacy.web.db import db as connections


class _Commands(click.Group):
    """Says in one sentence what went wrong, like every page does."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except DomainError as error:
            words = [reasons.say(reason) for reason in error.reasons] or ["There is no such thing."]
            raise click.ClickException(" ".join(words)) from error


@click.group(cls=_Commands)
@click.pass_context
def main(context: click.Context) -> None:
    """A workspace where organisations speak with one voice."""
    context.obj = Config.from_environment()


def _app(config: Config) -> None:
    """Give the command an application to work in, until it ends."""
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    context = click.get_current_context()
    context.with_resource(create_app(config).app_context())
    context.call_on_close(lambda: connections.engine.dispose())  # its connections too


def _alembic(url: str, role: str = "") -> Alembic:
    settings = Alembic()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    settings.attributes.update(url=url, role=role)
    return settings


def migrate(config: Config) -> None:
    """Bring the database of these settings to head."""
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    role = urlsplit(config.database_url).username or ""
    alembic.upgrade(_alembic(config.migrate_url, role), "head")


def _index(*, anew: bool = False) -> int:
    """Make what older versions wrote findable by its words; nothing to do where all of it is."""
    with database().writing(anonymous(clock.now())) as session:
        return search.catch_up(session, anew=anew)


@main.command()
@click.pass_obj
def run(config: Config) -> None:
    """Migrate, plant the demo when it is asked for and the database is empty, and serve."""
    _refuse_unsafe(config)
    migrate(config)
    _app(config)
    _index()
    if config.demo:
        demo.plant_if_empty(database(), config.data_dir)
        for login in demo.links(database(), config.base_url):
            click.echo(f"{login.name}, {login.organisation} ({login.role})\n  {login.link}")
    click.echo(f"Serving on {config.base_url}  (stop with Ctrl-C)")
    _serve(config)


def _refuse_unsafe(config: Config) -> None:
    fatal = [words for name, words in config.faults() if name in {"SECRET_KEY", "DATABASE_URL"}]
    if fatal:
        raise click.ClickException(" ".join(fatal))


def _serve(config: Config) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - only where it serves
    from granian.server import Server  # noqa: PLC0415 - the same

    Server(
        "wsgi:app",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        working_dir=ROOT,
        respawn_failed_workers=True,
    ).serve()


@main.command()
@click.pass_obj
def doctor(config: Config) -> None:
    """Name every missing or weak setting, and try the mail server; no mail is sent."""
    faults = config.faults()
    if config.signing_key.exists() or not config.demo:  # a trial makes its key when it needs one
        faults += [("SIGNING_KEY", words) for words in Keyring(config.signing_key).faults()]
    if config.smtp_url and not any(name == "SMTP_URL" for name, _words in faults):
        shut = mail.shut(mail.Post(config.smtp_url, config.mail_from))
        at_fault = "MAIL_FROM" if shut == Fault.SENDER else "SMTP_URL"
        is_said = any(name == at_fault for name, _words in faults)
        faults += [(at_fault, SHUT[shut])] if shut and not is_said else []
    for name, words in faults:
        click.echo(f"{name}: {words}")
    if faults:
        raise click.ClickException(f"{len(faults)} settings need you.")
    click.echo("Every setting is sound.")


@main.group()
def db() -> None:
    """The database's structure."""


@db.command("upgrade")
@click.pass_obj
def upgrade(config: Config) -> None:
    """Bring the database to head, and make what it holds findable by its words."""
    migrate(config)
    _app(config)
    _index()
    click.echo("The database is up to date.")


@db.command("index")
@click.option("--anew", is_flag=True, help="Forget the index first and make all of it again.")
@click.pass_obj
def index(config: Config, *, anew: bool) -> None:
    """Make records of the register findable by their words, where they are not yet."""
    _app(config)
    click.echo(f"{_index(anew=anew)} records were indexed.")


@db.command("check")
def check() -> None:
    """Check that the migrations lead to exactly the tables the code knows."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _alembic(f"sqlite:///{folder}/check.sqlite3")
        alembic.upgrade(settings, "head")
        try:
            alembic.check(settings)
        except CommandError as error:
            raise click.ClickException(f"Write a migration: {error}") from error
    click.echo("Migrations and tables agree.")


@main.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(config: Config, target: Path) -> None:
    """Copy the whole database to a file while it is in use. Encrypt the file before moving it."""
    if target.exists():
        raise click.ClickException(f"{target} exists. Choose another name.")
    if config.is_postgres:
        url = make_url(config.migrate_url).set(drivername="postgresql")
        done = subprocess.run(  # noqa: S603 - fixed program, our own settings
            ["pg_dump", "--format=custom", f"--file={target}", url.render_as_string(False)],  # noqa: S607, FBT003 - pg_dump from the path; the password must be given
            check=False,
        )
        if done.returncode:
            raise click.ClickException("pg_dump failed; what it printed says why.")
    else:
        source = make_url(config.database_url).database or ""
        with (
            sqlite3.connect(f"file:{source}?mode=ro", uri=True) as old,
            sqlite3.connect(target) as new,
        ):
            old.backup(new)
        new.close()
        old.close()
    target.chmod(0o600)
    click.echo(f"Copied to {target}.")


@main.command(
    "verify-receipt",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def verify(arguments: tuple[str, ...]) -> None:
    """Check a sign-off receipt: no network, no database."""
    raise SystemExit(verify_receipt.main(arguments))


@main.group("import")
@click.pass_obj
def imports(config: Config) -> None:
    """Bring in data from elsewhere."""
    _app(config)


def _with_app(group: click.Command) -> click.Command:
    """A room's command, given an application before it runs; the room's own stays as it is."""
    group, inner = copy(group), group.callback

    def entered(*args: object, **kwargs: object) -> object:
        config = click.get_current_context().find_object(Config)
        _app(config or Config.from_environment())
        return inner(*args, **kwargs) if inner else None

    group.callback = entered
    return group


def _register() -> None:
    """Every room's `cli`: `command`, or `importer` for `advocacy import`."""
    for found in pkgutil.iter_modules(advocacy.__path__, "advocacy."):
        folder = Path(advocacy.__path__[0]) / found.name.removeprefix("advocacy.")
        if not (folder / "cli.py").exists():
            continue
        room = importlib.import_module(f"{found.name}.cli")
        if hasattr(room, "command"):
            main.add_command(_with_app(room.command))
        for importer in getattr(room, "IMPORTERS", ()):
            imports.add_command(importer)


_register()
