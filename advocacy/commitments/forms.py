"""The form of a commitment, and its words."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import PRECISIONS, Day, choices
from advocacy.commitments.rows import Line
from advocacy.commitments.rules import Done, Reply, Said
from advocacy.ground.ids import based_on

REPLIES: dict[str, LazyString] = {
    Reply.COMMITTED: _l("Committed"),
    Reply.IN_PART: _l("Committed in part"),
    Reply.CONSIDERING: _l("Considering it"),
    Reply.NOTED: _l("Noted, no commitment"),
    Reply.REFUSED: _l("Refused"),
}
DONE: dict[str, LazyString] = {
    Done.NOT_STARTED: _l("Not started"),
    Done.IN_PROGRESS: _l("Under way"),
    Done.PARTIAL: _l("Done in part"),
    Done.DONE: _l("Its part is reported done"),
}
# Kind of status and its sign: never told by colour alone.
MARKS: dict[str, tuple[str, str]] = {
    "": ("quiet", "ring"),
    Reply.COMMITTED: ("ok", "check"),
    Reply.IN_PART: ("info", "half"),
    Reply.CONSIDERING: ("quiet", "clock"),
    Reply.NOTED: ("quiet", "minus"),
    Reply.REFUSED: ("stop", "minus"),
}


class CommitmentForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What one member says, and how far it came."""

    based_on = HiddenField()
    reply = RadioField(
        _l("What does it say?"), [InputRequired(_l("Choose one."))], choices=choices(REPLIES)
    )
    text = TextAreaField(_l("What it will do, or why not"), [Optional()])
    due_on = Day(_l("By when"), [Optional()])
    due_precision = SelectField(
        _l("How exactly is it meant?"), choices=choices(PRECISIONS), default="day"
    )
    done = SelectField(_l("How far it came"), choices=choices(DONE))
    source_url = StringField(_l("Link to where it said so"), [Optional()])
    source_text = TextAreaField(_l("Or where and when it said so, in words"), [Optional()])

    def show(self, line: Line) -> None:
        """Begin with what stands."""
        self.based_on.data = str(line.act_id or "")
        self.done.data = line.done or Done.NOT_STARTED
        for name in ("reply", "text", "due_on", "source_url", "source_text"):
            self[name].data = getattr(line, name)
        self.due_precision.data = line.due_precision

    def said(self) -> Said:
        """What was sent."""
        return Said(
            reply=self.reply.data or "",
            text=self.text.data or "",
            due_on=self.due_on.data,
            due_precision=self.due_precision.data or "",
            done=self.done.data or "",
            source_url=self.source_url.data or "",
            source_text=self.source_text.data or "",
        )

    def after(self) -> UUID | None:
        """The last that the member said, as the form showed it."""
        return based_on(self.based_on.data)
