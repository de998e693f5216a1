"""The form that makes a feed."""

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.feeds.rules import What

WHATS = {
    What.CALENDAR: _l("Calendar: the last days of our asks"),
    What.NEWS: _l("News: what moved among the asks that donors read"),
}


class NewFeed(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What it tells, and whether titles are in a calendar."""

    what = wtf.RadioField(
        _l("What do you want?"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice(what, label) for what, label in WHATS.items()],
    )
    with_titles = wtf.BooleanField(_l("Put the titles of asks into the calendar"))


class Button(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
