"""Forms: a Word file, where to place what had no place, a text to be made; and their words."""

from hashlib import sha256
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, ValidationError

from advocacy.formats import sandbox
from advocacy.formats.docx import Paper
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.ids import as_id
from advocacy.ground.reasons import Reason
from advocacy.positions.forms import Start
from advocacy.web import reasons
from advocacy.word.rows import Fate, What
from advocacy.word.rules import MOST_BYTES

WHAT: dict[str, LazyString] = {
    What.REPLACEMENT: _l("Other words for a clause"),
    What.INSERTION: _l("A new clause"),
    What.DELETION: _l("A clause to remove"),
    What.MOVE: _l("A clause to move"),
    What.COMMENT: _l("A comment"),
    What.WORDS: _l("Something else"),
    What.MISSING: _l("A clause that is not in the file"),
    What.CLAUSE: _l("A clause"),
}
STATES: dict[str, LazyString] = {
    Fate.READY: _l("Ready"),
    Fate.PERSON: _l("Needs a person"),
    Fate.NOTHING: _l("Nothing to do"),
    Fate.SENT: _l("Sent"),
    Fate.PLACED: _l("Placed"),
    Fate.DISMISSED: _l("Dismissed"),
}
HOW: dict[str, LazyString] = {
    What.COMMENT: _l("As a comment on the clause"),
    What.INSERTION: _l("As a new clause after it"),
    What.REPLACEMENT: _l("As other words for it"),
    What.DELETION: _l("The clause is to be removed"),
}


class Upload(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A Word file. It is read, in a process of its own, when the form is looked at."""

    file = FileField(_l("Word file (.docx)"), render_kw={"accept": ".docx"})
    paper: Paper
    digest: str

    def validate_file(self, field: FileField) -> None:
        """Read it. Raises ValidationError for a file that is refused; TooLarge."""
        if field.data is None:
            raise ValidationError(str(_l("Choose a file.")))
        data = field.data.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise TooLarge(Reason("word.too-heavy", "file"))
        try:
            found = sandbox.read("advocacy.formats.docx_read", data, too_much="word.too-heavy")
        except Invalid as error:
            raise ValidationError(reasons.say(error.reasons[0])) from None
        self.paper, self.digest = Paper.from_json(found), sha256(data).hexdigest()


class Send(FlaskForm):  # type: ignore[misc]
    """Send what was found, or say that nothing is to be done: a button."""


class Place(FlaskForm):  # type: ignore[misc]
    """Where words go that had no place. The view gives the clauses."""

    how = RadioField(
        _l("What is it"),
        [InputRequired(_l("Choose one from the list."))],
        choices=[SelectChoice(value, label) for value, label in HOW.items()],
    )
    clause = SelectField(_l("Clause"), choices=[], validate_choice=False)

    def cid(self) -> UUID | None:
        """The clause chosen; None = the whole text, or its beginning."""
        return as_id(self.clause.data or "")


class Make(Start):
    """What a text needs besides the clauses of the file."""
