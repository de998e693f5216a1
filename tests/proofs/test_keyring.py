"""The signing key: made once, for its owner's eyes, exchanged without losing the old ones."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from flask import Flask

from advocacy.cli import main
from advocacy.formats.keyring import BadKey, Keyring
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.proofs import actions, mapper, queries
from advocacy.proofs.rules import What
from tests import build
from tests.browser import Browser
from tests.world import founder


def test_a_key_is_made_once_and_for_its_owner_alone(ring: Keyring) -> None:
    assert ring.faults()
    names: list[str] = []
    threads = [Thread(target=lambda: names.append(Keyring(ring.path).public().kid)) for _ in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert set(names) == {ring.public().kid}
    assert ring.path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in ring.path.parent.iterdir()] == ["signing.pem"]
    assert ring.faults() == []


def test_a_key_that_others_can_read_or_nobody_can_is_named(ring: Keyring) -> None:
    ring.public()
    ring.path.chmod(0o644)
    assert "chmod 600" in ring.faults()[0]
    ring.path.chmod(0o600)
    ring.path.write_text("no key")
    assert "Ed25519" in ring.faults()[0]
    with pytest.raises(BadKey):
        ring.current()


def test_a_running_server_signs_with_the_new_key_after_a_rotation(ring: Keyring) -> None:
    running = Keyring(ring.path)
    before = running.public().kid
    assert ring.rotate().kid == running.public().kid != before


def test_old_keys_stay_known_and_a_stolen_one_is_marked(database: Database, ring: Keyring) -> None:
    root, old = founder(), ring.public()
    with database.writing(root) as session:
        for _twice in range(2):
            actions.note_key(session, root, old, What.USED)
        with pytest.raises(Invalid):
            actions.mark_stolen(session, root, old.kid)
        with pytest.raises(NotFound):
            actions.mark_stolen(session, root, "nobody's")
        actions.note_key(session, root, old, What.RETIRED)
        actions.note_key(session, root, ring.rotate(), What.USED)
        actions.mark_stolen(session, root, old.kid)
        rows = queries.keys(session)
    listed = {one["kid"]: one for one in mapper.key_list(rows, ring.public())["keys"]}
    assert set(listed) == {old.kid, ring.public().kid}
    assert listed[old.kid]["compromised_at"] == "2026-11-22T09:00:00Z"
    assert "retired_at" not in listed[ring.public().kid]


def test_the_commands_rotate_and_doctor_names_what_is_wrong(
    app: Flask, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"DATABASE_URL": database_url, "DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 40}
    settings["DEMO"] = ""  # a trial on this machine may have said otherwise
    if database_url.startswith("postgresql"):  # there the tables belong to another role
        settings["MIGRATE_URL"] = build.owner_url(database_url.rpartition("/")[2])
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    run = CliRunner().invoke
    assert "SIGNING_KEY" in run(main, ["doctor"]).output
    monkeypatch.setenv("DEMO", "1")
    assert run(main, ["doctor"]).exit_code == 0
    first = run(main, ["keys", "show"])
    assert first.exit_code == 0, first.output
    kid = first.output.split()[0]
    assert run(main, ["doctor"]).exit_code == 0
    refused = run(main, ["keys", "stolen", kid])
    assert (refused.exit_code, "Rotate first" in refused.output) == (1, True)
    assert kid in run(main, ["keys", "rotate"]).output
    assert run(main, ["keys", "stolen", kid]).exit_code == 0
    assert "stolen" in run(main, ["keys", "show"]).output


def test_everybody_reads_the_keys_and_takes_the_program(client: Callable[[str], Browser]) -> None:
    nobody = client("")
    assert "Keys that sign our receipts" in nobody.get("/proofs/keys")
    listed = nobody.client.get("/proofs/keys.json").get_json()
    assert [one["kty"] for one in listed["keys"]] == ["OKP"]
    assert "d" not in listed["keys"][0]
    program = nobody.client.get("/proofs/verify-receipt.py")
    assert b"def verify(" in program.data
