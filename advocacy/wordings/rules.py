"""What may be wrong with a text in another language."""

from dataclasses import dataclass

from advocacy.asks.rules import MOST_TEXT, too_long
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

LANGUAGES = ("ar", "en", "es", "fr")


@dataclass(frozen=True)
class Said:
    """A text as it was sent."""

    language: str = ""
    text: str = ""
    is_official: bool = False
    source: str = ""


def faults(of: Said, *, original: str) -> list[Reason]:
    """What is wrong with it. original: the language of the recommendation itself."""
    found = [] if of.language in LANGUAGES else [Reason("form.choice", "language")]
    if of.language == original:
        found.append(Reason("wordings.original", "language"))
    if not of.text.strip():
        found.append(Reason("form.required", "text"))
    if len(of.text) > MOST_TEXT:
        found.append(Reason("form.too-long", "text", {"most": MOST_TEXT}))
    if of.is_official and not of.source.strip():
        found.append(Reason("wordings.say-source", "source"))
    return found + too_long(source=of.source)


@dataclass(frozen=True)
class Worded(Event):
    NAME = "wordings.worded"
    language: str
