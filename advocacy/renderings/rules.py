"""The state of a rendering from its acts; what may be wrong with one; events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from advocacy.audit.rules import Event
from advocacy.drafting.rules import words_faults
from advocacy.ground.reasons import Reason
from advocacy.renderings.rows import RenderingRow, State
from advocacy.renderings.schema import What
from advocacy.text.hashes import Clause
from advocacy.text.markdown import CLEANER_VERSION, render

LANGUAGES = ("en", "fr", "es", "ar")


@dataclass(frozen=True)
class Written(Event):
    NAME = "renderings.written"
    clause: str
    language: str


@dataclass(frozen=True)
class Checked(Event):
    NAME = "renderings.checked"
    clause: str
    language: str


def languages(record: str) -> list[str]:
    """Languages that a text signed in `record` can be put into."""
    return [language for language in LANGUAGES if language != record.partition("-")[0].lower()]


def has_words(clause: Clause) -> bool:
    """Whether there is anything to translate."""
    return bool(clause.heading.strip() or clause.text.strip())


def in_order(acts: Iterable[Any]) -> list[Any]:
    """The acts of one chain, first to last."""
    after = {act.previous_id: act for act in acts}
    found: list[Any] = []
    act = after.get(None)
    while act is not None:
        found.append(act)
        act = after.get(act.id)
    return found


def standing(acts: Iterable[Any], source_hash: str) -> RenderingRow:
    """How a clause stands now. source_hash: of the words it has today."""
    chain = in_order(acts)
    if not chain:
        return RenderingRow(State.MISSING)
    head = chain[-1]
    words = head if head.what == What.WRITTEN else chain[-2]
    check = head if head.what == What.CHECKED else None
    state = State.CHECKED if check else State.DRAFT
    if words.source_hash != source_hash:
        state = State.OUTDATED
    return _row(state, words, check, head)


def kept(acts: Iterable[Any], source_hash: str, frozen_at: datetime) -> RenderingRow:
    """What a frozen version shows: the last rendering of its very words that was checked.

    One that was checked by the freeze stands for ever; only where there was none, a later one is
    shown, and says so.
    """
    chain = in_order(acts)
    pairs = [
        (words, check)
        for words, check in pairwise(chain)
        if check.what == What.CHECKED and words.source_hash == source_hash
    ]
    then = [pair for pair in pairs if pair[1].recorded_at <= frozen_at]
    if not pairs:
        return RenderingRow(State.MISSING)
    words, check = (then or pairs)[-1]
    return _row(State.CHECKED if then else State.LATER, words, check, check)


def _row(state: State, words: Any, check: Any, head: Any) -> RenderingRow:
    is_ours = words.html_by == CLEANER_VERSION
    return RenderingRow(
        state=state,
        heading=words.heading,
        text=words.text,
        html=words.html if is_ours else render(words.text, words.language),
        head_id=head.id,
        written_by=words.person_id,
        written_for=words.organisation_id,
        written_at=words.recorded_at,
        checked_for=check.organisation_id if check else None,
        checked_at=check.recorded_at if check else None,
    )


def faults(clause: Clause, heading: str, text: str) -> list[Reason]:
    """What is wrong with a clause's words in another language."""
    found = words_faults(heading, text)
    if clause.heading.strip() and not heading.strip():
        found.append(Reason("renderings.no-heading", "heading"))
    if clause.text.strip() and not text.strip():
        found.append(Reason("renderings.no-text", "text"))
    return found


def check_faults(now: RenderingRow, person_id: object) -> list[Reason]:
    """Why these words can't be checked by this person."""
    if now.state is State.OUTDATED:
        return [Reason("renderings.outdated")]
    if now.state is not State.DRAFT:
        return [Reason("renderings.nothing-to-check")]
    if now.written_by == person_id:
        return [Reason("renderings.own-words")]
    return []
