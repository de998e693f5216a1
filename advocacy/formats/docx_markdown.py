"""Blocks and Markdown: from the rendered copy of a text to blocks, from blocks to Markdown.

`markdown_of(blocks_of(html))` is one form that both a stored text and a returned file can be put
in, so that comparing them shows what somebody changed and not how either was written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from lxml import html as lxml_html

from advocacy.formats.docx import Block, Role, Run, plain_runs

_LISTS = {"ul": Role.BULLET, "ol": Role.NUMBER}
_SPECIAL = re.compile(r"[*`\[]|(?<![^\W_])_|_(?![^\W_])|\\(?=[\\`*_{}\[\]()>#+\-.!]|\Z)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ANGLE = re.compile(r"<(?=[A-Za-z][\w.+-]*[:@])")
_LINE_START = re.compile(
    r"^([ \t]*)(#+|>|[-+](?=[ \t])|[0-9]+(?=\.[ \t])|(?:- ?){3,}$|(?:_ ?){3,}$)"
)
_STEP = "    "
_ACROSS = Run("* * *")


def blocks_of(html: str) -> list[Block]:
    """The paragraphs of a rendered text (see `text.markdown.render`)."""
    if not html.strip():
        return []
    found: list[Block] = []
    for block in _walk(lxml_html.fragment_fromstring(html, create_parent="div"), Role.TEXT, 0):
        runs = _trimmed(plain_runs(block.runs))
        if runs:
            found.append(replace(block, runs=runs))
    return found


def _walk(node: Any, role: Role, level: int) -> Iterator[Block]:
    """The blocks inside an element: loose words between blocks are a block of their own."""
    loose: list[Run] = list(_said(node.text, {}))
    for item in node:
        inner = list(_inside(item, role, level))
        if inner:
            if loose:
                yield Block(role, level, tuple(loose))
            yield from inner
            loose = []
        else:
            loose += _inline(item, {})
        loose += _said(item.tail, {})
    if loose:
        yield Block(role, level, tuple(loose))


def _inside(item: Any, role: Role, level: int) -> Iterator[Block]:
    """The blocks that an element is; none for one that stands within a line."""
    tag = item.tag
    if tag in _LISTS:
        deeper = level + 1 if role in _LISTS.values() else 0
        for entry in item:
            yield from _entry(entry, _LISTS[tag], deeper)
    elif tag == "p":
        yield Block(role, level, tuple(_children(item, {})))
    elif tag in {"h3", "h4", "h5", "h6"}:
        yield Block(Role.HEADING, int(tag[1]), tuple(_children(item, {})))
    elif tag == "blockquote":
        yield from _walk(item, Role.QUOTE, 0)
    elif tag in {"pre", "hr"}:
        words = "".join(item.itertext()).strip("\n")
        yield Block(Role.CODE, 0, (Run(words),)) if words else Block(Role.RULE, 0, (_ACROSS,))
    elif tag == "div":
        yield from _walk(item, role, level)


def _entry(entry: Any, role: Role, level: int) -> Iterator[Block]:
    """One entry of a list: its first paragraph is the entry, those after it go on with it."""
    is_first = True
    for block in _walk(entry, role, level):
        goes_on = not is_first and block.role is role and block.level == level
        yield Block(Role.TEXT, level + 1, block.runs) if goes_on else block
        is_first = False


def _children(node: Any, look: dict[str, Any]) -> list[Run]:
    found = list(_said(node.text, look))
    for item in node:
        found += _inline(item, look)
        found += _said(item.tail, look)
    return found


_INLINE = {"strong": {"bold": True}, "em": {"italic": True}, "code": {"code": True}}


def _inline(item: Any, look: dict[str, Any]) -> list[Run]:
    if item.tag == "br":
        return [Run("\n", **look)]
    more = {"href": item.get("href") or ""} if item.tag == "a" else _INLINE.get(item.tag, {})
    return _children(item, {**look, **more})


def _said(text: str | None, look: dict[str, Any]) -> list[Run]:
    # Line ends of the HTML are no breaks: a break is a `br`.
    words = re.sub(r"[ \t]*\n[ \t]*", "" if not (text or "").strip() else " ", text or "")
    return [Run(words, **look)] if words else []


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs without blanks at either end, and beside breaks."""
    listed = list(runs)
    while listed and not listed[0].text.lstrip():
        listed.pop(0)
    while listed and not listed[-1].text.rstrip():
        listed.pop()
    if listed:
        listed[0] = replace(listed[0], text=listed[0].text.lstrip())
        listed[-1] = replace(listed[-1], text=listed[-1].text.rstrip())
    found: list[Run] = []
    for run in listed:
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", run.text)
        if found and found[-1].text.endswith("\n"):
            text = text.lstrip(" ")
        found.append(replace(run, text=text))
    return tuple(run for run in found if run.text)


def markdown_of(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown that renders to the same blocks."""
    said: list[str] = []
    counts: dict[int, int] = {}
    before: Block | None = None
    for block in blocks:
        in_list = block.role in (Role.BULLET, Role.NUMBER)
        if not in_list and not (block.role == Role.TEXT and block.level):
            counts = {}
        elif in_list:
            counts = {k: v for k, v in counts.items() if k <= block.level}
            counts[block.level] = counts.get(block.level, 0) + 1
        words = _block_words(block, counts.get(block.level, 1))
        if words:
            tight = in_list and before is not None and before.role in (Role.BULLET, Role.NUMBER)
            said.append(("\n" if tight else "\n\n") + words if said else words)
            before = block
    return "".join(said)


def plain_of(blocks: Iterable[Block]) -> str:
    """The words of blocks on one line: a heading."""
    words = " ".join("".join(run.text for run in block.runs) for block in blocks)
    return " ".join(words.split())


def _block_words(block: Block, number: int) -> str:
    runs = _trimmed(plain_runs(block.runs))
    if block.role == Role.CODE:
        # Nothing is code by its indent alone here, so each line says so itself.
        lines = "".join(run.text for run in runs).split("\n")
        return "\n".join(_ticked(line) for line in lines if line.strip())
    if block.role == Role.RULE:
        return _ACROSS.text
    text = _line_words(runs)
    if not text:
        return ""
    indent = _STEP * block.level
    if block.role == Role.HEADING:
        return f"{'#' * max(1, block.level - 2)} {text.replace(chr(10), ' ')}"
    if block.role == Role.QUOTE:
        return "\n".join(f"> {line}" for line in text.split("\n"))
    if block.role in (Role.BULLET, Role.NUMBER):
        sign = "- " if block.role == Role.BULLET else f"{number}. "
        return f"{indent}{sign}" + text.replace("\n", f"\n{indent}{_STEP}")
    return indent + text.replace("\n", f"\n{indent}")


def _line_words(runs: Sequence[Run]) -> str:
    """The words of a paragraph with emphasis and links as marks."""
    said = "".join(_run_words(run) for run in runs)
    return "\n".join(_LINE_START.sub(_quoted, line) for line in said.split("\n"))


def _quoted(found: re.Match[str]) -> str:
    blanks, sign = found.groups()
    return f"{blanks}{sign}\\" if sign.isdigit() else f"{blanks}\\{sign}"


def _run_words(run: Run) -> str:
    if run.code and run.text.strip():
        return _around(run.text, _ticked)
    text = escape(run.text)
    marks = "**" * run.bold + "*" * run.italic
    if marks:
        parts = text.split("\n")
        text = "\n".join(_around(part, lambda w: f"{marks}{w}{marks[::-1]}") for part in parts)
    if run.href and run.href.rstrip("/") == run.text.strip().rstrip("/"):
        return run.text
    if run.href and re.fullmatch(r"[^\s()<>]+", run.href):
        return _around(text, lambda words: f"[{words}]({run.href})")
    return text


def _around(text: str, wrap: Any) -> str:
    """Words wrapped, the blanks at their ends outside: marks beside a blank are no marks."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{wrap(inner)}{text[start + len(inner) :]}"


def _ticked(words: str) -> str:
    fence = "``" if "`" in words else "`"
    pad = " " if "`" in words else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def escape(text: str) -> str:
    """Typed words so that Markdown shows them as they were typed."""
    text = _ENTITY.sub("&amp;", text)
    text = _ANGLE.sub("&lt;", text)
    return _SPECIAL.sub(lambda found: f"\\{found.group()}", text)
