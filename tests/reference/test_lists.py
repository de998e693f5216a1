"""The lists that records point to: whole, in four languages, loaded once however often asked."""

import json
import re
from datetime import date
from itertools import pairwise
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.ground.errors import Invalid, NotFound
from advocacy.reference import queries, rules
from advocacy.reference.actions import load_areas, load_taxonomies
from advocacy.reference.rows import AreaLine, Loaded, in_language
from advocacy.reference.schema import Area, ProtectionRisk

LANGUAGES = {"en", "fr", "es", "ar"}
FILES = sorted(path.stem for path in rules.DATA.glob("*.json"))
LISTS = [name for name in FILES if name != rules.TESTLAND]


def line(code: str, level: int = 1, parent: str = "XXX", **more: object) -> AreaLine:
    return AreaLine("XXX", level, code, str(more.pop("name", code)), parent_code=parent, **more)


COUNTRY = line("XXX", 0, "")


def test_every_file_in_the_folder_is_a_list_we_know() -> None:
    assert {rules.RISKS, *rules.SCALES} == set(LISTS)


@pytest.mark.parametrize("name", FILES)
def test_each_list_says_where_it_comes_from(name: str) -> None:
    found = rules.document(name)

    assert found["id"] == name
    assert all(found[field].strip() for field in ("version", "source", "licence"))


@pytest.mark.parametrize("name", LISTS)
def test_each_choice_has_its_words_in_four_languages(name: str) -> None:
    items = rules.document(name)["items"]
    codes = [item["code"] for item in items]

    assert len(codes) == len(set(codes))
    for item in items:
        assert set(item["label"]) == LANGUAGES
        assert all(word.strip() == word and word for word in item["label"].values())
        assert re.search("[\u0600-\u06ff]", item["label"]["ar"])
        assert item["replaced_by"] is None or item["replaced_by"] in codes
    for language in LANGUAGES:
        words = [item["label"][language] for item in items]
        assert len(words) == len(set(words)), language


def test_the_data_files_hold_no_stray_control_characters() -> None:
    for name in FILES:
        text = json.dumps(rules.document(name), ensure_ascii=False)
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text), name


def test_there_are_fifteen_protection_risks_in_order(session: Session) -> None:
    load_taxonomies(session)
    found = queries.risks(session)

    assert [risk.code for risk in found] == [f"PR{number:02}" for number in range(1, 16)]
    assert {risk.code for risk in found if risk.default_sensitivity == 3} == {
        "PR01", "PR04", "PR07", "PR08", "PR13", "PR14",
    }  # fmt: skip
    assert queries.risk(session, "PR04").aor == ("CP", "GBV")
    assert queries.risk(session, "PR08").label("fr") == "Violence basée sur le genre"


def test_loading_again_changes_nothing(session: Session) -> None:
    assert load_taxonomies(session) == Loaded(new=15, changed=0, same=0)
    assert load_taxonomies(session) == Loaded(new=0, changed=0, same=15)
    assert session.scalar(select(func.count()).select_from(ProtectionRisk)) == 15


def test_loading_mends_a_changed_risk_and_retires_one_that_is_gone(session: Session) -> None:
    load_taxonomies(session)
    session.get_one(ProtectionRisk, "PR01").description = "something else"
    session.add(
        ProtectionRisk(
            code="PR99", number=99, labels={"en": "Old"}, description="", aor=[],
            default_sensitivity=1, replaced_by=None, version="1",
        )
    )  # fmt: skip
    session.flush()

    assert load_taxonomies(session) == Loaded(new=0, changed=2, same=14)
    assert "taken" in queries.risk(session, "PR01").description
    assert queries.risk(session, "PR99").active is False
    assert "PR99" not in [risk.code for risk in queries.risks(session)]


def test_an_unknown_risk_area_or_scale_is_not_found(session: Session) -> None:
    for ask in (
        lambda: queries.risk(session, "PR77"),
        lambda: queries.area(session, uuid4()),
        lambda: queries.scale("../secrets"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_testland_has_three_areas_and_nine_below_them(session: Session) -> None:
    assert load_areas(session, rules.testland()) == Loaded(new=13, changed=0, same=0)
    assert load_areas(session, rules.testland()) == Loaded(new=0, changed=0, same=13)

    (country,) = queries.areas(session, "TST", level=0)
    firsts = queries.areas(session, parent=country.id)
    assert [area.name for area in firsts] == ["Blue Valley", "Harbour", "North Plain"]
    seconds = [queries.areas(session, parent=area.id) for area in firsts]
    assert [len(parts) for parts in seconds] == [3, 3, 3]
    for area in queries.areas(session, "TST"):
        assert set(area.names) == {"en", "fr", "ar", "es"}
        assert re.fullmatch(r"TST(\d\d){0,2}", area.code)
        assert area.level == (len(area.code) - 3) // 2
    names = {area.name for area in queries.areas(session, "TST")}
    assert {"Al Noor", "East Hills", "Old Town", "Three Rivers"} <= names


def test_an_area_knows_what_it_lies_in(session: Session) -> None:
    load_areas(session, rules.testland())
    al_noor = next(a for a in queries.areas(session, "TST") if a.code == "TST0101")

    path = queries.lineage(session, al_noor.id)
    assert [area.label("fr") for area in path] == ["Testland", "Plaine du Nord", "Al Nour"]
    assert al_noor.label("ar") == "النور"
    assert al_noor.label("es") == "Al Nur"
    assert al_noor.label("pt") == "Al Noor"


def test_an_ended_area_is_no_choice_any_more_but_keeps_its_name(session: Session) -> None:
    load_areas(session, [COUNTRY, line("01"), line("02")])
    ended = queries.areas(session, "XXX", level=1)[0]

    again = load_areas(session, [line("01", valid_to=date(2026, 1, 1))])
    assert again == Loaded(new=0, changed=1, same=0)
    assert [area.code for area in queries.areas(session, "XXX", level=1)] == ["02"]
    assert queries.area(session, ended.id).name == "01"


def test_codes_are_text_and_names_need_not_differ(session: Session) -> None:
    load_areas(session, [COUNTRY, line("01", name="Old Town"), line("1", name="Old Town")])

    assert [area.code for area in queries.areas(session, "XXX", level=1)] == ["01", "1"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ([line("01", 2, "99")], "reference.unknown-parent"),
        ([line("01"), line("01")], "reference.area-twice"),
        ([line("01", name=" ")], "reference.area-incomplete"),
        ([line("01", parent="")], "reference.area-level"),
        ([line("01", level=9)], "reference.area-level"),
        ([line("01", valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))],
         "reference.area-dates"),
    ],
)  # fmt: skip
def test_a_faulty_list_of_areas_is_refused_whole(
    session: Session, bad: list[AreaLine], code: str
) -> None:
    with pytest.raises(Invalid) as raised:
        load_areas(session, [COUNTRY, line("05"), *bad])

    assert {reason.code for reason in raised.value.reasons} == {code}
    assert {reason.facts["place"] for reason in raised.value.reasons} == {"XXX 01"}
    assert session.scalar(select(func.count()).select_from(Area)) == 0


@pytest.mark.parametrize("name", rules.SCALES)
def test_each_scale_is_read_whole(name: str) -> None:
    found = queries.scale(name)

    assert set(found.labels) == LANGUAGES
    assert len(found.choices) == len(rules.document(name)["items"])
    assert {choice.code for choice in found.choices} - {c.code for c in found.offered()} == (
        {"RRI"} if name == "population-groups" else set()
    )
    assert found.choice(found.choices[0].code) == found.choices[0]
    assert found.choice("no such code") is None


def test_the_severity_scales_have_five_levels_and_one_for_not_assessed() -> None:
    for name in ("severity-gpc5", "severity-jiaf5"):
        assert [choice.value for choice in queries.scale(name).choices] == [1, 2, 3, 4, 5, None]


def test_bands_of_people_follow_one_another_without_a_gap() -> None:
    bands = [c for c in queries.scale("people-affected").choices if c.least is not None]

    assert bands[0].least == 1
    assert bands[-1].most is None
    for band, after in pairwise(bands):
        assert band.most is not None
        assert after.least == band.most + 1


@pytest.mark.parametrize(
    ("language", "word"),
    [("fr", "oui"), ("fr_CA", "oui"), ("fr-CA", "oui"), ("es", "yes"), ("", "yes")],
)
def test_a_label_falls_back_to_english(language: str, word: str) -> None:
    assert in_language({"en": "yes", "fr": "oui"}, language) == word
