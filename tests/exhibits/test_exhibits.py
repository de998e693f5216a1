"""Evidence of a view and of a record: who reads it, what it must carry, how it is withdrawn."""

from datetime import date

import pytest
from sqlalchemy import func, select

from advocacy.access import guard
from advocacy.assessments import actions as assessments
from advocacy.assessments import queries as views
from advocacy.exhibits import actions, queries, rules
from advocacy.exhibits.schema import Exhibit, ExhibitAct, ExhibitFile
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.threats import actions as threats
from advocacy.threats.rows import Sharing

FILE = b"%PDF-1.7 as it was sent"


def codes(error) -> set[str]:
    return {reason.code for reason in error.value.reasons}


@pytest.fixture
def download(world, database):
    def got(by, threat_id, exhibit_id):
        actor = world.actor(by)
        with database.reading(actor) as session:
            return queries.file(session, actor, threat_id, exhibit_id).data

    return got


def test_evidence_of_a_view_is_read_by_who_reads_the_view(report, give, add, read, download):
    threat_id = report("observers", sensitivity=2)
    give("legal", threat_id)
    made = add("legal", threat_id, data=FILE)
    for name in ("legal", "relief", "cluster", "women"):
        (row,) = read(name, threat_id)
        assert (row.is_ours, row.said.words) == (name == "legal", "A roadblock")
        assert download(name, threat_id, made) == FILE
    assert read("observer", threat_id) == []
    with pytest.raises(NotFound):
        download("observer", threat_id, made)


@pytest.mark.parametrize(
    ("of_view", "of_piece", "readers"),
    [
        ("all", "owner", {"legal", "relief", "cluster"}),
        ("all", "own", {"legal"}),
        ("owner", "all", {"legal", "relief", "cluster"}),
        ("own", "all", {"legal"}),
    ],
)
def test_it_goes_no_further_than_view_and_choice(
    report, give, add, read, world, database, of_view, of_piece, readers
):
    threat_id = report("members")
    give("legal", threat_id, reach=of_view)
    add("legal", threat_id, data=FILE, reach=of_piece)
    for name in ("legal", "relief", "cluster", "women"):
        assert bool(read(name, threat_id)) == (name in readers), name
        with database.reading(world.actor(name)) as session:
            for table in (Exhibit, ExhibitFile):
                assert bool(session.scalars(select(table.id)).all()) == (name in readers), name


def test_it_follows_its_view_when_that_narrows_widens_and_is_taken_back(
    report, give, add, read, world, writing
):
    threat_id = report("members")
    give("legal", threat_id)
    add("legal", threat_id, data=FILE)
    give("legal", threat_id, reach="own")
    assert read("women", threat_id) == []
    give("legal", threat_id, reach="all")
    assert len(read("women", threat_id)) == 1
    legal = world.actor("legal")
    with writing(legal) as session:
        after = views.mine(session, legal, threat_id).act_id
        assessments.take_back(session, legal, threat_id, after=after)
    assert read("women", threat_id) == []
    with writing(world.actor("women")) as session:
        assert session.scalars(select(Exhibit.id)).all() == []
    assert len(read("legal", threat_id)) == 1
    with pytest.raises(Denied):
        add("legal", threat_id)


def test_it_follows_its_record(report, give, add, read, world, writing):
    threat_id = report("members")
    give("legal", threat_id)
    add("legal", threat_id)
    relief = world.actor("relief")
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing())
    with pytest.raises(NotFound):
        read("legal", threat_id)
    assert len(read("relief", threat_id)) == 1


def test_evidence_of_the_record_is_read_by_who_reads_its_full_account(
    report, add, read, world, writing
):
    threat_id = report("members", tell=("legal",))
    add("relief", threat_id, to="record", data=FILE)
    add("relief", threat_id, to="record", words="Kept to ourselves", reach="own")
    count = {name: len(read(name, threat_id)) for name in ("relief", "legal", "women", "cluster")}
    assert count == {"relief": 2, "legal": 1, "women": 0, "cluster": 0}
    relief, women = world.actor("relief"), frozenset({world.organisations["women"]})
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing("members", narrative_ids=women))
    count = {name: len(read(name, threat_id)) for name in ("relief", "legal", "women")}
    assert count == {"relief": 2, "legal": 0, "women": 1}
    with pytest.raises(Invalid):
        add("relief", threat_id, to="record", reach="owner")


def test_what_is_withdrawn_is_erased_at_once_and_its_words_stay(
    report, give, add, read, withdraw, download, world, database
):
    threat_id = report("members")
    give("legal", threat_id)
    made = add("legal", threat_id, data=FILE)
    with pytest.raises(Denied):
        withdraw("women", threat_id, made)
    withdraw("legal", threat_id, made)
    for name in ("legal", "women"):
        (row,) = read(name, threat_id)
        assert (row.said.words, row.withdrawn_why, row.file) == ("A roadblock", "consent", None)
        with pytest.raises(NotFound):
            download(name, threat_id, made)
    with database.reading(world.actor("legal")) as session:
        with guard.system(session, guard.System.COMMAND):
            assert session.scalars(select(func.count(ExhibitFile.id))).one() == 0
        assert set(session.scalars(select(ExhibitAct.what))) == {"added", "withdrawn"}
    with pytest.raises(Conflict):
        withdraw("legal", threat_id, made)


def test_who_read_an_older_state_withdraws_nothing(report, give, add, world, writing):
    threat_id = report("members")
    give("legal", threat_id)
    made, legal = add("legal", threat_id), world.actor("legal")
    with writing(legal) as session, pytest.raises(Conflict):
        actions.withdraw(session, legal, threat_id, made, why="wrong", after=None)


@pytest.mark.parametrize(
    ("change", "data", "code"),
    [
        ({"words": " "}, b"", "form.required"),
        ({"words": "w" * 501}, b"", "form.too-long"),
        ({"ask": ""}, b"", "exhibits.whom"),
        ({"kind": "rumour"}, b"", "form.choice"),
        ({"dated_on": date(2026, 11, 24)}, b"", "exhibits.later"),
        ({"is_held": True, "ask": "Us"}, FILE, "exhibits.held"),
        ({"is_held": False}, b"", "annexes.empty"),
        ({"consent": "not-asked"}, FILE, "exhibits.not-agreed"),
        ({"consent_by": ""}, FILE, "exhibits.consent-words"),
        ({"consent_on": None}, FILE, "exhibits.consent-day"),
    ],
)
def test_what_it_must_carry(report, give, add, change, data, code):
    threat_id = report("members")
    give("legal", threat_id)
    with pytest.raises(Invalid) as error:
        add("legal", threat_id, data=data, **change)
    assert code in codes(error)


def test_of_survivors_no_file_is_taken(report, give, add):
    threat_id = report("own", risk_code="PR08", place="", area_id=None)
    with pytest.raises(Invalid) as error:
        add("relief", threat_id, to="record", data=FILE)
    assert codes(error) == {"exhibits.survivors"}
    assert add("relief", threat_id, to="record")


def test_who_has_no_view_and_owns_nothing_adds_nothing(report, add):
    threat_id = report("observers", sensitivity=2)
    for by in ("women", "observer", "cluster"):
        for to in ("view", "record", "both"):
            with pytest.raises(Denied):
                add(by, threat_id, to=to)


def test_an_organisation_has_so_much_room_and_learns_of_no_others(
    report, give, add, world, database, monkeypatch
):
    threat_id = report("members")
    give("legal", threat_id)
    give("women", threat_id)
    monkeypatch.setattr(rules, "MOST_BYTES", 2 * len(FILE))
    add("women", threat_id, data=FILE)
    add("legal", threat_id, data=FILE)
    add("legal", threat_id, data=FILE)
    with pytest.raises(Invalid) as error:
        add("legal", threat_id, data=FILE)
    assert codes(error) == {"exhibits.no-room"}
    legal = world.actor("legal")
    with database.reading(legal) as session:
        assert queries.room(session, legal, world.workspace_id).used == 2 * len(FILE)
