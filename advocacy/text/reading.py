"""How long a text is and how hard it reads.

English: Flesch reading ease (1948), 206.835 - 1.015 words per sentence - 84.6 syllables per word.
Other languages have no formula that all agree on: words per sentence speak for themselves.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from advocacy.text.canon import shown

LONG_SENTENCE = 25
"""Words per sentence from which a sentence is long."""
PLAIN_EASE, HARD_EASE = 50.0, 30.0
"""Flesch: from 50 up most adults read it with ease; under 30 it is for specialists."""
FEWEST_WORDS = 30
"""Under this number no formula says anything."""
MOST_CHARACTERS = 400_000

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2011-][^\W_]+)*")
# A line's end closes a sentence too: items of a list often have no stop.
_ENDS = re.compile(r"[.!?\u061f\u06d4\u3002\u2026]+(?=[\s\"'\u00bb\u201d)\]]|$)|\n+")
_NOT_AN_END = re.compile(r"\b(?:[A-Z]|Art|No|Dr|Mr|Mrs|Ms|St|cf|p|para|e\.g|i\.e)\.", re.IGNORECASE)
_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_VOWELS = re.compile("[aeiouy]+")


class Ease(StrEnum):
    """How a text reads. UNKNOWN: too short, or not a language with a formula."""

    PLAIN = "plain"
    HARD = "hard"
    VERY_HARD = "very_hard"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """A text measured. average: words per sentence, rounded; 0 where there is no word."""

    words: int
    sentences: int
    average: int
    ease: Ease

    @property
    def is_long(self) -> bool:
        """Whether its sentences are long on average."""
        return self.average > LONG_SENTENCE


def measure(texts: Iterable[str], language: str) -> Reading:
    """Measure texts as one. language: BCP 47. Past `MOST_CHARACTERS` nothing more is counted."""
    text = "\n".join(texts)[:MOST_CHARACTERS]
    spoken = [words for part in _sentences(text) if (words := _WORD.findall(shown(part)))]
    words = [word for part in spoken for word in part]
    average = len(words) / len(spoken) if spoken else 0.0
    return Reading(len(words), len(spoken), round(average), _ease(words, average, language))


def _sentences(text: str) -> list[str]:
    text = _NUMBER.sub("", text)
    text = _NOT_AN_END.sub(lambda found: found.group()[:-1], text)
    return _ENDS.split(text)


def _ease(words: list[str], average: float, language: str) -> Ease:
    if language.partition("-")[0].lower() != "en" or len(words) < FEWEST_WORDS:
        return Ease.UNKNOWN
    syllables = sum(syllables_of(word) for word in words) / len(words)
    score = 206.835 - 1.015 * average - 84.6 * syllables
    if score >= PLAIN_EASE:
        return Ease.PLAIN
    return Ease.HARD if score >= HARD_EASE else Ease.VERY_HARD


def syllables_of(word: str) -> int:
    """Syllables of an English word, by its groups of vowels; a silent e at its end is not one."""
    low = word.lower()
    found = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee")) and found > 1:
        found -= 1
    return max(found, 1)
