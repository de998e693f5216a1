"""The `advocacy` command, as an operator runs it."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def advocacy(tmp_path):
    """Runs the command in a data folder of its own; returns the finished process."""
    settings = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "a secret of tests, long enough for them",
        "DEMO": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'it.sqlite3'}",
    }

    def run(*words, **more):
        return subprocess.run(
            [sys.executable, "-c", "from advocacy.cli import main; main()", *words],
            cwd=ROOT,
            env={**settings, **more},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


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


def test_a_workspace_can_be_founded_from_the_console(advocacy, tmp_path):
    advocacy("db", "upgrade")
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


def test_a_mistake_at_the_console_is_one_sentence(advocacy):
    advocacy("db", "upgrade")
    for words in (
        ("org", "admit", "nowhere", "Nobody"),
        ("user", "link", "nobody@example.org"),
        ("org", "workspace", "Bad Slug", "--name", "X"),
    ):
        done = advocacy(*words)
        assert done.returncode == 1, words
        assert done.stderr.startswith("Error: ")
        assert "Traceback" not in done.stderr


def test_verify_says_where_the_log_was_changed(advocacy, tmp_path):
    advocacy("db", "upgrade")
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


def test_a_backup_is_whole_and_is_not_written_over(advocacy, tmp_path):
    advocacy("db", "upgrade")
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


def test_the_demo_prints_its_people(advocacy):
    advocacy("db", "upgrade")
    done = advocacy("demo", "--logins", "--json")
    assert done.returncode == 0, done.stderr
    people = json.loads(done.stdout)
    assert {"name", "organisation", "role", "email", "password"} <= set(people[0])
