"""Lists of P-codes as their publishers give them, and the places found in them again."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from advocacy.ground.errors import Invalid
from advocacy.reference import queries, rules
from advocacy.reference.actions import call, load_areas
from advocacy.reference.mapper import read_pcodes
from advocacy.reference.rows import Loaded
from tests.world import World

GLOBAL = Path(__file__).parents[3] / "shared/data/pcodes/global-adm-1-2.csv"
HEAD = "Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date\n"
SYRIA = (
    HEAD
    + "SYR,1,SY01,Damascus,SYR,2021-01-01\n"
    + "SYR,1,SY02,Aleppo,SYR,2021-01-01\n"
    + "SYR,2,0201,Jebel Saman,SY02,\n"
    + "SYR,2,0202,,SY02,\n"
    + "SYR,2,0203,Damascus,SY02,\n"
)
TODAY = date(2026, 11, 22)


def load(session: Session, text: str, gone_on: date | None = TODAY) -> Loaded:
    return load_areas(session, read_pcodes(text.encode()).lines, gone_on=gone_on)


def reason(session: Session, words: str, country: str = "SYR") -> tuple[str, dict[str, object]]:
    with pytest.raises(Invalid) as raised:
        queries.resolve(session, country, words)
    (found,) = raised.value.reasons
    return found.code, dict(found.facts)


def test_a_list_brings_its_countries_and_a_second_time_nothing_new(session: Session) -> None:
    assert load(session, SYRIA) == Loaded(new=6, changed=0, same=0)
    assert load(session, SYRIA) == Loaded(new=0, changed=0, same=6)

    (country,) = queries.areas(session, "SYR", level=0)
    assert (country.label("en"), country.label("fr"), country.label("es")) == (
        "Syria", "Syrie", "Siria",
    )  # fmt: skip
    jebel = queries.resolve(session, "SYR", "0201")
    assert [area.code for area in queries.lineage(session, jebel.id)] == ["SYR", "SY02", "0201"]


def test_digits_stay_text_and_a_place_without_a_name_is_called_by_its_code(
    session: Session,
) -> None:
    assert read_pcodes(SYRIA.encode()).unnamed == ["0202"]
    load(session, SYRIA)

    assert queries.resolve(session, "SYR", "0202").name == "0202"
    assert reason(session, "202")[0] == "reference.area-unknown"


def test_a_code_that_a_whole_list_leaves_out_ends_and_can_still_be_read(session: Session) -> None:
    load(session, SYRIA)
    aleppo = queries.resolve(session, "SYR", "0201")
    shorter = SYRIA.replace("SYR,2,0201,Jebel Saman,SY02,\n", "")

    assert load(session, shorter, None) == Loaded(new=0, changed=0, same=5)
    assert load(session, shorter) == Loaded(new=0, changed=0, same=5, retired=1)
    assert load(session, shorter) == Loaded(new=0, changed=0, same=5)
    assert queries.area(session, aleppo.id).name == "Jebel Saman"
    assert reason(session, "0201") == (
        "reference.area-ended", {"place": "0201", "day": "2026-11-22"},
    )  # fmt: skip
    assert load(session, SYRIA) == Loaded(new=0, changed=1, same=5)
    assert queries.resolve(session, "SYR", "0201").id == aleppo.id


def test_a_name_stands_for_a_place_only_where_one_place_has_it(session: Session) -> None:
    load(session, SYRIA)

    assert queries.resolve(session, "SYR", " ALÉPPO ").code == "SY02"
    assert queries.resolve(session, "SYR", "sy02").code == "SY02"
    code, facts = reason(session, "damascus")
    assert code == "reference.area-many"
    assert facts["places"] == "SY01 Damascus (Syria); 0203 Damascus (Aleppo)"
    assert reason(session, "")[0] == "reference.area-unknown"


def test_a_code_of_another_country_is_called_that(session: Session) -> None:
    load(session, SYRIA + "LBN,1,LB1,Beirut,LBN,2020-01-01\n")

    assert reason(session, "lb1") == ("reference.area-foreign", {"place": "lb1", "country": "LBN"})
    assert reason(session, "Beirut")[0] == "reference.area-unknown"


def test_lines_without_a_level_or_with_no_date_are_named_and_nothing_is_used() -> None:
    bad = SYRIA + "SYR,two,SY03,Homs,SYR,\nSYR,1,SY04,Hama,SYR,31/12/2021\n"
    with pytest.raises(Invalid) as raised:
        read_pcodes(bad.encode())

    assert [(r.code, r.facts["line"]) for r in raised.value.reasons] == [
        ("reference.pcode-line", 7), ("reference.pcode-line", 8),
    ]  # fmt: skip


def test_a_workspace_calls_an_area_by_its_own_name(session: Session, world: World) -> None:
    load_areas(session, rules.testland())
    (country,) = queries.areas(session, "TST", level=0)
    call(session, workspace_id=world.workspace_id, area_id=country.id, names={"en": "The Land"})

    (own,) = queries.called(session, world.workspace_id, [country])
    assert (own.label("en"), own.label("fr")) == ("The Land", country.label("fr"))
    assert queries.called(session, country.id, [country]) == [country]
    call(session, workspace_id=world.workspace_id, area_id=country.id, names={"en": " "})
    assert queries.called(session, world.workspace_id, [country]) == [country]


@pytest.mark.skipif(not GLOBAL.exists(), reason="the folder of shared data is not there")
def test_the_global_list_is_read_whole_and_a_second_time_nothing_is_new(session: Session) -> None:
    lines = read_pcodes(GLOBAL).lines
    assert len(lines) == 32_767 + 156
    first = [line for line in lines if line.level < 2]  # a tenth of it: the suite stays quick

    assert load_areas(session, first, gone_on=TODAY) == Loaded(new=2_666, changed=0, same=0)
    assert load_areas(session, first, gone_on=TODAY) == Loaded(new=0, changed=0, same=2_666)
