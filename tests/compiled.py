"""What every application compiles at its start, compiled once for all that the tests make.

Half the time of a test of pages went into it. The code is the same code: only its making is left
out where the same source was compiled before.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class _Templates(BytecodeCache):
    """What a template became, as long as its source is the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


# More than the product has: none is compiled twice in a run.
STATEMENTS = 10_000


def _builders(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """The function that builds an address: it follows from the rule's words alone."""
    known: dict[object, Any] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, defaults, append_unknown)
        if key not in known:
            known[key] = compiled(rule, append_unknown)
        return known[key]

    return once


class _Statements:
    """An engine's statements are those that any engine of its kind has compiled."""

    def __init__(self) -> None:
        self._known: dict[type, LRUCache[Any, Any]] = {}

    def __get__(self, engine: Engine, _owner: type) -> LRUCache[Any, Any]:
        return self._known.setdefault(type(engine.dialect), LRUCache(STATEMENTS))

    def __set__(self, engine: Engine, _own: object) -> None:
        """None has its own."""


def share_compiled() -> None:
    """From here on every application looks there first."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Templates()}
    Rule._compile_builder = _builders(Rule._compile_builder)
    # A dialect stands in the key of a statement; those of one kind write the same SQL.
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign, assignment]
    DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]
    Engine._compiled_cache = _Statements()  # type: ignore[assignment]
