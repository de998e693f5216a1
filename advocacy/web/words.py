"""Words and dates in the reader's language, each of them found once.

Flask-Babel looks for its catalogue, and Babel reads its pattern, anew each time: on a page of a
hundred words that was half of the page. What is kept here belongs to a language, to no reader.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, TypeVar

from babel import Locale, dates
from babel.lists import format_list
from babel.units import format_unit
from flask import Flask, current_app, g, has_request_context
from flask_babel import force_locale, get_babel, get_locale, get_timezone, get_translations
from flask_babel import gettext as _
from jinja2 import Template
from markupsafe import Markup

K = TypeVar("K")

_found_anew: Any = get_translations


def init(app: Flask) -> None:
    """Give templates and rooms the reader's catalogue, found once a request."""
    with app.app_context():
        domain = get_babel(app).instance.domain_instance
    global _found_anew
    _found_anew, domain.get_translations = domain.get_translations, catalogue
    env = app.jinja_env
    env.install_gettext_callables(  # type: ignore[attr-defined]  # by jinja2.ext.i18n
        lambda words: catalogue().ugettext(words),
        lambda one, many, n: catalogue().ungettext(one, many, n),
        newstyle=True,
    )
    env.globals.update(_=_say, gettext=_say, kept=kept, listed=listed)
    env.template_class = _Quick


class _Quick(Template):
    """A template whose macros are made once: none of ours is given globals of its own."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module(None)


def catalogue() -> Any:
    """The translations of this request's language."""
    if not has_request_context():
        return _found_anew()  # the worker speaks many languages in one context
    if "catalogue" not in g:
        g.catalogue = _found_anew()
    return g.catalogue


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Inside a request, speak another language than the reader's until this ends."""
    before = g.pop("catalogue", None)
    with force_locale(language):
        yield
    g.pop("catalogue", None)
    if before is not None:
        g.catalogue = before


def _say(message: str, /, **values: Any) -> Markup:
    """What `_` is in a page. The values are escaped, the translation is ours."""
    if values:
        for key in PEOPLES & values.keys():
            values[key] = isolated(values[key])
        return _translated(catalogue(), str(message)) % values
    return _finished(catalogue(), str(message))


@lru_cache(maxsize=8192)
def _translated(its: Any, message: str) -> Markup:
    return Markup(its.ugettext(message))  # noqa: S704 - from our catalogue, as Jinja does


@lru_cache(maxsize=8192)
def _finished(its: Any, message: str) -> Markup:
    return _translated(its, message) % {}


_MOST_TABLES = 1_000
_tables: dict[tuple[int, int], tuple[Any, Any, Any]] = {}


def table(of: Mapping[K, Any]) -> dict[K, str]:
    """A closed list of words, in the reader's language. For a room's constants only."""
    its = catalogue()
    held = _tables.get((id(its), id(of)))
    if held is None:
        if len(_tables) > _MOST_TABLES:
            _tables.clear()
        # The two are held with it, so that their addresses are nobody else's.
        held = (its, of, {key: str(words) for key, words in of.items()})
        _tables[id(its), id(of)] = held
    found: dict[K, str] = held[2]
    return found


def one(of: Mapping[K, Any], key: K) -> str:
    """One word of such a list; also where nobody asks, as on the command line."""
    return table(of)[key] if has_request_context() else str(of[key])


# Values that people write: their direction is their own, and must not turn the sentence round.
PEOPLES = frozenset(
    {"name", "organisation", "other", "lead", "workspace", "attribution", "column", "value", "way"}
)
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def isolated(value: Any, language: str | None = None) -> Any:
    """A name as it stands in a sentence, set apart where one of the two runs from the right.

    For sentences; a field of its own in HTML takes <bdi> instead. language: of the sentence, if
    not the reader's.
    """
    if not isinstance(value, str) or not value:
        return value
    of = language or str(get_locale() or "en")
    if of.partition("_")[0] != "ar" and not _FROM_THE_RIGHT.search(value):
        return value
    return type(value)(f"{_FIRST_STRONG}{value}{_POP}")


def day(on: date | None, pattern: str) -> str:
    """A day in words; nothing for None. pattern: what is said, in the order of any language."""
    return _day(get_locale() or _ENGLISH, on, pattern) if on else ""


_LESS: Mapping[str, str] = {"month": "yMMM", "quarter": "yQQQ", "year": "y"}


def meant(on: date | None, precision: str, pattern: str) -> str:
    """A date as exactly as it is meant: "2 Jan 2027", "Jan 2027", "Q1 2027" or "2027".

    precision: day, month, quarter, year, or every so many months; pattern: of a day, as for `day`.
    """
    if on is not None and precision.startswith("every_"):
        return str(_("Ongoing, next review by %(day)s", day=day(on, pattern)))
    less = _LESS.get(precision)
    if on is None or less is None:
        return day(on, pattern)
    return str(dates.format_skeleton(less, on, locale=_home(get_locale() or _ENGLISH)))


def due(on: date | None, precision: str, pattern: str) -> str:
    """By when, as a sentence; nothing for None."""
    said = meant(on, precision, pattern)
    if not said or precision.startswith("every_"):
        return f"{said}." if said else ""
    return str(_("Due %(day)s.", day=said))


def moment(at: datetime | None, pattern: str, zone: tzinfo | None = None) -> str:
    """An instant in words, in the reader's zone unless another is given; nothing for None."""
    if at is None:
        return ""
    return written(at.astimezone(zone or get_timezone()), pattern, get_locale() or _ENGLISH)


def written(at: datetime, pattern: str, language: Locale | str) -> str:
    """An instant of its own zone, in words of a language that need not be the reader's."""
    of = Locale.parse(language) if isinstance(language, str) else language
    return _moment(of, at.replace(tzinfo=None), at.tzinfo, pattern)


def day_of(at: datetime, pattern: str) -> str:
    """The day of an instant, in the reader's zone."""
    return day(at.astimezone(get_timezone()).date(), pattern)


def size(of_bytes: int) -> str:
    """How large a file is, in the reader's language: 240 kB, 1.2 MB."""
    of = _home(get_locale() or _ENGLISH)
    if of_bytes < 1_000_000:
        kilo = max(1, of_bytes // 1_000)
        return str(format_unit(kilo, "digital-kilobyte", "short", "#,##0", of))
    return str(format_unit(of_bytes / 1_000_000, "digital-megabyte", "short", "#,##0.#", of))


def listed(items: Iterable[Any]) -> str:
    """Several things in one line, as the reader's language lists them: 1, 3 and 4; ١، ٣ و٤."""
    words = [str(item) for item in items]
    return str(format_list(words, locale=_home(get_locale() or _ENGLISH)))


def place(zone: str) -> str:
    """The city by which people know a time zone: Amman for `Asia/Amman`."""
    return _place(get_locale() or _ENGLISH, zone)


@lru_cache(maxsize=1024)
def _place(language: Locale, zone: str) -> str:
    if "/" not in zone:
        return zone
    return str(dates.get_timezone_location(zone, locale=language, return_city=True))


_ENGLISH = Locale("en", "GB")


@lru_cache(maxsize=4096)
def _day(language: Locale, on: date, pattern: str) -> str:
    return dates.format_date(on, _shape(language, pattern), locale=_home(language))


@lru_cache(maxsize=4096)
def _moment(language: Locale, at: datetime, zone: tzinfo | None, pattern: str) -> str:
    said, _comma, clock = pattern.partition(", ")
    there, of = at.replace(tzinfo=zone), _home(language)
    on = dates.format_date(there, _shape(language, said), locale=of)
    # Seconds only where two moments must be told apart.
    hour = dates.format_time(there, "medium" if "ss" in clock else "short", zone, of)
    return str(dates.get_datetime_format("medium", of)).format(hour, on)


def _home(language: Locale) -> Locale:
    """English is read here by people who write the day before the month."""
    return _ENGLISH if language.language == "en" else language


@lru_cache(maxsize=256)
def _shape(language: Locale, said: str) -> str:
    """A language's own pattern for the fields that are said: its order, its small words."""
    of, lengths = _home(language), {field: said.count(field) for field in "yMEd"}
    if lengths == {"y": 1, "M": 4, "E": 0, "d": 1}:
        return str(of.date_formats["long"].pattern)
    # Of a weekday languages keep one short form alone.
    short = {"E": 1} if 0 < lengths["E"] < 4 else {}
    wanted = "".join(field * n for field, n in (lengths | short).items())
    found = dates.match_skeleton(wanted, of.datetime_skeletons) or "yMMMd"
    pattern = str(of.datetime_skeletons[found].pattern)
    for field in "ME":  # as long as they were asked for: the nearest may be shorter
        if lengths[field] == 4:
            pattern = re.sub(f"{field}+", field * 4, pattern)
    return pattern


def kept(name: str, *facts: str) -> Markup:
    """A part of every page that differs by nothing but the language and these words."""
    return _drawn(catalogue(), name, facts)


@lru_cache(maxsize=512)
def _drawn(_its: Any, name: str, facts: tuple[str, ...]) -> Markup:
    found = current_app.jinja_env.get_template(name)
    return Markup(found.render(facts=facts))  # noqa: S704 - drawn by Jinja
