"""What no file of ours may say: hosts of registries, paths of a machine, talk of the workshop."""

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, files_of_the_house

HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|unpkg\.com|jsdelivr|cdnjs"
    r"|crates\.io|googleapis\.com|gstatic\.com|--(?:extra-)?index-url\s+\S*:|--find-links\s+\S*/",
    re.IGNORECASE,
)
PATHS = re.compile(
    r"(?<![\w.~-])/(?:work|tmp|root|opt)/\w|(?<![\w.~-])/(?:home|Users)/\w+/|file:///(?:home|Users|work|tmp|root|opt|var)/|\b[A-Z]:\\\\\w"
)
TALK = re.compile(
    r"\b(?:TODO|FIXME|HACK|WIP)\b|# *XXX\b|\bfor now\b"
    r"|\b(?:[Ii]ssue|[Tt]icket) #?\d|(?<!webauthn\.)\b[Hh]elpers?\b"  # so a library names a part
    r"|\bsub-?agents?\b|\b(?:AI|coding) agents?\b|\b(?:Claude|ChatGPT|Copilot|LLM)\b"
    r"|\b[Pp]laceholder (?:for|until)\b|\bnot (?:yet )?implemented\b|NotImplementedError",
)

OURS = {
    ".py",
    ".js",
    ".css",
    ".html",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".cfg",
    ".ini",
    ".in",
    ".po",
}
DATA = {".json", ".csv", ".svg", ".txt"}
PLAIN = {"Makefile", "Dockerfile", "run", ".gitignore", ".dockerignore"}
HERE = Path("tests/house/test_words.py")


def _ours() -> list[Path]:
    """Files written by us; what others wrote lies in static/vendor, under their licence."""
    return [
        path
        for path in files_of_the_house()
        if path != HERE and (path.suffix in OURS or path.name in PLAIN) and "@" not in str(path)
    ]


def _data() -> list[Path]:
    return [p for p in files_of_the_house() if p.suffix in DATA and "@" not in str(p)]


def _found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path}:{number}: {match.group()}"
        for path in paths
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), start=1)
        if (match := pattern.search(line))
    ]


def test_no_registry_is_named() -> None:
    assert not _found(HOSTS, _ours() + _data())


def test_no_path_of_a_machine_is_named() -> None:
    assert not _found(PATHS, _ours() + _data())


def test_the_workshop_does_not_talk() -> None:
    assert not _found(TALK, _ours())


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (HOSTS, "--index-url https://mirror.example/simple"),
        (HOSTS, "https://files.pythonhosted.org/x.whl"),
        (PATHS, "see /tmp/notes"),
        (PATHS, "open('/home/anna/x.csv')"),
        (TALK, "# TODO later"),
        (TALK, "good enough for now"),
        (TALK, "comes with issue 3"),
    ],
)
def test_a_slip_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (PATHS, "/usr/lib/postgresql"),
        (PATHS, "href='/home/'"),
        (PATHS, "/workspaces/in/<slug>"),
        (TALK, "the User-Agent header"),
        (TALK, "an issued link"),
    ],
)
def test_plain_words_are_let_through(pattern: re.Pattern[str], line: str) -> None:
    assert not pattern.search(line)
