"""Templates compiled once for all applications the tests make, instead of once for each."""

from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """What a template became, as long as its source is the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


def share_templates() -> None:
    """From here on every application looks there first."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Compiled()}
