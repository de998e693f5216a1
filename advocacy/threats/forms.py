"""Forms of the register, and the words of its closed lists."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import wtforms as wtf
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.access.actor import Actor, Standing
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow, WorkspaceRow
from advocacy.reference.forms import COUNTRY, WhereForm
from advocacy.reference.rows import AreaRow, Risk
from advocacy.reference.rules import scale
from advocacy.rings import queries as rings
from advocacy.rings.rows import RingRow
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.rules import LONGEST, SCALE, beside, standings_of
from advocacy.threats.schema import Level
from advocacy.web.personal import NoPerson

# Fields that are called and kept the same way in the form and in an entry.
SAME = (
    *("title", "summary", "place", "trend", "people_low", "people_high", "how_known", "party"),
    *("started_on", "next_review", "language", "is_survivor_record", "narrative"),
)
MOST = {name: Length(max=most) for name, most in LONGEST.items()}

LEVELS = {
    Level.OWN: (_l("Only us"), _l("Nobody else will know that this record exists.")),
    Level.NAMED: (_l("Us and whom we name"), _l("Organisations and circles, chosen below.")),
    Level.MEMBERS: (_l("Members of this workspace"), _l("No observer, no donor.")),
    Level.OBSERVERS: (_l("Members and observers"), _l("Observers see the safe part. No donor.")),
    Level.DONORS: (_l("Members and donors"), _l("Donors see the safe part. No observer.")),
    Level.PUBLIC: (_l("Everybody"), _l("The safe part may be shown to anyone.")),
}
PARTIES = {
    "armed-forces": _l("State armed forces"),
    "police": _l("Police or security service"),
    "militia": _l("Pro-government militia"),
    "de-facto-authority": _l("De facto authority"),
    "armed-group": _l("Non-state armed group"),
    "foreign-forces": _l("Foreign forces"),
    "peacekeepers": _l("Peacekeepers"),
    "criminal-group": _l("Criminal group"),
    "private-security": _l("Private security"),
    "employer": _l("Employer, landlord or trafficker"),
    "community": _l("People of the community"),
    "household": _l("Household or partner"),
    "authority": _l("Civil authority"),
    "several": _l("Several"),
    "unknown": _l("Not known"),
    "nobody": _l("Nobody (a hazard, explosive remnants)"),
}
SENSITIVITIES = {
    1: _l("Low: may be public"),
    2: _l("Moderate: observers or donors at most"),
    3: _l("High: members at most"),
    4: _l("Severe: us and those we name at most"),
}
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
FIELDS = {
    "risk_code": _l("Protection risk"),
    "title": _l("Who does what"),
    "summary": _l("Safe summary"),
    "place": _l("Name of the place"),
    "severity": _l("Severity"),
    "trend": _l("Trend"),
    "people_low": _l("People, at least"),
    "people_high": _l("People, at most"),
    "how_known": _l("How we know"),
    "party": _l("Who does it"),
    "started_on": _l("Began on"),
    "ended_on": _l("Ended on"),
    "next_review": _l("Look again by"),
    "language": _l("Language"),
    "sensitivity": _l("Sensitivity"),
    "is_survivor_record": _l("Concerns a child or sexual violence"),
    "narrative": _l("Full account"),
    "level": _l("Who can see this"),
}


def _choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in pairs]


def _labels(field: Any) -> dict[str, str]:
    """What a field offers: value -> label; nothing where people write freely."""
    return {
        str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()
    }


class SharingForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who may see a record. Wider than own level, it is saved only once it was read back."""

    level = wtf.RadioField(_l("How far it goes"), default=Level.OWN, validate_choice=False)
    organisations = wtf.SelectMultipleField(_l("Organisations you name"))
    circles = wtf.SelectMultipleField(_l("Sharing circles"))
    narrative_for = wtf.SelectMultipleField(_l("Who else may read the full account"))
    confirmed = wtf.HiddenField(default="")

    def offer_readers(self, session: Session, actor: Actor, space: WorkspaceRow) -> None:
        """Offer what can be chosen: the levels, the other organisations, one's circles."""
        circles = rings.rings(session, actor, space.id)
        self.circles.choices = _choices((row.id, row.name) for row in circles)
        found = others(session, actor, space)
        self.level.choices = _choices((level, words[0]) for level, words in LEVELS.items())
        self.organisations.choices = _choices((row.id, row.name) for row in found)
        told = [(row.id, row.name) for row in found if row.standing != Standing.DONOR]
        told += [(row.id, _("Circle: %(name)s", name=row.name)) for row in circles]
        self.narrative_for.choices = _choices(told)

    def sharing(self) -> Sharing:
        """What was chosen."""
        is_named = self.level.data not in {Level.OWN, Level.PUBLIC}
        return Sharing(
            # A level that is none opens nothing while its fault is shown.
            level=self.level.data if self.level.data in LEVELS else Level.OWN,
            organisation_ids=self._offered(self.organisations) if is_named else frozenset(),
            narrative_ids=self._offered(self.narrative_for),
            circle_ids=self._offered(self.circles) if is_named else frozenset(),
        )

    def _offered(self, field: wtf.SelectMultipleField) -> frozenset[UUID]:
        """What was chosen of what was offered; the rest is the field's fault to name."""
        return frozenset(UUID(i) for i in field.data or [] if i in _labels(field))

    def key(self) -> str:
        """The choice in one line: what the reader of the check line agreed to."""
        chosen = self.sharing()
        named = sorted(map(str, chosen.organisation_ids | chosen.circle_ids))
        told = sorted(map(str, chosen.narrative_ids))
        return "" if chosen == Sharing() else " ".join([chosen.level, *named, "/", *told])

    def validate_level(self, field: wtf.RadioField) -> None:
        """One of the levels; anything else is no choice."""
        if field.data not in LEVELS:
            raise wtf.ValidationError(_l("Choose one from the list."))

    def validate_confirmed(self, field: wtf.HiddenField) -> None:
        """Nothing is shared before its sharer has seen with whom."""
        if field.data != self.key():
            raise wtf.ValidationError(_l("Read below who will see this. Then save once more."))


class EntryForm(WhereForm, NoPerson):
    """The fields of a threat. based_on: the version that an edit began from."""

    FREE = ("title", "summary", "narrative")

    based_on = wtf.HiddenField(default="0")
    risk = wtf.SelectField(FIELDS["risk_code"])
    title = wtf.StringField(
        FIELDS["title"], [InputRequired(_l("Write who does what, to whom.")), MOST["title"]]
    )
    summary = wtf.TextAreaField(
        FIELDS["summary"], [InputRequired(_l("Write a safe summary.")), MOST["summary"]]
    )
    place = wtf.StringField(FIELDS["place"], [Optional(), MOST["place"]])
    severity = wtf.RadioField(FIELDS["severity"], default="")
    trend = wtf.RadioField(FIELDS["trend"], default="unclear")
    people_low = wtf.IntegerField(FIELDS["people_low"], [Optional()])
    people_high = wtf.IntegerField(FIELDS["people_high"], [Optional()])
    people_unknown = wtf.BooleanField(_l("We do not know how many"))
    how_known = wtf.RadioField(FIELDS["how_known"], default="one")
    party = wtf.SelectField(FIELDS["party"], default="unknown")
    started_on = wtf.DateField(FIELDS["started_on"], [Optional()])
    next_review = wtf.DateField(FIELDS["next_review"], [Optional()])
    language = wtf.SelectField(_l("Language of what you write"))
    sensitivity = wtf.SelectField(FIELDS["sensitivity"], default="")
    is_survivor_record = wtf.BooleanField(FIELDS["is_survivor_record"])
    narrative = wtf.TextAreaField(FIELDS["narrative"], [Optional(), MOST["narrative"]])

    def offer(self, risks: Iterable[Risk], areas: Iterable[AreaRow], language: str) -> None:
        """Offer what can be chosen, in the reader's language."""
        levels = [(c.value or "", c.label(language)) for c in scale(SCALE).offered()]
        usual = ("", _l("As usual for this risk"))
        self.risk.choices = _choices([("", _l("Choose…"))]) + _choices(
            (risk.code, risk.label(language)) for risk in risks
        )
        self.offer_areas(areas, language)
        self.severity.choices = _choices(levels)
        self.trend.choices = _choices((c.code, c.label(language)) for c in scale("trend").offered())
        self.how_known.choices = _choices(
            (c.code, c.label(language)) for c in scale("how-known").offered()
        )
        self.party.choices = _choices(PARTIES.items())
        self.language.choices = _choices(LANGUAGES.items())
        self.sensitivity.choices = _choices([usual, *SENSITIVITIES.items()])

    def validate_people_unknown(self, field: wtf.BooleanField) -> None:
        """Not known is an answer of its own: it is neither 0 nor a number."""
        if field.data and (self.people_low.data is not None or self.people_high.data is not None):
            raise wtf.ValidationError(_l("Give numbers, or say that they are not known; not both."))

    def entry(self) -> Entry:
        """What was typed."""
        return Entry(
            risk_code=self.risk.data,
            area_id=self.area_id(),
            severity=int(self.severity.data) if self.severity.data else None,
            sensitivity=int(self.sensitivity.data) if self.sensitivity.data else None,
            **{name: self[name].data for name in SAME},
        )


class ReportForm(EntryForm, SharingForm):
    """A new threat, with who may see it: one form, one fact. is_draft: it waits to be opened."""

    is_draft = wtf.HiddenField(default="")

    def validate_confirmed(self, field: wtf.HiddenField) -> None:
        """As for every choice of readers; those of a draft are read when it is opened."""
        if not self.is_draft.data:
            super().validate_confirmed(field)


def others(session: Session, actor: Actor, space: WorkspaceRow) -> list[OrganisationRow]:
    rows = organisations.organisations(session, actor, workspace_id=space.id)
    return [row for row in rows if row.id != actor.organisation_id]


def readers(session: Session, actor: Actor, space: WorkspaceRow, sharing: Sharing) -> list[str]:
    """Names of the organisations that a choice opens a record to, own first; then its circles."""
    if sharing.level == Level.PUBLIC:
        return [str(_("Everybody, also outside this workspace"))]
    reach, named = standings_of(Level(sharing.level)), beside(sharing)
    circles = [r for r in rings.rings(session, actor, space.id) if r.id in sharing.circle_ids]
    known = {member.id for row in circles for member in row.members}
    found = [
        r.name
        for r in others(session, actor, space)
        if r.id in named | known or r.standing in reach
    ]
    return [actor.organisation_name, *found, *(_circle(row) for row in circles)]


def _circle(row: RingRow) -> str:
    if row.hides_roster and not row.is_ours:
        return str(_("the circle %(name)s, its list is kept by its owner", name=row.name))
    return str(_("the circle %(name)s, whoever is in it", name=row.name))


def check_line(
    session: Session, actor: Actor, space: WorkspaceRow, form: "SharingForm", *, is_shown: bool
) -> dict[str, Any]:
    """What the choice of readers needs; shown: names of those who will see it, read before it
    is saved."""
    sharing = form.sharing() if is_shown else Sharing()
    if is_shown:
        form.confirmed.data = form.key()
    told = Sharing(Level.NAMED, sharing.narrative_ids, circle_ids=sharing.narrative_ids)
    return {
        "levels": [(level, *words) for level, words in LEVELS.items()],
        "names": readers(session, actor, space, sharing) if sharing != Sharing() else [],
        "told": readers(session, actor, space, told) if sharing.narrative_ids else [],
    }


def given(entry: Entry) -> dict[str, Any]:
    """An entry as the fields of `EntryForm` want it."""
    return {
        "risk": entry.risk_code,
        "area": str(entry.area_id or COUNTRY),
        "severity": str(entry.severity or ""),
        "sensitivity": str(entry.sensitivity or ""),
        "people_unknown": entry.people_low is None,
        **{name: getattr(entry, name) for name in SAME},
    }


def clashes(form: EntryForm, current: Entry) -> list[tuple[Any, str, str]]:
    """Where the form differs from today's truth: label, what was typed, what it says now."""
    now = given(current)
    found = []
    for name in (n for n in now if n != "people_unknown"):
        field = form[name]
        mine, theirs = field.data, now[name]
        if (mine or "") != (theirs or ""):
            labels = _labels(field)
            pair = [labels.get(str(value), str(value or "")) for value in (mine, theirs)]
            found.append((field.label.text, *pair))
    return [(label, mine, theirs) for label, mine, theirs in found]


class Words:
    """Codes in the reader's language."""

    def __init__(self, language: str, areas: dict[UUID, str], risks: dict[str, str]) -> None:
        self.language, self.areas, self.risks = language, areas, risks

    def area(self, area_id: UUID | None) -> str:
        return str(_l("Whole country")) if area_id is None else self.areas.get(area_id, "")

    def choice(self, of: str, code: str) -> str:
        found = scale(of).choice(code)
        return found.label(self.language) if found else code

    def severity(self, value: int | None) -> str:
        return self.choice(SCALE, str(value) if value else "not-assessed")

    def people(self, least: int | None, most: int | None) -> str:
        """A range of people; empty ends are open, two empty ends are not known."""
        if least is None:
            return str(_l("Not known"))
        if most is None:
            return str(_("%(least)s or more", least=format_decimal(least)))
        if least == most:
            return f"{format_decimal(least)}"
        ends = {"least": format_decimal(least), "most": format_decimal(most)}
        return str(_("%(least)s to %(most)s", **ends))
