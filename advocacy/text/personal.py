"""Words that look like one person's data: a phone, an e-mail address, a number, an exact age.

Patterns of four languages. They find what is likely, so a person decides; a text without a mark is
not proved clean. Nothing is changed here. Source: threat register section 5, class D.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u00a0\u202f", "01234567890123456789  ")
_ANY = re.compile(r"[\d@]")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|\(\s?\+?)?\d[\d\s().\-–/]{5,20}\d(?!\w)")
_NO_PHONE = re.compile(
    r"\d{1,3}(?:[ .]\d{3})+"  # a large number
    r"|\d{4}[-–/. ]\d{1,2}[-–/. ]\d{1,2}|\d{1,2}[-–/. ]\d{1,2}[-–/. ]\d{4}"  # a day
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d"  # years
)
_NUMBER = re.compile(
    r"\b(?:passports?|passeports?|pasaportes?|(?:national\s+)?id|identity\s+card|identity|case"
    r"|carte\s+d[’']identit[ée]|identit[ée]|dossier|c[ée]dula|dni|identidad|expediente"
    r"|file)\b(?:\s+(?:card|number|no|nr|num[ée]ro|n[úu]mero|de|is))*\W{0,4}(?:n[°ºo.]{1,2}\s*)?"
    r"[A-Z]{0,3}[-/]?\d[\d/-]{3,14}\d\b"
    r"|(?:هوية|جواز|بطاقة|الرقم الوطني|رقم وطني|ملف)[^\d.،\n]{0,20}[A-Za-z]{0,3}\d{5,14}",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d{9,14}(?![\w])")
_PERSON = (
    r"(?:fille|garçon|femme|homme|enfant|mineure?|adolescente?|jeune|personne|mère|père"
    r"|ni[ñn][oa]|chic[oa]|mujer|hombre|joven|menor|persona|madre|padre|señora?)"
)
_AGE = re.compile(
    r"\b\d{1,3}[-‐ ]years?[-‐ ]olds?\b"
    r"|\b\d{1,3}\s?y/?o\b"
    r"|\baged?\s+(?:of\s+)?\d{1,3}\b"
    r"|\bâgée?s?\s+de\s+\d{1,3}\s+ans\b"
    rf"|\b{_PERSON}\s+(?:\w+\s+){{0,2}}de\s+\d{{1,3}}\s+(?:ans|años)\b"
    r"|\b\d{1,3}\s+años\s+de\s+edad\b|\bedad\s+de\s+\d{1,3}\b"
    r"|(?:عمرها|عمره|من العمر|بعمر)\s+\d{1,3}"
    r"|(?:طفل|طفلة|فتاة|فتى|امرأة|رجل|شاب|شابة)\s+(?:\S+\s+){0,2}\d{1,3}\s+(?:سنة|عام|سنوات|أعوام)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:[-–—]|to\b|and\b|or\b|à\b|et\b|a\b|y\b|ou\b|o\b|إلى|حتى)\s*\d|\s*\+"
    r"|\s*(?:and|or)\s+(?:over|above|older|more)\b|\s*(?:et|ou)\s+plus\b"
    r"|\s*[yo]\s+más\b|\s*فما فوق",
    re.IGNORECASE,
)
_LEAST_DIGITS, _MOST_DIGITS, _LOCAL_DIGITS = 8, 15, 9


class Kind(StrEnum):
    """What words look like."""

    MAIL = "mail"
    PHONE = "phone"
    NUMBER = "number"
    AGE = "age"


@dataclass(frozen=True)
class Mark:
    """A place in a text. start, end: in characters of it."""

    kind: Kind
    start: int
    end: int
    words: str


def marks(text: str) -> list[Mark]:
    """The places in a text that look like one person's data, in their order, none within another.

    Digits of any of the four languages are read. Ranges of age are no person's.
    """
    if not _ANY.search(text):
        return []
    plain = text.translate(_DIGITS)
    found = [(m.start(), m.end(), Kind.MAIL) for m in _MAIL.finditer(plain)]
    found += [(m.start(), m.end(), Kind.NUMBER) for m in _NUMBER.finditer(plain)]
    found += [(m.start(), m.end(), Kind.PHONE) for m in _PHONE.finditer(plain) if _rings(m[0])]
    found += [(m.start(), m.end(), Kind.NUMBER) for m in _LONG_NUMBER.finditer(plain)]
    ages = (m for m in _AGE.finditer(plain) if not _RANGE.match(plain, m.end()))
    found += [(m.start(), m.end(), Kind.AGE) for m in ages]
    kept: list[Mark] = []
    for start, end, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1].end:
            kept.append(Mark(kind, start, end, text[start:end].strip()))
    return kept


def _rings(words: str) -> bool:
    """Whether digits with signs between them can be a telephone number."""
    said = words.strip()
    count = sum(c.isdigit() for c in said)
    if not _LEAST_DIGITS <= count <= _MOST_DIGITS or _NO_PHONE.fullmatch(said):
        return False
    is_apart = count < len(said)
    return said.startswith(("+", "(+", "0", "(0")) or (is_apart and count >= _LOCAL_DIGITS)


def digest(found: Iterable[Mark]) -> str:
    """A hash of what was marked: who says that it is no person's says it of these words alone."""
    words = sorted({mark.words.casefold() for mark in found})
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest() if words else ""
