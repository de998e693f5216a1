"""The forms of adoption by a body, and its words."""

from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from advocacy.adoptions.rules import LONGEST, LONGEST_LINE, Deed, Kind, Said, State
from advocacy.ground.ids import as_id
from advocacy.signoff.forms import Blamed, codes

DEEDS = {
    Deed.ADOPTS: (_l("It adopts the text"), _l("A cluster, an advisory group, a country team.")),
    Deed.CLEARS: (_l("It clears the text"), _l("For example the Humanitarian Coordinator.")),
}
KINDS = {
    Kind.ADOPTED: (_l("Adopted as it is"), _l("Exactly this version.")),
    Kind.CHANGED: (
        _l("Adopted with a change"),
        _l("The changed text needs a new version, and the body is asked about that."),
    ),
    Kind.NOT_ADOPTED: (_l("Not adopted"), _l("It does not go out in the name of the body.")),
    Kind.REFERRED: (_l("Referred"), _l("Another body, or a later meeting, is to decide.")),
}
STATES = {
    State.WAITING: ("quiet", _l("Waits for the one before it")),
    State.OPEN: ("wait", _l("Not decided yet")),
    State.ADOPTED: ("ok", _l("Adopted")),
    State.CHANGED: ("stop", _l("Adopted with a change: a new version is needed")),
    State.NOT_ADOPTED: ("stop", _l("Not adopted")),
    State.REFERRED: ("wait", _l("Referred")),
}
_line = Length(max=LONGEST_LINE, message=_l("Shorten this to 300 characters."))
_text = Length(max=LONGEST, message=_l("Shorten this to 4,000 characters."))


class Plan(Blamed):
    """Ask one more body. last: the last step on the page; the version where there was none."""

    body_id = SelectField(_l("Which body?"), validate_choice=False)
    deed = RadioField(_l("What does it do?"), choices=codes(Deed), default=Deed.ADOPTS)
    last = HiddenField()


class Outcome(Blamed):
    """What a body decided. after: the outcome the page was based on."""

    kind = RadioField(
        _l("What was decided?"),
        choices=codes(Kind),
        validators=[InputRequired(_l("Choose what was decided."))],
    )
    met_on = DateField(_l("Day of the meeting"), [InputRequired(_l("Choose the day."))])
    chair = StringField(_l("Who chaired it?"), [InputRequired(_l("Write who chaired.")), _line])
    minutes = TextAreaField(_l("What the minutes say"), [Optional(), _text])
    link = StringField(_l("Where the minutes lie"), [Optional(), _line])
    words = TextAreaField(_l("The change, or where it was sent"), [Optional(), _text])
    after = HiddenField()

    def said(self) -> Said:
        """The outcome as it was put."""
        return Said(
            kind=self.kind.data or "",
            met_on=self.met_on.data or date.min,
            chair=self.chair.data or "",
            minutes=self.minutes.data or "",
            link=self.link.data or "",
            words=self.words.data or "",
        )


class Body(Blamed):
    """Roster and chair of a body. after: the chair the page was based on."""

    chair = StringField(_l("Who chairs it?"), [Optional(), _line])
    roster = SelectMultipleField(_l("Who is in it?"), validate_choice=False)
    after = HiddenField()

    def chosen(self) -> list[UUID]:
        """The organisations that were ticked."""
        return [found for o in self.roster.data or [] if (found := as_id(o))]
