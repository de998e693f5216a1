"""The form that names a view."""

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length

from advocacy.picture.forms import VIEWS
from advocacy.savedviews.rules import LONGEST_NAME

# Where each view is, under the name of its workspace, and what it is called.
PLACES = {
    **{view: (f"/threats/in/%s{end}", label) for view, (end, label, _icon) in VIEWS.items()},
    "asks": ("/recommendations/in/%s", _l("Recommendations")),
    "asks-board": ("/recommendations/in/%s/board", _l("Recommendations: board")),
    "asks-timeline": ("/recommendations/in/%s/timeline", _l("Recommendations: timeline")),
}


class SaveForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A name for what one looks at."""

    name = wtf.StringField(
        _l("Name"),
        [InputRequired(_l("Write a name that you will know again.")), Length(max=LONGEST_NAME)],
    )
    is_shared = wtf.BooleanField(_l("Everybody in our organisation may open it"))
    view = wtf.HiddenField()
    query = wtf.HiddenField()
