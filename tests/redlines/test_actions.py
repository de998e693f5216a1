"""Who keeps red lines, and who sees them beside a text."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import actions as positions
from advocacy.positions.schema import Stage
from advocacy.redlines import actions, queries
from advocacy.redlines.rules import Said
from advocacy.redlines.schema import RedLine, RedLineShown


def seen(world, reading, name, text):
    actor = world.actor(name)
    with reading(actor) as session:
        return [line.words for line in queries.beside(session, actor, text)]


def test_a_word_is_seen_by_its_own_organisation_only(world, reading, keep, text):
    keep("relief", "terrorist")
    assert seen(world, reading, "relief", text) == ["terrorist"]
    for other in ("legal", "women", "cluster", "rights"):
        assert seen(world, reading, other, text) == []
        with reading(world.actor(other)) as session:
            assert session.scalars(select(RedLine)).all() == []
            assert session.scalars(select(RedLineShown)).all() == []


def test_a_shown_word_is_seen_by_those_who_write_that_text(world, reading, keep, text):
    keep("relief", "terrorist", shown=True)
    assert seen(world, reading, "legal", text) == ["terrorist"]
    assert seen(world, reading, "women", text) == ["terrorist"]
    for other in ("cluster", "rights", "observer", "donor"):
        assert seen(world, reading, other, text) == []


def test_a_shown_word_stays_out_of_texts_its_owner_is_not_in(world, reading, writing, keep, text):
    keep("rights", "terrorist", shown=True)
    assert seen(world, reading, "legal", text) == []


def test_showing_less_takes_the_word_back_at_once(world, reading, writing, keep, text):
    red_line = keep("relief", "terrorist", shown=True)
    relief, before = world.actor("relief"), Said("terrorist", is_shown=True)
    with writing(relief) as session:
        actions.change(session, relief, red_line, Said("terrorist"), based_on=before.hash)
    assert seen(world, reading, "legal", text) == []
    assert seen(world, reading, "relief", text) == ["terrorist"]


def test_other_words_are_other_words_everywhere(world, reading, writing, keep, text):
    red_line = keep("relief", "terrorist", shown=True)
    relief, before = world.actor("relief"), Said("terrorist", is_shown=True)
    with writing(relief) as session:
        said = Said("extremist", is_shown=True)
        actions.change(session, relief, red_line, said, based_on=before.hash)
    assert seen(world, reading, "legal", text) == ["extremist"]
    with writing(relief) as session:
        actions.remove(session, relief, red_line, based_on=said.hash)
    assert seen(world, reading, "legal", text) == []
    assert seen(world, reading, "relief", text) == []


def test_who_is_taken_out_of_the_text_says_nothing_in_it(
    world, reading, writing, keep, text, invite
):
    red_line = keep("relief", "terrorist", shown=True)
    invite("relief", out=True)
    assert seen(world, reading, "legal", text) == []
    assert seen(world, reading, "women", text) == []
    relief, before = world.actor("relief"), Said("terrorist", is_shown=True)
    with writing(relief) as session:
        actions.remove(session, relief, red_line, based_on=before.hash)
    invite("relief")
    assert seen(world, reading, "legal", text) == []


def test_a_later_text_shows_the_words_when_their_owner_says_so(
    world, reading, writing, keep, text, invite
):
    keep("rights", "terrorist", shown=True)
    invite("rights")
    rights = world.actor("rights")
    assert seen(world, reading, "legal", text) == []
    with reading(rights) as session:
        assert queries.unshown(session, rights) == 1
    with writing(rights) as session:
        actions.show(session, rights)
    assert seen(world, reading, "legal", text) == ["terrorist"]
    with reading(rights) as session:
        assert queries.unshown(session, rights) == 0


def test_a_stopped_text_shows_no_word_after_the_next_change(world, reading, writing, keep, text):
    legal = world.actor("legal")
    with writing(legal) as session:
        positions.move(session, legal, text, to=Stage.CANCELLED)
    keep("relief", "terrorist", shown=True)
    assert seen(world, reading, "legal", text) == []


def test_a_drafter_keeps_words_and_shows_none(world, writing):
    drafter = world.actor("relief.drafter")
    with writing(drafter) as session:
        actions.keep(session, drafter, Said("terrorist"))
    with writing(drafter) as session, pytest.raises(Denied):
        actions.keep(session, drafter, Said("extremist", is_shown=True))
    signatory = world.actor("relief.signatory")
    with writing(signatory) as session, pytest.raises(Denied):
        actions.keep(session, signatory, Said("regime"))


def test_the_same_word_twice_is_refused(world, writing, keep):
    keep("relief", "terrorist")
    relief = world.actor("relief")
    with writing(relief) as session, pytest.raises(Invalid):
        actions.keep(session, relief, Said("Terrorists"))
    keep("legal", "terrorist")


def test_two_who_change_one_word_meet(world, writing, keep):
    red_line, relief, before = keep("relief", "terrorist"), world.actor("relief"), Said("terrorist")
    with writing(relief) as session:
        actions.change(session, relief, red_line, Said("rebel"), based_on=before.hash)
    with writing(relief) as session, pytest.raises(Conflict) as conflict:
        actions.change(session, relief, red_line, Said("bandit"), based_on=before.hash)
    assert conflict.value.current.words == "rebel"
    with writing(relief) as session, pytest.raises(Conflict):
        actions.remove(session, relief, red_line, based_on=before.hash)


def test_anothers_word_is_as_absent_as_none(world, writing, keep):
    red_line, legal = keep("relief", "terrorist", shown=True), world.actor("legal")
    for which in (red_line, uuid4()):
        with writing(legal) as session, pytest.raises(NotFound):
            actions.change(session, legal, which, Said("x"), based_on="")
        with writing(legal) as session, pytest.raises(NotFound):
            actions.remove(session, legal, which, based_on="")
