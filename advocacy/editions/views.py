"""A text that went out, as a file. Drawn when it is asked for, never kept."""

from datetime import UTC
from uuid import UUID

from flask import Blueprint, Response, make_response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from advocacy.editions import rules
from advocacy.editions.rows import Labels
from advocacy.formats import docx_write, pdf
from advocacy.releases import forms, queries
from advocacy.releases.rows import ReleaseRow
from advocacy.text.hashes import short
from advocacy.web import gate, words
from advocacy.web.respond import respond

bp = Blueprint("editions", __name__, url_prefix="/editions")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TONGUES = {"en": _l("English"), "fr": _l("French"), "es": _l("Spanish"), "ar": _l("Arabic")}


@bp.get("/<uuid:release_id>/pdf")
def as_pdf(release_id: UUID) -> Response:
    """The text as a PDF that a screen reader can follow."""
    row = queries.standing(gate.session(), gate.actor(), release_id)
    return file(pdf.draw(rules.paper(row, _labels(row))), rules.file_name(row, "pdf"), PDF)


@bp.get("/<uuid:release_id>/word")
def as_word(release_id: UUID) -> Response:
    """The text as a Word file."""
    row = queries.standing(gate.session(), gate.actor(), release_id)
    sheet = rules.sheet(row, _labels(row))
    return file(docx_write.write(sheet), rules.file_name(row, "docx"), WORD)


@bp.get("/<uuid:release_id>/html")
def as_html(release_id: UUID) -> Response:
    """The text as one page that needs no other file: to mail, to print, to put on a site."""
    row = queries.standing(gate.session(), gate.actor(), release_id)
    page = respond("editions/page.html", release=row, words=_labels(row), is_rtl=_is_rtl(row))
    return file(page.get_data(), rules.file_name(row, "html"), "text/html; charset=utf-8")


def file(data: bytes, name: str, kind: str) -> Response:
    """An answer that a browser keeps as a file and nobody keeps for others."""
    answer = make_response(data)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_rtl(row: ReleaseRow) -> bool:
    return docx_write.is_right_to_left(row.language)


def _labels(row: ReleaseRow) -> Labels:
    signed = forms.list_words(row.signed_by)
    # In no reader's zone: a file that is passed on must not say where it was taken.
    day = words.day(row.out_at.astimezone(UTC).date(), "d MMMM y")
    as_of = words.moment(gate.now(), "d MMMM y, HH:mm", UTC) + " UTC"
    tongue = str(TONGUES.get(row.language[:2], row.language))
    went = (
        _("Delivered on %(day)s", day=day) if row.is_private else _("Published on %(day)s", day=day)
    )
    edition = _("Private edition") if row.is_private else _("Public edition")
    return Labels(
        lines=(
            f"{edition}. {went}. " + _("Version %(number)d.", number=row.number),
            _("The text of record is in %(language)s.", language=tongue),
        ),
        listed=_("Who stands behind it"),
        parts=tuple(
            [signed["total"] or _("No organisation is named or counted under this text.")]
            + [f"{kind}: {number}" for kind, number in signed["categories"]]
        ),
        names=tuple(
            f"{name} " + _("(network)") if network else name for name, network in signed["names"]
        ),
        closing=(_("As of %(time)s.", time=as_of),),
        notes=_("Notes of organisations"),
        foot=_("Fingerprint of text and terms: %(hash)s", hash=short(row.content_hash)),
    )
