"""How a word is found in whatever form it takes; what may be wrong with a red line; events."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.redlines.rows import Banned, Flag
from advocacy.text.canon import canonical_json, normalise, shown
from advocacy.text.hashes import Clause

MOST_IN_WORDS = 100
MOST_IN_REASON = 500
MOST_LINES = 300
MOST_FLAGS = 50
"""In one clause; who has fifty to change has seen enough."""

_TOKEN = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0621-\u064a]")
# static/js/aids.js folds in the same way, so that the page says while typing what saving would.
_LETTERS = str.maketrans(
    {"\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627"}
    | {"\u0649": "\u064a", "\u0629": "\u0647", "\u0640": "", "\u00df": "ss"}
)
_BEFORE = (
    *("\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0643\u0627\u0644"),
    *("\u0641\u0627\u0644", "\u0644\u0644", "\u0627\u0644", "\u0648"),
)
_AFTER = ("\u0647\u0627", "\u0627\u062a", "\u0648\u0646", "\u064a\u0646", "\u0627\u0646", "\u0647")
_ENDINGS = ("ing", "ed", "es", "s", "x", "e", "a", "o")
_SHORTEST = 3


@dataclass(frozen=True)
class Kept(Event):
    NAME = "redlines.kept"
    shown: bool


@dataclass(frozen=True)
class Changed(Event):
    NAME = "redlines.changed"
    shown: bool


@dataclass(frozen=True)
class Removed(Event):
    NAME = "redlines.removed"


@dataclass(frozen=True)
class Said:
    """A red line as it is written down."""

    words: str
    why: str = ""
    instead: str = ""
    is_shown: bool = False

    def tidied(self) -> "Said":
        """The same in the form it is kept in: words on one line."""
        return Said(
            " ".join(normalise(self.words).split()),
            normalise(self.why),
            " ".join(normalise(self.instead).split()),
            self.is_shown,
        )

    @property
    def hash(self) -> str:
        """What an edit of it is based on."""
        return sha256(
            canonical_json([self.words, self.why, self.instead, self.is_shown])
        ).hexdigest()


def faults(said: Said, *, others: Iterable[str], count: int) -> list[Reason]:
    """What is wrong with a red line, tidied. others: words that are kept already."""
    found = []
    most = {"words": MOST_IN_WORDS, "why": MOST_IN_REASON, "instead": MOST_IN_WORDS}
    for name, limit in most.items():
        if len(getattr(said, name)) > limit:
            found.append(Reason("form.too-long", name, {"most": limit}))
    if not stems(said.words):
        found.append(Reason("redlines.no-word", "words"))
    elif stems(said.words) in {stems(other) for other in others}:
        found.append(Reason("redlines.twice", "words"))
    if count >= MOST_LINES:
        found.append(Reason("redlines.too-many", facts={"most": MOST_LINES}))
    return found


def stems(words: str) -> tuple[str, ...]:
    """The stems of words in order: what is compared."""
    return tuple(stem(found.group()) for found in _TOKEN.finditer(_bare(words)))


def _bare(words: str) -> str:
    """Without accents, case, and the many forms of one Arabic letter."""
    bare = unicodedata.normalize("NFKD", words.replace("\u0130", "i"))
    kept = "".join(sign for sign in bare if unicodedata.category(sign) not in {"Mn", "Cf"})
    return kept.lower().translate(_LETTERS)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A bare word without its ending (or, in Arabic, its article); short words stay."""
    if _ARABIC.search(word):
        return _arabic(word)
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST + 2:
        word = word[:-3] + "y"
    for _round in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e)), "")
        if ending and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return word


def _arabic(word: str) -> str:
    before = next((b for b in _BEFORE if word.startswith(b)), "")
    if before and len(word) - len(before) >= _SHORTEST:
        word = word[len(before) :]
    after = next((a for a in _AFTER if word.endswith(a)), "")
    if after and len(word) - len(after) >= _SHORTEST:
        word = word[: -len(after)]
    return word


def flags(lines: Iterable[Banned], clauses: Sequence[Clause]) -> list[Flag]:
    """Red lines met in clauses, in the order of the text; each once in a clause."""
    listed = list(lines)
    if not listed:
        return []
    return [
        flag for number, clause in enumerate(clauses, 1) for flag in met(listed, clause, number)
    ]


def met(lines: Iterable[Banned], clause: Clause, number: int) -> list[Flag]:
    """Red lines met in one clause."""
    typed = _TOKEN.findall(unicodedata.normalize("NFC", shown(f"{clause.heading}\n{clause.text}")))
    # One word of the text can become two by folding, never none that matters: keep them paired.
    pairs = [(part, word) for word in typed for part in stems(word)]
    sought = [part for part, _word in pairs]
    places: dict[str, list[int]] = {}
    for at, part in enumerate(sought):
        places.setdefault(part, []).append(at)
    found: list[Flag] = []
    for line in lines:
        first = _first(line.stems, sought, places)
        if first is not None and len(found) < MOST_FLAGS:
            words = " ".join(word for _part, word in pairs[first : first + len(line.stems)])
            found.append(Flag(clause.cid, number, words, line))
    return found


def _first(
    stems_of: tuple[str, ...], sought: list[str], places: dict[str, list[int]]
) -> int | None:
    size = len(stems_of)
    for at in places.get(stems_of[0], ()) if stems_of else ():
        if tuple(sought[at : at + size]) == stems_of:
            return at
    return None
