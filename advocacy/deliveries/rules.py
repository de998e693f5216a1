"""What the record of a delivery needs, and what a reason for taking a text back needs."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

LONGEST = 2_000
LONGEST_LINE = 200
LANGUAGES = ("en", "fr", "es", "ar")
_ADDRESS = re.compile(r"[^\s@,;<>\"\x00-\x1f]+@[^\s@,;<>\"\x00-\x1f]+\.[^\s@,;<>\"\x00-\x1f]+")


class How(StrEnum):
    """The way a copy was given."""

    HAND = "hand"
    MAIL = "mail"
    POST = "post"
    MEETING = "meeting"
    READ = "read"
    OTHER = "other"


class Kind(StrEnum):
    """What followed a delivery."""

    REPLY = "reply"
    TOLD = "told"


@dataclass(frozen=True)
class Given(Event):
    NAME = "deliveries.given"
    delivery: str
    how: str


@dataclass(frozen=True)
class Followed(Event):
    NAME = "deliveries.followed"
    delivery: str
    kind: str


@dataclass(frozen=True)
class Delivered:
    """A delivery as a person writes it down. given_at: None = there is no such time."""

    to_name: str
    to_role: str
    how: str
    by_name: str
    given_at: datetime | None
    note: str = ""
    address: str = ""
    language: str = "en"

    def tidied(self) -> "Delivered":
        """Without blanks around the words, each line one line."""
        return replace(
            self,
            to_name=" ".join(self.to_name.split()),
            to_role=" ".join(self.to_role.split()),
            by_name=" ".join(self.by_name.split()),
            address=self.address.strip(),
            note=self.note.strip(),
        )


def delivery_faults(given: Delivered, *, now: datetime) -> list[Reason]:
    """What is missing or wrong in it, field by field; give it tidied."""
    faults = []
    for field in ("to_name", "to_role", "by_name"):
        words = getattr(given, field)
        if not words:
            faults.append(Reason("form.required", field))
        if len(words) > LONGEST_LINE:
            faults.append(Reason("form.too-long", field, {"most": LONGEST_LINE}))
    if len(given.note) > LONGEST:
        faults.append(Reason("form.too-long", "note", {"most": LONGEST}))
    if given.how not in set(How):
        faults.append(Reason("form.choice", "how"))
    if given.language not in LANGUAGES:
        faults.append(Reason("form.choice", "language"))
    return faults + _faults_of_when_and_where(given, now)


def _faults_of_when_and_where(given: Delivered, now: datetime) -> list[Reason]:
    faults = []
    if given.given_at is None:
        faults.append(Reason("releases.no-such-time", "given_on"))
    elif given.given_at > now:
        faults.append(Reason("deliveries.not-yet", "given_on"))
    if given.address and not _ADDRESS.fullmatch(given.address):
        faults.append(Reason("deliveries.address", "address"))
    if len(given.address) > LONGEST_LINE:
        faults.append(Reason("form.too-long", "address", {"most": LONGEST_LINE}))
    return faults


def words_faults(words: str, field: str) -> list[Reason]:
    """What is wrong with words that are needed."""
    if not words:
        return [Reason("form.required", field)]
    if len(words) > LONGEST:
        return [Reason("form.too-long", field, {"most": LONGEST})]
    return []


def reply_faults(words: str, on: date | None, *, given_on: date, today: date) -> list[Reason]:
    """What is wrong with an answer that is written down."""
    faults = words_faults(words, "words")
    if on is None or on > today:
        faults.append(Reason("deliveries.not-yet", "replied_on"))
    elif on < given_on:
        faults.append(Reason("deliveries.before-given", "replied_on"))
    return faults
