"""Reasons about what organisations sign and how they are shown: of `web.reasons`."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

SIGNING: dict[str, LazyString] = {
    # delegations
    "delegations.not-a-colleague": _l("Choose a person who holds a seat in your organisation."),
    "delegations.signs-already": _l("This person signs by their own seat. Choose another."),
    "delegations.ends-too-early": _l("Choose a last day that is today or later."),
    "delegations.too-long": _l("Lend it for one year at most."),
    "delegations.twice": _l("Something is lent to this person for these days. End that first."),
    "delegations.ended-already": _l("This has ended already. Nothing was changed."),
    "delegations.comment-only": _l(
        "You may comment for your organisation, not sign. Ask who lent it to you."
    ),
    "delegations.principal-left": _l(
        "Who lent you their signature may not sign any more, so you may not either. Ask your focal "
        "point."
    ),
    "delegations.not-yet": _l("Your delegation begins on {at}. Nothing was recorded."),
    "delegations.over": _l("Your delegation ended on {at}. Nothing was recorded."),
    "delegations.principal-answered": _l(
        "Somebody who signs by their own seat has answered. Only such a person can change it."
    ),
    "delegations.private-only": _l(
        "You may sign privately only. Choose “Private”, or ask who lent you their signature."
    ),
    # carries
    "carries.title": _l("The title changed."),
    "carries.language": _l("The language that is signed changed."),
    "carries.now-public": _l("It is now public; before it was to go out in private."),
    "carries.now-private": _l("It now goes out in private; before it was to be public."),
    "carries.audience": _l("Who will read it changed."),
    "carries.attribution": _l("Whose names stand under it changed."),
    "carries.embargo": _l("When it may go out changed."),
    "carries.unnamed": _l("How those without a name are counted changed."),
    "carries.clause-new": _l("Clause {number} is new."),
    "carries.clause-changed": _l("Clause {number} changed."),
    "carries.clause-moved": _l("Clause {number} moved to this place."),
    "carries.clause-gone": _l("Clause {number} of the text you signed is gone."),
    "carries.proposed-already": _l("Somebody said this already. A second person confirms it."),
    "carries.too-late": _l(
        "Organisations need 24 hours to take themselves out, and the round closes before. Ask "
        "everybody instead."
    ),
    "carries.not-spelling": _l("More than spelling differs. Everybody is asked again."),
    "carries.nothing-proposed": _l("Nobody has said yet that only spelling differs."),
    "carries.own-proposal": _l("Another person than the first must confirm this."),
    "carries.nothing-carried": _l("Your answer was given by your organisation, not carried over."),
    "carries.recall-over": _l(
        "The 24 hours and the round are over. You can still take your name off."
    ),
    # logos
    "logos.neither": _l("Choose a PNG or a JPEG picture. Other kinds can carry what is not seen."),
    "logos.drawing": _l(
        "This is an SVG drawing. It can hold a script, so it is not taken. Save it as PNG and "
        "choose that."
    ),
    "logos.damaged": _l("This picture is damaged. Save it again as PNG and choose that."),
    "logos.file-size": _l("Choose a picture of at most {most} kB."),
    "logos.measure": _l("Choose a picture of {least} to {most} dots on each side."),
    "logos.none": _l("There is no logo yet."),
}
