"""Things are where their names say: files of a room, the top of the checkout, addresses."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.house.source import DOORS, ROOT, files_of_the_house, modules, rooms, tree

IN_A_ROOM = {"__init__", "schema", "rules", "queries", "actions", "rows", "forms", "mapper"} | DOORS
IN_ACCESS = {
    *(
        "__init__",
        "schema",
        "actor",
        "audience",
        "groups",
        "policy",
        "guard",
        "bearer",
        "kept",
        "naming",
        "told",
    ),
}

FOLDERS = frozenset({"advocacy", "templates", "static", "migrations", "tests", ".ci"})
FILES = re.compile(
    r"pyproject\.toml|wsgi\.py|README\.md|LICENSE|Makefile|Dockerfile|compose\.yaml|babel\.cfg"
    r"|requirements(-dev)?\.(in|txt)|\..+"
)


def test_a_room_has_only_the_files_everybody_knows() -> None:
    strange = [
        str(path)
        for path in modules()
        if len(path.parts) > 2
        and (
            (path.parts[1] in rooms() and (len(path.parts) > 3 or path.stem not in IN_A_ROOM))
            or (path.parts[1] == "access" and path.stem not in IN_ACCESS)
        )
    ]
    assert not strange


def test_every_room_has_a_sign_on_its_door() -> None:
    for room in rooms():
        path = Path("advocacy", room, "__init__.py")
        assert (ROOT / path).exists(), f"{path} is missing"
        sign = ast.get_docstring(tree(path)) or ""
        assert 0 < len(sign.splitlines()) <= 15, f"{path}: say in up to 15 lines what is in here"


def test_the_top_level_is_fixed() -> None:
    strange = {
        path.parts[0]
        for path in files_of_the_house()
        if not (path.parts[0] in FOLDERS if len(path.parts) > 1 else FILES.fullmatch(path.name))
    }
    assert not strange


def test_a_room_of_templates_belongs_to_a_room() -> None:
    folders = {path.parts[1] for path in files_of_the_house() if _in_templates(path)}
    assert folders <= {*rooms(), "components", "errors", "web"}


def _in_templates(path: Path) -> bool:
    return path.parts[0] == "templates" and len(path.parts) > 2


@pytest.fixture
def rules_of_addresses(request: pytest.FixtureRequest) -> list[Rule]:
    """Every address the application answers, static files apart."""
    if find_spec("advocacy.app") is None:
        pytest.skip("there is no application yet")
    app: Flask = request.getfixturevalue("app")
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_addresses_are_in_kebab_case(rules_of_addresses: list[Rule]) -> None:
    words = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?)?")
    strange = {
        rule.rule
        for rule in rules_of_addresses
        for segment in re.sub(r"<[^>]+>", "", rule.rule).split("/")
        if not words.fullmatch(segment.lstrip(".")) and segment not in {"-", "."}
    }
    assert not strange


def test_every_parameter_of_an_address_has_a_type(rules_of_addresses: list[Rule]) -> None:
    untyped = {
        rule.rule
        for rule in rules_of_addresses
        for parameter in re.findall(r"<([^>]+)>", rule.rule)
        if ":" not in parameter
    }
    assert not untyped


def test_an_endpoint_is_the_function_of_that_name(
    rules_of_addresses: list[Rule], request: pytest.FixtureRequest
) -> None:
    app: Flask = request.getfixturevalue("app")
    elsewhere = {}
    for rule in rules_of_addresses:
        room, dot, name = rule.endpoint.rpartition(".")
        view = app.view_functions[rule.endpoint]
        homes = {f"advocacy.{room}.{door}" for door in ("views", "api", "stream")}
        if dot and (view.__module__ not in homes or view.__name__ != name):
            elsewhere[rule.endpoint] = f"{view.__module__}.{view.__name__}"
    assert not elsewhere
