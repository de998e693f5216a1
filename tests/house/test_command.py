"""The `advocacy` command, as an operator runs it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.only("sqlite", "each command has a file of its own")

ROOT = Path(__file__).resolve().parents[2]
START = "from advocacy.cli import main; main()"
# Reads the code once and gives each order to a child of its own: a fresh process but for that.
WAITING = """
import gc, json, os, sys
from advocacy.app import create_app
from advocacy.cli import main
from advocacy.config import Config
from tests.compiled import share_compiled
share_compiled()
create_app(Config.from_environment())
gc.freeze()
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        for name, number in (("stdout", 1), ("stderr", 2)):
            path = order["folder"] + "/" + name
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        os.environ.clear()
        os.environ.update(order["settings"])
        sys.argv = ["advocacy", *order["words"]]
        main()
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def waiting():
    """A process that has read the command and waits for orders."""
    with subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "s" * 40, "DEMO": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def settings(tmp_path):
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "a secret of tests, long enough for them",
        "DEMO": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'it.sqlite3'}",
    }


@pytest.fixture
def upgraded(template, tmp_path):
    """The database is there, as after `db upgrade`."""
    shutil.copyfile(template, tmp_path / "it.sqlite3")


@pytest.fixture
def advocacy(waiting, settings, tmp_path):
    """Runs the command in a data folder of its own; returns how it ended and what it said."""
    folder = tmp_path / "said"
    folder.mkdir()

    def run(*words, **more):
        order = {"words": words, "settings": {**settings, **more}, "folder": str(folder)}
        waiting.stdin.write(json.dumps(order) + "\n")
        waiting.stdin.flush()
        code = int(waiting.stdout.readline())
        out, err = ((folder / name).read_text() for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(words, code, out, err)

    return run


def test_the_command_starts_by_itself(settings):
    done = subprocess.run(
        [sys.executable, "-c", START, "doctor"],
        cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_doctor_names_every_weak_setting_at_once(advocacy):
    done = advocacy("doctor", SECRET_KEY="short", DEMO="0", BASE_URL="http://advocacy.example")
    assert done.returncode == 1
    for name in ("SECRET_KEY", "BASE_URL", "SMTP_URL"):
        assert name in done.stdout
    assert "Traceback" not in done.stderr


def test_doctor_is_content_with_a_demo(advocacy):
    assert advocacy("doctor").returncode == 0


def test_migrations_and_tables_agree(advocacy):
    done = advocacy("db", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_upgrading_twice_changes_nothing(advocacy, tmp_path):
    assert advocacy("db", "upgrade").returncode == 0
    with sqlite3.connect(tmp_path / "it.sqlite3") as database:
        before = list(database.execute("SELECT name, sql FROM sqlite_master ORDER BY 1"))
    assert advocacy("db", "upgrade").returncode == 0
    with sqlite3.connect(tmp_path / "it.sqlite3") as database:
        assert list(database.execute("SELECT name, sql FROM sqlite_master ORDER BY 1")) == before


def test_a_workspace_can_be_founded_from_the_console(advocacy, tmp_path, upgraded):
    steps = [
        ("org", "workspace", "northland", "--name", "Northland", "--zone", "Asia/Amman"),
        ("org", "add", "Cluster Lead", "--kind", "un"),
        ("org", "add", "Small Association", "--kind", "national_ngo"),
        ("org", "admit", "northland", "Cluster Lead", "--as", "coordinator"),
        ("org", "admit", "northland", "Small Association"),
        ("user", "add", "a@example.org", "--name", "Amal", "--password", "four boats at the pier"),
        ("org", "seat", "Small Association", "a@example.org", "--seat", "focal_point"),
    ]
    for step in steps:
        done = advocacy(*step)
        assert done.returncode == 0, (step, done.stdout, done.stderr)
    link = advocacy("user", "link", "a@example.org")
    assert "/accounts/link/" in link.stdout
    done = advocacy("audit", "verify")
    assert done.returncode == 0, done.stdout


def test_a_mistake_at_the_console_is_one_sentence(advocacy, upgraded):
    for words in (
        ("org", "admit", "nowhere", "Nobody"),
        ("user", "link", "nobody@example.org"),
        ("org", "workspace", "Bad Slug", "--name", "X"),
    ):
        done = advocacy(*words)
        assert done.returncode == 1, words
        assert done.stderr.startswith("Error: ")
        assert "Traceback" not in done.stderr


def test_verify_says_where_the_log_was_changed(advocacy, tmp_path, upgraded):
    advocacy("org", "add", "Cluster Lead", "--kind", "un")
    advocacy("user", "add", "a@example.org", "--name", "A", "--password", "four boats at the pier")
    advocacy("org", "seat", "Cluster Lead", "a@example.org", "--seat", "admin")
    with sqlite3.connect(tmp_path / "it.sqlite3") as database:
        database.execute("DROP TRIGGER seal_audit_event_update")
        database.execute("UPDATE audit_event SET name = 'another'")
    done = advocacy("audit", "verify")
    assert done.returncode == 1
    assert "organisation:" in done.stdout
    assert "row 1: this row was changed" in done.stdout


def test_a_backup_is_whole_and_is_not_written_over(advocacy, tmp_path, upgraded):
    advocacy("org", "add", "Cluster Lead", "--kind", "un")
    target = tmp_path / "copy.sqlite3"
    assert advocacy("backup", str(target)).returncode == 0
    with sqlite3.connect(target) as copy:
        assert copy.execute("SELECT name FROM organisation").fetchall() == [("Cluster Lead",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert oct(target.stat().st_mode)[-3:] == "600"
    again = advocacy("backup", str(target))
    assert again.returncode == 1
    assert "exists" in again.stderr


def test_the_demo_prints_its_people(advocacy, upgraded):
    done = advocacy("demo", "--logins", "--json")
    assert done.returncode == 0, done.stderr
    people = json.loads(done.stdout)
    assert {"name", "organisation", "role", "email", "password"} <= set(people[0])
