"""Which Protected tables a statement names, read from its words.

A name follows a verb, or a comma in a list of tables. A comma in a list of columns leads to a
column, which may well be called like a table of ours (`link`, `position`). Which list it is, the
words before it say, level by level of brackets. Whatever is not understood counts as tables.
"""

import re
from functools import cache
from typing import Final

from advocacy.access.schema import protected_tables

_TABLES, _COLUMNS, _INTO, _UPDATE = "tables", "columns", "into", "update"

# Words that both databases keep for themselves, so no name can be one of them unquoted. Quoted
# words, and those after a dot, are names.
_TOKENS: Final = re.compile(
    r"""(?P<said>'(?:[^']|'')*'|"(?:[^"]|"")*"|\.\s*\w+)"""
    r"|\b(?:(?P<columns>SELECT|WHERE|(?:GROUP|ORDER)\s+BY|HAVING|LIMIT|RETURNING)"
    r"|(?P<tables>FROM|JOIN|ON)|(?P<into>INTO)|(?P<update>UPDATE)|(?P<set>SET))\b"
    r"|(?P<open>\()|(?P<close>\))|(?P<comma>,)",
    re.IGNORECASE,
)
# Other ways to quote, to escape a quote, or to comment: then no comma is taken for a column's.
_UNSURE: Final = re.compile(r"[\\`\[$]|--|/\*|\*/")


@cache
def naming() -> re.Pattern[str]:
    """A Protected table where it is read or written, and its alias."""
    names = "|".join(sorted(protected_tables())) or "(?!)"
    verb = r"\b(?:FROM|JOIN|UPDATE(?:\s+OR\s+\w+)?|INTO|USING|TABLE|ONLY|COPY|TRUNCATE|LOCK)\b"
    open_, close = r"""["'`\[]?""", r"""["'`\]]?"""
    return re.compile(
        # After a comma `threat.version` is a column: only the schemas we live in lead to a table.
        rf"(?:{verb}[\s(]*(?:ONLY[\s(]+)?(?:{open_}\w+{close}\s*\.\s*)?"
        rf"|,[\s(]*(?:ONLY[\s(]+)?(?:{open_}(?:main|temp|public){close}\s*\.\s*)?)"
        rf'{open_}({names})\b{close}(?!\s*\.)(?:\s+AS\s+"?(\w+)"?)?',
        re.IGNORECASE,
    )


def named(statement: str) -> list[tuple[str, str]]:
    """Each place where a statement names a Protected table: (name, alias or nothing)."""
    return [(name, alias) for name, alias in naming().findall(without_columns(statement))]


def without_columns(statement: str) -> str:
    """The statement, with a semicolon for each comma between columns."""
    if _UNSURE.search(statement):
        return statement
    levels = [_TABLES]
    return _TOKENS.sub(lambda token: _read(token, levels), statement)


def _read(token: re.Match[str], levels: list[str]) -> str:
    """Note what a word says of the lists that follow it; give it back."""
    kind, here = token.lastgroup, levels[-1]
    if kind == "open":
        # After `INTO name`: the columns that are written.
        levels.append(_COLUMNS if here == _INTO else here)
        levels[-2] = _TABLES if here == _INTO else here
    elif kind == "close":
        levels[:] = levels[:-1] or [_TABLES]
    elif kind == "comma":
        return ";" if here == _COLUMNS else ","
    elif kind == "set":
        # PostgreSQL lets a table be called `set`: only the first one after UPDATE is the word.
        levels[-1] = _COLUMNS if here == _UPDATE else here
    elif kind != "said":
        levels[-1] = str(kind)
    return token.group()
