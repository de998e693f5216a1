"""Is a change only spelling or layout? The machine's half of the answer (practice B18).

Whatever this does not know is a change of substance. It lets pass: blanks and line breaks, kinds
of quotation marks, apostrophes, hyphens and dots, a full stop at a line's end, the Arabic
lengthening stroke, and in a long word of small Latin letters two neighbours that changed places or
one letter written twice. Everything else is refused: every digit and date, every capital letter
(names and places), every accent and vowel sign, every comma, every word more or less, and any
word of denying, of duty, of number or of time, in English, French, Spanish and Arabic.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause

MOST_WORDS = 5
"""So many words of one text may be spelled otherwise, and it is still spelling."""
SHORTEST = 7
"""In shorter words two letters that change places make another word too often."""

_LIKE = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u0640": None}
    | {"\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"', "\u201e": '"'}
    | {"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
    | {"\u2026": "..."}
)
_BLANKS = re.compile(r"\s+")
_TOKEN = re.compile(r"[^\W\d_]+|\d|[^\w\s]|_")
_LATIN = re.compile(r"[a-z]+")

# Stems; a word that begins with one of them is never spelling.
_STEMS = (
    *("not", "never", "none", "without", "unless", "cannot", "neither", "except", "refus", "deni"),
    *("should", "would", "could", "shall", "must", "might", "ought", "require", "request"),
    *("every", "several", "various", "million", "thousand", "hundred", "dozen", "percent", "half"),
    *("majorit", "minorit", "before", "after", "during", "until", "since", "january", "february"),
    *("august", "september", "october", "november", "december", "monday", "tuesday", "wednesday"),
    *("thursday", "friday", "saturday", "sunday", "alleged", "possib", "probab", "certain"),
    *("jamais", "aucun", "sauf", "devoir", "devrai", "devron", "pouvoir", "pourrai", "quelque"),
    *("plusieurs", "chaque", "centaine", "millier", "moitie", "janvier", "fevrier", "juillet"),
    *("septembre", "octobre", "novembre", "decembre", "mercredi", "vendredi", "dimanche", "avant"),
    *("ninguno", "ninguna", "nunca", "tampoco", "excepto", "debera", "deberi", "podria", "puede"),
    *("varios", "varias", "ciento", "millon", "millar", "mitad", "enero", "febrero", "agosto"),
    *("septiembre", "octubre", "noviembre", "diciembre", "miercoles", "viernes", "domingo"),
)
# Words that a swap of neighbours or a doubled letter turns into other words.
_OTHERS = frozenset(
    """
    angered latterly laterly martial marital casually causally complaint compliant conservation
    conversation conserved conversed conserves converses reunited deserted desserted planning
    planing scarring scaring scarred starring staring starred tapping hopping dinners filling
    striped stripped striping stripping griping gripping snipper bitterly stationed discreet
    discrete pasture abated abatted running winning robbing rapping raping mopping betting spitted
    pinning pining poisson dessert coussin baisser baissee enterrar enterar enterrado enterado
    enterrados enterados querria querian querrian moririan
    """.split()  # noqa: SIM905 - a list of words is read as words
)


def is_spelling(before: Sequence[Clause], after: Sequence[Clause]) -> bool:
    """True when nothing but spelling and layout differs between two texts, clause by clause."""
    if [(c.cid, c.kind, c.lang) for c in before] != [(c.cid, c.kind, c.lang) for c in after]:
        return False
    left = MOST_WORDS
    for old, new in zip(before, after, strict=True):
        for was, now in ((old.heading, new.heading), (old.text, new.text)):
            changed = spelled_otherwise(was, now)
            if changed is None or changed > left:
                return False
            left -= changed
    return True


def spelled_otherwise(before: str, after: str) -> int | None:
    """How many words are only spelled otherwise; None when anything else differs."""
    was, now = _tokens(before), _tokens(after)
    if len(was) != len(now):
        return None
    changed = 0
    for one, other in zip(was, now, strict=True):
        if one == other:
            continue
        if not _is_slip(one, other):
            return None
        changed += 1
    return changed


def _tokens(text: str) -> list[str]:
    """Words, single digits and marks. What differs in looks alone is the same token."""
    lines = [
        _BLANKS.sub(" ", line).strip() for line in normalise(text).translate(_LIKE).split("\n")
    ]
    found: list[str] = []
    for line in lines:
        parts: list[str] = []
        # Digits that a blank parts are two numbers; letters that one joins are another word.
        for word in line.split(" "):
            parts += [*_TOKEN.findall(word), " "] if word else []
        while parts and parts[-1] in {" ", "."}:
            parts.pop()
        found += [*_close(parts), " "] if parts else []
    return found


def _close(parts: list[str]) -> list[str]:
    """A blank beside a mark says nothing, except between digits."""
    kept: list[str] = []
    for at, part in enumerate(parts):
        around = (parts[at - 1] if at else "", parts[at + 1] if at + 1 < len(parts) else "")
        if part == " " and _is_mark(around) and not any(side.isdigit() for side in around):
            continue
        kept.append(part)
    return kept


def _is_mark(around: tuple[str, str]) -> bool:
    return any(side and not side.isalnum() and side not in "-'*_#>+" for side in around)


def _is_slip(one: str, other: str) -> bool:
    """Two spellings of one long word: neighbours changed places, or a letter doubled, inside it."""
    words = (one, other)
    if not all(_LATIN.fullmatch(word) for word in words) or min(map(len, words)) < SHORTEST:
        return False
    if any(word in _OTHERS or word.startswith(_STEMS) for word in words):
        return False
    if one[:2] != other[:2] or one[-2:] != other[-2:]:
        return False
    short, long = sorted(words, key=len)
    if len(short) == len(long):
        return _swapped(one, other)
    return len(long) == len(short) + 1 and any(
        a == b and long[:at] + long[at + 1 :] == short for at, (a, b) in enumerate(pairwise(long))
    )


def _swapped(one: str, other: str) -> bool:
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    first, second = differ
    return one[first] == other[second] and one[second] == other[first]
