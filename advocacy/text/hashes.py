"""What exactly is signed: the content hash of a frozen text with its release terms.

In the hash: title, language, clauses in order with identity and words, annex hashes, terms.
Not in it: dates of rounds, comments, layout, who signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from advocacy.text.canon import canonical_json, normalise, plain

FORM = 1
"""Number of this way of hashing. A change of what goes in needs a new one, so that a reader of an
old receipt knows which way to take."""


@dataclass(frozen=True)
class Clause:
    """One piece of a text.

    cid: identity that stays while words change. kind: paragraph, heading, ask and so on, as the
    owner of the text names them. lang: BCP 47 tag where it differs from the text's, else empty.
    """

    cid: UUID
    kind: str
    heading: str
    text: str
    lang: str = ""

    @cached_property
    def hash(self) -> str:
        """The clause's own hash; see `clause_hash`."""
        return clause_hash(self)


@dataclass(frozen=True)
class Terms:
    """What the text may be used for. Part of what is signed: changing them is a new version.

    audience: who will read it. channel: how it goes out. attribution: whose names stand under it.
    embargo: the rule, in words or as a date. unnamed: how those who are not named are counted.
    """

    audience: str
    channel: str
    attribution: str
    embargo: str = ""
    unnamed: str = ""


def clause_hash(clause: Clause) -> str:
    """SHA-256, hex, of a clause's kind, heading, words and language; not of its identity.

    A clause put back to earlier words has its earlier hash again.
    """
    return _digest({"form": FORM, "of": "clause", **_words_of(clause)})


def content_hash(
    title: str,
    language: str,
    clauses: Sequence[Clause],
    terms: Terms,
    annexes: tuple[str, ...] = (),
) -> str:
    """SHA-256, hex, of the whole text with its terms: what an organisation's answer names.

    annexes: one line for each, in the order in which they are attached: the SHA-256 of its file,
    hex, a blank, its title.
    """
    return sha256(content_bytes(title, language, clauses, terms, annexes)).hexdigest()


def content_bytes(
    title: str,
    language: str,
    clauses: Sequence[Clause],
    terms: Terms,
    annexes: tuple[str, ...] = (),
) -> bytes:
    """The bytes whose SHA-256 is `content_hash`: what goes beside a receipt, to be checked."""
    return canonical_json(
        {
            "form": FORM,
            "of": "text",
            "title": normalise(title),
            "language": language,
            "clauses": [{"cid": str(clause.cid), **_words_of(clause)} for clause in clauses],
            "terms": {
                "audience": normalise(terms.audience),
                "channel": normalise(terms.channel),
                "attribution": normalise(terms.attribution),
                "embargo": normalise(terms.embargo),
                "unnamed": normalise(terms.unnamed),
            },
            "annexes": list(annexes),
        }
    )


def plain_digest(text: str) -> str:
    """SHA-256, hex, of the words alone: finds the version a printed or pasted copy belongs to.

    It says "these words", never "this version": markup, punctuation and terms are not in it.
    """
    return sha256(plain(text).encode("utf-8")).hexdigest()


def short(digest: str) -> str:
    """The first 12 signs, for people to compare. Never used to look anything up."""
    return digest[:12]


def _words_of(clause: Clause) -> dict[str, object]:
    return {
        "kind": clause.kind,
        "heading": normalise(clause.heading),
        "text": normalise(clause.text),
        "lang": clause.lang,
    }


def _digest(value: dict[str, object]) -> str:
    return sha256(canonical_json(value)).hexdigest()
