"""A remark is read by those it was written to, and its writer knows who they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.access import guard
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.outbox.schema import OutboxRow
from advocacy.sharing import actions as sharing
from advocacy.talks import actions, mail, queries
from advocacy.talks.schema import Remark, RemarkAsk
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from tests.world import NOW

ALL = ("relief", "cluster", "forum", "legal", "women", "rights")
MEMBERS = set(ALL)


@pytest.mark.parametrize(
    ("by", "to", "expected"),
    [
        ("legal", "own", {"legal"}),
        ("legal", "owner", {"legal", "relief"}),
        ("legal", "coordinators", {"legal", "cluster", "forum"}),
        ("relief", "record", MEMBERS),
    ],
)
def test_a_remark_is_read_by_those_it_was_written_to(report, say, reads, by, to, expected):
    threat_id = report("public")
    said = say(by, threat_id, to)
    assert {key for key in ALL if said in reads(key, threat_id)} == expected


def test_nobody_outside_hears_of_the_talk(report, say, reads):
    threat_id = report("public")
    say("relief", threat_id, "record")
    assert (reads("observer", threat_id), reads("donor", threat_id)) == (None, None)


def test_of_a_shared_record_each_knows_before_it_writes_who_reads_it(report, offered):
    assert offered("legal", report("members")) == {
        "own": ({"legal"}, True),
        "owner": ({"legal", "relief"}, True),
        "coordinators": ({"legal", "cluster", "forum"}, True),
        "record": (MEMBERS, True),
    }


def test_of_a_record_for_named_ones_its_owner_knows_and_others_are_told_that_they_do_not(
    report, offered, say
):
    threat_id = report("named", to=["legal", "women"])
    assert offered("relief", threat_id) == {
        "own": ({"relief"}, True),
        "record": ({"relief", "legal", "women"}, True),
    }
    assert offered("legal", threat_id) == {
        "own": ({"legal"}, True),
        "owner": ({"legal", "relief"}, True),
        "coordinators": ({"legal", "cluster", "forum"}, False),
        "record": (set(), False),
    }
    # Nobody is told that somebody else reads it too by being let ask them, or not.
    for whom in ("women", "rights"):
        with pytest.raises(Invalid, match="not-asked"):
            say("legal", threat_id, "record", asks=whom)


def test_a_circle_is_written_to_by_who_is_in_it(report, say, reads, circle, offered, world):
    ring, threat_id = circle("legal"), report("members")
    to = f"circle:{ring}"
    assert offered("relief", threat_id)[to] == ({"legal", "relief"}, True)
    said = say("relief", threat_id, to)
    assert {key for key in ALL if said in reads(key, threat_id)} == {"relief", "legal"}
    with pytest.raises(Invalid):
        say("women", threat_id, to)


def test_narrower_is_narrower_at_once_and_wider_opens_nothing_said_before(
    report, say, reads, to, writing, world
):
    relief, threat_id = world.actor("relief"), report("members")
    said = say("relief", threat_id, "record")
    named = to("named", "legal")
    with writing(relief) as session:
        sharing.share(session, relief, threat_id, named)
    assert (reads("women", threat_id), reads("legal", threat_id)) == (None, {said})
    later = say("legal", threat_id, "record")
    with writing(relief) as session:
        threats.share(session, relief, threat_id, to("members"))
    assert reads("women", threat_id) == {said}
    assert reads("relief", threat_id) == {said, later}


def test_what_is_taken_back_is_gone_for_others_and_stays_so_when_the_record_is_shared_anew(
    report, say, reads, to, writing, world
):
    threat_id, legal, relief = report("members"), world.actor("legal"), world.actor("relief")
    said = say("legal", threat_id, "record", asks="relief")
    with pytest.raises(Denied), writing(relief) as session:
        actions.take_back(session, relief, said)
    with writing(legal) as session:
        actions.take_back(session, legal, said)
    with pytest.raises(Conflict), writing(legal) as session:
        actions.take_back(session, legal, said)
    with writing(relief) as session:
        threats.share(session, relief, threat_id, to("named", "legal"))
    assert (reads("relief", threat_id), reads("legal", threat_id)) == (set(), {said})
    with writing(relief) as session:
        assert session.query(RemarkAsk).count() == 0
        assert queries.tasks(session, relief) == []
        seen = records.threat(session, relief, threat_id)
        assert queries.panel(session, relief, seen, is_open=True).number == 0


def test_a_coordinator_folds_away_what_it_reads_and_nothing_else(report, say, writing, world):
    threat_id, cluster, legal = report("members"), world.actor("cluster"), world.actor("legal")
    said, hidden = say("legal", threat_id, "record"), say("legal", threat_id, "owner")
    with pytest.raises(NotFound), writing(cluster) as session:
        actions.fold(session, cluster, hidden, is_folded=True)
    with pytest.raises(Denied), writing(legal) as session:
        actions.fold(session, legal, said, is_folded=True)
    with writing(cluster) as session:
        actions.fold(session, cluster, said, is_folded=True)
    with pytest.raises(Conflict), writing(cluster) as session:
        actions.fold(session, cluster, said, is_folded=True)
    with writing(legal) as session:
        seen = queries.record(session, legal, threat_id)
        deeds = {row.id: row.deed for row in queries.remarks(session, legal, seen)[0]}
    assert deeds == {said: "folded", hidden: ""}


def test_who_is_asked_has_a_task_until_they_answer(report, say, reading, world):
    threat_id = report("named", to=["legal", "women"], title="Checkpoints")

    def waits(key):
        actor = world.actor(key)
        with reading(actor) as session:
            return [task.title for task in queries.tasks(session, actor)]

    say("relief", threat_id, "record", asks="legal")
    assert (waits("legal"), waits("women")) == (["Checkpoints"], [])
    say("legal", threat_id, "own", now=NOW + timedelta(hours=1))
    assert waits("legal") == ["Checkpoints"]
    say("legal", threat_id, "owner", now=NOW + timedelta(hours=1))
    assert waits("legal") == []


def test_a_mail_leaves_only_while_those_asked_still_read_the_question(
    report, say, to, writing, world, reading
):
    relief, threat_id = world.actor("relief"), report("members")
    say("relief", threat_id, "record", asks="legal")
    root = replace(relief, organisation_id=None, person_id=None)
    with reading(root) as session:
        queued = [r.payload for r in session.query(OutboxRow) if r.kind == "talks.asked"]
        assert queued
        assert all(mail.KINDS["talks.asked"](session, one) for one in queued)
    with writing(relief) as session:
        sharing.share(session, relief, threat_id, to("named", "women"))
    with reading(root) as session:
        assert not any(mail.KINDS["talks.asked"](session, one) for one in queued)


def test_a_record_that_is_handed_over_keeps_nothing_said_by_who_handed_it(
    report, say, reads, writing, world
):
    threat_id = report("members")
    said, other = say("relief", threat_id, "record"), say("legal", threat_id, "record")
    cluster = world.actor("cluster")
    with writing(cluster) as session, guard.system(session, guard.System.CARRY):
        actions.leave(session, cluster, threat_id, world.organisations["relief"])
    assert reads("legal", threat_id) == {other}
    assert reads("relief", threat_id) == {said, other}


@pytest.mark.parametrize(("text", "to"), [("", "own"), ("x" * 4_001, "own"), ("x", "public")])
def test_empty_too_long_or_to_nobody_is_refused(report, say, reads, text, to):
    threat_id = report("members")
    with pytest.raises(Invalid):
        say("relief", threat_id, to, text=text)
    assert reads("relief", threat_id) == set()


def test_observers_and_who_has_no_seat_to_write_say_nothing(report, say, world, writing):
    threat_id = report("public")
    with pytest.raises(NotFound):
        say("observer", threat_id, "own")
    with pytest.raises(Denied):
        say("legal.signatory", threat_id, "own")
    with writing(world.actor("legal")) as session:
        assert session.query(Remark).count() == 0
