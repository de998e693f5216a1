"""The forms of annexes, and annexes as pages and files show them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from advocacy.annexes.rows import AnnexRow
from advocacy.annexes.rules import LONGEST_TITLE
from advocacy.formats.attachment import ENDINGS, Attachment
from advocacy.web import uploads
from advocacy.web.words import size

KINDS: dict[str, LazyString] = {
    "pdf": _l("PDF"),
    "docx": _l("Word"),
    "xlsx": _l("Excel"),
    "png": _l("Picture"),
    "jpg": _l("Picture"),
}
TELLS: dict[str, LazyString] = {
    "author": _l("It says who wrote it."),
    "company": _l("It names an organisation in its properties."),
    "comments": _l("It holds comments."),
    "changes": _l("It holds tracked changes."),
    "hidden": _l("It holds hidden sheets."),
}


class _Titled(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    title = StringField(
        _l("Title"),
        [
            InputRequired(_l("Write a title.")),
            Length(max=LONGEST_TITLE, message=_l("Shorten this to 200 characters or fewer.")),
        ],
    )

    def sent(self) -> Attachment:
        """The file, looked into, without what it says of its writers as far as that can be taken
        out. Raises Invalid, about `file`; TooLarge."""
        return uploads.looked(self._fields["file"], is_bare=True).file


class Add(_Titled):
    """A file with a title of its own."""

    file = FileField(_l("File"), render_kw=uploads.ACCEPT)


class Change(_Titled):
    """Another title, place or file. based_on: the list as it was read."""

    number = SelectField(_l("Place among the annexes"), choices=[], validate_choice=False)
    file = FileField(_l("Another file in its place"), [Optional()], render_kw=uploads.ACCEPT)
    based_on = HiddenField()

    def place(self) -> int:
        """The place that was chosen; none, for anything that is no number."""
        given = self.number.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0

    def other(self) -> Attachment | None:
        """The file to take its place; None = it stays."""
        return self.sent() if self.file.data else None


class Remove(FlaskForm):  # type: ignore[misc]
    """A button. based_on: the list as it was read."""

    based_on = HiddenField()


def shown(rows: Iterable[AnnexRow], end: str = "") -> list[dict[str, Any]]:
    """Annexes as a page lists them. end: what an address says after the file's id."""
    return [
        {
            "number": row.number,
            "title": row.title,
            "kind": str(KINDS[ENDINGS[row.media]]),
            "size": size(row.size),
            "tells": [str(TELLS[word]) for word in row.tells],
            "hash": row.sha256,
            "href": f"/annexes/files/{row.file_id}{end}",
            "edit_href": f"/annexes/{row.id}",
        }
        for row in rows
    ]


def in_words(rows: Iterable[AnnexRow]) -> tuple[str, ...]:
    """Annexes as a file lists them: title, kind and size, the SHA-256 of the file."""
    return tuple(
        f"{one['number']}. {one['title']} ({one['kind']} · {one['size']}). SHA-256: {one['hash']}"
        for one in shown(rows)
    )
