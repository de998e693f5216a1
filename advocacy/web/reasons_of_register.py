"""Reasons about the register's figures, files that go out and files that come in.

A part of `web.reasons`, which says them.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

REGISTER: dict[str, LazyString] = {
    # disclosure
    "disclosure.smallest": _l("Choose a number from {least} to {most}."),
    # extracts
    "extracts.too-many": _l(
        "This kind of file holds at most {most} records. Narrow the list, or take a CSV file."
    ),
    "extracts.person": _l(
        "Nothing was taken out. “{title}” has words that look like one person’s data: {words}. "
        "Its organisation takes them out, or says that they are no person’s data."
    ),
}
