"""Reasons about the register's figures, files that go out and files that come in.

A part of `web.reasons`, which says them.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

REGISTER: dict[str, LazyString] = {
    # disclosure
    "disclosure.smallest": _l("Choose a number from {least} to {most}."),
}
