"""Forms that ask once more where free text looks like one person's data."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField

from advocacy.text import personal

_MOST_SAID = 5


class NoPerson(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Free text that may not hold a person's data, unless its author says that it is none.

    FREE: names of its texts. marked: of which words the author is asked.
    """

    FREE: ClassVar[tuple[str, ...]] = ()

    marked = HiddenField(default="")
    no_person = BooleanField(_l("This is no person’s data"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # A page may hold several such forms; no two things on it have one id.
        for name in ("marked", "no_person"):
            self[name].id = f"{type(self).__name__.lower()}-{name.replace('_', '-')}"

    def validate(self, extra_validators: Any = None) -> bool:
        """As any form; and no word that looks like a person's data without the author's word."""
        is_right = super().validate(extra_validators)
        return self._is_nobodys() and bool(is_right)

    def _is_nobodys(self) -> bool:
        found = {name: personal.marks(self[name].data or "") for name in self.FREE}
        key = personal.digest([mark for marks in found.values() for mark in marks])
        if not key or (self.no_person.data and self.marked.data == key):
            return True
        for name, marks in found.items():
            if marks:
                self[name].errors = [*self[name].errors, _told(marks)]
        self.marked.data, self.no_person.data = key, False
        return False


def said(marks: Sequence[personal.Mark]) -> str:
    """The words that were marked, as a sentence quotes them."""
    return ", ".join(f"“{mark.words}”" for mark in marks[:_MOST_SAID])


def _told(marks: Sequence[personal.Mark]) -> str:
    told = _(
        "This looks like one person’s data: %(words)s. Take it out, or say at the end of the form "
        "that it is no person’s data.",
        words=said(marks),
    )
    return str(told)
