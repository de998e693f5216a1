"""The form that lends a signature, and what each scope means."""

from datetime import UTC, date, datetime, time, timedelta
from typing import cast
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.access.actor import Delegated
from advocacy.delegations.rows import State
from advocacy.delegations.rules import Terms
from advocacy.ground import clock
from advocacy.ground.ids import as_id

SCOPES = {
    Delegated.COMMENT: (_l("Write comments"), _l("Writes comments for us. Does not sign.")),
    Delegated.PRIVATE: (
        _l("Sign privately"),
        _l("Answers for us. Our name and our number are shown nowhere."),
    ),
    Delegated.PUBLIC: (
        _l("Sign publicly"),
        _l("Answers for us, and may let our name or our number be shown."),
    ),
}
STATES = {
    State.COMING: ("quiet", _l("Not begun")),
    State.STANDING: ("ok", _l("In force")),
    State.OVER: ("quiet", _l("Over")),
    State.BASELESS: ("stop", _l("Without force: who gave it may not sign any more")),
}


class Give(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """To whom, for what, from when until when."""

    delegate = SelectField(
        _l("Who acts for you"), validators=[InputRequired(_l("Choose a person."))]
    )
    scope = RadioField(
        _l("What they may do"),
        choices=[SelectChoice(str(scope), str(scope)) for scope in Delegated],
        validators=[InputRequired(_l("Choose what they may do."))],
    )
    from_on = DateField(_l("From"), [InputRequired(_l("Write the first day."))])
    until_on = DateField(_l("Until the end of"), [InputRequired(_l("Write the last day."))])

    def terms(self, zone_name: str) -> Terms:
        """What is lent: whole days of the reader's zone."""
        zone = clock.zone(zone_name) or UTC
        begins, ends = cast(date, self.from_on.data), cast(date, self.until_on.data)
        first = datetime.combine(begins, time(), tzinfo=zone)
        last = datetime.combine(ends + timedelta(days=1), time(), tzinfo=zone)
        return Terms(
            UUID(self.delegate.data), self.scope.data, first.astimezone(UTC), last.astimezone(UTC)
        )


class End(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Take back what was lent. after: its last act."""

    after = HiddenField()

    def head(self) -> UUID:
        """The act that the page showed as the last."""
        return as_id(self.after.data or "") or UUID(int=0)
