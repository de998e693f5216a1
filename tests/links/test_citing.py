"""Citing a record in a text: all read the author's words, those who see the record find it."""

import re
from html import unescape
from uuid import uuid4

import pytest

from advocacy.drafting import queries as drafts
from advocacy.ground.errors import Invalid, NotFound
from advocacy.links import actions, queries
from advocacy.positions import queries as positions
from advocacy.text.markdown import render
from advocacy.threats import actions as threats
from advocacy.threats.rows import Sharing
from tests.signoff import scene

HTMX = {"HX-Request": "true"}
LABEL = "Monitoring, November"


@pytest.fixture
def text(world, writing):
    """A text of Relief Network that Harbour Legal Aid and the women's association write too."""
    relief = world.actor("relief")
    with writing(relief) as session:
        return scene.start(session, relief, world, circle=("legal", "women"))


@pytest.fixture
def clause(world, reading, text):
    def now():
        relief = world.actor("relief")
        with reading(relief) as session:
            of = positions.position(session, relief, text)
            return drafts.clauses(session, relief, of.document_id)[1]

    return now


@pytest.fixture
def cite(world, writing, text):
    def act(record_id, by="relief", label=LABEL, kind="threat"):
        actor = world.actor(by)
        with writing(actor) as session:
            return actions.cite(
                session, actor, position_id=text, record=(kind, record_id), label=label
            )

    return act


def cited(world, reading, name, text):
    actor = world.actor(name)
    with reading(actor) as session:
        return [(row.label, row.href) for row in queries.cited(session, actor, text)]


def sources(world, reading, name, text):
    actor = world.actor(name)
    with reading(actor) as session:
        of = positions.position(session, actor, text)
        return {row.id: (row.unseen, row.circle) for row in queries.sources(session, actor, of)}


def test_the_text_holds_the_label_and_nothing_of_the_record(cite, report):
    threat = report("own")
    token = cite(threat, label=" Monitoring,\n November [1](x) ")
    assert token == "[Monitoring, November 1 x]"
    assert render(token) == "<p>[Monitoring, November 1 x]</p>"


def test_who_sees_the_record_finds_it_and_nobody_else(world, reading, cite, report, text):
    threat = report("own")
    cite(threat)
    assert cited(world, reading, "relief", text) == [(LABEL, f"/threats/{threat}")]
    assert cited(world, reading, "legal", text) == []
    shared = report("members")
    cite(shared, label="Register")
    assert cited(world, reading, "legal", text) == [("Register", f"/threats/{shared}")]
    assert cited(world, reading, "rights", text) == []


def test_sharing_the_record_opens_what_was_cited(world, reading, writing, cite, report, text):
    threat = report("own")
    cite(threat)
    relief = world.actor("relief")
    with writing(relief) as session:
        threats.share(session, relief, threat, Sharing("members"))
        actions.follow(session, relief, "threat", threat)
    assert cited(world, reading, "legal", text) == [(LABEL, f"/threats/{threat}")]
    with writing(relief) as session:
        threats.share(session, relief, threat, Sharing())
    assert cited(world, reading, "legal", text) == []


def test_a_record_that_one_does_not_see_is_absent(cite, report):
    hidden = report("own")
    for which in (hidden, uuid4()):
        with pytest.raises(NotFound):
            cite(which, by="legal")
    with pytest.raises(NotFound):
        cite(hidden, kind="position")


def test_a_label_is_needed(cite, report):
    for label in ("", "[]", "x" * 121):
        with pytest.raises(Invalid):
            cite(report("own"), label=label)


def test_citing_twice_changes_nothing(world, reading, cite, report, text):
    threat = report("own")
    cite(threat)
    cite(threat)
    assert len(cited(world, reading, "relief", text)) == 1


def test_the_owner_is_told_how_many_cannot_see_it(world, reading, report, text):
    own, shared = report("own"), report("members")
    found = sources(world, reading, "relief", text)
    assert found[own] == (2, 3)
    assert found[shared] == (0, 3)


def test_of_a_small_circle_others_are_told_no_number(world, reading, report, text):
    shared = report("members")
    assert sources(world, reading, "legal", text)[shared] == (None, 3)


def test_of_a_large_circle_they_are(world, reading, writing, report):
    relief = world.actor("relief")
    with writing(relief) as session:
        large = scene.start(session, relief, world)
    shared = report("members")
    assert sources(world, reading, "legal", large)[shared] == (0, 6)


def test_a_source_is_put_at_the_end_of_the_clause_without_script(client, report, clause):
    threat, here = report("own"), f"/links/cite/{clause().cid}"
    relief = client("relief")
    page = relief.get(here)
    assert "2 of 3 organisations of this text cannot see it" in unescape(page)
    basis = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    sent = {"record": f"threat:{threat}", "label": LABEL, "based_on": basis, "here": ""}
    answer = relief.post(here, sent)
    assert answer.location == f"/drafting/{clause().cid}/edit"
    assert clause().text.endswith(f" [{LABEL}]")
    relief.post(here, {**sent, "label": "Again"}, status=409)
    assert "Again" not in clause().text


def test_in_the_open_clause_the_page_puts_it_in(client, report, clause):
    threat, here = report("own"), f"/links/cite/{clause().cid}"
    relief, before = client("relief"), clause().text
    part = relief.get(here, headers=HTMX)
    assert re.search(r'name="here"[^>]*value="y"', part)
    sent = {"record": f"threat:{threat}", "label": LABEL, "based_on": "", "here": "y"}
    answer = relief.post(here, sent)
    assert answer.location == f"{here}?done=1"
    assert clause().text == before, "it is saved with the rest of the clause"
    assert "Cited" in relief.get(answer.location, headers=HTMX)


@pytest.mark.parametrize("record", ["", "threat:1", "position:x", "threat:" + "0" * 36])
def test_nonsense_leads_nowhere(client, clause, record):
    here = f"/links/cite/{clause().cid}"
    sent = {"record": record, "label": LABEL, "here": "y"}
    client("relief").post(here, sent, status=404 if record else 422)


def test_readers_of_the_text_read_the_label_alone(client, world, reading, cite, report, text):
    threat = report("own")
    cite(threat)
    page = client("legal").get(f"/redlines/of/{text}")
    assert LABEL not in page
    assert str(threat) not in page
    assert f"/threats/{threat}" in client("relief").get(f"/redlines/of/{text}")
    for stranger in ("rights", "donor"):
        client(stranger).get(f"/redlines/of/{text}", status=404)
