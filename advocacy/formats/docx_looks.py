"""What a paragraph or a run of a Word file looks like, by its styles and its own settings."""

from dataclasses import dataclass
from typing import Any

from advocacy.formats.docx import Role
from advocacy.formats.docx_zip import Box

_OFF = {"0", "false", "off", "none"}
_BY_NAME = {
    "title": Role.TITLE,
    "text note": Role.NOTE,
    "quote": Role.QUOTE,
    "intense quote": Role.QUOTE,
    "quotations": Role.QUOTE,
    "block text": Role.QUOTE,
    "preformatted words": Role.CODE,
    "html preformatted": Role.CODE,
    "preformatted text": Role.CODE,
    "line across": Role.RULE,
    "clause": Role.TEXT,
    "clause number": Role.TEXT,
    "recommendation": Role.TEXT,
}
_OURS = {"clause", "clause number", "recommendation"}
_LISTS = {"list bullet": Role.BULLET, "list number": Role.NUMBER, "list continue": Role.TEXT}
_MOST_DEEP = 8


@dataclass(frozen=True)
class Look:
    """Role and level of a paragraph."""

    role: Role
    level: int = 0


def local(node: Any) -> str:
    """The name of an element without its namespace: there are two for the same words."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attr(node: Any, name: str) -> str:
    """An attribute by its name without the namespace; empty where there is none."""
    for key, value in node.items() if node is not None else ():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(node: Any, name: str) -> Any:
    """The first child of that name, or None."""
    if node is None:
        return None
    return next((item for item in node if local(item) == name), None)


class Looks:
    """The styles and lists of a file."""

    def __init__(self, box: Box, folder: str) -> None:
        styles = box.xml(f"{folder}/styles.xml")
        listed = [n for n in styles if local(n) == "style"] if styles is not None else []
        self._styles = {attr(node, "styleId"): node for node in listed}
        self._formats: dict[tuple[str, int], str] = {}
        numbering = box.xml(f"{folder}/numbering.xml")
        if numbering is not None:
            self._read_lists(numbering)

    def _read_lists(self, numbering: Any) -> None:
        abstract: dict[str, dict[int, str]] = {}
        for node in numbering:
            if local(node) == "abstractNum":
                abstract[attr(node, "abstractNumId")] = {
                    _int(attr(lvl, "ilvl")): attr(child(lvl, "numFmt"), "val")
                    for lvl in node
                    if local(lvl) == "lvl"
                }
        for node in numbering:
            if local(node) == "num":
                levels = abstract.get(attr(child(node, "abstractNumId"), "val"), {})
                for level, kind in levels.items():
                    self._formats[attr(node, "numId"), level] = kind

    def _chain(self, style: str) -> list[Any]:
        found: list[Any] = []
        while style in self._styles and len(found) < _MOST_DEEP:
            found.append(self._styles[style])
            style = attr(child(found[-1], "basedOn"), "val")
        return found

    def of(self, paragraph: Any) -> Look:
        """What a paragraph is."""
        properties = child(paragraph, "pPr")
        chain = self._chain(attr(child(properties, "pStyle"), "val"))
        names = [attr(child(node, "name"), "val").lower() for node in chain]
        numbers = child(properties, "numPr")
        for name in names:
            look = _by_name(name)
            if look is not None and not (look.role is Role.TEXT and self._is_bullet(numbers)):
                return look
        if names and names[0] in _OURS:
            return self._in_list(numbers)
        outlines = [child(child(node, "pPr"), "outlineLvl") for node in chain]
        for outline in [child(properties, "outlineLvl"), *outlines]:
            if outline is not None and _int(attr(outline, "val")) < 9:
                return Look(Role.HEADING, _int(attr(outline, "val")) + 1)
        lists = [child(child(node, "pPr"), "numPr") for node in chain]
        return self._in_list(next((n for n in [numbers, *lists] if n is not None), None))

    def _is_bullet(self, numbers: Any) -> bool:
        return self._in_list(numbers).role is Role.BULLET

    def _in_list(self, numbers: Any) -> Look:
        which, level = attr(child(numbers, "numId"), "val"), attr(child(numbers, "ilvl"), "val")
        kind = self._formats.get((which, _int(level)), "")
        if not kind or kind == "none":
            return Look(Role.TEXT)
        return Look(Role.BULLET if kind == "bullet" else Role.NUMBER, _int(level))

    def run(self, node: Any) -> tuple[dict[str, bool], dict[str, bool] | None]:
        """Bold, italic and code of a run; and what they were before a tracked change of them."""
        properties = child(node, "rPr")
        changed = child(properties, "rPrChange")
        before = self._switches(child(changed, "rPr")) if changed is not None else None
        return self._switches(properties), before

    def _switches(self, properties: Any) -> dict[str, bool]:
        style = attr(child(properties, "rStyle"), "val")
        names = {attr(child(node, "name"), "val").lower() for node in self._chain(style)}
        return {
            "bold": _is_on(properties, "b", default="strong" in names),
            "italic": _is_on(properties, "i", default="emphasis" in names),
            "code": bool(names & {"exact words", "html code", "source text"}),
        }


def _by_name(name: str) -> Look | None:
    if name in _BY_NAME:
        return Look(_BY_NAME[name])
    if name.startswith("heading ") and name[8:].isdigit():
        return Look(Role.HEADING, int(name[8:]))
    for start, role in _LISTS.items():
        if name.startswith(start):
            number = _int(name[len(start) :].strip()) or 1
            return Look(role, number if role is Role.TEXT else number - 1)
    return None


def _is_on(properties: Any, name: str, *, default: bool) -> bool:
    node = child(properties, name)
    return default if node is None else attr(node, "val").lower() not in _OFF


def _int(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 4 else 0
