"""The blank sheet that goes round, in the language of who takes it."""

from flask import Response, make_response
from flask_babel import get_locale
from flask_babel import gettext as _

from advocacy.formats.xlsx import Column, Sheet, write
from advocacy.organisations.forms import KINDS
from advocacy.signoff import forms as words
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Kind
from advocacy.signons import forms, rules
from advocacy.web import gate

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blank(round_: RoundRow, names: list[str]) -> Response:
    """A sheet with a line for each of these organisations, and lists to choose from."""
    answer = make_response(write(_sheet(round_, names), at=gate.now()))
    answer.content_type = _XLSX
    # No title: the name of a file is read over shoulders.
    answer.headers["Content-Disposition"] = 'attachment; filename="sign-on-sheet.xlsx"'
    return answer


def _sheet(round_: RoundRow, names: list[str]) -> Sheet:
    kinds = [kind for kind in Kind if kind in rules.PLAIN & set(round_.answers)]
    said = tuple(str(words.KINDS[kind][0]) for kind in kinds)
    offered = {
        "answer": said,
        "logo": (str(forms.YES), str(forms.NO)),
        rules.KIND_COLUMN: tuple(str(KINDS[kind]) for kind in rules.KINDS),
    }
    locale = get_locale()
    return Sheet(
        name=_("Sign-on sheet"),
        columns=[Column(str(t), 24, offered.get(n, ())) for n, t in forms.HEADINGS.items()],
        rows=[[name] for name in names],
        note=_("One line for each organisation. Answers: %(said)s", said=", ".join(said)),
        right_to_left=locale is not None and locale.text_direction == "rtl",
    )
