"""The forms of what is told of an outcome."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import choices
from advocacy.ground.ids import as_id, based_on
from advocacy.outcomes.rules import Happened, Told


class TakeBackForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """An event that was a mistake."""

    based_on = HiddenField()
    takes_back = HiddenField()
    text = TextAreaField(
        _l("Why you take it back"), [InputRequired(_l("Write why you take it back."))]
    )

    def told(self) -> Told:
        """What was sent."""
        which = as_id(self.takes_back.data or "")
        return Told(Happened.TAKEN_BACK, None, text=self.text.data or "", takes_back_id=which)

    def after(self) -> UUID | None:
        """The event that this one follows."""
        return based_on(self.based_on.data)


class PartForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What our organisation did."""

    based_on = HiddenField()
    text = TextAreaField(_l("What our organisation did"), [Optional()])
    is_hidden = BooleanField(_l("Only our organisation reads this"))

    def after(self) -> UUID | None:
        """Our words that these follow."""
        return based_on(self.based_on.data)


class SecondForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A second organisation looked."""

    based_on = HiddenField()
    stands = RadioField(
        _l("Is it so?"),
        [InputRequired(_l("Choose one."))],
        choices=choices({"yes": _l("Yes, it is so"), "no": _l("We take back that it is so")}),
        default="yes",
    )
    text = TextAreaField(_l("How you know"), [Optional()])
    source = StringField(_l("Source: a link, or how you know"), [Optional()])

    def after(self) -> UUID | None:
        """What our organisation said before."""
        return based_on(self.based_on.data)


class LinkForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What an outcome belongs to."""

    recommendation = SelectField(_l("Recommendation"), [Optional()])
    threat = SelectField(_l("Protection risk"), [Optional()])

    def offer(self, kind: str, rows: list[tuple[UUID, str]]) -> None:
        """Offer what the reader sees."""
        names = {"": _l("Choose…"), **{str(i): title for i, title in rows}}
        self[kind].choices = choices(names)

    def chosen(self) -> list[tuple[str, UUID]]:
        """What was chosen of each kind."""
        given = (("recommendation", self.recommendation.data), ("threat", self.threat.data))
        return [(kind, UUID(value)) for kind, value in given if value]
