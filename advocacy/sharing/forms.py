"""The forms of sharing, and the words of areas of responsibility."""

from collections.abc import Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import Length, Optional

from advocacy.access.actor import Actor
from advocacy.ground.ids import as_id, based_on
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow, WorkspaceRow
from advocacy.rings import queries as rings
from advocacy.sharing.rows import Word
from advocacy.sharing.rules import CHILDREN, LONGEST_REASON, VIOLENCE
from advocacy.sharing.schema import AreaLead
from advocacy.threats import forms as words
from advocacy.threats.rules import beside, standings_of
from advocacy.threats.schema import Level

AREAS = {CHILDREN: _l("Child protection"), VIOLENCE: _l("Gender-based violence")}


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Be the second person. widening: what was read."""

    widening = HiddenField()

    def chosen(self) -> UUID:
        """The widening; what is no id is none."""
        return as_id(self.widening.data or "") or UUID(int=0)


class WordForm(FlaskForm):  # type: ignore[misc]
    """Share as was agreed. word: what was read."""

    word = HiddenField()

    def chosen(self) -> UUID:
        """What the coordinator said; what is no id is nothing."""
        return as_id(self.word.data or "") or UUID(int=0)


class LeadsForm(FlaskForm):  # type: ignore[misc]
    """Who coordinates each area. after: the acts the page was based on."""

    child = SelectField(AREAS[CHILDREN], validate_choice=False)
    violence = SelectField(AREAS[VIOLENCE], validate_choice=False)
    after_child = HiddenField()
    after_violence = HiddenField()

    FIELDS: ClassVar = {CHILDREN: "child", VIOLENCE: "violence"}

    def fill(self, members: Iterable[OrganisationRow]) -> None:
        """Offer nobody, and the members of the workspace."""
        offered = [SelectChoice(str(row.id), row.name) for row in members]
        for name in self.FIELDS.values():
            self[name].choices = [SelectChoice("", _l("Nobody")), *offered]

    @classmethod
    def given(cls, known: Mapping[str, AreaLead]) -> dict[str, str]:
        """What is so today, as the fields want it."""
        found = {}
        for area, name in cls.FIELDS.items():
            row = known.get(area)
            found[name] = str(row.lead_id or "") if row else ""
            found[f"after_{name}"] = str(row.id) if row else ""
        return found

    def chosen(self) -> dict[str, tuple[UUID | None, UUID | None]]:
        """Area -> the organisation (None = nobody) and the act that this is based on."""
        return {
            area: (
                (as_id(self[name].data) or UUID(int=0)) if self[name].data else None,
                based_on(self[f"after_{name}"].data),
            )
            for area, name in self.FIELDS.items()
        }


class AskForm(words.SharingForm):
    """Ask who coordinates the area of a record to agree that these see it."""

    lead = SelectField(_l("Whom you ask"), validate_choice=False)

    def offer_readers(self, session: Session, actor: Actor, space: WorkspaceRow) -> None:
        """The choices of sharing; the full account of such a record goes to nobody else."""
        super().offer_readers(session, actor, space)
        self.narrative_for.choices = []

    def fill(self, leads: Mapping[UUID, str]) -> None:
        """Offer the coordinators of its areas."""
        self.lead.choices = [SelectChoice(str(i), name) for i, name in leads.items()]

    def chosen(self) -> UUID:
        """The coordinator; what is no id is none."""
        return as_id(self.lead.data or "") or UUID(int=0)


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """Agree, or say why not."""

    answer = RadioField(
        _l("Your answer"),
        choices=[SelectChoice("yes", _l("We agree")), SelectChoice("no", _l("We do not agree"))],
    )
    reason = TextAreaField(_l("Why not"), [Optional(), Length(max=LONGEST_REASON)])


def would_read(session: Session, actor: Actor, space: WorkspaceRow, word: Word) -> list[str]:
    """Who would read a record if this were agreed: its owner, then whom it goes to."""
    chosen = word.sharing
    if chosen.level == Level.PUBLIC:
        return [str(_("Everybody, also outside this workspace"))]
    reach, named = standings_of(Level(chosen.level)), beside(chosen) | {word.owner_id}
    rows = organisations.organisations(session, actor, workspace_id=space.id)
    found = [row.name for row in rows if row.id in named or row.standing in reach]
    known = {row.id: row.name for row in rings.rings(session, actor, space.id)}
    # A circle that the reader is not in is told of without its name, and never left out.
    circles = [
        _("the circle %(name)s, whoever is in it", name=known[i])
        if i in known
        else _("a sharing circle that your organisation is not in")
        for i in sorted(chosen.circle_ids)
    ]
    return [*found, *map(str, circles)]
