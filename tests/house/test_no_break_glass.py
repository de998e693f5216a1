"""Whoever runs the server reads no record with the command: not at own level, not of named ones.

Every command is in COMMANDS; a new one is not forgotten, since the list must be whole.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click
import pytest

from advocacy.cli import main
from advocacy.talks import actions as talks
from advocacy.threats import actions as threats
from advocacy.threats.rows import Sharing
from tests.house.test_command import advocacy, settings, waiting
from tests.threats.conftest import areas, entry

__all__ = ["advocacy", "areas", "entry", "settings", "waiting"]
pytestmark = pytest.mark.only("sqlite", "each command has a file of its own")

WORDS = ("Zephyr", "Halloran", "Blue Valley", "mill by the old bridge")
SHEET = "_uuid,title,summary,risk_code\nabc,Floods,S,PR15\n"
SPACE = ("--workspace", "testland")
LEGAL = "legal@legal.example"
# Command -> how it is called; "{…}" is a file of this test. None: it serves pages,
# or waits for a mail to be put into it.
COMMANDS: dict[str, tuple[str, ...] | None] = {
    "run": None,
    "doctor": (),
    "db upgrade": (),
    "db index": ("--anew",),
    "db check": (),
    "backup": ("{copy}",),
    "verify-receipt": ("{sheet}", "--key", "{sheet}"),
    "import recommendations": ("{sheet}", *SPACE, "--dry-run", "--json"),
    "import threats": ("{sheet}", *SPACE, "--by", LEGAL, "--dry-run", "--json"),
    "import taxonomies": ("--json",),
    "import pcodes": ("{sheet}", "--json"),
    "import shapes": ("{sheet}", "--country", "TST", "--source", "S"),
    "import names": ("{sheet}", *SPACE),
    "user add": ("new@example.org", "--name", "N", "--password", "four boats at the pier"),
    "user link": (LEGAL,),
    "audit verify": (),
    "demo": ("--json",),
    "org workspace": ("northland", "--name", "N"),
    "org add": ("Small", "--kind", "national_ngo"),
    "org admit": ("testland", "Small"),
    "org seat": ("Harbour Legal Aid", LEGAL, "--seat", "admin"),
    "mail waiting": (),
    "mail again": (),
    "mail bounce": None,
    "passkeys forget": (LEGAL,),
    "keys show": (),
    "keys rotate": (),
    "keys stolen": ("0",),
    "erase-over": (),
}


def commands(group: Any, *above: str) -> Iterator[str]:
    """Every command there is, with the names above it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)
        else:
            yield " ".join((*above, name))


def test_every_command_is_looked_at() -> None:
    assert sorted(commands(main)) == sorted(COMMANDS)


def test_no_command_prints_a_word_of_a_record(
    advocacy, database_url, world, writing, entry, tmp_path
):
    relief, legal = world.actor("relief"), frozenset({world.organisations["legal"]})
    told = replace(entry, title="Zephyr", summary="Zephyr again")
    for sharing in (Sharing(), Sharing("named", legal)):
        with writing(relief) as session:
            made = threats.report(
                session, relief, workspace_id=world.workspace_id, entry=told, sharing=sharing
            ).id
    with writing(relief) as session:
        asks = world.organisations["legal"]
        talks.say(session, relief, made, text="Zephyr?", to="record", asks=asks)
    sheet, copy = tmp_path / "sheet.csv", tmp_path / "copy.sqlite3"
    sheet.write_text(SHEET)
    for name, words in COMMANDS.items():
        if words is None:
            continue
        given = [word.format(sheet=sheet, copy=copy) for word in words]
        done = advocacy(*name.split(), *given, DATABASE_URL=database_url)
        said = done.stdout + done.stderr
        assert done.returncode < 2, (name, said)
        assert "Traceback" not in said, (name, said)
        assert not [word for word in WORDS if word in said], (name, said)
