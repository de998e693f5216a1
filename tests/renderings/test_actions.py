"""A translated clause: draft, checked by another person, out of date when the clause changes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import queries as positions
from advocacy.renderings import actions, queries
from advocacy.renderings.rows import State
from advocacy.renderings.schema import RenderingAct
from tests.world import NOW


def codes(error):
    return [reason.code for reason in error.value.reasons]


def test_a_translation_is_a_draft_until_another_person_checks_it(state, write, check):
    assert state().state is State.MISSING
    write("relief", "Quatre cliniques ont **fermé**.")
    found = state()
    assert found.state is State.DRAFT
    assert "<strong>fermé</strong>" in found.html
    with pytest.raises(Invalid) as refused:
        check("relief")
    assert codes(refused) == ["renderings.own-words"]
    check("legal")
    assert state().state is State.CHECKED
    assert state().text == "Quatre cliniques ont **fermé**."


def test_a_checked_translation_is_not_checked_twice(write, check):
    write("relief", "Quatre cliniques.")
    check("legal")
    with pytest.raises(Invalid) as refused:
        check("women")
    assert codes(refused) == ["renderings.nothing-to-check"]


def test_new_words_need_a_new_check(state, write, check):
    write("relief", "Quatre cliniques.")
    check("legal")
    write("women", "Quatre dispensaires.")
    assert state().state is State.DRAFT


def test_a_changed_clause_makes_its_translation_out_of_date_and_no_other(state, write, check, edit):
    write("relief", "Quatre cliniques.")
    write("relief", "Ouvrez la route.", number=2)
    check("legal")
    check("legal", number=2)
    edit("Five clinics have closed.")
    assert state().state is State.OUTDATED
    assert state(number=2).state is State.CHECKED
    edit("Four clinics have closed.")
    assert state().state is State.CHECKED, "the same words again, so the same check"


def test_what_is_out_of_date_is_not_checked_but_brought_up_to_date(state, write, check, edit):
    write("relief", "Quatre cliniques.")
    edit("Five clinics have closed.")
    with pytest.raises(Invalid) as refused:
        check("legal")
    assert codes(refused) == ["renderings.outdated"]
    write("relief", "Cinq cliniques.")
    assert state().state is State.DRAFT


def test_two_translators_at_once_lose_nothing(state, write):
    before = state().head_id
    write("relief", "Les mots de Relief.", based_on=before)
    with pytest.raises(Conflict) as conflict:
        write("women", "Les mots des femmes.", based_on=before)
    assert codes(conflict) == ["renderings.other-words"]
    assert conflict.value.current.rendering.text == "Les mots de Relief."
    assert state().text == "Les mots de Relief."


def test_a_clause_that_changed_under_the_translator_is_shown_again(clauses, write, edit):
    source = clauses()[0].hash
    edit("Five clinics have closed.")
    with pytest.raises(Conflict) as conflict:
        write("relief", "Quatre cliniques.", source_hash=source)
    assert codes(conflict) == ["renderings.source-moved"]
    assert conflict.value.current.clause.text == "Five clinics have closed."


def test_a_check_is_of_the_words_that_were_read(state, write, check):
    write("relief", "Quatre cliniques.")
    read = state().head_id
    write("relief", "Cent cliniques.")
    with pytest.raises(Conflict):
        check("legal", based_on=read)
    assert state().state is State.DRAFT


@pytest.mark.parametrize(
    ("heading", "words", "code"),
    [
        ("", "Quatre cliniques.", "renderings.no-heading"),
        ("Ce qui se passe", " \n", "renderings.no-text"),
        ("Ce qui se passe", "x" * 20_001, "form.too-long"),
    ],
)
def test_what_the_clause_has_the_translation_needs(write, heading, words, code):
    with pytest.raises(Invalid) as refused:
        write("relief", words, heading=heading)
    assert codes(refused) == [code]


def test_the_text_of_record_is_not_translated_into_itself(world, reading, text):
    legal = world.actor("legal")
    with reading(legal) as session:
        of = positions.position(session, legal, text)
        for language in ("en", "xx", ""):
            with pytest.raises(NotFound):
                queries.sides(session, legal, of, language)


def test_who_does_not_write_the_text_does_not_translate_it(write, world):
    with pytest.raises(Denied):
        write("relief.signatory", "Quatre cliniques.", based_on=None)
    for stranger in ("cluster", "rights", "donor"):
        with pytest.raises(NotFound):
            write(stranger, "Quatre cliniques.", based_on=None)


def version_of(world, reading, found, name="legal", language="fr"):
    actor = world.actor(name)
    with reading(actor) as session:
        version = positions.version(session, actor, found.id)
        return [side.rendering for side in queries.of_version(session, actor, version, language)]


def test_a_frozen_version_keeps_what_was_checked_by_then(world, reading, write, check, freeze):
    write("relief", "Quatre cliniques.")
    check("legal")
    write("relief", "Ouvrez la route.", number=2)
    found = freeze(now=NOW + timedelta(hours=1))
    first, second = version_of(world, reading, found)
    assert (first.state, first.text) == (State.CHECKED, "Quatre cliniques.")
    assert second.state is State.MISSING, "a draft is nobody's reading"
    later = NOW + timedelta(hours=2)
    write("women", "Quatre dispensaires.", now=later)
    check("legal", now=later)
    check("women", number=2, now=later)
    first, second = version_of(world, reading, found)
    assert (first.state, first.text) == (State.CHECKED, "Quatre cliniques.")
    assert (second.state, second.text) == (State.LATER, "Ouvrez la route.")


def test_a_version_shows_no_translation_of_other_words(world, reading, write, check, edit, freeze):
    write("relief", "Quatre cliniques.")
    check("legal")
    edit("Five clinics have closed.")
    found = freeze(now=NOW + timedelta(hours=1))
    assert version_of(world, reading, found)[0].state is State.MISSING


def test_what_was_translated_is_for_ever(world, writing, write):
    act_id = write("relief", "Quatre cliniques.")
    relief = world.actor("relief")
    with pytest.raises(DBAPIError), writing(relief) as session:
        session.get(RenderingAct, act_id).text = "Cent cliniques."
    with pytest.raises(DBAPIError), writing(relief) as session:
        session.delete(session.get(RenderingAct, act_id))


def test_nobody_outside_the_circle_reads_a_translation(world, reading, write):
    act_id = write("relief", "Quatre cliniques.")
    for name in ("cluster", "rights", "observer", "donor"):
        with reading(world.actor(name)) as session:
            assert session.get(RenderingAct, act_id) is None


def test_a_clause_that_is_no_clause_of_the_text_is_absent(world, writing, text):
    relief = world.actor("relief")
    with writing(relief) as session, pytest.raises(NotFound):
        actions.write(
            session, relief, text, "fr", uuid4(), heading="", text="x", source_hash="",
            based_on=None,
        )  # fmt: skip
