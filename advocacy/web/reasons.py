"""One table from a reason's code to its sentence: what happened, and what to do.

The release gate, a disabled button, a 422, the command line and the importer print these words.
A code without words fails a test. `{name}` is filled from the reason's facts.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from advocacy.ground.reasons import Reason

WORDS: dict[str, LazyString] = {
    # ground and forms
    "acts.stale": _l(
        "Somebody changed this while you had it open. Read what it says now, then decide."
    ),
    "access.denied": _l("Your seat does not allow this. Ask your organisation's focal point."),
    "form.required": _l("Write something here."),
    "form.email": _l("Write a full e-mail address, like name@example.org."),
    "form.zone": _l("Choose a time zone from the list."),
    "form.no-key": _l("This form is incomplete. Open the page again and send it from there."),
    "form.key-used": _l("This form was sent before. Open the page again to send another."),
    "form.acting-for": _l(
        "You now act for {organisation}. Go back, choose the organisation this form was "
        "opened for, and send it again."
    ),
    "form.too-long": _l("Shorten this to {most} characters or fewer."),
    "form.choice": _l("Choose one from the list."),
    # accounts
    "accounts.password-short": _l(
        "Use at least {least} characters. A sentence you can remember works well."
    ),
    "accounts.password-long": _l("Use at most {most} characters."),
    "accounts.password-common": _l(
        "This password is easy to guess. Choose words that do not belong together."
    ),
    "accounts.password-wrong": _l("The present password is not right. Try again."),
    "accounts.email-taken": _l("Somebody has this address already. Use another one."),
    "accounts.language-unknown": _l("Choose one of the languages in the list."),
    "accounts.slow-down": _l("Too many attempts. Wait {seconds} seconds, then try again."),
    "accounts.not-signed-in": _l("Address or password is not right. Check both and try again."),
    # organisations
    "organisations.slug-taken": _l("Another workspace has this address. Choose another."),
    "organisations.slug-shape": _l("Use small letters, digits and hyphens only."),
    "organisations.member-already": _l("This organisation is in the workspace already."),
    "organisations.sign-in-first": _l(
        "This invitation is for somebody who has an account. Sign in first, then open "
        "the link again."
    ),
    "organisations.last-of-seat": _l(
        "This is the last person in this seat. Invite a successor first."
    ),
}


def say(reason: Reason) -> str:
    """The sentence of a reason, in the reader's language."""
    words = str(WORDS[reason.code])
    return words.format(**{key: str(value) for key, value in reason.facts.items()})
