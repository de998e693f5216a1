"""What may be wrong with what is said; how specific a text sounds; what is missing to be SMART."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from advocacy.asks.rules import MOST_TEXT
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.taxonomies import rules as taxonomies
from advocacy.taxonomies.rules import LISTS, SMART, Axis

MOST_THEMES, LONGEST_THEME = 40, 120
LEVELS = ("1", "2", "3", "4", "5")
SHARE = 10
"""A priority is one of few: a note says so when it is more than one in so many."""


@dataclass(frozen=True)
class Said:
    """What was sent: all that holds of each axis that the form asked for."""

    items: Mapping[Axis, Sequence[str]] = field(hash=False)
    reason: str = ""


def standing(of: Any) -> dict[Axis, list[str]]:
    """What holds of a recommendation today, by axis."""
    kept = {**(of.subjects or {}), **(of.judged or {})}
    found = {axis: list(kept.get(axis, ())) for axis in Axis}
    found[Axis.THEMES] = list(of.tags)
    found[Axis.SPECIFICITY] = [str(of.specificity)] if of.specificity else []
    return found


def columns(of: Any, changed: Mapping[Axis, Sequence[str]]) -> dict[str, Any]:
    """The columns of a recommendation that change with what was said."""
    values: dict[str, Any] = {}
    for axis, items in changed.items():
        if axis is Axis.THEMES:
            values["tags"] = list(items)
        elif axis is Axis.SPECIFICITY:
            values["specificity"] = int(items[0]) if items else None
        else:
            name = "subjects" if axis in LISTS else "judged"
            kept = values.get(name, getattr(of, name) or {})
            values[name] = {**kept, axis.value: list(items)}
    return values


def plain(axis: Axis, items: Iterable[str]) -> list[str]:
    """What was chosen or written, in one order and each once."""
    if axis in LISTS:
        known = taxonomies.ordered(axis, listed := list(items))
        return [*known, *(one for one in dict.fromkeys(listed) if one not in known)]
    if axis is Axis.THEMES:
        words = {" ".join(fold(one)): " ".join(one.split()) for one in items}
        return sorted(word for key, word in words.items() if key)
    chosen = set(items)
    order = {Axis.SMART: SMART, Axis.PRIORITY: (taxonomies.YES,)}.get(axis, LEVELS)
    return [one for one in order if one in chosen] + sorted(chosen - {*order, ""})


def faults(axis: Axis, items: Sequence[str], before: Collection[str], reason: str) -> list[Reason]:
    """What is wrong with a change of one axis. before: what stood."""
    if axis in LISTS:
        return taxonomies.faults(axis, items, before=before)
    if axis is Axis.THEMES:
        return _theme_faults(items)
    if axis is Axis.PRIORITY:
        found = [] if set(items) <= {taxonomies.YES} else [Reason("form.choice", axis)]
        if not reason.strip():
            found.append(Reason("subjects.say-why", "reason"))
        return found
    allowed, most = (SMART, len(SMART)) if axis is Axis.SMART else (LEVELS, 1)
    is_right = set(items) <= set(allowed) and len(items) <= most
    return [] if is_right else [Reason("form.choice", axis)]


def is_new_reason(axis: Axis, items: Sequence[str], said: Said, told: str) -> bool:
    """Whether what stays a priority is one for another reason. told: the reason so far."""
    reason = said.reason.strip()
    return axis is Axis.PRIORITY and bool(items) and reason not in {"", told}


def reason_faults(said: Said, *, is_kept: bool) -> list[Reason]:
    """What is wrong with a reason. is_kept: something that it explains is written with it."""
    if len(said.reason) > MOST_TEXT:
        return [Reason("form.too-long", "reason", {"most": MOST_TEXT})]
    if said.reason.strip() and not is_kept and not said.items.get(Axis.PRIORITY):
        return [Reason("subjects.reason-alone", "reason")]
    return []


def _theme_faults(items: Sequence[str]) -> list[Reason]:
    if len(items) > MOST_THEMES:
        return [Reason("subjects.too-many", "themes", {"most": MOST_THEMES})]
    if any(len(one) > LONGEST_THEME for one in items):
        return [Reason("form.too-long", "themes", {"most": LONGEST_THEME})]
    return []


def lacking(ticks: Collection[str]) -> tuple[str, ...]:
    """What is not ticked of the five, in their order."""
    return tuple(one for one in SMART if one not in ticks)


@dataclass(frozen=True)
class Told(Event):
    NAME = "subjects.said"
    axis: str


# --- how specific a text sounds -------------------------------------------------------------------

# The scale of UPR Info, by the first verb: 1 asks little or asks others, 2 goes on, 3 considers,
# 4 is general, 5 is a step that can be seen. Where a verb stands for two, the one it mostly is.
_VERBS = {
    1: "call share seek request appeler partager solliciter solicitar compartir pedir",
    2: "continue maintain pursue keep persevere persist poursuivre maintenir continuer continuar"
    " mantener proseguir",
    3: "consider review revise reconsider envisage examine explore study analyse analyze reflect"
    " envisager examiner étudier réexaminer considerar examinar estudiar revisar",
    4: "take ensure strengthen intensify increase make improve enhance promote guarantee accelerate"
    " address respect reinforce work protect redouble speed expedite encourage combat pay provide"
    " consolidate cooperate expand develop undertake adopt prendre garantir renforcer assurer"
    " améliorer promouvoir veiller tomar garantizar fortalecer asegurar mejorar promover velar"
    " adoptar adopter",
    5: "ratify accede abolish establish implement extend amend sign enact issue complete introduce"
    " investigate withdraw repeal end include create eliminate set remove conduct recognize"
    " recognise decriminalize decriminalise incorporate allow reform become prohibit release lift"
    " invite submit accept apply harmonize harmonise open register publish ban train ratifier"
    " adhérer abolir créer établir modifier signer abroger libérer publier ouvrir ratificar"
    " adherirse abolir crear establecer modificar firmar derogar liberar publicar abrir",
}
_LEVEL_OF = {
    " ".join(fold(verb)): level for level, verbs in _VERBS.items() for verb in verbs.split()
}
_BEFORE = (
    "to de à a further fully effectively promptly urgently immediately that the and it should must"
    " recommends recommended recommend in order swiftly duly"
)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_LOOKED_AT = 6


def hint(text: str) -> int | None:
    """How specific a text sounds by its first verb, 1 to 5; None where no verb is known.

    A hint only: people decide.
    """
    for word in _WORD.findall(text)[:_MOST_LOOKED_AT]:
        if (level := _LEVEL_OF.get(" ".join(fold(word)))) is not None:
            return level
        if word.casefold() not in _BEFORE.split():
            return None
    return None
