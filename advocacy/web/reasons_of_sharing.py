"""Reasons about who may see what in the register: a part of `web.reasons`, which says them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

SHARING: dict[str, LazyString] = {
    # protocols
    "protocols.no-text": _l("Write the text of the protocol, or give a link to it."),
    "protocols.link": _l("Write the whole address. It begins with https://"),
    "protocols.decided-later": _l("This day is still to come. Choose the day it was decided."),
    "protocols.asks-before": _l("This day is over. Choose today or a later day."),
    "protocols.months": _l("Choose 1 to {most} months, or leave it empty."),
    "protocols.too-wide": _l("This sensitivity must not go so far. Choose a narrower audience."),
    "threats.ruled-out": _l(
        "The Information Sharing Protocol keeps this sensitivity closer. Choose a narrower "
        "audience."
    ),
    "sharing.same-person": _l(
        "Somebody else in your organisation must confirm this. One person is not two."
    ),
    "sharing.no-lead": _l("No organisation coordinates the area of this record. Ask for one."),
    "sharing.area-asked": _l("You coordinate this area. May this record be shared?"),
    "sharing.say-why": _l("Say why not. The organisation that asked reads it."),
    # retention
    "retention.over": _l(
        "The time of this record is over: its full account is shown to nobody, and nothing in it "
        "is changed any more. Report a new one."
    ),
    # handovers
    "handovers.offered": _l("Another organisation would hand this record to yours."),
    "handovers.reads-first": _l(
        "Choose a member that reads the full account already. Name it there first, so that a "
        "second person confirms it."
    ),
    "handovers.answer-first": _l("Answer first what is proposed for this record."),
    "handovers.merged": _l(
        "This record was put together with another one after it was offered, so the offer ended."
    ),
    "handovers.together": _l("Other records were put into this one. Take them apart first."),
    # rings
    "rings.name-twice": _l("You have a circle of this name. Choose another name."),
    "rings.not-here": _l("You know of no such organisation here. Choose from the list."),
    "rings.members-only": _l("A circle holds members only. Name observers and donors one by one."),
}
