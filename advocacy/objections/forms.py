"""The forms of a request for change, and its state in words."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from advocacy.objections.rules import State
from advocacy.signoff.forms import Blamed
from advocacy.signoff.rules import Kind

# State -> (kind of mark, words).
STATES = {
    State.OPEN: ("wait", _l("Waits for the lead")),
    State.ANSWERED: ("info", _l("Answered by the lead")),
    State.CLEARED: ("ok", _l("Settled")),
}

# What the page of a request is called.
HEADS = {
    Kind.CHANGE: _l("A change is asked for"),
    Kind.NOT_ASSOCIATED: _l("Not to be issued in the body’s name"),
}


class Say(Blamed):
    """A reply. after: the last thing said on the page."""

    text = TextAreaField(_l("Your words"))
    after = HiddenField()


class Press(Blamed):
    """One button. talk: the last thing said on the page; of: the answer that set a condition;
    shown: hash of the text on the page."""

    talk = HiddenField()
    of = HiddenField()
    shown = HiddenField()
