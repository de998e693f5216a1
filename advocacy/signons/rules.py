"""What can be recorded on behalf, what a sheet must hold, and how codes are slowed."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.audit.rules import Event
from advocacy.formats.csv import RefusedRow
from advocacy.ground.reasons import Reason
from advocacy.organisations.schema import OrganisationKind
from advocacy.signoff.rules import LONGEST_NAME, Kind

LINK, PASS = "signon-link", "signon-pass"
CODE_LASTS = timedelta(minutes=15)
PASS_LASTS = timedelta(minutes=30)
LINK_LASTS = timedelta(days=90)  # after the close: a name can be taken off at any time
DIGITS, MOST_TRIES, CODES_AN_HOUR = 8, 5, 5
MOST_ROWS = 500
MOST_BYTES = 1_000_000
# A sheet may also say of what kind an organisation is; without it each is an NGO.
KIND_COLUMN = "kind"
KINDS = tuple(k for k in OrganisationKind if k not in {"government", "donor"})
COLUMNS = ("organisation", "contact", "email", "answer", "name as shown", "logo")
# What people write in the column of the answer, beside our own words in each language.
ANSWERS = {
    **dict.fromkeys(("oui", "signe", "sí", "si", "firma", "نعم", "نوقع", "يوقع"), Kind.ENDORSE),
    **dict.fromkeys(("non", "ne signe pas", "no firma", "لا", "لا نوقع", "لا يوقع"), Kind.DECLINE),
    "yes": Kind.ENDORSE,
    "sign": Kind.ENDORSE,
    "signs": Kind.ENDORSE,
    "endorses": Kind.ENDORSE,
    "no": Kind.DECLINE,
    "declines": Kind.DECLINE,
    "no objection": Kind.NO_OBJECTION,
    "do not sign": Kind.DECLINE,
    **{kind.value: kind for kind in Kind},
}
YES = frozenset({"yes", "y", "true", "1", "x", "oui", "o", "vrai", "sí", "si", "s", "نعم"})
NO = frozenset({"no", "n", "false", "0", "", "non", "faux", "falso", "لا"})


class How(StrEnum):
    """How an answer was received."""

    PHONE = "phone"
    MAIL = "mail"
    SHEET = "sheet"


# A note, a clause or a wish is the organisation's own to write.
PLAIN = frozenset({Kind.ENDORSE, Kind.NO_OBJECTION, Kind.ABSTAIN, Kind.DECLINE, Kind.RECUSE})


@dataclass(frozen=True)
class Noted(Event):
    NAME = "signons.noted"
    round: str
    how: str


@dataclass(frozen=True)
class Imported(Event):
    NAME = "signons.imported"
    round: str
    rows: int


@dataclass(frozen=True)
class Entered(Event):
    NAME = "signons.entered"
    round: str


@dataclass(frozen=True)
class Heard:
    """What somebody was told. email, of_kind: of an organisation that is not known yet.

    email: where it is reached. of_kind: what it is; networks count apart (practice B19).
    """

    organisation: str
    kind: str
    how: str
    contact: str = ""
    email: str = ""
    shown_name: str = ""
    logo: bool = False
    of_kind: str = OrganisationKind.NGO


@dataclass(frozen=True)
class Sheet:
    """A sign-on sheet as it was read: what can be written, and the lines that cannot.

    empty: lines of organisations with no answer yet; they are left as they are.
    """

    heard: tuple[Heard, ...]
    refused: tuple[RefusedRow, ...]
    empty: int = 0


@dataclass(frozen=True)
class Words:
    """What a sheet may say for our own words, folded (see `fold`), in every language of ours."""

    columns: Mapping[str, str]
    answers: Mapping[str, str]
    kinds: Mapping[str, str]
    yes: frozenset[str] = YES
    no: frozenset[str] = NO


def fold(text: str) -> str:
    """Words as they are compared: one form of each letter, small, single blanks, no full stop."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold().rstrip(" .")


def tidy(heard: Heard) -> Heard:
    """Without blanks around the words; only who endorses has a name and a logo to show."""
    ends = heard.kind == Kind.ENDORSE
    return replace(
        heard,
        organisation=" ".join(heard.organisation.split()),
        contact=" ".join(heard.contact.split()),
        email=heard.email.strip().casefold(),
        shown_name=" ".join(heard.shown_name.split()) if ends else "",
        logo=heard.logo and ends,
    )


def heard_faults(heard: Heard, *, allowed: Iterable[str]) -> list[Reason]:
    """What is wrong with something heard, field by field. heard: tidied."""
    faults = []
    if not heard.organisation:
        faults.append(Reason("signons.organisation", "organisation"))
    if heard.kind not in set(allowed) & PLAIN:
        faults.append(Reason("signons.answer", "kind"))
    if heard.how not in set(How):
        faults.append(Reason("form.choice", "how"))
    faults += [] if heard.of_kind in set(KINDS) else [Reason("signons.kind", "of_kind")]
    if heard.email and not _is_address(heard.email):
        faults.append(Reason("form.email", "email"))
    for field in ("organisation", "contact", "shown_name"):
        words = getattr(heard, field)
        if len(words) > LONGEST_NAME:
            faults.append(Reason("form.too-long", field, {"most": LONGEST_NAME}))
        if any(ord(sign) < 32 for sign in words):
            faults.append(Reason("signons.signs", field))
    return faults


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    plain = not any(sign.isspace() or ord(sign) < 33 or sign in '<>,;"' for sign in text)
    return bool(local and at and "." in domain.strip(".") and plain and len(text) <= 254)


def sheet(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    refused: Sequence[RefusedRow],
    *,
    allowed: Iterable[str],
    words: Words | None = None,
) -> Sheet:
    """What a file's lines say, one organisation each. A second line of one is refused."""
    allowed, heard, bad, seen, empty = set(allowed), [], [], set(), 0
    for line, cells in rows:
        if not cells["answer"].strip() and cells["organisation"].strip():
            empty += 1
            continue
        one, fault = _line(cells, allowed, words or Words({}, {}, {}))
        key = one.organisation.casefold()
        if fault is None and key in seen:
            fault = Reason("signons.twice", facts={"organisation": one.organisation})
        if fault is not None:
            bad.append(RefusedRow(line, fault))
            continue
        seen.add(key)
        heard.append(one)
    every = sorted([*bad, *refused], key=lambda row: row.line)
    return Sheet(tuple(heard), tuple(every), empty)


def _line(cells: Mapping[str, str], allowed: set[str], words: Words) -> tuple[Heard, Reason | None]:
    answer, logo = fold(cells["answer"]), fold(cells["logo"])
    one = tidy(
        Heard(
            organisation=cells["organisation"],
            kind=words.answers.get(answer) or str(ANSWERS.get(answer, "")),
            how=How.SHEET,
            contact=cells["contact"],
            email=cells["email"],
            shown_name=cells["name as shown"],
            logo=logo in words.yes,
            of_kind=_kind(cells, words),
        )
    )
    if logo not in words.yes | words.no:
        return one, Reason("signons.logo", facts={"said": logo[:40]})
    return one, next(iter(heard_faults(one, allowed=allowed)), None)


def _kind(cells: Mapping[str, str], words: Words) -> str:
    """What the sheet says an organisation is: "National NGO" is `national_ngo`."""
    said = next((c for name, c in cells.items() if name.strip().casefold() == KIND_COLUMN), "")
    plain = "_".join(said.casefold().replace("_", " ").split())
    return words.kinds.get(fold(said)) or plain or OrganisationKind.NGO


def may_ask(asked: Sequence[datetime], *, now: datetime) -> bool:
    """True when another code may be sent for a link."""
    return len([at for at in asked if at > now - timedelta(hours=1)]) < CODES_AN_HOUR


def by_faults(name: str, role: str) -> list[Reason]:
    """What is wrong with who says they answer."""
    faults = []
    for field, words in (("person", name), ("role", role)):
        if not words.strip():
            faults.append(Reason(f"signons.{field}", field))
        if len(words) > LONGEST_NAME:
            faults.append(Reason("form.too-long", field, {"most": LONGEST_NAME}))
    return faults
