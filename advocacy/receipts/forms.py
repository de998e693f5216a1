"""The form that shows an organisation less."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from advocacy.signoff.forms import Blamed, codes
from advocacy.signoff.rules import Inside, Outside


class Lower(Blamed):
    """Two dials that only go down."""

    outside = RadioField(_l("Outside"), choices=codes(Outside))
    inside = RadioField(_l("Inside"), choices=codes(Inside))
