"""The law of the house, read from the syntax trees: what no room may do."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.source import DOORS, FLOORS, at, calls, dotted, imports, modules, room_of, tree

ABOVE = frozenset({"app", "cli", "config", "web"})
"""Where the edge is: these meet the world outside."""

Find = Callable[[Path], Iterator[ast.AST]]


def commits(path: Path) -> Iterator[ast.AST]:
    """One commit, at the edge."""
    if path != Path("advocacy/ground/unit.py"):
        yield from (call for call in calls(path) if _last(call) == "commit")


def old_queries(path: Path) -> Iterator[ast.AST]:
    """`session.query` and `Model.query` go around the statements that the guard marks."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr == "query":
            owner = dotted(node.value)
            if owner.endswith("session") or owner[:1].isupper():
                yield node


def written_sql(path: Path) -> Iterator[ast.AST]:
    """SQL written by hand is for the ground, the guard and the web floor's session."""
    if room_of(path) in {"ground", "access", "web", "app", "cli"} or path.stem == "schema":
        return  # in a schema it is the condition of an index or a constraint, which nobody types
    here = {name for module, item, name in imports(path) if (module, item) == SQL_TEXT}
    for call in calls(path):
        name = dotted(call.func)
        if name in here or name in {"sqlalchemy.text", "sa.text"} or _last(call) == RAW:
            yield call


def wide_excepts(path: Path) -> Iterator[ast.AST]:
    """Below the edge one catches what one knows; what is passed on again is not swallowed."""
    if room_of(path) in ABOVE:
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler) and _is_wide(node):
            yield node


def talk(path: Path) -> Iterator[ast.AST]:
    """The command speaks through click, the rest through logs."""
    for call in calls(path):
        if dotted(call.func) in {"print", "breakpoint", "input", "eval", "exec", "pdb.set_trace"}:
            yield call


def hidden_time(path: Path) -> Iterator[ast.AST]:
    """`now` is read once per request, and travels with the actor."""
    if path == Path("advocacy/ground/clock.py"):
        return
    asks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    for call in calls(path):
        name = dotted(call.func)
        if name in asks or name.removeprefix("datetime.") in asks:
            yield call


def hidden_settings(path: Path) -> Iterator[ast.AST]:
    """Settings come from config.py only."""
    if room_of(path) != "config":
        for node in ast.walk(tree(path)):
            if dotted(node) in {"os.environ", "os.getenv"}:
                yield node


def views_that_catch(path: Path) -> Iterator[ast.AST]:
    """A view leaves errors to `submit` and to the handlers: the same answer everywhere."""
    if path.stem == "views":
        yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.Try))


def foreign_tables(path: Path) -> Iterator[ast.AST]:
    """A room's tables are read and written by that room: others ask its queries and actions.

    A room may join a lower room's table to its own (a seat and the name of its holder), so for
    `select` the first table counts. The tables of `access` belong to a floor, for every room.
    """
    foreign = _foreign_tables(path)
    for call in calls(path):
        counted = call.args[:1] if _last(call) == "select" else call.args
        if _last(call) in {"select", "insert", "update", "delete", "get"} and any(
            dotted(argument).partition(".")[0] in foreign for argument in counted
        ):
            yield call


def doors_into_schemas(path: Path) -> Iterator[ast.AST]:
    """Doors know the queries and actions of other rooms, never their tables."""
    if path.stem in DOORS and room_of(path) not in ABOVE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and _room_of_schema(node.module) not in (
                "",
                room_of(path),
            ):
                yield node


SQL_TEXT = ("sqlalchemy", "text")
RAW = "exec_driver_sql"
LAWS: tuple[Find, ...] = (
    commits,
    old_queries,
    written_sql,
    wide_excepts,
    talk,
    hidden_time,
    hidden_settings,
    views_that_catch,
    foreign_tables,
    doors_into_schemas,
)


EXCEPTIONS: dict[tuple[Find, str], str] = {}
"""Functions that a law lets be, each with its reason. May only shrink."""


def _last(call: ast.Call) -> str:
    """The last word of what is called: `commit` of `session.commit()`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _function_around(path: Path, node: ast.AST) -> str:
    """The name of the innermost function that a node stands in; empty at the top of a file."""
    line = getattr(node, "lineno", 0)
    around = [
        function
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and function.lineno <= line <= (function.end_lineno or line)
    ]
    return max(around, key=lambda function: function.lineno).name if around else ""


def _is_wide(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    wide = any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in caught)
    last = handler.body[-1]
    passes_on = isinstance(last, ast.Raise) and last.exc is None
    return wide and not passes_on


def _room_of_schema(module: str | None) -> str:
    """`threats` of `advocacy.threats.schema`; empty for other modules."""
    parts = (module or "").split(".")
    return parts[1] if len(parts) == 3 and parts[0] == "advocacy" and parts[2] == "schema" else ""


def _foreign_tables(path: Path) -> set[str]:
    """The names under which another room's tables are known in this file."""
    return {
        name
        for module, item, name in imports(path)
        if item[:1].isupper() and _room_of_schema(module) not in {"", room_of(path), *FLOORS}
    }


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_keeps(law: Find) -> None:
    broken = [
        at(path, node)
        for path in modules()
        for node in law(path)
        if (law, f"{path}::{_function_around(path, node)}") not in EXCEPTIONS
    ]
    assert not broken, law.__doc__


def test_the_list_of_exceptions_only_shrinks() -> None:
    needed = {
        (law, f"{path}::{_function_around(path, node)}")
        for path in modules()
        for law in LAWS
        for node in law(path)
    }
    assert set(EXCEPTIONS) <= needed, "kept by now: take it off the list"


BREACHES: dict[Find, str] = {
    commits: "session.commit()",
    old_queries: "session.query(Threat)",
    written_sql: "from sqlalchemy import text\nsession.execute(text('select 1'))",
    wide_excepts: "try:\n    f()\nexcept Exception:\n    pass",
    talk: "print('here')",
    hidden_time: "import datetime\ndatetime.datetime.now()",
    hidden_settings: "import os\nos.environ['PORT']",
    views_that_catch: "try:\n    f()\nexcept KeyError:\n    pass",
    foreign_tables: "from advocacy.threats.schema import Threat\nselect(Threat.id)",
    doors_into_schemas: "from advocacy.threats.schema import Threat",
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_breach_is_found(law: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = ast.parse(BREACHES[law])
    monkeypatch.setattr("tests.house.source.tree", lambda path: parsed)
    monkeypatch.setattr(f"{__name__}.tree", lambda path: parsed)
    assert list(law(Path("advocacy/positions/views.py")))
