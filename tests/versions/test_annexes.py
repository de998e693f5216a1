"""Annexes side by side, since I read them, and brought back with their version."""

import re

import pytest
from sqlalchemy import func, select

from advocacy.annexes import actions as annexing
from advocacy.annexes import queries as annexes
from advocacy.annexes import rules as lists
from advocacy.annexes.schema import AnnexFile
from advocacy.drafting import queries as drafts
from advocacy.formats.attachment import Attachment
from advocacy.ground.errors import Conflict, Invalid
from advocacy.positions import actions as positions
from advocacy.positions import queries as texts
from advocacy.versions import actions, queries
from tests.signoff import scene


class Text:
    """A text of Relief Network, frozen with a map and a table, and open again."""

    def __init__(self, database, world):
        self.database, self.lead = database, world.actor("relief")
        made = scene.frozen(database, world, circle=("legal",), annexes=("Map", "Table"))
        self.id, self.version = made.position_id, made.version
        with database.writing(self.lead) as session:
            positions.reopen(session, self.lead, self.id)
            self.document_id = texts.position(session, self.lead, self.id).document_id

    def rows(self):
        with self.database.reading(self.lead) as session:
            return annexes.of_draft(session, self.lead, self.document_id)

    def add(self, title):
        with self.database.writing(self.lead) as session:
            sent = Attachment("application/pdf", f"%PDF-{title}".encode())
            annexing.add(session, self.lead, self.document_id, title=title, sent=sent)

    def remove(self, title):
        rows = self.rows()
        gone = next(row.id for row in rows if row.title == title)
        with self.database.writing(self.lead) as session:
            annexing.remove(session, self.lead, gone, based_on=lists.digest(rows))

    def replace(self, title, data):
        rows = self.rows()
        row = next(row for row in rows if row.title == title)
        with self.database.writing(self.lead) as session:
            annexing.change(
                session, self.lead, row.id, title=title, number=row.number,
                sent=Attachment("application/pdf", data), based_on=lists.digest(rows),
            )  # fmt: skip

    def changes(self, actor, before):
        with self.database.reading(actor) as session:
            of = texts.position(session, actor, self.id)
            found = queries.comparison(session, actor, of, before, "draft").annexes
        return [(one.kind, (one.after or one.before).title) for one in found]

    def read(self):
        """What a page of the draft would name as read."""
        with self.database.reading(self.lead) as session:
            clauses = drafts.clauses(session, self.lead, self.document_id)
            return annexes.reading(session, self.lead, self.document_id, clauses)

    def restore(self, based_on):
        with self.database.writing(self.lead) as session:
            actions.restore(session, self.lead, self.id, self.version.id, based_on=based_on)

    def files(self):
        with self.database.reading(self.lead) as session:
            of = AnnexFile.document_id == self.document_id
            return session.scalar(select(func.count(AnnexFile.id)).where(of))


@pytest.fixture
def text(database, world):
    return Text(database, world)


def test_what_differs_is_said_and_counted(text, world, client):
    here, legal = f"/versions/{text.id}/compare?from=1&to=draft", client("legal")
    assert "Nothing is different." in legal.get(here)
    text.remove("Map")
    text.replace("Table", b"%PDF-other")
    text.add("Letter")
    assert text.changes(world.actor("legal"), "1") == [
        ("replaced", "Table"), ("new", "Letter"), ("gone", "Map"),
    ]  # fmt: skip
    page = " ".join(legal.get(here).split())
    assert "Nothing is different." not in page
    assert "1 annex added · 1 annex removed · 1 annex replaced by another file." in page
    assert "It was annex 2." in page


def test_an_annex_that_changed_since_i_read_it_is_told(text, world, database):
    legal = world.actor("legal")
    for title in ("", "Letter"):
        with database.writing(legal) as session:
            actions.saw(session, legal, text.id)
        assert text.changes(legal, "read") == []
        if not title:
            text.add("Letter")
            assert text.changes(legal, "read") == [("new", "Letter")]


def test_a_version_comes_back_with_its_annexes(text):
    before = text.rows()
    text.replace("Table", b"%PDF-other")
    text.remove("Map")
    text.add("Letter")
    assert text.files() == 4
    text.restore(text.read())
    assert text.rows() == before
    assert text.files() == 2


def test_annexes_taken_out_and_sent_again_come_back_as_they_were(text):
    before = text.rows()
    text.remove("Map")
    text.remove("Table")
    text.add("Table")
    text.add("Map")
    text.restore(text.read())
    assert text.rows() == before


def test_annexes_that_changed_meanwhile_are_not_replaced_unread(text):
    read = text.read()
    with pytest.raises(Invalid) as same:
        text.restore(read)
    assert [reason.code for reason in same.value.reasons] == ["versions.same"]
    text.add("Letter")
    with pytest.raises(Conflict) as moved:
        text.restore(read)
    assert [reason.code for reason in moved.value.reasons] == ["versions.draft-moved"]
    assert len(text.rows()) == 3


def test_the_page_says_what_is_erased_before_it_is(text, client):
    relief, here = client("relief"), f"/versions/{text.version.id}/restore"
    text.add("Letter")
    page = relief.get(here)
    assert "will be erased" in page
    assert page.count("Letter") == 2
    assert "Table" not in page
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    relief.post(here, {"based_on": based}, page=here)
    assert [row.title for row in text.rows()] == ["Map", "Table"]
    said = relief.get(f"/positions/{text.id}/activity")
    assert "Brought version 1 back as the draft" in said
