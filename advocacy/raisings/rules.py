"""What must be said when an ask was raised. Source: practice D33."""

from dataclasses import dataclass
from datetime import date

from advocacy.ground.reasons import Reason

MOST_LINE, MOST_WORDS = 300, 4_000


@dataclass(frozen=True)
class Raised:
    """One time that an ask was raised. on: the day; whom: by role; next_on: when to come back."""

    on: date | None = None
    forum: str = ""
    whom: str = ""
    level: str = ""
    words: str = ""
    reply: str = ""
    next_on: date | None = None


def faults(of: Raised) -> list[Reason]:
    """What is wrong with it, beside what the step itself must carry."""
    found = [] if of.forum.strip() else [Reason("raisings.say-where", "forum")]
    sizes = {"forum": MOST_LINE, "whom": MOST_LINE, "level": MOST_LINE, "reply": MOST_WORDS}
    found += [
        Reason("form.too-long", name, {"most": most})
        for name, most in sizes.items()
        if len(getattr(of, name)) > most
    ]
    if of.next_on and of.on and of.next_on <= of.on:
        found.append(Reason("raisings.next-first", "next_on"))
    return found
