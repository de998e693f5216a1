"""What the house tests read: the files of the checkout, and their syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "advocacy"

FLOORS = frozenset({"ground", "text", "formats", "access", "web"})
"""Packages that are no rooms: they know no noun that people say."""

SERVICES = frozenset({"audit", "outbox", "files", "importing"})
"""Rooms that other rooms share."""

DOORS = frozenset({"views", "api", "cli", "stream", "mail"})


@cache
def files_of_the_house() -> tuple[Path, ...]:
    """Every file that is, or could be, committed; paths from the top of the checkout."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = {Path(name) for name in listed.stdout.split("\0") if name}
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the package; paths from the top of the checkout."""
    return tuple(
        path
        for path in files_of_the_house()
        if path.parts[0] == "advocacy" and path.suffix == ".py"
    )


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def rooms() -> list[str]:
    """The packages that are rooms, services included."""
    return sorted({path.parts[1] for path in modules() if len(path.parts) > 2} - FLOORS)


def room_of(path: Path) -> str:
    """The room, service or floor that a file belongs to; its own name for app, cli and config."""
    return path.parts[1].removesuffix(".py")


def dotted(node: ast.AST) -> str:
    """`session.info.get` for the node of those words; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def calls(path: Path) -> list[ast.Call]:
    """Every call in a file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def imports(path: Path) -> list[tuple[str, str, str]]:
    """(module, name, name used here) of every import in a file; `name` is empty for modules."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, item.name, item.asname or item.name) for item in node.names]
        elif isinstance(node, ast.Import):
            found += [(item.name, "", item.asname or item.name) for item in node.names]
    return found


def at(path: Path, node: ast.AST) -> str:
    """Where a fault is, as an editor reads it."""
    return f"{path}:{getattr(node, 'lineno', 1)}"
