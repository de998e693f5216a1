"""The events of the room."""

from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise

MOST_IN_LABEL = 120


@dataclass(frozen=True)
class Linked(Event):
    NAME = "links.linked"
    source_kind: str
    target_kind: str


@dataclass(frozen=True)
class Unlinked(Event):
    NAME = "links.unlinked"
    source_kind: str
    target_kind: str


@dataclass(frozen=True)
class Cited(Event):
    NAME = "links.cited"
    kind: str


def one_label(label: str) -> str:
    """A label in the form it is kept in: one line, and no sign that Markdown reads."""
    return " ".join(normalise(label).translate(_MARKS).split())


_MARKS = dict.fromkeys(map(ord, "[]()<>*_`\\#!|"), " ")


def label_faults(label: str) -> list[Reason]:
    """What is wrong with a label, tidied."""
    if not label:
        return [Reason("links.no-label", "label")]
    if len(label) > MOST_IN_LABEL:
        return [Reason("form.too-long", "label", {"most": MOST_IN_LABEL})]
    return []


def token(label: str) -> str:
    """How a source stands in a text."""
    return f"[{label}]"
