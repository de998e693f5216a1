"""What may import what. The contracts are in pyproject.toml; here they are run, and tried."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

LINT = Path(sys.executable).parent / "lint-imports"


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache", "--no-logo"],
        cwd=folder,
        # The package is looked for in the folder, and nowhere else first.
        env={"PYTHONPATH": str(folder), "PATH": "", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_hold() -> None:
    ran = _lint(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


BROKEN = {
    "a lower room asks an upper one": ("threats/queries.py", "import advocacy.signoff.queries"),
    "a query calls an action": ("threats/queries.py", "import advocacy.threats.actions"),
    "a rule asks its queries": ("threats/rules.py", "import advocacy.threats.queries"),
    "an action uses the request": ("threats/actions.py", "import flask"),
    "a query imports the web floor": ("threats/queries.py", "import advocacy.web.submit"),
    "a rule speaks to the database": ("threats/rules.py", "import sqlalchemy"),
    "a door opens into a door": ("threats/views.py", "import advocacy.signoff.views"),
    "an action reads a form": ("threats/actions.py", "import advocacy.threats.forms"),
    "the ground knows a room": ("ground/base.py", "import advocacy.threats.rules"),
    "a room that has no place": ("gossip/rules.py", ""),
}
ALLOWED = {
    "a page composes": ("threats/views.py", "import advocacy.signoff.queries"),
    "a shared service has pages": ("audit/views.py", "import advocacy.web.submit"),
    "an upper room asks a lower one": ("signoff/queries.py", "import advocacy.threats.queries"),
}


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A package of the same shape, with empty files, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    floors = ("ground/base.py", "text/canon.py", "formats/csv.py", "access/guard.py")
    shared = ("web/submit.py", "audit/actions.py")
    rooms = [
        f"{room}/{name}.py"
        for room in ("threats", "signoff")
        for name in ("schema", "rules", "queries", "actions", "forms", "views")
    ]
    for name in (*floors, *shared, *rooms):
        _write(tmp_path, name, "")
    return tmp_path


def _write(folder: Path, name: str, line: str) -> None:
    path = folder / "advocacy" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / "advocacy/__init__.py").touch()
    (path.parent / "__init__.py").touch()
    path.write_text(f"{line}\n")


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_import_is_refused(case: str, small_house: Path) -> None:
    assert _lint(small_house).returncode == 0, "the small house itself must be sound"
    _write(small_house, *BROKEN[case])
    ran = _lint(small_house)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "BROKEN" in ran.stdout


@pytest.mark.parametrize("case", ALLOWED)
def test_a_right_import_is_let_through(case: str, small_house: Path) -> None:
    _write(small_house, *ALLOWED[case])
    ran = _lint(small_house)
    assert ran.returncode == 0, ran.stdout + ran.stderr
