"""The look: what the stylesheets, scripts and templates promise, read from the files themselves."""

import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import jinja2
import pytest
from jinja2 import meta
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
ERRORS = sorted((TEMPLATES / "errors").glob("*.html"))
OUTSIDE = [page for page in PAGES if "components" not in page.parts]
COMPONENT_FILES = {
    *("page", "form", "table", "filters", "status", "who", "text"),
    *("timeline", "reasons", "audience", "swap", "chart"),
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def environment(undefined: type[jinja2.Undefined] = jinja2.Undefined) -> jinja2.Environment:
    built = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=undefined,
        extensions=["jinja2.ext.i18n"],
    )
    built.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # by the extension
    return built


def macro(file: str, call: str, **facts: Any) -> str:
    source = f'{{% import "components/{file}.html" as m with context %}}{{{{ m.{call} }}}}'
    return environment().from_string(source).render(**facts)


class Elements(HTMLParser):
    """Every start tag of a page, with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def named(self, *tags: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.found if tag in tags]


# --- stylesheets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_a_stylesheet_mirrors_for_arabic_because_it_names_no_side(sheet: Path) -> None:
    sides = re.findall(r"[\w-]*(?:left|right)[\w-]*", sheet.read_text(), re.IGNORECASE)
    assert sides == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_a_stylesheet_asks_no_other_host(sheet: Path) -> None:
    text = sheet.read_text()
    assert "@import" not in text
    for address in re.findall(r"url\(\"?([^)\"]+)", text):
        assert (sheet.parent / address).is_file(), address


def test_the_common_stylesheet_stays_small_on_the_wire() -> None:
    packed = brotli.compress((STATIC / "css" / "base.css").read_bytes())
    assert len(packed) <= 8_000


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def themes() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    text = (STATIC / "css" / "base.css").read_text()
    light, chosen, asked = re.findall(r"\n\s*:root(?:\[[^]]+]|:not\([^)]+\))? \{([^}]*)\}", text)[
        :3
    ]
    return tokens(light), tokens(chosen), tokens(asked)


def test_dark_by_choice_and_dark_by_device_are_the_same_dark() -> None:
    light, chosen, asked = themes()
    assert chosen == asked
    assert chosen.keys() <= light.keys()


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


READ_ON = [
    *[
        (word, ground)
        for word in ("ink", "ink-2", "link")
        for ground in ("ground", "paper", "sunk")
    ],
    *[(kind, f"{kind}-bg") for kind in ("ok", "wait", "stop", "info", "add", "del")],
    *[(kind, "paper") for kind in ("ok", "wait", "stop", "info")],
    *[(f"s{n}-ink", f"s{n}") for n in range(1, 6)],
    ("on-act", "act"),
    ("on-act", "act-2"),
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
    ("on-peer", "peer"),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("word", "ground"), READ_ON)
def test_words_stand_out_from_what_they_stand_on(word: str, ground: str, dark: bool) -> None:
    light, chosen, _ = themes()
    colours = light | (chosen if dark else {})
    high, low = sorted((luminance(colours[word]), luminance(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


# --- scripts and what others made ----------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_a_script_is_short_and_makes_no_code_from_text(script: Path) -> None:
    text = script.read_text()
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|\.on\w+ = ", text)
    assert not re.search(r"https?://", text)


def test_each_behaviour_is_started_once() -> None:
    main = (STATIC / "js" / "main.js").read_text()
    started = set(re.findall(r'from "\./([\w-]+)\.js"', main))
    assert started | {"main"} == {script.stem for script in SCRIPTS}


def test_what_others_made_is_what_was_reviewed() -> None:
    listed = json.loads((STATIC / "vendor" / "VENDOR.json").read_text())
    here = {
        path.relative_to(STATIC / "vendor").as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert {entry["file"]: entry["sha256"] for entry in listed} == here
    for entry in listed:
        assert entry["version"] in entry["file"]
        assert entry["licence"]


def test_every_picture_sign_in_use_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "icons.svg").read_text()))
    used: set[str] = set()
    for page in PAGES:
        text = page.read_text()
        used |= set(re.findall(r'\bicon\("([\w-]+)"', text))
        used |= set(re.findall(r'\bicon="([\w-]+)"', text))
        used |= set(re.findall(r'"icon": "([\w-]+)"', text))
        used |= set(re.findall(r"#i-([\w-]+)", text))
    status = (TEMPLATES / "components" / "status.html").read_text()
    used |= set(re.findall(r'"(?:ok|wait|stop|info|quiet)": "([\w-]+)"', status))
    assert used
    assert used - drawn == set()


# --- templates -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_template_is_whole_and_what_it_names_exists(page: Path) -> None:
    tree = environment().parse(page.read_text())
    for named in meta.find_referenced_templates(tree):
        assert named is None or (TEMPLATES / named).is_file(), named
    environment().get_template(page.relative_to(TEMPLATES).as_posix())


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_template_carries_no_script_and_no_style_of_its_own(page: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", page.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"hx-on|hx-vals=.js:|hx-trigger=\"[^\"]*\[", text)


@pytest.mark.parametrize("page", OUTSIDE, ids=name_of)
def test_fields_tables_and_exchanges_are_written_in_the_components_only(page: Path) -> None:
    assert re.findall(r"\bhx-[a-z]+|<table|<input", page.read_text()) == []


def test_the_components_are_the_fixed_files_and_say_what_they_take() -> None:
    files = sorted((TEMPLATES / "components").glob("*"))
    assert {file.stem for file in files} == COMPONENT_FILES
    for file in files:
        text = file.read_text()
        assert text.startswith("{#")
        told = text.partition("#}")[0]
        for made in re.findall(r"macro (\w+)\(([^)]*)\)", text):
            private = made[0] in told or len(re.findall(rf"\b{made[0]}\(", text)) > 1
            assert private, f"{file.name}: {made[0]} is neither told of nor used"


def test_the_exchange_of_parts_is_hardened() -> None:
    written = macro("swap", "settings()")
    settings = json.loads(Elements(written).named("meta")[0]["content"])
    assert settings | {"responseHandling": []} == {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "selfRequestsOnly": True,
        "timeout": 20000,
        # A style that a script gave an element must not come back as an attribute.
        "attributesToSettle": ["class"],
        "responseHandling": [],
    }
    swapped = [rule["code"] for rule in settings["responseHandling"] if rule["swap"]]
    assert swapped == ["2..", "422"]


@pytest.mark.parametrize("page", ERRORS, ids=name_of)
def test_an_error_page_stands_without_anything_from_the_application(page: Path) -> None:
    strict = environment(jinja2.StrictUndefined)
    html = strict.get_template(f"errors/{page.name}").render()
    elements = Elements(html)
    assert len(elements.named("h1")) == 1
    assert elements.named("html")[0] == {"lang": "en", "dir": "ltr"}
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_page_of_an_absent_record_says_nothing_of_why() -> None:
    bare = environment().get_template("errors/404.html")
    telling = {"reasons": [("It is hidden.", "/x")], "error_links": [("The record", "/x")]}
    assert bare.render() == bare.render(**telling)


# --- components ----------------------------------------------------------------------------------


class Sheet(Form):
    heading = StringField("Title", [InputRequired("Write a title.")])
    words = TextAreaField("Words")
    answer = RadioField(
        "Our answer", [InputRequired("Choose one answer.")], choices=[SelectChoice("e", "E")]
    )


def sent(**typed: str) -> Sheet:
    form = Sheet(MultiDict(typed))
    form.validate()
    return form


def test_each_fault_leads_to_the_field_it_speaks_of() -> None:
    facts = {"form": sent(words="Something")}
    links = Elements(macro("form", "summary(form)", **facts)).named("a")
    drawn = "field(form.heading) ~ m.choices(form.answer, [('e', 'Endorse', 'Our name stands.')])"
    ids = {attrs.get("id") for _, attrs in Elements(macro("form", drawn, **facts)).found}
    assert [link["href"] for link in links] == ["#heading", "#answer-0"]
    assert {link["href"].lstrip("#") for link in links} <= ids


def test_a_field_at_fault_says_so_to_those_who_listen() -> None:
    html = macro("form", "field(form.heading, hint='Short.')", form=sent(words="x"))
    field = Elements(html).named("input")[0]
    assert field["aria-invalid"] == "true"
    for told in field["aria-describedby"].split():
        assert f'id="{told}"' in html
    assert Elements(html).named("label")[0]["for"] == field["id"]


def test_what_a_person_typed_stands_in_the_field_as_words() -> None:
    hostile = "</textarea><script>x</script>"
    html = macro("form", "field(form.words)", form=sent(words=hostile))
    assert Elements(html).named("script") == []
    assert "&lt;script&gt;" in html


def test_each_form_carries_its_token_its_key_and_its_organisation() -> None:
    facts = {"csrf": lambda: "T", "idempotency_key": lambda: "K", "acting_for": "H"}
    fields = Elements(macro("form", "open('/x')", **facts)).named("input")
    carried = {field["name"]: field["value"] for field in fields}
    assert carried == {"csrf_token": "T", "idempotency_key": "K", "acting_for": "H"}


def test_a_form_with_secret_fields_is_never_kept_in_the_browser() -> None:
    form = Elements(macro("form", "open('/x', restricted=True, keep=True)")).named("form")[0]
    assert "data-restricted" in form
    assert "data-keep" not in form
    assert form["autocomplete"] == "off"


def test_each_cell_of_a_table_knows_its_heading_on_a_phone() -> None:
    call = "table('Risks', ['Threat', 'Area', ('People', 'num')], [['Fire', 'Harbour', '12']])"
    cells = Elements(macro("table", call)).named("td")
    assert [cell["data-label"] for cell in cells] == ["Area", "People"]


def test_changed_words_are_told_without_colour_and_stay_words() -> None:
    words = [("same", "We ask "), ("removed", "<b>you</b>"), ("added", "them")]
    html = macro("text", "diff(words)", words=words)
    assert "removed: </bdi>&lt;b&gt;you&lt;/b&gt;</del>" in html
    assert "added: </bdi>them</ins>" in html


def test_the_text_of_people_is_out_of_reach_of_the_exchange_of_parts() -> None:
    for call in ("prose(html)", "plain(html)", "diff([('same', html)])", "quote(html)"):
        html = macro("text", call, html=Markup("<p>x</p>"))
        assert any("hx-disable" in attrs for _, attrs in Elements(html).found), call


def test_a_status_is_a_word_and_a_sign() -> None:
    for kind in ("ok", "wait", "stop", "info", "quiet"):
        html = macro("status", f"st('{kind}', 'Waiting')")
        assert "Waiting" in html
        assert Elements(html).named("use")[0]["href"].partition("#i-")[2]


def test_a_line_of_time_runs_the_other_way_in_arabic() -> None:
    def ticks(rtl: bool) -> list[float]:
        call = f"timeline('t', 'd', [(0, 'Apr'), (50, 'May'), (90, 'Jun')], [], rtl={rtl})"
        lines = [a for a in Elements(macro("chart", call)).named("line") if a["class"] == "g"]
        return [float(line["x1"]) for line in lines]

    assert all(a < b for a, b in pairwise(ticks(False)))
    assert all(a > b for a, b in pairwise(ticks(True)))
