"""The data files of the demo, read as steps in the order of time and as what actions take."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from advocacy.access.actor import Seat, Standing
from advocacy.asks.rules import Given
from advocacy.demo.rows import Scene, Step
from advocacy.drafting.rules import NewClause
from advocacy.formats import pdf
from advocacy.formats.attachment import Attachment, attachment
from advocacy.formats.docx import Block, Role, Run
from advocacy.ground import clock
from advocacy.raisings.rules import Raised
from advocacy.releases.rules import Harm
from advocacy.signoff.rules import Said
from advocacy.text.hashes import Clause
from advocacy.threats.rows import Entry, Sharing

DATA = Path(__file__).parent / "data"
WORKSPACE, THREATS, POSITIONS, RECOMMENDATIONS = (
    "workspace",
    "threats",
    "positions",
    "recommendations",
)
WORDS_IN_PASSPHRASE = 6

# What one person says after another in one talk lies this far apart, in days.
_A_WHILE = 0.03

_ROLES = (Seat.COORDINATOR, Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.DRAFTER)


@cache
def document(name: str) -> Any:
    """A data file by its name. Do not change what it returns: it is kept."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _words() -> tuple[str, ...]:
    return tuple((DATA / "words.txt").read_text(encoding="utf-8").split())


def passphrase() -> str:
    """Six words by chance: more than 48 bits, and easy to type."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS_IN_PASSPHRASE))


def role_of(standing: str, seats: Iterable[str]) -> str:
    """What a person is, in words: that of an observer or donor, else of the weightiest seat."""
    if standing in {Standing.OBSERVER, Standing.DONOR}:
        return standing
    held = set(seats)
    return next(seat for seat in _ROLES if seat in held).value.replace("_", " ")


def workday(today: date, number: int, weekend: frozenset[int]) -> date:
    """The day that comes this number of working days after today. weekend: Monday is 0."""
    day = today
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() not in weekend
    return day


def email_of(person: dict[str, Any]) -> str:
    """The address of a person, at the host of their first organisation. It never changes."""
    first = next(iter(person["seats"]))
    hosts = {o["key"]: o["host"] for o in document(WORKSPACE)["organisations"]}
    return f"{person['key']}@{hosts[first]}"


def steps(now: datetime) -> list[Step]:
    """Everything that people of the demo did, oldest first: logs are written in that order."""
    told = [*_of_threats(), *_of_positions(), *_of_recommendations()]
    found = [
        Step(now - timedelta(days=fact["days"]), fact["by"], fact["do"], of, fact)
        for of, fact in told
    ]
    return sorted(found, key=lambda step: step.at)


_Told = Iterator[tuple[str, dict[str, Any]]]


def _of_threats() -> _Told:
    for told in document(THREATS):
        yield told["key"], {**told, "do": "report"}
        for days in told["checked"]:
            yield told["key"], {"do": "still-true", "by": told["by"], "days": days}


def _of_positions() -> _Told:
    for told in document(POSITIONS):
        of = told["key"]
        for number, fact in enumerate(told["steps"]):
            yield of, {"by": told["by"], "number": number, **fact}
            if fact["do"] == "comment":
                yield from _of_talk(of, number, fact)
        if "threat" in told:
            yield of, _link(told)


def _of_talk(of: str, number: int, fact: dict[str, Any]) -> _Told:
    days = fact["days"]
    for reply in fact["replies"]:
        days -= _A_WHILE
        yield of, {**reply, "do": "reply", "days": days, "number": number}
    if "resolved_by" in fact:
        by = fact["resolved_by"]
        yield of, {"do": "resolve", "by": by, "days": days - _A_WHILE, "number": number}


def _link(told: dict[str, Any]) -> dict[str, Any]:
    """A position is linked to its threat as soon as both are there."""
    threats = {threat["key"]: threat for threat in document(THREATS)}
    days = min(told["steps"][0]["days"], threats[told["threat"]]["days"]) - _A_WHILE
    return {"do": "link", "by": told["by"], "days": days, "threat": told["threat"]}


def _of_recommendations() -> _Told:
    for told in document(RECOMMENDATIONS)["institutions"]:
        yield told["key"], {**told, "do": "institution"}
    for told in document(RECOMMENDATIONS)["recommendations"]:
        yield told["key"], {**told, "do": "recommend"}
        for fact in told["acts"]:
            yield told["key"], fact


def day(scene: Scene, days: float | None) -> date | None:
    """The day so many days before now, in the workspace's zone; negative = after."""
    if days is None:
        return None
    return clock.day_in(scene.now - timedelta(days=days), scene.zone)


def deadline(scene: Scene, closes: dict[str, Any]) -> tuple[date, time]:
    """When a round closes: so many days ago, or on the n-th working day from today."""
    at = time.fromisoformat(closes["at"])
    if "working_days" in closes:
        today = clock.day_in(scene.now, scene.zone)
        return workday(today, closes["working_days"], scene.weekend), at
    return clock.day_in(scene.now - timedelta(days=closes["days"]), scene.zone), at


def entry(scene: Scene, told: dict[str, Any]) -> Entry:
    """The fields of a threat."""
    kept = (
        "risk_code", "title", "summary", "place", "severity", "trend", "people_low",
        "people_high", "how_known", "party", "language", "sensitivity", "narrative",
    )  # fmt: skip
    return Entry(
        **{name: told[name] for name in kept},
        area_id=scene.ids[("area", told["area"])] if told["area"] else None,
        started_on=day(scene, told["started_days"]),
    )


def sharing(scene: Scene, told: dict[str, Any]) -> Sharing:
    """Who may see a threat, and its restricted part."""
    return Sharing(
        level=told["level"],
        organisation_ids=scene.groups(told.get("named", [])),
        narrative_ids=scene.groups(told["narrative_for"]),
    )


def position(of: str) -> dict[str, Any]:
    """What the data file says of a position."""
    found: dict[str, Any] = next(p for p in document(POSITIONS) if p["key"] == of)
    return found


def clauses(told: dict[str, Any]) -> list[NewClause]:
    """The clauses a position begins with."""
    return [NewClause(c["kind"], c["heading"], c["text"]) for c in told["clauses"]]


def said(scene: Scene, fact: dict[str, Any], text: list[Clause], organisation: UUID) -> Said:
    """An answer. Its clauses are numbers in the text, from 1."""
    shown = next(scene.names[k] for k, i in scene.organisations.items() if i == organisation)
    return Said(
        kind=fact["kind"],
        outside=fact.get("outside", "private"),
        inside=fact["inside"],
        shown_name=shown if fact.get("outside") == "named" else "",
        note=fact.get("note", ""),
        printed=fact.get("printed", False),
        clauses=tuple(text[number - 1].cid for number in fact.get("clauses", [])),
    )


def harm(told: dict[str, Any], by: str, on: date) -> Harm:
    """The harm check of a text. by, on: who checked, and the day."""
    return Harm(
        by_speaking=told["speaking"],
        by_silence=told["silence"],
        mitigation=told["mitigation"],
        consent=told["consent"],
        checked_by=by,
        checked_on=on,
    )


def annex(fact: dict[str, Any]) -> Attachment:
    """A page with a few lines, drawn like every PDF of ours."""
    lines = (pdf.Line(Block(Role.TEXT, 0, (Run(words),))) for words in fact["lines"])
    return attachment(pdf.draw(pdf.Paper(fact["title"], "en", tuple(lines))))


def given(scene: Scene, fact: Mapping[str, Any]) -> Given:
    """What a step of the example carries."""
    return Given(
        text=fact["text"],
        effective_on=day(scene, fact.get("effective_days")),
        confidence=fact.get("confidence", ""),
        opened=fact.get("opened", False),
        evidence_text=fact.get("evidence_text", ""),
        evidence_on=day(scene, fact.get("evidence_days")),
        direction=fact.get("direction", "supports"),
        due_on=day(scene, fact.get("due")),
        forum=fact.get("forum", ""),
        level=fact.get("level", ""),
        next_on=day(scene, fact.get("next")),
    )


def raised(scene: Scene, fact: Mapping[str, Any]) -> Raised:
    """One time that an ask of the example was raised."""
    of = given(scene, fact)
    whom, reply = fact["whom"], fact["reply"]
    return Raised(of.effective_on, of.forum, whom, of.level, of.text, reply, of.next_on)
