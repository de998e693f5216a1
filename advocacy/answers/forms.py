"""The form of an answer."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from advocacy.ground.ids import as_id
from advocacy.objections.rules import Wanted, tidy
from advocacy.positions.rows import VersionRow
from advocacy.signoff.forms import INSIDE, KINDS, OUTSIDE, Blamed, codes
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import LONGEST_NAME, LONGEST_NOTE, Blocks, Inside, Kind, Outside, Said
from advocacy.signoff.rules import tidy as tidy_said
from advocacy.text.hashes import short


def clause_options(version: VersionRow) -> list[tuple[str, str, str]]:
    """(value, label, first words) of each clause."""
    return [
        (str(c.cid), _("Clause %(number)d", number=n), c.heading or c.text[:80])
        for n, c in enumerate(version.clauses, 1)
    ]


def to_check(form: "Answer", round_: RoundRow, version: VersionRow) -> dict[str, Any]:
    """What was chosen, as the page shows it again before it is recorded."""
    said, wanted = tidy_said(form.said()), tidy(form.wanted())
    numbers: dict[UUID | None, int] = {c.cid: n for n, c in enumerate(version.clauses, 1)}
    return {
        "form": form,
        "said": said,
        "wanted": wanted,
        "condition_number": numbers.get(wanted.clause_id, 0),
        "kind": KINDS[Kind(said.kind)],
        "outside": OUTSIDE[Outside(said.outside)][0],
        "inside": INSIDE[Inside(said.inside)][0],
        "clause_numbers": sorted(numbers[cid] for cid in said.clauses),
        "hash": short(round_.content_hash),
        "carried": form.carried(),
        "holds_all": round_.blocks == Blocks.WHOLE_TEXT,
    }


class Answer(Blamed):
    """What an organisation answers. seen_hash, after: what the page was based on."""

    kind = RadioField(
        _l("Our answer"),
        choices=codes(Kind),
        validators=[InputRequired(_l("Choose an answer."))],
    )
    clauses = SelectMultipleField(_l("Which clauses is it about?"), validate_choice=False)
    note = TextAreaField(
        _l("Our note, or the change we ask for"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("Shorten this to 4,000 characters."))],
    )
    fix = TextAreaField(
        _l("What would settle it"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("Shorten this to 4,000 characters."))],
    )
    condition = RadioField(_l("Which clause must read otherwise?"), validate_choice=False)
    wording = TextAreaField(
        _l("Its exact wording"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("Shorten this to 4,000 characters."))],
    )
    printed = BooleanField(_l("Print our note with the text"))
    outside = RadioField(_l("Outside"), choices=codes(Outside), default=Outside.PRIVATE)
    inside = RadioField(_l("Inside"), choices=codes(Inside), default=Inside.LEAD)
    shown_name = StringField(
        _l("Our name as it is shown"),
        [Optional(), Length(max=LONGEST_NAME, message=_l("Shorten this to 200 characters."))],
    )
    logo = BooleanField(_l("Our logo may be used"))
    spelling = BooleanField(_l("Spelling and layout need not come back to us"))
    translations = BooleanField(_l("Our name may stand under translations too"))
    seen_hash = HiddenField()
    after = HiddenField()
    back = BooleanField()

    @property
    def is_back(self) -> bool:
        """True when step 3 was left to change something."""
        return bool(self.back.data)

    def said(self) -> Said:
        """The answer as it was put."""
        return Said(
            kind=self.kind.data or "",
            outside=self.outside.data or "",
            inside=self.inside.data or "",
            shown_name=self.shown_name.data or "",
            logo=bool(self.logo.data),
            note=self.note.data or "",
            printed=bool(self.printed.data),
            clauses=tuple(found for c in self.clauses.data or [] if (found := as_id(c))),
        )

    def wanted(self) -> Wanted:
        """What would settle a request for change, as it was put."""
        return Wanted(
            fix=self.fix.data or "",
            clause_id=as_id(self.condition.data or ""),
            wording=self.wording.data or "",
        )

    def _ticks(self) -> list[Any]:
        return [self.printed, self.logo, self.spelling, self.translations]

    def carried(self) -> list[tuple[str, str]]:
        """Everything as hidden fields of the next step."""
        pairs = [(f.name, f.data or "") for f in (self.kind, self.outside, self.inside, self.note)]
        pairs += [(f.name, f.data or "") for f in (self.shown_name, self.seen_hash, self.after)]
        pairs += [(f.name, f.data or "") for f in (self.fix, self.condition, self.wording)]
        pairs += [(f.name, "y") for f in self._ticks() if f.data]
        return pairs + [("clauses", cid) for cid in self.clauses.data or []]
