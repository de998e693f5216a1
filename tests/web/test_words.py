"""Dates in the order of each language, and names that do not turn a sentence round."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from advocacy.ground.reasons import Reason
from advocacy.web import reasons, words
from tests.house.source import ROOT, modules

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 7, 5, tzinfo=UTC)
DAYS = {
    "en": ("2 Nov 2026", "2 November 2026", "Mon 2 Nov"),
    "fr": ("2 nov. 2026", "2 novembre 2026", "lun. 2 nov."),
    "es": ("2 nov 2026", "2 de noviembre de 2026", "lun, 2 nov"),
    "ar": ("2 نوفمبر 2026", "2 نوفمبر 2026", "الاثنين، 2 نوفمبر"),
}


@pytest.mark.parametrize("language", DAYS)
def test_a_day_is_written_as_its_language_writes_it(app: Flask, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        said = tuple(words.day(ON, p) for p in ("d MMM y", "d MMMM y", "EEE d MMM"))
    assert said == DAYS[language]


MEANT = {
    "en": ("2 Nov 2026", "Nov 2026", "Q4 2026", "2026"),
    "fr": ("2 nov. 2026", "nov. 2026", "T4 2026", "2026"),
    "es": ("2 nov 2026", "nov 2026", "T4 2026", "2026"),
    "ar": ("2 نوفمبر 2026", "نوفمبر 2026", "الربع الرابع 2026", "2026"),
}


@pytest.mark.parametrize("language", MEANT)
def test_a_date_is_written_as_exactly_as_it_is_meant(app: Flask, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        said = tuple(words.meant(ON, p, "d MMM y") for p in ("day", "month", "quarter", "year"))
        assert words.meant(None, "quarter", "d MMM y") == ""
    assert said == MEANT[language]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Monday 2 November, 09:05"),
        ("fr", "lundi 2 novembre, 09:05"),
        ("es", "lunes, 2 de noviembre, 9:05"),
        ("ar", "الاثنين، 2 نوفمبر، 9:05 ص"),
    ],
)
def test_an_instant_is_said_in_its_own_zone(language: str, said: str) -> None:
    there = AT.astimezone(ZoneInfo("Africa/Cairo"))
    assert words.written(there, "EEEE d MMMM, HH:mm", language).replace("\u202f", " ") == said


ARABIC = "شبكة الإغاثة"


def test_an_arabic_name_is_set_apart_in_an_english_sentence_and_an_english_one_is_not(
    app: Flask,
) -> None:
    with app.test_request_context():
        assert words.isolated(ARABIC) == f"\u2068{ARABIC}\u2069"
        assert words.isolated("Relief Network") == "Relief Network"
        assert words.isolated("") == ""


def test_every_name_is_set_apart_in_an_arabic_sentence(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "ar"}):
        assert words.isolated("Relief (Network)") == "\u2068Relief (Network)\u2069"
        said = app.jinja_env.from_string("{{ _('For %(organisation)s', organisation=name) }}")
        assert "\u2068&lt;Relief&gt;\u2069" in said.render(name="<Relief>")


def test_a_reason_sets_its_names_apart(app: Flask) -> None:
    one = Reason("signoff.change-asked", facts={"name": ARABIC})
    with app.test_request_context():
        assert f"\u2068{ARABIC}\u2069" in reasons.say(one)


def test_no_door_writes_dates_in_an_order_of_its_own() -> None:
    asked = re.compile(r"\bformat_(?:date|datetime|time|skeleton)\b|\bstrftime\b")
    found = [
        str(path)
        for path in modules()
        if path.stem in {"views", "forms", "mail"}
        and asked.search((ROOT / path).read_text("utf-8"))
    ]
    assert found == []
