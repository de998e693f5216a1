"""One search: in the classes a reader knows, in any script, in phrases, by reference."""

from dataclasses import replace

import pytest
from sqlalchemy import delete

from advocacy.access import guard
from advocacy.organisations import queries as organisations
from advocacy.picture import queries
from advocacy.picture.rows import Filters
from advocacy.search import actions as search
from advocacy.search.schema import ThreatWords
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Sharing
from tests.conftest import NOW
from tests.world import founder


@pytest.fixture
def found(world, reading):
    """`found("legal", "mill bridge")`: titles of the records it lists."""

    def ask(name, words):
        actor = world.actor(name)
        with reading(actor) as session:
            space = organisations.workspace(session, actor, world.slug)
            asked = Filters(words=words)
            rows = queries.lines(session, actor, space, asked, limit=50)
            counted = queries.cells(session, actor, space, asked)
            assert sum(cell.number for cell in counted) == len(rows)
            # However many there are: sorted when they were found, or looked at one by one.
            for total in (len(rows), 1_000_000):
                assert queries.lines(session, actor, space, asked, limit=50, total=total) == rows
            return {row.title for row in rows}

    return ask


def test_each_class_is_searched_by_those_who_read_it_and_by_nobody_else(report, found):
    report(
        "donors", sensitivity=2, title="Roads", summary="Closed", place="Tarn", narrative="Halloran"
    )
    for words, readers in {
        "roads closed": {"relief", "legal", "donor"},
        "tarn": {"relief", "legal"},
        "roads tarn": {"relief", "legal"},
        "halloran": {"relief"},
        "closed tarn halloran": {"relief"},
    }.items():
        for name in ("relief", "legal", "donor", "observer"):
            assert found(name, words) == ({"Roads"} if name in readers else set()), (name, words)


def test_who_was_named_for_the_full_account_finds_its_words(report, found):
    report("members", title="Roads", narrative="By the mill", tell=("legal",))
    assert found("legal", "mill") == {"Roads"}
    assert found("women", "mill") == set()


def test_an_observer_who_was_told_the_account_does_not_find_words_of_the_members(report, found):
    report("observers", title="Roads", place="Tarn", narrative="By the mill", tell=("observer",))
    assert found("observer", "roads") == {"Roads"}
    assert found("observer", "tarn") == found("observer", "mill tarn") == set()
    assert found("legal", "tarn") == {"Roads"}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Évictions forcées à Saïda", "eviction forcee saida"),
        ("إخلاء قسري في المدينة", "اخلاء قسري مدينه"),
        ("مُستشفى", "مستشفي"),
        ("الحـــواجز", "حواجز"),
        ("Checkpoints turn back clinic teams", '"turn back" clinic'),
        ("Checkpoints turn back clinic teams", "CHECKPOINT cli"),
    ],
)
def test_words_are_found_however_they_are_written(report, found, written, asked):
    report("members", title=written, summary="-")
    assert found("legal", asked) == {written}


@pytest.mark.parametrize(
    ("written", "asked", "others"),
    [
        ("Women were detained", "woman detention", ("human", "detective")),
        ("A woman in detention", "women detained", ('"women"', '"detained"')),
        ("They evacuate the wells", "evacuation well", ("vacate",)),
        ("Killings at the crossing", "killed crossing", ("kilometre",)),
        ("Humanitarian access", "humanitarian", ("human access",)),
        ("Les tribunaux sont fermés", "tribunal fermé", ('"tribunal"',)),
        ("Una mujer desplazada", "mujeres desplazado", ('"mujeres desplazada"',)),
        ("Recomendaciones del comité", "recomendación", ("recomen comite",)),
        ("حماية النساء والأطفال", "نساء اطفال", ("رجال",)),
        ("اعتقال المدنيين", "مدني", ("مدرسه",)),
        ("للنازحين في المخيم", "النازحون مخيم", ('"نازحون"',)),
    ],
)
def test_a_word_is_found_by_its_family_and_a_quoted_one_by_itself(
    report, found, written, asked, others
):
    report("members", title=written, summary="-")
    assert found("legal", asked) == {written}
    for other in others:
        # A last word may be the beginning of one; here another word follows it.
        assert found("legal", f"{other} {written.split()[0]}") == set(), other


@pytest.mark.parametrize("asked", ['"back turn"', '"clinic checkpoints"', "checkpoints nowhere"])
def test_a_phrase_is_a_phrase_and_all_words_count(report, found, asked):
    report("members", title="Checkpoints turn back clinic teams")
    assert found("legal", asked) == set()


def test_a_record_is_found_by_its_reference_and_by_the_name_of_its_area(
    report, found, world, reading, areas
):
    threat_id, relief = report("members", title="Roads"), world.actor("relief")
    report("members", title="Elsewhere", area_id=areas["Harbour"])
    with reading(relief) as session:
        ref = records.threat(session, relief, threat_id).ref
    assert found("legal", ref.lower()) == {"Roads"}
    assert found("legal", "blue valley") == {"Roads"}
    assert found("legal", "السهل الشمالي") == set()


def test_the_exact_area_is_found_by_members_alone(report, found, areas):
    report("donors", sensitivity=2, title="Roads", area_id=areas["East Hills"])
    assert found("legal", "east hills") == {"Roads"}
    assert found("donor", "east hills") == set()
    assert found("donor", "blue valley") == {"Roads"}


def test_new_words_are_found_and_old_ones_no_more(report, found, world, writing, entry):
    threat_id, relief = report("members", title="Old title", place="Tarn"), world.actor("relief")
    changed = replace(entry, title="New title", place="Brook", narrative="-")
    with writing(relief) as session:
        threats.edit(session, relief, threat_id, changed, based_on=1)
    assert found("legal", "new brook") == {"New title"}
    assert found("legal", "old") == set()
    assert found("legal", "tarn") == set()


def test_narrowing_takes_words_away_at_once(report, found, world, writing):
    threat_id, relief = report("members", title="Roads"), world.actor("relief")
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing())
    assert found("legal", "roads") == set()
    assert found("relief", "roads") == {"Roads"}


def test_what_an_older_version_wrote_is_indexed_once(report, found, database):
    report("members", title="Roads")
    report("own", title="Bridges", by="rights")
    with database.writing(founder(NOW)) as session, guard.system(session, guard.System.COMMAND):
        session.execute(delete(ThreatWords))
    assert found("legal", "roads") == set()
    with database.writing(founder(NOW)) as session:
        assert search.catch_up(session) == 2
        assert search.catch_up(session) == 0
    assert found("legal", "roads") == {"Roads"}
    assert found("rights", "bridges") == {"Bridges"}
