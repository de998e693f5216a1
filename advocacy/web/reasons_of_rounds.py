"""Reasons about calendars, rounds and adoption by bodies: a part of `web.reasons`."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

ROUNDS: dict[str, LazyString] = {
    # reminders
    "reminders.asked-today": _l(
        "Those who have not answered were reminded already today. Ask again tomorrow."
    ),
    # calendars
    "calendars.no-working-day": _l("Leave at least one working day in the week."),
    "calendars.ends-before-it-begins": _l("The last day is before the first. Change one of them."),
    "calendars.too-many-days": _l("Choose at most {most} days at once."),
    # adoptions
    "adoptions.not-frozen": _l("Freeze the text first. A body adopts exactly one version."),
    "adoptions.choose-body": _l("Choose a body of this workspace."),
    "adoptions.asked-already": _l("This body is asked already. Choose another."),
    "adoptions.waits": _l("The body before it has not adopted the text. Wait for it."),
    "adoptions.is-out": _l("The text has gone out, or is written again. Nothing was recorded."),
    "adoptions.met-later": _l("This day has not come yet. Write when the body met."),
    "adoptions.minutes-needed": _l("Write what the minutes say, or where they lie."),
    "adoptions.link-shape": _l("Write the address in full: it begins with https://"),
    "adoptions.words-needed": _l("Write the change, or where the text was sent."),
    "adoptions.not-a-member": _l("Choose members of this workspace only."),
    # rounds
    "rounds.closes-too-late": _l("Choose a day within a year."),
    "rounds.silence-has-no-names": _l(
        "Silence never puts a name under a text. Take this away, or choose signature or both."
    ),
    "rounds.silence-needs-objection": _l(
        "Where silence counts, each organisation must be able to ask for a change, and by silence "
        "alone to say that it has no objection. Tick them."
    ),
    "rounds.answer-needs-body": _l(
        "This answer is about the name of a body. Choose the body, or untick the answer."
    ),
    "rounds.late-before-close": _l("Choose a day after the round closes."),
    "rounds.silence-needs-consultation": _l(
        "Silence is only for a text that was consulted. Write where and when it was."
    ),
    "rounds.silence-too-short": _l(
        "Silence needs three working days. Choose a later time, or write why it is shorter."
    ),
    "rounds.extended-enough": _l("This round was extended {most} times. It cannot be once more."),
    "rounds.not-later": _l("Choose a time after the deadline of today."),
    "rounds.too-much-longer": _l(
        "All extensions together add at most {most} working days. Choose an earlier day."
    ),
    "rounds.asked-already": _l("This organisation is asked already. Choose another."),
    "rounds.not-asked": _l("This organisation is not asked. Open the page again."),
    "rounds.has-answered": _l("This organisation has answered. It can no longer be taken off."),
    "rounds.silence-broken": _l(
        "Somebody holds the text back, so silence is broken. Everybody who is asked was told, "
        "without a name. Give the round up, talk, and ask again."
    ),
    "rounds.silent-so-far": _l("{name}: silent so far, as far as you can see"),
    "rounds.not-reached": _l("{name} was not reached: its silence counts for nothing"),
    "rounds.not-associated": _l(
        "{name} cannot be associated: the text cannot go out in the name of the body"
    ),
    "rounds.not-carried-explicit": _l("Nobody endorses this text"),
    "rounds.not-carried-silence": _l("Nobody that was reached had no objection"),
    "rounds.not-carried-mixed": _l("Nobody endorses it, and nobody reached had no objection"),
}
