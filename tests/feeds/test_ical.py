"""Calendars as programs read them: one value stays one value, a line is never too long."""

from datetime import UTC, date, datetime

import pytest

from advocacy.formats import ical

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def drawn(title: str) -> str:
    day = ical.Day("a@due", date(2026, 12, 31), title, "https://a.example/b")
    return ical.calendar("Due", [day], now=NOW).decode()


def test_a_day_is_a_whole_day_with_an_id_that_stays() -> None:
    lines = drawn("Open").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"UID:a@due", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} <= set(lines)
    assert lines[-2:] == ["END:VCALENDAR", ""]


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("one\r\nEND:VEVENT", "one\\nEND:VEVENT"),
        ("a\x00\x07b", "ab"),
    ],
)
def test_what_people_wrote_ends_nothing(title: str, value: str) -> None:
    lines = drawn(title).split("\r\n")
    assert f"SUMMARY:{value}" in lines
    assert lines.count("END:VEVENT") == 1


@pytest.mark.parametrize("title", ["x" * 200, "مخيم " * 60, "\U0001f6b0" * 40])
def test_a_long_line_is_folded_between_letters(title: str) -> None:
    raw = drawn(title).encode()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert f"SUMMARY:{title.strip() if title.isascii() else title}" in drawn(title).replace(
        "\r\n ", ""
    )
