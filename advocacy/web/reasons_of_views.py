"""Reasons about what many organisations say of one threat: a part of `web.reasons`."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

VIEWS: dict[str, LazyString] = {
    # assessments
    "assessments.later": _l("This day is yet to come. Choose today or an earlier day."),
    "assessments.order": _l("This is before the first day. Correct one of the two."),
    "assessments.citation": _l("Write both: the body that verified it, and the day."),
    # talks
    "talks.asked": _l("Somebody asks for your answer about a protection risk."),
    "talks.not-asked": _l("Ask for the answer of an organisation that reads what you write."),
    # exhibits
    "exhibits.later": _l("This day is yet to come. Choose today or an earlier day."),
    "exhibits.held": _l("You keep it yourselves. Take the file away, or choose to share it."),
    "exhibits.whom": _l("Say whom to ask: a role, such as our field office. No person’s name."),
    "exhibits.survivors": _l(
        "No files on records of children or sexual violence. Say what you keep, and whom to ask."
    ),
    "exhibits.not-agreed": _l(
        "Share no file that nobody agreed to. Keep it yourselves, or ask those it came from first."
    ),
    "exhibits.consent-words": _l("Write what was agreed to, and who agreed, in words of a role."),
    "exhibits.consent-day": _l("Write the day on which they agreed."),
    "exhibits.too-many": _l("Your organisation has {most} pieces of evidence here: no more fit."),
    "exhibits.no-room": _l(
        "The files of your organisation fill their {most} MB. Withdraw one, or keep this one."
    ),
    # proposals
    "proposals.say-why": _l("Say why."),
    "proposals.nothing": _l("Nothing is changed yet. Change what you would change, then send it."),
    "proposals.choose": _l("Tick at least one thing to take over, or decline."),
    "proposals.moved": _l(
        "The record was changed in this place meanwhile. Look at what it says now."
    ),
    "proposals.closed": _l("This proposal was answered or taken back meanwhile."),
    "proposals.waits": _l("Somebody proposes a change to this protection risk."),
    # duplicates
    "duplicates.merged": _l("This record was put together with another one. Open that one."),
    "duplicates.two": _l("These are one and the same. Choose two records."),
    "duplicates.elsewhere": _l("These two are of different workspaces. They stay apart."),
    "duplicates.too-late": _l("More than 365 days have passed. This can be undone no more."),
}
