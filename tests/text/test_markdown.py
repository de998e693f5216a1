import html
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.text.canon import plain
from advocacy.text.markdown import (
    CLEANER_VERSION,
    MOST_ANGLES,
    MOST_BRACKETS,
    MOST_CHARACTERS,
    is_over_cap,
    render,
)

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}
TAGS |= {"h3", "h4", "h5", "h6"}
REL = {"nofollow", "noopener", "noreferrer"}
VOID = {"br", "hr"}


class Strict(HTMLParser):
    """Fails on whatever is not on its own list, on bad nesting, and on comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        for name, value in attrs:
            self.check(tag, name, value or "")
        if tag == "a":
            assert "rel" in names
        if tag not in VOID:
            self.open.append(tag)

    def check(self, tag: str, name: str, value: str) -> None:
        assert (tag, name) in {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start")}
        if name == "href":
            assert urlsplit(value).scheme in {"http", "https", "mailto"}, value
            assert value.lower().startswith(("http:", "https:", "mailto:"))
        if name == "rel":
            assert set(value.split()) == REL
        if name == "start":
            assert value.isdecimal()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def refuse(self, what: str) -> None:
        raise AssertionError(what)

    handle_comment = handle_decl = handle_pi = unknown_decl = refuse


def strict(found: str) -> str:
    """The words of a safe piece of HTML; fails when it is not safe."""
    reader = Strict()
    reader.feed(found)
    reader.close()
    assert not reader.open
    return "".join(reader.words)


HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><b>x</b></template>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<form action=/x><input name=csrf_token><button>go</button></form>",
    "<a href='javascript:alert(1)'>x</a>",
    "<base href=//evil.example>",
    "<div hx-get=/admin hx-trigger=load>x</div>",
    "<p hx-on:click='alert(1)' data-hx-post=/x id=signoff-panel class=button style=color:red>x</p>",
    "<!-- <p hx-swap-oob=true id=x> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<!doctype html><html><body onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](javascript:123)",
    "[x](JaVaScRiPt:123)",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:1)",
    "[x](vbscript:msgbox(1))",
    "[x](tel:911)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/accounts/sign-out)",
    "[x](?acting_for=1)",
    "[x](#top)",
    "[x](https://a.org\" onmouseover=\"alert(1))",
    "[x](https://a.org '\" onmouseover=alert(1) x=\"')",
    "[x](<javascript:alert(1)>)",
    "[a]: javascript:alert(1)\n\n[a]",
    "![x](https://evil.example/track.png)",
    "![x\" onerror=\"alert(1)](x)",
    "<javascript:alert(1)>",
    "<https://a.org/\"onclick=alert(1)>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "https://a.org/<script>alert(1)</script>",
    "https://a.org/\"onmouseover=\"alert(1)",
    "\x02klzzwxh:0000\x03 \x02amp\x03",
    "*a **b* c** <b",
    "</p></div></main><h1>x",
    "{: onclick=alert(1) }",
    "x\n{: #signoff-panel .a style=b }",
    "\ufeff<script\u2028>alert(1)</script>",
    "99999999999. a",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "around", ["{}", "> {}", "- a\n- {}", "**{}**", "# {}", "[{}](https://a.org)"]
)
def test_hostile_text_stays_text(text: str, around: str) -> None:
    strict(render(around.replace("{}", text)))


SIGNS = [
    *"<>[]()!*_`#&;:\"'/\\=-+.\n \t",
    "\n\n",
    "    ",
    "javascript:",
    "https://a.org",
    "onerror=",
]
SIGNS += ["script", "svg", "style", "<a href=", "<!--", "-->", "&#106;", "&lt;", "1. ", "- ", "حق"]
signs = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


@settings(max_examples=300)
@given(signs | st.text())
def test_whatever_is_typed_only_listed_markup_comes_out(text: str) -> None:
    strict(render(text))


@given(signs, st.sampled_from(["", "en", "ar", '"><script>', "en onload=x"]))
def test_a_language_adds_one_safe_wrapper(text: str, lang: str) -> None:
    found, bare = render(text, lang), render(text)
    direction = {"en": "ltr", "ar": "rtl"}.get(lang)
    wrapped = f'<div lang="{lang}" dir="{direction}">{bare}</div>'
    assert found == (wrapped if direction else bare)


@pytest.mark.parametrize(
    ("lang", "direction"),
    [("fa-AF", "rtl"), ("ku-Arab", "rtl"), ("az-Latn", "ltr"), ("ar-Latn", "ltr"), ("fr", "ltr")],
)
def test_the_direction_follows_the_script(lang: str, direction: str) -> None:
    assert f'lang="{lang}" dir="{direction}"' in render("x", lang)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** *c*", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("# One\n\n## Two\n\n###### Six", "<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("camps.In Syria", "<p>camps.In Syria</p>"),
        ("mail a@b.org", "<p>mail a@b.org</p>"),
        ("", ""),
    ],
)
def test_ordinary_text(text: str, expected: str) -> None:
    assert render(text) == expected


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("[x](https://a.org/b)", "https://a.org/b", "x"),
        ("[x](mailto:press@a.org)", "mailto:press@a.org", "x"),
        ("see https://a.org/b?c=1&d=2.", "https://a.org/b?c=1&d=2", "see https://a.org/b?c=1&d=2."),
        ("(http://a.org/b)", "http://a.org/b", "(http://a.org/b)"),
        ("انظر https://a.org/b، الآن", "https://a.org/b", "انظر https://a.org/b، الآن"),
        ("<https://a.org>", "https://a.org", "https://a.org"),
    ],
)
def test_addresses_become_links_that_tell_nothing_of_us(
    text: str, address: str, words: str
) -> None:
    found = render(text)
    assert f'href="{html.escape(address)}"' in found
    assert 'rel="nofollow noopener noreferrer"' in found
    assert strict(found).strip() == words


@pytest.mark.parametrize(
    "text",
    [
        "<b>must not</b>",
        "<!-- must not -->",
        "<style>must not</style> go",
        "[note]: https://a.org (must not)",
        "[//]: # (must not)",
        "![must not](https://a.org/x.png)",
        "    must not",
        "must not\n---",
        "<textarea>must not",
    ],
)
def test_words_never_vanish_from_what_is_signed(text: str) -> None:
    assert "must not" in strict(render(text))


@given(st.lists(st.sampled_from(["must", "not", "<b>", "<!--", "-->", "</p>", "&", "حق", "\n"])))
def test_no_word_is_swallowed_with_markup(parts: list[str]) -> None:
    text = " ".join(parts)
    assert plain(strict(render(text))).split() == plain(text).split()


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MOST_CHARACTERS + 1),
        "[" * 20_000,
        "![[]()" * 1_400,
        "[" * MOST_BRACKETS + "!",
        "<" * (MOST_ANGLES + 1),
        ">" * 21,
        "- " * 21 + "a",
        "1. - > " * 7 + "a\n\n**b**\nc <script>",
    ],
)
def test_over_a_cap_the_text_is_shown_as_typed(text: str) -> None:
    text = text if text.endswith(">") or ">" in text else text + "\n**b** <script>\n\nlast"
    assert is_over_cap(text)
    found = render(text)
    assert strict(found.replace("<br>", "\n").replace("</p>\n<p>", "\n\n")) == text


def test_at_the_caps_markdown_is_still_used() -> None:
    text = "**a** " + "!" * MOST_BRACKETS + "<" * MOST_ANGLES
    text += " b" * ((MOST_CHARACTERS - len(text)) // 2)
    assert not is_over_cap(text)
    assert "<strong>a</strong>" in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500,
        "[a](" + "(" * 19_000,
        "(" * 12_000 + "http://a.bc",
        "http://a" + ")" * 19_000,
        "[a](<" * 200 + "a" * 18_000,
        "a\n---\n" * 3_300,
        "a" + " " * 19_000 + "b",
        "`a" * 10_000,
        "a" + "\u0301\u0316" * 9_900,
        "* " * 9_000 + "a",
    ],
)
def test_no_text_keeps_a_worker_busy(text: str) -> None:
    start = time.thread_time()
    strict(render(text))
    assert time.thread_time() - start < 4  # typed in good faith: some milliseconds


def test_threads_do_not_mix_their_texts() -> None:
    found: dict[int, set[str]] = {}

    def work(number: int) -> None:
        found[number] = {render(f"**{number}** [x](https://a.org/{number})") for _ in range(30)}

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(texts) == 1 and f">{n}<" in min(texts) for n, texts in found.items())
    assert len(found) == 4


def test_the_cleaners_version_names_all_three_steps() -> None:
    assert len(CLEANER_VERSION.split("-")) == 4
