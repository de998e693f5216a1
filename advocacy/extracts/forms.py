"""The form of a file, and what a file says of itself."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.analysis import forms as analysis
from advocacy.assessments.forms import STANCES
from advocacy.exhibits.forms import CONSENTS
from advocacy.exhibits.forms import KINDS as EXHIBITS
from advocacy.extracts.mapper import Cover
from advocacy.extracts.schema import Kind, Reach
from advocacy.ground.reasons import Reason
from advocacy.web import reasons

KINDS = {
    Kind.CSV: (_l("CSV"), _l("One line for each record. Every spreadsheet opens it.")),
    Kind.HXL: (_l("CSV with HXL tags"), _l("The same, with a second row of hashtags.")),
    Kind.XLSX: (_l("Excel"), _l("At most 200,000 records.")),
    Kind.GEOJSON: (_l("GeoJSON"), _l("For maps. A point is in it only where you may read it.")),
    Kind.DOCX: (_l("Word"), _l("An annex to a Protection Analysis Update. At most 300 records.")),
}
REACHES = {
    Reach.OURS: (_l("For ourselves"), _l("All that you can read here. Handle it with care.")),
    Reach.OUTSIDE: (
        _l("For outside"),
        _l("Only what observers and donors may read: first level of places, rounded figures."),
    ),
}
HEADINGS = {
    "summary": _l("Summary"),
    "reference": _l("Reference"),
    "risk_name": _l("Protection risk"),
    "severity_name": _l("Severity"),
    "agreed_severity_name": _l("Agreed severity"),
    "trend_told": _l("Trend"),
    "admin1_name": _l("Area"),
    "admin2_name": _l("Second level"),
    "admin3_name": _l("Third level"),
    "place_name": _l("Name of the place"),
    "places_told": _l("Further places"),
    "people_band": _l("People affected"),
    "people_min": _l("People, at least"),
    "people_max": _l("People, at most"),
    "figures_told": _l("People, group by group"),
    "party_told": _l("Who does it"),
    "kinds_told": _l("Kinds of threat"),
    "subtype": analysis.FIELDS["subtype"],
    "parties_told": _l("Parties"),
    "context": analysis.FIELDS["context"],
    "effect": analysis.FIELDS["effect"],
    "capacity": analysis.FIELDS["capacity"],
    "how_known_told": _l("How we know"),
    "views_told": _l("What organisations say"),
    "evidence_told": _l("Evidence"),
    "narrative": _l("Full account"),
    "updated": _l("Last checked"),
}

EVIDENCE = {
    **{str(kind): words for kind, words in EXHIBITS.items()},
    **{str(consent): words[0] for consent, words in CONSENTS.items()},
    "supports": _l("Evidence for it"),
    "weakens": _l("Evidence against it"),
    "held": _l("Held by its organisation, not shared"),
    "file": _l("With a file"),
}
"""What an annex says of a piece of evidence. What it shows stays in the register."""


class Take(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which file, and for whom. check: asked for a file for outside, before anything is written."""

    kind = RadioField(
        _l("Kind of file"),
        [InputRequired(_l("Choose a kind of file."))],
        choices=[SelectChoice(str(kind), words[0]) for kind, words in KINDS.items()],
        default=Kind.CSV,
    )
    reach = RadioField(
        _l("For whom"),
        [InputRequired(_l("Choose for whom."))],
        choices=[SelectChoice(str(reach), words[0]) for reach, words in REACHES.items()],
        default=Reach.OURS,
    )
    check: Callable[[], list[Reason]] | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """As any form; and nothing goes outside that looks like one person's data."""
        if not super().validate(extra_validators):
            return False
        if self.for_whom() is Reach.OUTSIDE and self.check is not None:
            self.form_errors += [reasons.say(reason) for reason in self.check()]
        return not self.form_errors

    def for_whom(self) -> Reach:
        """Whom the file is for."""
        return Reach(self.reach.data or Reach.OURS)

    def sort(self) -> Kind:
        """How it is written."""
        return Kind(self.kind.data or Kind.CSV)


def cover(
    *, workspace: str, person: str, organisation: str, when: str, filters: str, at: Any,
    language: str,
) -> Cover:  # fmt: skip
    """The sentences that a file begins with: who made it, when, of which list."""
    return Cover(
        title=str(_("Protection risks: %(workspace)s", workspace=workspace)),
        about=(
            str(
                _("Made by %(person)s, %(organisation)s.", person=person, organisation=organisation)
            ),
            str(_("Made on %(when)s.", when=when)),
            str(_("Filter: %(filters)s.", filters=filters or _("none"))),
            str(_("It shows what its maker could read at that moment.")),
        ),
        at=at,
        language=language,
        headings={name: str(words) for name, words in HEADINGS.items()},
        empty=str(_("No record fits this filter.")),
        unknown=str(_("Not known")),
        evidence={code: str(words) for code, words in EVIDENCE.items()},
        stances={code: str(words[0]) for code, words in STANCES.items()},
    )
