"""Rich text and its canonical Markdown: what an editor holds, and what is kept and signed.

`parse` reads Markdown by way of `markdown.render`, so that the two never differ on what a text
means; `write` gives the Markdown that renders to these blocks. Marks that Markdown cannot carry
(on a blank, on half a word beside another mark) are left out of what is written.
"""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import groupby

from advocacy.text.canon import normalise
from advocacy.text.markdown import SCHEMES, is_over_cap, render

PARAGRAPH, BULLETS, NUMBERS = "paragraph", "bullet_list", "ordered_list"
ITEM, QUOTE = "list_item", "quote"
MARKS = ("strong", "em", "code")
DEEPEST = 8
"""Lists and quotes in one another; what lies deeper is written at this depth."""


@dataclass(frozen=True)
class Run:
    """Signs with the same look. href: where they lead, or empty. A line feed breaks the line."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph (runs), a list (items), an item or a quote (blocks)."""

    kind: str
    runs: tuple[Run, ...] = ()
    blocks: tuple["Block", ...] = ()
    start: int = 1

    @property
    def words(self) -> str:
        """The words of a paragraph alone."""
        return "".join(run.text for run in self.runs)


# --- the one form of a tree ----------------------------------------------------------------------


def tidy(blocks: tuple[Block, ...], depth: int = 0) -> tuple[Block, ...]:
    """The same without what is empty, equal neighbours as one: what Markdown can say."""
    found: list[Block] = []
    for block in blocks:
        if block.kind == PARAGRAPH:
            found += _paragraphs(block.runs)
        elif depth >= DEEPEST and block.kind != ITEM:
            found += tidy(_leaves(block), depth)
        else:
            inside = tidy(block.blocks, depth + 1)
            if not inside:
                continue
            before = found[-1] if found else None
            if before and before.kind == block.kind and block.kind != ITEM:
                joined = before.blocks + inside
                found[-1] = replace(before, blocks=tidy(joined, depth + 1))
            else:
                found.append(Block(block.kind, (), inside, block.start))
    return tuple(found)


def _leaves(block: Block) -> tuple[Block, ...]:
    if block.kind == PARAGRAPH:
        return (block,)
    return tuple(leaf for inside in block.blocks for leaf in _leaves(inside))


def _paragraphs(runs: tuple[Run, ...]) -> list[Block]:
    """One paragraph, or several where a line is empty. Lines neither begin nor end with blanks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, part in enumerate(normalise_run(run.text).split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(replace(run, text=part))
    groups = groupby((_line(line) for line in lines), key=bool)
    return [Block(PARAGRAPH, _joined(list(group))) for is_full, group in groups if is_full]


def normalise_run(text: str) -> str:
    """A part of a text in the form it is kept in; blanks at its ends stay."""
    kept = normalise(f"x{text}x")[1:-1]
    return "\n".join(re.sub(r"[^\S\n]", " ", line) for line in kept.split("\n"))


def _line(runs: list[Run]) -> tuple[Run, ...]:
    parts: list[Run] = []
    for run in runs:
        if "code" in run.marks and run.text.strip():
            run = replace(run, text=run.text.strip() if len(runs) == 1 else run.text)
        core = run.text.strip(" ")
        if not core or not (run.marks or run.href):
            parts.append(Run(run.text) if not core else run)
            continue
        at = run.text.index(core)
        around = (Run(run.text[:at]), replace(run, text=core), Run(run.text[at + len(core) :]))
        parts += [part for part in around if part.text]
    merged = _merged(parts)
    if merged:
        merged[0] = replace(merged[0], text=merged[0].text.lstrip(" "))
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip(" "))
    return tuple(run for run in merged if run.text)


def _merged(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if found and (found[-1].marks, found[-1].href) == (run.marks, run.href):
            found[-1] = replace(run, text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return found


def _joined(lines: list[tuple[Run, ...]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n"), *line] if runs else line
    return tuple(_merged(runs))


# --- to Markdown ---------------------------------------------------------------------------------


def write(blocks: tuple[Block, ...]) -> str:
    """The canonical Markdown of a text. Over the caps of Markdown: its words, as they are shown."""
    text = normalise(_blocks(tidy(blocks)))
    if is_over_cap(text):
        return literal(blocks)
    return text


def literal(blocks: tuple[Block, ...]) -> str:
    """The words alone, a paragraph each."""
    return normalise("\n\n".join(leaf.words for block in blocks for leaf in _leaves(block)))


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(_WRITE[block.kind](block) for block in blocks)


def _quote(block: Block) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _blocks(block.blocks).split("\n"))


def _list(block: Block) -> str:
    is_tight = _is_tight(block)
    items = []
    for number, item in enumerate(block.blocks, block.start):
        mark = f"{number}. " if block.kind == NUMBERS else "- "
        items.append(mark + _indented(_item(item, "\n" if is_tight else "\n\n")))
    return ("\n" if is_tight else "\n\n").join(items)


def _is_tight(listed: Block) -> bool:
    """Whether each item is one paragraph, with one such list below it at most."""
    return all(
        item.blocks[0].kind == PARAGRAPH
        and len(item.blocks) <= 2
        and all(
            inside.kind in (BULLETS, NUMBERS) and _is_tight(inside) for inside in item.blocks[1:]
        )
        for item in listed.blocks
    )


def _item(item: Block, between: str) -> str:
    blocks = item.blocks
    if blocks[0].kind != PARAGRAPH:
        # Markdown has no item that begins with a list: a sign stands before it.
        blocks = (Block(PARAGRAPH, (Run("\u2013"),)), *blocks)
    return between.join(_WRITE[block.kind](block) for block in blocks)


def _indented(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"    {line}" if line else "" for line in rest)])


_ESCAPED = re.compile(r"[\\`]")
_SIGNS = re.compile(r"[\\`*_{}\[\]()#+!]")
_SPECIAL = re.compile(r"[\\`*_\[\]<&]|://")
_OURS = re.compile(r"\*{1,3}[^\s*]")
_STAR = re.compile(r"(?<!\s)\*|\*(?!\s)")
_LINE_SCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=[A-Za-z0-9#\\])")
_POINTED = re.compile(r"<(?=(?:[Ff]|[Hh][Tt])[Tt][Pp])")
_LINE_START = re.compile(r"^(?:(?=[#>*_-])|(?=\+[ ])|(?=\+$))", re.MULTILINE)
_NUMBER_START = re.compile(r"^([0-9]+)\.(?=\s|$)", re.MULTILINE)
_UNSAFE = re.compile(r"[()<>\"'\\`\[\]*\s{}|^]")


def _plain(text: str, *, fully: bool) -> str:
    if fully:
        text = _SIGNS.sub(lambda sign: "\\" + sign.group(), text)
        text = _ENTITY.sub("&#38;", text)
    else:
        text = _ESCAPED.sub(lambda sign: "\\" + sign.group(), text)
        text = _LINE_SCORE.sub(r"\\_", _STAR.sub(r"\\*", text))
    return _POINTED.sub("&lt;", text)


def _paragraph(block: Block) -> str:
    """The plainest writing that reads back the same: words first, then links, then looks."""
    runs = block.runs
    text = _runs(runs, fully=False)
    if not _SPECIAL.search(text) or _back(text) == runs:
        return text
    bare = tuple(_merged([replace(run, marks=_NONE) for run in runs]))
    plain = (Run(block.words),)
    for tried in (runs, bare, plain):
        text = _runs(tried, fully=True)
        if _back(text) == tried:
            return text
    return text


_NONE: frozenset[str] = frozenset()


def _back(text: str) -> tuple[Run, ...]:
    read = parse(text)
    return read[0].runs if len(read) == 1 else ()


def _runs(runs: tuple[Run, ...], *, fully: bool) -> str:
    linked = groupby(runs, key=lambda run: run.href)
    return _at_starts("".join(_linked(href, list(own), fully=fully) for href, own in linked))


def _at_starts(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        # What we wrote ourselves (bold) begins with a mark that is meant.
        return "" if _OURS.match(text, found.start()) else "\\"

    return _NUMBER_START.sub(r"\1\\.", _LINE_START.sub(mark, text))


def _linked(href: str, runs: list[Run], *, fully: bool) -> str:
    words = "".join(run.text for run in runs)
    if not href or words == href:
        return "".join(_run(run, fully=fully) for run in runs)
    inner = "".join(_run(run, fully=True) for run in runs)
    return f"[{inner}]({_address(href)})"


def _run(run: Run, *, fully: bool) -> str:
    if "code" in run.marks:
        longest = max((len(ticks) for ticks in re.findall("`+", run.text)), default=0)
        fence = "`" * (longest + 1)
        pad = " " if longest and (run.text[0] == "`" or run.text[-1] == "`") else ""
        text = f"{fence}{pad}{run.text}{pad}{fence}"
    else:
        text = _plain(run.text, fully=fully)
    stars = "*" * (2 * ("strong" in run.marks) + ("em" in run.marks))
    return f"{stars}{text}{stars}"


def _address(href: str) -> str:
    return _UNSAFE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), href)


def address(href: object) -> str:
    """A link's address as it is kept; empty for one that may not stand in a text."""
    if not isinstance(href, str):
        return ""
    given = normalise(href).strip()
    if re.search(r"\s", given) or given.partition(":")[0].lower() not in SCHEMES:
        return ""
    if not re.match(r"https?://[^/]|mailto:.", given, re.IGNORECASE):
        return ""
    return given if _UNSAFE.search(given) is None else _address(given)


_WRITE = {PARAGRAPH: _paragraph, BULLETS: _list, NUMBERS: _list, QUOTE: _quote}


# --- from Markdown -------------------------------------------------------------------------------


def parse(text: str) -> tuple[Block, ...]:
    """The blocks that this Markdown means."""
    reader = _Reader()
    reader.feed(render(text))
    reader.close()
    reader.end_paragraph()
    return tidy(tuple(reader.stack[0].blocks))


class _Open:
    """A block that is being read."""

    def __init__(self, kind: str, start: int = 1) -> None:
        self.kind, self.start = kind, start
        self.blocks: list[Block] = []


_KINDS = {"ul": BULLETS, "ol": NUMBERS, "li": ITEM, "blockquote": QUOTE}
_LOOKS = {"strong": "strong", "em": "em", "code": "code"}
_LINES = {"p", "h3", "h4", "h5", "h6", "pre", "hr", "div"}


class _Reader(HTMLParser):
    """Reads what `render` wrote, which is clean and well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [_Open("")]
        self.runs: list[Run] = []
        self.looks: list[str] = []
        self.href = ""
        self.is_pre = self.was_break = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block or a look begins."""
        if tag in _KINDS:
            self.end_paragraph()
            start = dict(attrs).get("start") or "1"
            self.stack.append(_Open(_KINDS[tag], int(start) if start.isdigit() else 1))
        elif tag in _LINES:
            self.end_paragraph()
            self.is_pre = tag == "pre"
            self._bold(tag, begins=True)
        elif tag == "br":
            self.runs.append(Run("\n"))
            self.was_break = True
        elif tag == "a":
            self.href = address(dict(attrs).get("href"))
        elif tag in _LOOKS:
            self.looks.append(_LOOKS[tag])

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag in _KINDS:
            self.end_paragraph()
            done = self.stack.pop()
            self.stack[-1].blocks.append(Block(done.kind, (), tuple(done.blocks), done.start))
        elif tag in _LINES:
            self.end_paragraph()
            self._bold(tag, begins=False)
            self.is_pre = False
        elif tag == "a":
            self._unlink()
        elif tag in _LOOKS and _LOOKS[tag] in self.looks:
            self.looks.remove(_LOOKS[tag])

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.is_pre:
            if self.was_break:
                data = data.removeprefix("\n")
            data = data.replace("\n", " ")
        self.was_break = False
        if data.strip() or self.runs:
            self.runs.append(Run(data, frozenset(self.looks), self.href))

    def _bold(self, tag: str, *, begins: bool) -> None:
        if tag[0] == "h" and tag != "hr":
            self.looks = ["strong"] if begins else []

    def _unlink(self) -> None:
        """An address that stands for itself needs no mark: it becomes a link when it is shown."""
        linked = [run for run in self.runs if run.href]
        href, self.href = self.href, ""
        last = "".join(run.text for run in linked[-1:])
        if self.runs and href and last == href and self.runs[-1].href:
            self.runs[-1] = replace(self.runs[-1], href="")

    def end_paragraph(self) -> None:
        """What was read so far is a paragraph."""
        if self.runs:
            self.stack[-1].blocks.append(Block(PARAGRAPH, tuple(self.runs)))
        self.runs = []
