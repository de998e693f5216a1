"""A text as a Word file: the draft as it reads now, or a frozen version."""

from uuid import UUID

from flask import Blueprint, Response, make_response
from flask_babel import gettext as _

from advocacy.amendments.forms import KINDS
from advocacy.copies import queries
from advocacy.formats.docx_write import Sheet, write
from advocacy.positions import queries as positions
from advocacy.renderings.forms import LANGUAGES
from advocacy.web import gate, words

bp = Blueprint("copies", __name__, url_prefix="/copies")

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/<uuid:position_id>/word")
def draft(position_id: UUID) -> Response:
    """The text as it reads now, with what is said and proposed about it."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    labels = _labels(_("Draft"), of.language)
    return _file(queries.sheet(gate.session(), gate.actor(), of, None, labels), "draft")


@bp.get("/versions/<uuid:version_id>/word")
def version(version_id: UUID) -> Response:
    """A frozen version, with what was proposed on it."""
    found = positions.version(gate.session(), gate.actor(), version_id)
    of = positions.position(gate.session(), gate.actor(), found.position_id)
    labels = _labels(_("Version %(number)d", number=found.number), found.language)
    sheet = queries.sheet(gate.session(), gate.actor(), of, found, labels)
    return _file(sheet, f"version-{found.number}")


def _labels(name: str, language: str) -> queries.Labels:
    tongue = words.table(LANGUAGES).get(language.partition("-")[0].lower(), language)
    record = _("The text of record is in %(language)s.", language=tongue)
    lines = (_("Seen by the organisations of this text"), name, record)
    return queries.Labels(lines, words.table(KINDS))


def _file(sheet: Sheet, name: str) -> Response:
    answer = make_response(write(sheet))
    answer.headers["Content-Type"] = _WORD
    # No title in the name: file names are read over shoulders and kept in logs.
    named = f"{name}-{sheet.about['hash'][:12]}.docx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer
