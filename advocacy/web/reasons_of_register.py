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
    # reports
    "reports.too-many": _l(
        "A report holds at most {most} asks. Choose more filters, or take an Excel file."
    ),
    "reports.too-far": _l(
        "Too much would have to be worked out for that day. Choose more filters, "
        "so that at most 2,000 asks are left."
    ),
    # intake
    "intake.needs": _l("Say which column is “{field}”. Every record needs it."),
    "intake.twice": _l("Choose one of these columns, not several: {columns}."),
    "intake.order": _l("Some days can be read in two ways. Say in which order they are written."),
    "intake.several": _l("“{words}” names several. A record has one. Split the row."),
    "intake.unknown": _l("“{words}” is not in the list for this column."),
    "intake.day": _l("“{words}” is no day in this order. Write it like 2026-11-22."),
    "intake.list": _l(
        "“{words}” cannot be read. Write parts with “;” between them, and rows with “|” between."
    ),
    "intake.number": _l("“{words}” is no number. Leave it empty where it is not known."),
    "intake.wide": _l("This sheet has more than {most} columns. Take out those you do not need."),
    "intake.formula": _l("Line {line} holds a formula. Paste its value instead."),
    "intake.gone": _l("This was taken back already."),
    "intake.late": _l("This can be taken back for {hours} hours only. That time is over."),
    "intake.acted": _l(
        "Somebody changed or shared one of these records since. Nothing was taken back."
    ),
    # shapes of areas
    "geojson.too-large": _l("This file has more than {most} MB. Send a simpler one."),
    "geojson.too-many": _l("This file has more than {most} shapes or points. Send a simpler one."),
    "geojson.damaged": _l(
        "This is no GeoJSON file, or it is damaged. Save it again and send that."
    ),
    "geojson.none": _l("There are no features in this file. Send a FeatureCollection of areas."),
    "geojson.no-polygon": _l("A feature has no boundary. Send polygons only."),
    "geojson.no-degrees": _l(
        "A point is not in degrees. Save the file in WGS 84 and send it again."
    ),
    "geojson.no-property": _l(
        "Which property holds the P-code? {names}. Name it: --code-property."
    ),
    "geojson.no-code": _l("A feature has no code in {name}. Fill it in."),
    "geojson.code-twice": _l("{code} is there twice. Make one feature of the two."),
}
