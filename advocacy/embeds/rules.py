"""What an embed must say, and which sites may frame it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.embeds.schema import What as What
from advocacy.ground.reasons import Reason

EMBED = "share-embed"
MOST_SITES, MOST_ROWS, MOST_TITLE = 5, 25, 160
# A host in small ASCII letters, with a port where it has one: no path, no name, no star.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITE = re.compile(rf"https://{_LABEL}(?:\.{_LABEL})+(?::[1-9][0-9]{{0,4}})?")


@dataclass(frozen=True)
class NewEmbed:
    """An embed to be made. origins: sites such as https://www.example.org."""

    what: str = What.CHART
    language: str = "en"
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made(Event):
    NAME = "embeds.made"
    what: str


@dataclass(frozen=True)
class Ended(Event):
    NAME = "embeds.ended"


def sites(typed: str) -> tuple[str, ...]:
    """The sites that somebody typed, one in each line or between commas, each once."""
    words = (word.strip().rstrip("/").lower() for word in re.split(r"[\s,]+", typed))
    return tuple(dict.fromkeys(word for word in words if word))


def faults(new: NewEmbed, languages: Iterable[str]) -> list[Reason]:
    """What is wrong with it."""
    found = [] if new.what in set(What) else [Reason("form.choice", "what")]
    if new.language not in set(languages):
        found.append(Reason("form.choice", "language"))
    if len(new.origins) > MOST_SITES:
        found.append(Reason("embeds.too-many-sites", "origins", {"most": MOST_SITES}))
    if not all(_SITE.fullmatch(site) and len(site) <= 260 for site in new.origins):
        found.append(Reason("embeds.site-shape", "origins"))
    return found
