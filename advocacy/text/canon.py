"""The one form of a text, its words alone, and the one way to write a value as bytes."""

import json
import re
import unicodedata

LARGEST_INT = 2**53 - 1
"""Beyond this, readers that keep numbers as doubles (RFC 8785, section 3.2.2.3) lose digits."""

# A vertical tab is how Word writes a soft break; losing it would join two words.
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# The byte order mark is invisible, so two texts that look alike would have two hashes.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_END_EMBEDDING, _END_ISOLATE = "\u202c", "\u2069"

_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\s\"[^\"()\n]*\")?\)")
_MARKS = re.compile(r"[*_`\\\[\]]|^[ \t]*(?:#+|>+|[-+])[ \t]+", re.MULTILINE)
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['`\u00b4\u2018\u2019\u02bc](?=[^\W\d_])")


def normalise(text: str) -> str:
    """The form in which a text is stored, compared, hashed and shown.

    NFC; line feeds only; no control characters but tab and line feed; no blanks at line ends;
    no empty lines before or after. Direction controls stay where each has its partner in the
    same line; one without a partner could turn around words it does not belong to, so it goes.
    Doing it twice changes nothing.
    """
    # All signs that go are ones that can't be printed; most texts have none, and this is quick.
    if not text.replace("\n", "").isprintable():
        text = _printable(text)
    # After the removals: what they bring together may compose.
    text = unicodedata.normalize("NFC", text)
    # Line by line: a pattern for "blanks, then the end" is quadratic on a long run of blanks.
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _printable(text: str) -> str:
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    text = _SURROGATES.sub("\ufffd", text)
    if _DIRECTION.search(text):
        text = "\n".join(_balanced(line) for line in text.split("\n"))
    return text


def _balanced(line: str) -> str:
    """The line without direction controls that lack a partner (Unicode TR9, BD9 to BD11)."""
    unpaired: set[int] = set()
    opened: list[int] = []
    isolates = 0
    for found in _DIRECTION.finditer(line):
        at, mark = found.start(), found.group()
        if mark in _EMBEDDINGS or mark in _ISOLATES:
            opened.append(at)
            isolates += mark in _ISOLATES
        elif mark == _END_EMBEDDING and opened and line[opened[-1]] in _EMBEDDINGS:
            opened.pop()
        elif mark == _END_ISOLATE and isolates:
            # An isolate's end also ends what was left open inside it.
            while line[opened[-1]] not in _ISOLATES:
                unpaired.add(opened.pop())
            opened.pop()
            isolates -= 1
        else:
            unpaired.add(at)
    unpaired.update(opened)
    return "".join(sign for at, sign in enumerate(line) if at not in unpaired)


def shown(text: str) -> str:
    """The text on one line as a reader sees it: no emphasis marks, no link targets.

    Punctuation and case stay. Used to find a quotation taken from a page in what was written.
    """
    text = _LINK_TARGET.sub("]", normalise(text))
    return " ".join(_MARKS.sub("", text).split())


def plain(text: str) -> str:
    """The words alone, one space between them: the same for a text and for its printed copy.

    Case and digits stay; punctuation, quotes, invisible signs, Markdown marks and link targets go.
    """
    text = _LINK_TARGET.sub("]", normalise(text))
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    kept = {sign: _word_sign(sign) for sign in set(text)}
    words = "".join(kept[sign] for sign in text).split()
    return unicodedata.normalize("NFC", " ".join(words))


def _word_sign(sign: str) -> str:
    """The sign itself in a word, nothing for an invisible sign, a blank for all others."""
    category = unicodedata.category(sign)
    if category[0] in "LMN":
        return sign
    return "" if category == "Cf" else " "


def canonical_json(value: object) -> bytes:
    """The value as RFC 8785 JSON in UTF-8: the same bytes from every program, for hashing.

    Raises:
        TypeError: there is anything but str, bool, int, None, list, or dict with str keys. Numbers
            with a fraction are refused because their written form differs between programs.
        ValueError: an integer is beyond `LARGEST_INT`, or a str holds half a surrogate pair.
    """
    written = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8")


def _sorted(value: object) -> object:
    """The same value with keys in the order of RFC 8785 (by UTF-16 code units)."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INT:
            raise ValueError("an integer is too large to be written the same way everywhere")
        return value
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be str")
        return {key: _sorted(value[key]) for key in sorted(value, key=_utf16)}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
