"""The form that takes a picture."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField

from advocacy.formats.pictures import MOST_BYTES
from advocacy.ground.ids import based_on


class Based(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """after: the last act on the page; empty where there was none."""

    after = HiddenField()

    def head(self) -> UUID | None:
        """That act."""
        return based_on(self.after.data)


class Put(Based):
    """A picture."""

    file = FileField(_l("Picture (PNG or JPEG)"), render_kw={"accept": "image/png,image/jpeg"})

    def data_of_file(self) -> bytes:
        """What was sent, and one byte more than is taken where it is too much."""
        return self.file.data.read(MOST_BYTES + 1) if self.file.data else b""
