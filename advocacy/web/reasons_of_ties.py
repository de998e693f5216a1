"""The sentences about what stands beside a recommendation, see `reasons`."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

TIES: dict[str, LazyString] = {
    # ties
    "ties.itself": _l("This is the recommendation itself. Name another one."),
    "ties.nothing": _l(
        "You see no recommendation with this reference here. Copy the address of its page."
    ),
    "ties.already": _l("The two are tied like this already. Read the list above."),
    "ties.circle": _l(
        "This would lead back to where it began: {way}. Choose another one, or end one of these "
        "ties first."
    ),
    "ties.circle-meanwhile": _l(
        "Somebody tied these meanwhile. Yours would lead back to where it began: {way}. What you "
        "typed is kept. Choose another one."
    ),
    # taxonomies, subjects
    "taxonomies.only-one": _l("Only one of these can be chosen. Choose one."),
    "subjects.reason-alone": _l(
        "A reason is kept with a priority. Choose “Yes, it is a priority”, or take the reason out."
    ),
    "subjects.say-why": _l("Say why it comes first, or why it does so no more."),
    "subjects.too-many": _l("Write at most {most} themes."),
    # wordings
    "wordings.original": _l("It was put in this language. Choose another one."),
    "wordings.say-source": _l("Name the source of the official text, or call it our translation."),
    # windows
    "windows.say-when": _l("Write the first day."),
    "windows.too-far": _l("This year is too far from today. Check the date."),
    "windows.ends-first": _l("The last day is before the first. Change one of the two."),
    "windows.task-opens": _l("Days until it opens: {days}. Say what to raise there."),
    "windows.task-open": _l("It is open now. Raise what you planned."),
}
