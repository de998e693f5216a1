"""The words of the two axes (practice D36), and tools for forms about asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.asks.rows import ActRow
from advocacy.asks.rules import Kind, Precision, is_late
from advocacy.asks.schema import Progress, Response
from advocacy.deadlines.rules import first_precision
from advocacy.disputes.rules import Dispute
from advocacy.web.words import day, due, meant

RESPONSES: dict[str, LazyString] = {
    Response.NONE: _l("No reply yet"),
    Response.CONSIDERING: _l("Considering it"),
    Response.ACCEPTED: _l("Accepted"),
    Response.IN_PART: _l("Accepted in part"),
    Response.NOTED: _l("Noted"),
    Response.REJECTED: _l("Rejected"),
    Response.NO_REPLY_EXPECTED: _l("No reply expected"),
}
PROGRESS: dict[str, LazyString] = {
    Progress.NOT_STARTED: _l("Not started"),
    Progress.IN_PROGRESS: _l("Under way"),
    Progress.PARTIAL: _l("Done in part"),
    Progress.CLAIMED: _l("Reported done, not confirmed"),
    Progress.IMPLEMENTED: _l("Confirmed"),
    Progress.REGRESSED: _l("Reversed"),
    Progress.CLOSED_UNMET: _l("Closed unmet"),
    Progress.SUPERSEDED: _l("Replaced by a newer one"),
    Progress.OVERTAKEN: _l("Overtaken by events"),
    "alleged": _l("Said to be reversed, not confirmed"),
    "mixed": _l("Mixed"),
}
# Kind of status and its sign: state is never told by colour alone.
MARKS = {
    Progress.NOT_STARTED: ("quiet", "ring"),
    Progress.IN_PROGRESS: ("quiet", "half"),
    Progress.PARTIAL: ("quiet", "half"),
    Progress.CLAIMED: ("info", "checkc"),
    Progress.IMPLEMENTED: ("ok", "checkc"),
    Progress.REGRESSED: ("stop", "reversed"),
    Progress.CLOSED_UNMET: ("quiet", "minus"),
    Progress.SUPERSEDED: ("quiet", "minus"),
    Progress.OVERTAKEN: ("quiet", "minus"),
    "alleged": ("wait", "reversed"),
    "mixed": ("quiet", "half"),
}
KINDS: dict[str, LazyString] = {
    Kind.RESPONSE: _l("Record a reply"),
    Kind.UPDATE: _l("Report progress"),
    Kind.CLAIM: _l("Report it done"),
    Kind.VERIFY: _l("Confirm it"),
    Kind.REFUSE_VERIFY: _l("Say what is missing"),
    Kind.REVERSE: _l("Report that it was reversed"),
    Kind.CONFIRM_REVERSE: _l("Confirm that it was reversed"),
    Kind.PROPOSE_CLOSE: _l("Propose to close it"),
    Kind.KEEP_OPEN: _l("Ask to keep it open"),
    Kind.CLOSE: _l("Close it"),
    Kind.REOPEN: _l("Open it again"),
    Kind.WITHDRAW_EVIDENCE: _l("Withdraw evidence"),
    Kind.DATE_CHANGE: _l("Set or move the date"),
    Kind.RAISED: _l("Note that it was raised"),
    Kind.NO_CHANGE: _l("Checked: nothing has changed"),
    Kind.CANNOT_ASSESS: _l("We cannot tell"),
    Kind.DISPUTE: _l("Dispute this"),
    Kind.ANSWER_DISPUTE: _l("Say how we see it"),
    Kind.SETTLE: _l("Settle the dispute"),
}
DONE: dict[str, LazyString] = {
    Kind.RESPONSE: _l("Replied"),
    Kind.UPDATE: _l("Progress"),
    Kind.CLAIM: _l("Reported done"),
    Kind.VERIFY: _l("Confirmed"),
    Kind.REFUSE_VERIFY: _l("Not confirmed"),
    Kind.REVERSE: _l("Said to be reversed"),
    Kind.CONFIRM_REVERSE: _l("Reversal confirmed"),
    Kind.PROPOSE_CLOSE: _l("Proposed to close"),
    Kind.KEEP_OPEN: _l("Kept open"),
    Kind.CLOSE: _l("Closed"),
    Kind.REOPEN: _l("Opened again"),
    Kind.WITHDRAW_EVIDENCE: _l("Evidence withdrawn"),
    Kind.DATE_CHANGE: _l("Date set"),
    Kind.RAISED: _l("Raised"),
    Kind.NO_CHANGE: _l("Checked, no change"),
    Kind.CANNOT_ASSESS: _l("Looked, and could not tell"),
    Kind.DISPUTE: _l("Disputed"),
    Kind.ANSWER_DISPUTE: _l("Said how they see it"),
    Kind.SETTLE: _l("Dispute settled"),
}
PRECISIONS: dict[str, LazyString] = {
    Precision.DAY: _l("That day"),
    Precision.MONTH: _l("Some day of that month"),
    Precision.QUARTER: _l("Some day of that quarter"),
    Precision.YEAR: _l("Some day of that year"),
}
HOW: dict[str, LazyString] = {
    "fund": _l("Fund"),
    "diplomacy": _l("Diplomacy"),
    "convene": _l("Convene"),
}


def choices(words: dict[str, Any]) -> list[SelectChoice]:
    """The entries of a closed list, in its order."""
    return [SelectChoice(value, label) for value, label in words.items()]


class Day(DateField):
    """A date that says in words what is wrong with it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date. Raises ValueError with the sentence people read."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a date as year-month-day, like 2026-11-30.")) from None


def shown(progress: str, *, is_alleged: bool) -> str:
    """The word a state is shown by: a reversal is only said until a second organisation agrees."""
    return "alleged" if is_alleged and progress == Progress.REGRESSED else progress


def stands(lead: Any, every: Iterable[Any], on: date) -> dict[str, Any]:
    """Where a recommendation stands on a day, in words. every: its asks, the leading one too."""
    # Where those addressed stand at different points it says so: never the best one alone.
    said = lead.progress if {one.progress for one in every} == {lead.progress} else "mixed"
    said = shown(said, is_alleged=lead.alleged_by is not None)
    late = is_late(lead.late_after, lead.progress, on=on) and lead.late_after
    return {
        "progress": PROGRESS[said],
        "mark": MARKS[said],
        "response": RESPONSES[lead.response],
        "late_days": (on - late).days if late else 0,
        "due": due(lead.due_on, lead.due_precision, _SHAPE),
        "first": meant(lead.original_due_on, first_precision(lead), _SHAPE) if lead.moves else "",
    }


def look(acts: Iterable[ActRow]) -> dict[str, str]:
    """What the last look at an ask found. since: the day of its last progress."""
    seen = [a for a in acts if a.axis == "progress" or a.kind in {"no_change", "cannot_assess"}]
    moved = next((a for a in seen if a.axis == "progress"), None)
    since = (moved.effective_on or moved.recorded_at.date()) if moved else None
    return {"look": seen[0].kind if seen else "", "since": day(since, _SHAPE)}


def sides(of: Dispute | None, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """The two statements of a dispute, each under its organisation; empty without a dispute."""
    if of is None:
        return []
    other = names.get(of.other, "") if of.other else ""
    return [(names.get(of.by, ""), of.words), (other, of.other_words)]


_SHAPE = "d MMM y"


def step_href(ask_id: UUID, kind: str) -> str:
    """The address of a step's page."""
    if kind == Kind.RAISED:
        return url_for("raisings.raising", ask_id=ask_id)
    return url_for("steps.step", ask_id=ask_id, kind=kind.replace("_", "-"))


# Steps whose name says all: their value would say it twice, or say it too early.
_PLAIN = {"reverse", "confirm_reverse"}


def told(act: ActRow, mine: UUID | None, titles: dict[str, str]) -> dict[str, Any]:
    """One step as the page of its recommendation tells it. mine: the reader's organisation."""
    said = RESPONSES if act.axis == "response" else PROGRESS
    exact = str(act.facts.get("precision", ""))
    due = meant(date.fromisoformat(act.value), exact, _SHAPE) if act.axis == "due" else ""
    on, again = act.effective_on or act.recorded_at.date(), act.facts.get("next_on")
    pieces = [
        {
            "url": piece.url,
            "text": piece.text,
            "day": day(piece.dated_on, _SHAPE),
            "is_live": piece.is_live,
            "href": step_href(act.ask_id, "withdraw_evidence") + f"?evidence={piece.id}"
            if piece.is_live and piece.organisation_id == mine
            else "",
        }
        for piece in act.evidence
    ]
    return {
        "what": DONE[act.kind],
        "value": "" if act.kind in _PLAIN else said.get(act.value) or due,
        "when": day(on, _SHAPE),
        "iso": on.isoformat(),
        "who": act.organisation,
        "text": act.text,
        "again": day(date.fromisoformat(again) if again else None, _SHAPE),
        "on_behalf": act.on_behalf_of,
        "facts": {key: value for key, value in act.facts.items() if value},
        "newer": titles.get(act.facts.get("newer", "")),
        "pieces": pieces,
    }
