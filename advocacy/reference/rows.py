"""What others get of the lists: frozen, detached from the session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

FALLBACK = "en"


def in_language(labels: Mapping[str, str], language: str) -> str:
    """The label in a language (`fr`, `ar_SY`), else in English, else whatever there is."""
    short = language.replace("-", "_").split("_")[0].lower()
    return labels.get(short) or labels.get(FALLBACK) or next(iter(labels.values()), "")


@dataclass(frozen=True)
class Risk:
    """A protection risk. default_sensitivity: 1 low to 4 severe."""

    code: str
    number: int
    labels: Mapping[str, str] = field(hash=False)
    description: str
    aor: tuple[str, ...]
    default_sensitivity: int
    active: bool
    replaced_by: str | None

    def label(self, language: str = FALLBACK) -> str:
        """Its name in a language."""
        return in_language(self.labels, language)


@dataclass(frozen=True)
class AreaRow:
    """A country (level 0) or a part of it."""

    id: UUID
    country: str
    level: int
    code: str
    parent_id: UUID | None
    name: str
    names: Mapping[str, str] = field(hash=False)
    valid_from: date | None
    valid_to: date | None

    def label(self, language: str = FALLBACK) -> str:
        """Its name in a language; its own name where there is none."""
        return in_language(self.names, language) or self.name


@dataclass(frozen=True)
class AreaLine:
    """An area as a list of P-codes gives it. parent_code: empty for a country."""

    country: str
    level: int
    code: str
    name: str
    parent_code: str = ""
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Choice:
    """One item of a scale.

    value: its place in the order, None where it has none (not assessed, not known).
    least, most: of a band of numbers; None where it is open. also: what else files call it.
    """

    code: str
    labels: Mapping[str, str] = field(hash=False)
    description: str
    value: int | None
    active: bool
    least: int | None = None
    most: int | None = None
    also: tuple[str, ...] = ()

    def label(self, language: str = FALLBACK) -> str:
        """Its name in a language."""
        return in_language(self.labels, language)


@dataclass(frozen=True)
class Scale:
    """A short list of choices, with where it comes from. is_single: one of them at most."""

    id: str
    version: str
    source: str
    licence: str
    labels: Mapping[str, str] = field(hash=False)
    choices: tuple[Choice, ...]
    is_single: bool = False

    def label(self, language: str = FALLBACK) -> str:
        """Its name in a language."""
        return in_language(self.labels, language)

    def choice(self, code: str) -> Choice | None:
        """The choice with a code, retired ones too; None when there is none."""
        return next((choice for choice in self.choices if choice.code == code), None)

    def offered(self) -> tuple[Choice, ...]:
        """The choices for a new record."""
        return tuple(choice for choice in self.choices if choice.active)


@dataclass(frozen=True)
class Loaded:
    """How many items a load made, changed, found as they were, and retired as gone."""

    new: int
    changed: int
    same: int
    retired: int = 0


@dataclass(frozen=True)
class ShapeLine:
    """A boundary as a file gives it, drawn and simplified. level None = the file does not say."""

    code: str
    level: int | None
    path: str
    box: tuple[int, int, int, int]
    middle: tuple[int, int]


@dataclass(frozen=True)
class ShapeRow:
    """The boundary of an area; see `schema.AreaShape` for its measures."""

    area_id: UUID
    path: str
    box: tuple[int, int, int, int]
    middle: tuple[int, int]
    source: str
    note: str
