"""Every reason and every event that a page may show has its words."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from advocacy.amendments.schema import Deed
from advocacy.asks.rules import Kind
from advocacy.discussion.schema import Outcome
from advocacy.positions.schema import Stage
from advocacy.web import events, reasons
from tests.house.source import at, calls, dotted, modules, tree

UNSHOWN: dict[str, str] = {
    "drafting.opened": "the start of the position says it",
    "drafting.closed": "the step that closed the text says it",
    "drafting.reopened": "the step that opened the text says it",
    "signoff.answered": "how an organisation stands is said by its dials alone",
    "signoff.lowered": "the same: lowering leaves no trace",
    **dict.fromkeys(
        ("proofs.erased", "proofs.signed", "proofs.key-noted"),
        "what an organisation can show is its own; keys have a page",
    ),
    **dict.fromkeys(
        (
            *("passkeys.added", "passkeys.removed", "passkeys.code-app", "passkeys.sheet-made"),
            *("passkeys.sheet-used", "passkeys.forgotten"),
        ),
        "how a person signs in is theirs",
    ),
    **dict.fromkeys(
        ("carries.carried", "carries.spelling", "carries.voided"),
        "whose answer stands, and why, is the organisation's own",
    ),
    **dict.fromkeys(
        ("delegations.given", "delegations.ended", "logos.changed", "channels.chosen"),
        "who acts for whom, and with what logo and where named, is its organisation's own",
    ),
    "mandates.recorded": "how a network came to speak for its members is its own",
    **dict.fromkeys(
        ("clearances.arranged", "clearances.recorded", "clearances.told"),
        "how an organisation comes to its answer is its own",
    ),
    **dict.fromkeys(
        ("signons.entered", "signons.imported", "signons.noted"),
        "how an organisation stands is said by its dials alone, whoever wrote it down",
    ),
    "consultations.sent": "the comments that were sent say it, each in its place",
    **dict.fromkeys(
        ("links.linked", "links.cited", "links.unlinked", "ties.tied", "ties.ended"),
        "who may not see both ends of a link does not learn that there is one",
    ),
    **dict.fromkeys(
        (
            "windows.told",
            "windows.used",
            "milestones.told",
            "commitments.committed",
            "subjects.said",
        ),
        "its own page says it to those who may read it",
    ),
    **dict.fromkeys(
        ("redlines.kept", "redlines.changed", "redlines.removed"),
        "what an organisation does not say is its own",
    ),
    **dict.fromkeys(
        ("word.made", "word.received", "word.placed", "word.dismissed", "word.sent"),
        "a file is its organisation's; what was proposed of it is said as a proposal",
    ),
    **dict.fromkeys(
        (
            *("threats.reported", "threats.changed", "threats.shared", "threats.checked"),
            *("threats.closed", "threats.reopened"),
            *("drafts.begun", "drafts.opened", "drafts.put-aside"),
            *("assessments.given", "assessments.taken-back", "assessments.agreed"),
            *("assessments.agreement-ended", "proposals.proposed", "proposals.decided"),
            *("talks.said", "talks.done"),
            *("exhibits.added", "exhibits.withdrawn"),
            *("duplicates.distinct", "duplicates.merged", "duplicates.undone"),
        ),
        "a risk has its own history, with what was written at each step",
    ),
    **dict.fromkeys(
        (
            *("accounts.signed-in", "accounts.password-changed", "accounts.sessions-ended"),
            *("organisations.admitted", "organisations.removed"),
            *("organisations.seat-taken", "organisations.seat-left"),
            *("invitations.invited", "invitations.confirmed", "invitations.accepted"),
            *("invitations.withdrawn", "admissions.asked", "admissions.joined"),
            "admissions.taken-back",
        ),
        "people and seats: read by those who look after the log",
    ),
}
"""Events that stand in the log alone, each with its reason."""


def _codes(path: Path, node: ast.expr) -> Iterator[str]:
    """The codes a first argument can be: constants, choices, and names set in the same file."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(path, node.body)
        yield from _codes(path, node.orelse)
    elif isinstance(node, ast.Name):
        for found in ast.walk(tree(path)):
            names = [dotted(t) for t in found.targets] if isinstance(found, ast.Assign) else []
            if isinstance(found, ast.Assign) and node.id in names:
                yield from _codes(path, found.value)


def _beginning(node: ast.expr) -> str:
    """`releases.` of f"releases.{name}"."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _wordless(path: Path) -> list[str]:
    found = []
    for call in calls(path):
        if dotted(call.func) == "Reason" and call.args:
            said = list(_codes(path, call.args[0]))
            found += [f"{at(path, call)} {code}" for code in said if code not in reasons.WORDS]
            begins = _beginning(call.args[0])
            if begins and not any(code.startswith(begins) for code in reasons.WORDS):
                found.append(f"{at(path, call)} {begins}…")
    return found


def test_every_reason_has_its_words() -> None:
    assert [fault for path in modules() for fault in _wordless(path)] == []


def test_words_are_not_kept_for_reasons_that_nobody_gives() -> None:
    """A code of ours, or the end of one that is put together, stands in some file."""
    words = {
        node.value
        for path in modules()
        if not path.stem.startswith("reasons")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    endings = {word.rpartition("-")[2] for word in words} | words
    unused = [
        code
        for code in reasons.WORDS
        if code not in words
        and code.partition(".")[2] not in words
        and code.rpartition("-")[2] not in endings
    ]
    assert unused == []


def test_a_missing_word_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = ast.parse("Reason('positions.nobody-said-this')")
    monkeypatch.setattr("tests.house.source.tree", lambda path: parsed)
    monkeypatch.setattr(f"{__name__}.tree", lambda path: parsed)
    assert _wordless(Path("advocacy/positions/rules.py"))


def _event_names() -> list[str]:
    return [
        node.value.value
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        and [dotted(target) for target in node.targets] == ["NAME"]
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


def test_every_event_has_words_or_a_reason_for_silence() -> None:
    named = set(_event_names())
    assert len(named) > 10, "events are not found where they are declared"
    worded = {".".join(key.split(".")[:2]) for key in events.WORDS}
    assert sorted(named - worded) == sorted(UNSHOWN)


TOLD_APART: dict[str, Iterable[str]] = {
    "amendments.acted": Deed,
    "asks.acted": Kind,
    "discussion.disposed": Outcome,
    "drafting.changed": ("added", "changed", "moved", "removed"),
    "positions.moved": Stage,
}


@pytest.mark.parametrize("name", TOLD_APART)
def test_events_of_one_name_are_told_apart(name: str) -> None:
    kinds = {str(kind) for kind in TOLD_APART[name]}
    worded = {key.removeprefix(f"{name}.") for key in events.WORDS if key.startswith(f"{name}.")}
    assert kinds <= worded


def test_no_words_are_kept_for_events_that_do_not_happen() -> None:
    assert {".".join(key.split(".")[:2]) for key in events.WORDS} <= set(_event_names())
