"""Reasons in words: who follows asks up, and what is due of them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FOLLOWING: dict[str, LazyString] = {
    # recommendations
    "recommendations.task-unproven": _l(
        "The evidence of your report was withdrawn, so it is not confirmed any more. Report it"
        " again with other evidence."
    ),
    "recommendations.task-unconfirmed": _l(
        "The evidence that you confirmed this by was withdrawn. Say what is missing."
    ),
    # feeds
    "feeds.too-many": _l("You have {most} feeds, the most one can have. End one first."),
    # assignments
    "assignments.none": _l("Choose what you hand over."),
    "assignments.too-many": _l("Choose {most} at the most. Hand the others over after that."),
    "assignments.say-why": _l("Write what they need to know to go on."),
    "assignments.not-yours": _l(
        "Only the organisation that follows it up, the one that leads it and the coordinator hand"
        " it over."
    ),
    "assignments.addressee": _l("It was asked of this organisation itself. Choose another one."),
    "assignments.has-it": _l("This organisation follows one of them up already. Choose another."),
    "assignments.confirmed-it": _l(
        "This organisation confirmed one of them, so it cannot follow it up. Choose another one."
    ),
    "assignments.reads-first": _l(
        "This organisation cannot read all that you marked. Let it read them first, or leave these"
        " out: {count}."
    ),
    "assignments.give-back": _l(
        "Who reads one of these is not shown to you. Hand it to the organisation that recorded it,"
        " which knows who can take it."
    ),
    # dues
    "dues.say-why": _l("Write why it can wait."),
    "dues.until": _l("Choose a day that comes, within {most} days."),
    "dues.task-passed-on": _l("This has been late for four weeks. Ask who takes it up."),
}
