"""The sentences about outcomes, see `reasons`."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OUTCOMES: dict[str, LazyString] = {
    # outcomes
    "outcomes.no-sentence": _l("Write one sentence: who changed what, when and where."),
    "outcomes.no-day": _l("Write the day it happened."),
    "outcomes.no-source": _l("Give the source: a link, or words on how you know."),
    "outcomes.no-how": _l("Write how you know that it is so."),
    "outcomes.no-event": _l("This was taken back before. Read what it says now."),
    "outcomes.no-why": _l("Write why you take it back."),
    "outcomes.ends-before": _l(
        "Only what holds has a last day, and it is not before it began. Change it, or "
        "leave it empty."
    ),
    "outcomes.does-not-hold": _l("On this day it did not hold. Tell first what brought it back."),
    "outcomes.order": _l(
        "This cannot follow what happened before that day, or what came after does not follow it. "
        "Read the list of what happened, then choose again."
    ),
    "outcomes.looked-already": _l(
        "Your organisation said as a second one that this is so. Take that back first."
    ),
    "outcomes.own-work": _l(
        "You worked on this outcome yourself. Ask a colleague to look at it as a second one."
    ),
    "shares.no-label": _l("Write whom this link is for."),
    "shares.days": _l("Write a number of days from 1 to {most}."),
    "embeds.too-many-sites": _l("Name {most} sites at most."),
    "embeds.site-shape": _l(
        "Write each site like https://www.example.org: its name alone, without a path or a star."
    ),
    "embeds.link-over": _l("This link is over. Give it another link first."),
    "embeds.has-password": _l("A link with a password is shown in no other page."),
    # grants
    "grants.no-donor": _l("Only a donor has a last day."),
    "grants.in-past": _l("This day has passed. Write today or a later day."),
    "grants.too-far": _l("This year is too far from today. Check the date."),
    "grants.say-why": _l("Write why."),
    "grants.its-end": _l("The access of this donor ends soon. Move its last day, or let it end."),
    "grants.our-end": _l("Our access ends soon. Ask who coordinates if our grant goes on."),
    "outcomes.task-check": _l("Nobody looked at this for long. Does it still hold?"),
    "outcomes.task-reversed": _l(
        "This was reversed, and an ask linked to it still says that it is done. Report it there."
    ),
}
