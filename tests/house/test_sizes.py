"""Nothing grows past what one person can read. The list of exceptions may only shrink."""

import ast
import io
import tokenize
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.house.source import ROOT, SERVICES, files_of_the_house, modules, rooms, tree

FILE, TEST_FILE, CONFTEST, FUNCTION, TEMPLATE, ROOM, SERVICE = 300, 500, 150, 40, 120, 1_200, 400
GUARD = {Path("advocacy/access/guard.py"): 200, Path("advocacy/access/policy.py"): 300}

EXCEPTIONS: dict[str, int] = {}
"""What is larger than its limit, with its size today: `path` or `path::function`. May only shrink;
what has come under its limit must leave the list."""

_SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


def code_lines(text: str) -> set[int]:
    """The numbers of the lines that hold code: no blank lines, comments or docstrings."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_text and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


@cache
def _lines(path: Path) -> set[int]:
    return code_lines((ROOT / path).read_text(encoding="utf-8"))


def _size(path: Path) -> int:
    return len(_lines(path))


def _functions(path: Path) -> dict[str, int]:
    """`path::name` of each function and its lines of code, its decorators not counted."""
    lines = _lines(path)
    return {
        f"{path}::{node.name}": sum(
            n in lines for n in range(node.lineno, (node.end_lineno or 0) + 1)
        )
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@cache
def _limits() -> dict[str, tuple[int, int]]:
    """Everything that has a limit: name -> (size, limit)."""
    sized: dict[str, tuple[int, int]] = {}
    by_room: dict[str, int] = defaultdict(int)
    for path in modules():
        sized[str(path)] = (_size(path), GUARD.get(path, FILE))
        sized |= {name: (size, FUNCTION) for name, size in _functions(path).items()}
        by_room[path.parts[1]] += _size(path)
    for room in rooms():
        sized[f"advocacy/{room}"] = (by_room[room], SERVICE if room in SERVICES else ROOM)
    for path in files_of_the_house():
        if path.parts[0] == "tests" and path.suffix == ".py":
            limit = CONFTEST if path.name == "conftest.py" else TEST_FILE
            sized[str(path)] = (_size(path), limit)
        elif path.parts[0] == "templates":
            sized[str(path)] = (len((ROOT / path).read_text("utf-8").splitlines()), TEMPLATE)
    return sized


def test_nothing_is_larger_than_its_limit() -> None:
    too_large = {
        name: f"{size} lines, at most {limit}"
        for name, (size, limit) in _limits().items()
        if size > max(limit, EXCEPTIONS.get(name, 0))
    }
    assert not too_large


def test_the_list_of_exceptions_only_shrinks() -> None:
    sized = _limits()
    assert set(EXCEPTIONS) <= set(sized), "gone from the tree: take it off the list"
    for name, allowed in EXCEPTIONS.items():
        size, limit = sized[name]
        assert size > limit, f"{name} is within its limit: take it off the list"
        assert size == allowed, f"{name} has {size} lines: write that number in the list"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("# a comment\n\nx = 1  # and one behind\n", 1),
        ('"""A docstring\nof two lines."""\nx = (\n    1,\n)\n', 3),
        ('x = """not a docstring\nbut two lines"""\n', 2),
        ('def f():\n    """Says what."""\n    return 1\n', 2),
    ],
)
def test_only_lines_of_code_count(text: str, lines: int) -> None:
    assert len(code_lines(text)) == lines
