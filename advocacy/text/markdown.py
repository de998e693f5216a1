"""The one road from written text to HTML.

normalise, caps, Markdown, bleach (links are found in the same pass), nh3 last; nothing touches
the HTML afterwards. Cleaning before rendering would let Markdown build what was cleaned away.
What Markdown would swallow without a trace (HTML, comments, definitions of link names) is shown
as it was typed: what people sign must be what they see.
"""

import re
from functools import partial
from html import escape
from importlib.metadata import version
from xml.etree.ElementTree import Element

import markdown
import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from markdown.treeprocessors import Treeprocessor

from advocacy.text.canon import normalise

MOST_CHARACTERS = 20_000
MOST_BRACKETS = 500
"""Of "[" and "!" together: Markdown is quadratic on them, 8,000 take ten seconds."""
MOST_ANGLES = 200
MOST_LEVELS = 20
"""How many quote or list marks may begin a line: each level is parsed anew."""

CLEANER_VERSION = "-".join(("1", version("markdown"), version("bleach"), version("nh3")))
"""Stored beside a rendered copy; where it differs, the copy is rendered again."""

TAGS = frozenset(
    {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}
    | {"h3", "h4", "h5", "h6"}
)
ATTRIBUTES = {"a": frozenset({"href", "title"}), "ol": frozenset({"start"})}
SCHEMES = frozenset({"http", "https", "mailto"})
REL = "nofollow noopener noreferrer"
_DROPPED_WHOLE = {"script", "style", "template", "svg", "math", "iframe", "object", "noscript"}

_DEEP = re.compile(
    rf"^(?:[ \t]*(?:>|[*+-][ \t]|[0-9]{{1,9}}\.[ \t])){{{MOST_LEVELS + 1}}}", re.MULTILINE
)
# Only what is written as an address becomes a link: bleach's own pattern makes one of
# "camps.In", where a blank was forgotten, and is quadratic on a run of "(".
_ADDRESS = re.compile(
    r"\bhttps?://[^\s<>\"'«»“”،؛؟、。\u200e\u200f\u202a-\u202e\u2066-\u2069]+", re.I
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

# Never: raw HTML; images (they would load from elsewhere, and take their words with them); mail
# addresses made into riddles of entities; indented text as code; dashes that make a heading.
_UNUSED_INLINE = (
    "html automail reference image_link image_reference short_reference short_image_ref"
)


def render(text: str, lang: str = "") -> str:
    """The text as HTML that is safe to place in a page as it is.

    lang: BCP 47 tag; then the whole stands in one `div` with `lang` and `dir`. Without one, or
    with one that is no tag, the page gives the direction.
    Headings start at h3, because a page has its own h1 and h2.
    Over a cap the text is shown as it was typed, with its line breaks, never cut.
    """
    text = normalise(text)
    html = _as_typed(text) if _is_over_cap(text) else _from_markdown(text)
    return _in_language(_last_gate(html), lang)


def is_over_cap(text: str) -> bool:
    """Whether the text is too long or too intricate for Markdown, so that it is shown as typed."""
    return _is_over_cap(normalise(text))


def _is_over_cap(text: str) -> bool:
    return (
        len(text) > MOST_CHARACTERS
        or text.count("[") + text.count("!") > MOST_BRACKETS
        or text.count("<") > MOST_ANGLES
        or _DEEP.search(text) is not None
    )


def _as_typed(text: str) -> str:
    paragraphs = escape(text).split("\n\n")
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)


def _from_markdown(text: str) -> str:
    # New ones for each text: neither may be shared by threads, and both are cheap to make.
    try:
        return _cleaner().clean(_parser().convert(text))
    except RecursionError:
        return _as_typed(text)


class _LowerHeadings(Treeprocessor):
    """h1 becomes h3 and so on; nothing below h6."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                element.tag = f"h{min(int(element.tag[1]) + 2, 6)}"


def _parser() -> markdown.Markdown:
    parser = markdown.Markdown(extensions=["sane_lists", "nl2br"], output_format="html")
    parser.preprocessors.deregister("html_block")
    for name in ("reference", "code", "setextheader"):
        parser.parser.blockprocessors.deregister(name)
    for name in _UNUSED_INLINE.split():
        parser.inlinePatterns.deregister(name)
    parser.treeprocessors.register(_LowerHeadings(parser), "lower_headings", 1)
    return parser


def _cleaner() -> Cleaner:
    links = partial(LinkifyFilter, callbacks=[], skip_tags={"pre", "code"}, url_re=_ADDRESS)
    return Cleaner(
        tags=TAGS,
        attributes={tag: list(names) for tag, names in ATTRIBUTES.items()},
        protocols=SCHEMES,
        strip=True,
        filters=[links],
    )


def _last_gate(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=_DROPPED_WHOLE,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        # An address without a host would point into this site, where a click may mean something.
        url_relative="deny",
        link_rel=REL,
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """The attribute's value, or None to leave it out: a list may start at a number only."""
    if name == "start" and not re.fullmatch("[0-9]{1,9}", value):
        return None
    return value


def _in_language(html: str, lang: str) -> str:
    if not _LANGUAGE.fullmatch(lang):
        return html
    parts = lang.lower().split("-")
    is_rtl = parts[0] in _RIGHT_TO_LEFT or bool({"arab", "hebr"} & set(parts[1:]))
    if "latn" in parts[1:]:
        is_rtl = False
    return f'<div lang="{lang}" dir="{"rtl" if is_rtl else "ltr"}">{html}</div>'
