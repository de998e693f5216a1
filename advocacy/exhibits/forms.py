"""The form of a piece of evidence, that of withdrawing one, and its words on pages."""

from typing import Any

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.exhibits.rows import Piece, Sent
from advocacy.exhibits.rules import LONGEST
from advocacy.exhibits.schema import Consent, Direction, Kind, Reach, Why
from advocacy.ground.errors import DomainError
from advocacy.web import reasons, uploads
from advocacy.web.personal import NoPerson

KINDS = {
    Kind.ACCOUNT: _l("What people told us"),
    Kind.VISIT: _l("A visit of our own"),
    Kind.PICTURE: _l("A picture or a recording"),
    Kind.PAPER: _l("A letter, order or other paper"),
    Kind.PUBLISHED: _l("Something published"),
    Kind.FIGURES: _l("Figures we collected"),
    Kind.OTHER: _l("Something else"),
}
DIRECTIONS = {
    Direction.SUPPORTS: (_l("It supports what is said"), ""),
    Direction.WEAKENS: (_l("It weakens what is said"), ""),
}
WAYS = {
    "held": (_l("We keep it, and share only what it is"), _l("Others see whom to ask.")),
    "file": (_l("Share a file"), _l("PDF, Word, Excel, PNG or JPEG.")),
}
CONSENTS = {
    Consent.GIVEN: (_l("They agreed"), _l("Say below to what, and who.")),
    Consent.NOT_NEEDED: (_l("It comes from nobody"), _l("Published, or our own observation.")),
    Consent.NOT_ASKED: (_l("Nobody was asked"), _l("Then no file is shared.")),
}
PLACES = {
    "view": (_l("Our view"), ""),
    "record": (_l("The record itself"), _l("Read by those who read its full account.")),
}
REACHES = {
    Reach.ALL: (_l("All who read what it belongs to"), ""),
    Reach.OWNER: (_l("Who reported it, the coordinators and us"), ""),
    Reach.OWN: (_l("Only us"), ""),
}
REASONS = {
    Why.CONSENT: (_l("Somebody no longer agrees"), ""),
    Why.DANGER: (_l("It can put somebody in danger"), ""),
    Why.WRONG: (_l("It is wrong, or came here by mistake"), ""),
}
_MOST = {name: Length(max=most) for name, most in LONGEST.items()}


def _choices(words: Any) -> list[SelectChoice]:
    pairs = ((k, v if isinstance(v, str) or not isinstance(v, tuple) else v[0]) for k, v in words)
    return [SelectChoice(str(key), label) for key, label in pairs]


def options(words: Any) -> list[tuple[str, Any, Any]]:
    """Choices as a group of buttons shows them: value, label, meaning."""
    return [(str(key), *said) for key, said in words.items()]


class AddForm(NoPerson):
    """One piece of evidence. file: asked for where it is shared."""

    FREE = ("words", "ask", "consent_to", "consent_by")

    to = wtf.RadioField(_l("What does it belong to?"), default="view", choices=[])
    kind = wtf.SelectField(_l("What is it?"), choices=[])
    words = wtf.TextAreaField(
        _l("Say in one sentence what it shows"),
        [InputRequired(_l("Say in one sentence what it shows.")), _MOST["words"]],
    )
    dated_on = wtf.DateField(_l("Day it is from"), [InputRequired(_l("Choose a day."))])
    direction = wtf.RadioField(_l("For or against"), default="supports", choices=[])
    way = wtf.RadioField(_l("Do you share it?"), default="held", choices=[])
    # Needed where it is held; Optional would say beside it that it can be left empty.
    ask = wtf.StringField(_l("Whom to ask about it"), [_MOST["ask"]])
    file = FileField(_l("File"), [Optional()], render_kw=uploads.ACCEPT)
    consent = wtf.RadioField(
        _l("Did those whom it comes from agree?"), default="not-asked", choices=[]
    )
    consent_to = wtf.StringField(_l("What they agreed to"), [Optional(), _MOST["consent_to"]])
    consent_by = wtf.StringField(_l("Who agreed"), [Optional(), _MOST["consent_by"]])
    consent_on = wtf.DateField(_l("When they agreed"), [Optional()])
    reach = wtf.RadioField(_l("Who reads it"), default="all", choices=[])

    looked: uploads.Looked | None = None

    def offer(self, places: list[str]) -> None:
        """Offer what can be chosen. places: what evidence may be put to here."""
        self.to.choices = _choices((key, PLACES[key]) for key in places)
        if self.to.data not in places:
            self.to.data = places[0]
        offered: dict[str, Any] = {"kind": KINDS, "direction": DIRECTIONS, "way": WAYS}
        for name, words in {**offered, "consent": CONSENTS, "reach": REACHES}.items():
            self[name].choices = _choices(words.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """As any form; and the file is looked into, before anything is written."""
        is_right = super().validate(extra_validators)
        if self.way.data != "file" or not self.file.data:
            return is_right
        try:
            self.looked = uploads.looked(self.file, is_bare=True)
        except DomainError as error:
            self.file.errors = [reasons.say(reason) for reason in error.reasons]
            return False
        return is_right

    def piece(self) -> Piece:
        """What was typed."""
        names = set(Piece.__dataclass_fields__) & set(self._fields)
        days = {"dated_on", "consent_on"}
        values: dict[str, Any] = {name: self[name].data or "" for name in names - days}
        values |= {name: self[name].data for name in days}
        return Piece(**values, is_held=self.way.data != "file")

    def sent(self) -> Sent | None:
        """The file, looked into."""
        return Sent(self.looked.file, self.looked.scanned_by) if self.looked else None


class WithdrawForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Why a piece is withdrawn. based_on: its last act, as read."""

    based_on = wtf.HiddenField(default="")
    why = wtf.RadioField(
        _l("Why?"), [InputRequired(_l("Choose why."))], choices=_choices(REASONS.items())
    )
