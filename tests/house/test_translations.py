"""The pages speak French, Spanish and Arabic: catalogues, lists, mails, and no unmarked word."""

import importlib
import io
import json
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import available_timezones

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from werkzeug.exceptions import HTTPException

from advocacy.app import create_app
from advocacy.asks.actions import NewAsk
from advocacy.config import Config
from advocacy.ground.unit import Database
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.reference import actions as reference
from advocacy.reference import queries as places
from advocacy.reference import rules as lists
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
from advocacy.web import reasons
from advocacy.web.db import db
from tests.browser import Browser
from tests.house.source import ROOT
from tests.signoff import scene
from tests.world import NOW, ORGANISATIONS, World, founder

WORDS = ROOT / "advocacy" / "translations"
LANGUAGES = ("fr", "es", "ar")
MARK = re.compile(r"%\([^)]*\)\w|\{[^}]*\}")
# What somebody who answers for an organisation meets: nobody consents in a foreign language.
ANSWERING = (
    "templates/base.html",
    "templates/_",
    "templates/components/",
    "templates/errors/",
    "templates/signoff/",
    "templates/receipts/",
    "templates/accounts/sign-in.html",
    "templates/accounts/link.html",
    "advocacy/signoff/",
    "advocacy/receipts/",
)
ANSWERING_REASONS = ("acts.", "access.", "form.", "signoff.", "rounds.")
MAILS = sorted(
    path.parent.name
    for path in (ROOT / "advocacy").glob("*/mail.py")
    if path.parent.name != "outbox"
)


def _file(language: str, kind: str) -> Path:
    return WORDS / language / "LC_MESSAGES" / f"messages.{kind}"


@cache
def catalogue(language: str) -> Catalog:
    with _file(language, "po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def collected() -> dict[str, set[str]]:
    """Every sentence the code marks -> the files it stands in."""
    with (WORDS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    marked = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
    found: dict[str, set[str]] = {}
    for path, _line, said, _notes, _context in extract_from_dir(ROOT, methods, options, marked):
        found.setdefault(said if isinstance(said, str) else said[0], set()).add(path)
    return found


def missing(language: str, sentences: set[str]) -> list[str]:
    its = catalogue(language)
    return sorted(s for s in sentences if not (m := its.get(s)) or not all(_said(m)))


def _said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


# --- the catalogues ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_served_is_what_was_written(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue(language))
    assert made.getvalue() == _file(language, "mo").read_bytes(), "Compile them: make words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_fact_of_its_sentence(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        if message.id and message.string and all(_said(message)):
            wrong += [(message.id, s) for n, s in enumerate(_said(message)) if _lost(message, n, s)]
    assert not wrong


def _lost(message: Message, n: int, said: str) -> bool:
    """Whether a form has a fact the sentence lacks, or lacks one. A single word may count to two:
    the forms of Arabic for none, one and two, and the singular, need no figure."""
    if isinstance(message.id, str):
        return Counter(MARK.findall(said)) != Counter(MARK.findall(message.id))
    known, here = set(MARK.findall(message.id[1])), set(MARK.findall(said))
    may_lack = {"%(num)d", "%(num)s"} if n < len(_said(message)) - 3 or n == 0 else set()
    return bool(here - known or known - here - may_lack)


@pytest.mark.parametrize(("language", "forms"), [("fr", 2), ("es", 2), ("ar", 6)])
def test_plurals_have_all_forms_of_the_language(language: str, forms: int) -> None:
    assert catalogue(language).num_plurals == forms
    plural = [m for m in catalogue(language) if m.id and m.pluralizable]
    assert plural
    assert [m.id for m in plural if len(_said(m)) != forms] == []
    assert not [m.id for m in catalogue(language) if m.fuzzy and m.id]


def test_a_number_picks_its_form_in_arabic() -> None:
    """None, one, two, a few (3 to 10), many (11 to 99), and the hundreds."""
    with _file("ar", "mo").open("rb") as file:
        said = GNUTranslations(file)
    days = {n: said.ngettext("%(num)d day left", "%(num)d days left", n) for n in range(200)}
    picked = {n: said.plural(n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 160)}  # type: ignore[attr-defined]  # set from the header
    assert list(picked.values()) == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]
    assert (days[3], days[11], days[100]) == (
        "بقيت %(num)d أيام",
        "بقي %(num)d يومًا",
        "بقي %(num)d يوم",
    )


def test_who_answers_meets_no_sentence_in_a_foreign_language() -> None:
    sentences = {
        said
        for said, files in collected().items()
        if any(file.startswith(ANSWERING) for file in files)
    }
    sentences |= {str(w) for code, w in reasons.WORDS.items() if code.startswith(ANSWERING_REASONS)}
    assert len(sentences) > 200
    for language in LANGUAGES:
        assert missing(language, sentences) == [], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_all_of_the_rest_is_translated_too(
    language: str, record_property: Any, request: pytest.FixtureRequest
) -> None:
    lacking = missing(language, set(collected()))
    share = 1 - len(lacking) / len(collected())
    record_property(f"translated_{language}", f"{share:.1%}")
    assert share >= 0.97, f"{share:.1%}. Translate these, then `make words`: {lacking}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_kept_that_no_page_says(language: str) -> None:
    kept = [m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id]
    gone = sorted(set(kept) - set(collected()))
    assert len(gone) <= len(kept) // 20, f"Take them out: make words. {gone}"


def test_no_style_slants_a_word() -> None:
    """Arabic has no slanted letters. The one button that offers them shows what it does."""
    sheets = "".join(path.read_text() for path in (ROOT / "static" / "css").glob("*.css"))
    slanted = re.findall(r"([^{}]*)\{[^{}]*font(?:-style)?:[^;{}]*(?:italic|oblique)", sheets)
    assert [rule.strip() for rule in slanted if '[data-does="italic"]' not in rule] == []


# --- lists and mails -----------------------------------------------------------------------------


def _labels(path: Path) -> list[dict[str, str]]:
    """The names in a list that ships with the service, each by language; none for places."""
    said = json.loads(path.read_text("utf-8"))
    items = [said, *said.get("items", [])] if isinstance(said, dict) else said
    return [item["label"] for item in items if "label" in item]


def test_lists_are_named_in_all_four_languages() -> None:
    paths = sorted((ROOT / "advocacy" / "reference" / "data").glob("*.json"))
    labels = [(path.name, one) for path in paths for one in _labels(path)]
    assert len(labels) > 30
    assert [one for one in labels if not all(one[1].get(k) for k in ("en", *LANGUAGES))] == []


def _letters(module: ModuleType) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in vars(module).items():
        if isinstance(value, dict) and "en" in value:
            yield name, value


@pytest.mark.parametrize("room", MAILS)
def test_a_mail_is_written_in_all_four_languages_with_the_same_facts(room: str) -> None:
    letters = dict(_letters(importlib.import_module(f"advocacy.{room}.mail")))
    assert letters
    for name, said in letters.items():
        assert set(said) == {"en", *LANGUAGES}, name
        facts = {key: _facts_of(words) for key, words in said.items()}
        assert len(set(map(str, facts.values()))) == 1, (name, facts)


def _facts_of(words: Any) -> list[str]:
    return sorted(set(MARK.findall(words if isinstance(words, str) else " ".join(words))))


# --- no word on a page is unmarked ---------------------------------------------------------------

# Words that no catalogue holds, and why. Anything else in plain letters was never marked.
EXPLAINED = {
    r"\b[0-9a-f]{12,}\b": "a fingerprint",
    r"\b[\w.]+@[\w.]+\b": "an address",
    r"\bR-[0-9a-f]{8}\b": "a reference",
    r"\b[A-Z0-9]{10}\b": "a reference",
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Tue|Wed|Thu|Sat)(?:day)?\b": "Babel says the day",
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b": "Babel says the month",
    r"(?:, )+\s*and\b": "Babel puts things in a line",
    r"\bTST\d+\b": "a P-code",
    r"\b(?:AM|PM)\b": "Babel says the hour",
    r"\b(?:English|Français|Español)\b": "a language is called as its speakers call it",
    r"\bAdvocacy\b": "the name of the service, from the settings",
}
_VOID = {"input", "br", "meta", "link", "img", "hr", "use", "path", "circle", "rect", "line", "col"}
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-sending")


class Page(HTMLParser):
    """What a page says in our words: not in what people wrote, which bdi, lang and dir mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.links: list[str] = []
        self._begun = ""
        self.feed(html)
        self._say(self._begun)

    def _theirs(self) -> bool:
        return any(theirs for _tag, theirs in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        theirs = (
            tag in {"bdi", "script", "style", "code", "textarea"}
            or given.get("dir") == "auto"
            or ("lang" in given and tag != "html")
            or "prose" in given.get("class", "").split()
        )
        if not (theirs or self._theirs()):
            self.said += [given[name] for name in _SPOKEN if given.get(name)]
        if given.get("href", "").startswith("/"):
            self.links.append(given["href"].split("#")[0])
        if tag not in _VOID:
            self.open.append((tag, theirs))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == before for before, _theirs in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._theirs():
            return
        # A name may stand inside a sentence, in a `bdi` of its own: the sentence goes on after it.
        text = self._begun + data
        if text.count("⟦") > text.count("⟧"):
            self._begun = text
        else:
            self._begun = ""
            self._say(text)

    def _say(self, text: str) -> None:
        if text.strip():
            self.said.append(" ".join(text.split()))


def unmarked(said: str, content: re.Pattern[str]) -> str:
    """The plain words left of a text when marked, explained and written ones are taken out."""
    left, before = said, ""
    while left != before:
        before, left = left, re.sub(r"⟦[^⟦⟧]*⟧", "", left)
    left = content.sub("", left)
    for pattern in EXPLAINED:
        left = re.sub(pattern, "", left)
    return left.strip() if re.search(r"[A-Za-z]{2}", left) else ""


@dataclass
class Walk:
    """A person's way through the pages: at most so many of each door."""

    app: Flask
    browser: Browser
    most: int = 2
    found: dict[str, set[str]] = field(default_factory=dict)
    doors: Counter[str] = field(default_factory=Counter)

    def _door(self, path: str) -> str:
        try:
            door, _ids = self.app.url_map.bind("localhost").match(path.split("?")[0])
        except HTTPException:
            return "nowhere"
        return str(door)

    def go(self, *starts: str) -> None:
        ahead, seen = deque(starts), set(starts)
        while ahead:
            path = ahead.popleft()
            door = self._door(path)
            self.doors[door] += 1
            if door in {"static", "language", "leave"} or self.doors[door] > self.most:
                continue
            answer = self.browser.client.get(path)
            shown = "html" in answer.content_type and not answer.location
            page = Page(answer.get_data(as_text=True) if shown else "")
            self.found.setdefault(door, set()).update(page.said)
            nexts = [*page.links, answer.location or ""]
            ahead.extend(new for new in nexts if new.startswith("/") and new not in seen)
            seen.update(nexts)


@pytest.fixture
def pseudo(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application with the language in which every marked letter is changed."""
    config = Config.from_environment(
        {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret of tests, long enough for them",
            "DATA_DIR": str(tmp_path / "data"),
            "DEMO": "1",
            "PSEUDO_LOCALE": "1",
        }
    )
    made = create_app(config)
    made.config.update(PROPAGATE_DEFECTS=True, TESTING=True)
    _forget_kept_words()
    yield made
    _forget_kept_words()
    with made.app_context():
        db.engine.dispose()


def _forget_kept_words() -> None:
    """What a process keeps per language is English here, and changed English there."""
    for name in [name for name in sys.modules if name.startswith("advocacy.")]:
        for kept in list(vars(sys.modules[name]).values()):
            if type(kept).__name__ == "_lru_cache_wrapper":
                kept.cache_clear()


@pytest.fixture
def lived_in(database: Database, world: World) -> World:
    """Testland with a draft, a text put to its circle, a protection risk and a recommendation."""
    actor = world.actor("relief")
    with database.writing(founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, lists.testland())
        area = next(a.id for a in places.areas(session, "TST") if a.name == "Blue Valley")
    asked = scene.frozen(database, world)
    with database.writing(actor) as session:
        asked.open_round(session, actor, scene.ids(world, "relief", "legal", "women"))
        scene.start(session, actor, world, title="Shelter before winter")
        threats.report(
            session,
            actor,
            workspace_id=world.workspace_id,
            entry=Entry(
                risk_code="PR15",
                title="Checkpoints turn back clinic teams",
                summary="Health teams are stopped on the valley road.",
                area_id=area,
                severity=4,
                trend="worsening",
                people_low=1_200,
                people_high=1_500,
                how_known="several",
                party="militia",
                sensitivity=1,
                narrative="They were held in the mill.",
            ),
            sharing=Sharing("members"),
        )
    with database.writing(actor) as session:
        to = institutions.add(
            session, actor, workspace_id=world.workspace_id, name="Valley Office", kind="authority"
        )
        recommendations.add(
            session,
            actor,
            workspace_id=world.workspace_id,
            reach="public",
            new=NewText(title="Let clinics through", text="Let every clinic through by day"),
            to=NewAsk(to.id),
        )
    return world


@cache
def written() -> re.Pattern[str]:
    """What people wrote in this world, and the lists that are data. The longest first."""
    said = {name for name, _kind, _standing in ORGANISATIONS.values()}
    said |= {f"{key.title()} Person" for key in ORGANISATIONS}
    said |= {area.name for area in lists.testland()} | {
        "Testland",
        scene.TITLE,
        "Shelter before winter",
    }
    said |= {text for clause in scene.CLAUSES for text in (clause.heading, clause.text)}
    said |= {"So that the sick are treated.", "Everybody", "The organisations listed under it"}
    said |= {"Checkpoints turn back clinic teams", "Valley Office", "Let clinics through"}
    said |= {"Health teams are stopped on the valley road.", "They were held in the mill."}
    said |= {"Let every clinic through by day"}
    for path in (ROOT / "advocacy" / "reference" / "data").glob("*.json"):
        said |= {one["en"] for one in _labels(path)}
    zones = {zone.replace("_", " ") for zone in available_timezones()}
    said |= zones | {zone.rpartition("/")[2] for zone in zones} | available_timezones()
    longest = sorted((s for s in said if s), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(s)}(?!\w)" for s in longest))


def left_over(app: Flask, database: Database, world: World, key: str, *starts: str) -> Walk:
    walk = Walk(app, Browser.open(app, database, world, key))
    walk.go(*starts)
    return walk


STARTS = ("/", "/accounts/sign-in", "/accounts/forgot", "/accounts/me", "/nowhere", "/threats/x")


@pytest.mark.parametrize("key", ["relief", "cluster", "donor", ""])
def test_no_word_of_ours_is_unmarked(
    pseudo: Flask, database: Database, lived_in: World, key: str
) -> None:
    walk = left_over(pseudo, database, lived_in, key, *STARTS)
    plain = {
        (door, left)
        for door, texts in walk.found.items()
        for text in texts
        if (left := unmarked(text, written()))
    }
    assert not plain
    if key == "relief":
        assert {"home.today", "positions.positions", "answers.read", "answers.answer"} <= set(
            walk.doors
        )
        assert {
            "threats.new",
            "picture.register",
            "recommendations.recommendations",
            "nowhere",
        } <= (set(walk.doors))


def test_an_unmarked_word_would_be_found() -> None:
    said = Page("<p>⟦Sîgn⟧ <b>⟦Réàd ⟦nôw⟧⟧</b> Oops <bdi>Relief Network</bdi></p>").said
    assert [left for text in said if (left := unmarked(text, written()))] == ["Oops"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_stand_in_every_language(
    app: Flask, database: Database, lived_in: World, language: str
) -> None:
    """No page fails on a translation, and none is left in English."""
    browser = Browser.open(app, database, lived_in, "relief")
    browser.client.set_cookie("language", language)
    walk = Walk(app, browser, most=1)
    walk.go("/", "/accounts/me", "/nowhere")
    assert len(walk.doors) > 20
    english = {s for s in collected() if len(s) > 25}
    said = {text for texts in walk.found.values() for text in texts}
    left = said & english
    assert not left
