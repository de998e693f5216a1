"""Annexes of a draft and of its versions: who changes and who reads them, and what is signed."""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.annexes import actions, queries, rules
from advocacy.annexes.schema import AnnexFile
from advocacy.carries import rules as carrying
from advocacy.drafting import queries as drafts
from advocacy.formats.attachment import Attachment
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.positions import actions as positions
from advocacy.positions import queries as texts
from advocacy.positions.rows import VersionRow
from tests.signoff import scene
from tests.world import World

PDF = "application/pdf"
Add = Callable[..., UUID]


class Text:
    """A draft of Relief Network with its circle, and what its people do to its annexes."""

    def __init__(self, database: Database, world: World) -> None:
        self.database, self.world = database, world
        with database.writing(self.actor()) as session:
            self.id = scene.start(session, self.actor(), world, circle=("legal", "women"))
            self.document_id = texts.position(session, self.actor(), self.id).document_id

    def actor(self, key: str = "relief") -> Actor:
        return self.world.actor(key)

    def add(self, title: str = "Map", data: bytes = b"one", by: str = "relief.drafter") -> UUID:
        with self.database.writing(self.actor(by)) as session:
            sent = Attachment(PDF, data)
            return actions.add(session, self.actor(by), self.document_id, title=title, sent=sent).id

    def rows(self, by: str = "relief") -> list[queries.AnnexRow]:
        with self.database.reading(self.actor(by)) as session:
            return queries.of_draft(session, self.actor(by), self.document_id)

    def change(self, annex_id: UUID, title: str = "Map", number: int = 1, data: bytes = b"",
               based_on: str = "") -> None:  # fmt: skip
        with self.database.writing(self.actor()) as session:
            actions.change(
                session,
                self.actor(),
                annex_id,
                title=title,
                number=number,
                sent=Attachment(PDF, data) if data else None,
                based_on=based_on or rules.digest(self.rows()),
            )

    def remove(self, annex_id: UUID, based_on: str = "") -> None:
        with self.database.writing(self.actor()) as session:
            basis = based_on or rules.digest(self.rows())
            actions.remove(session, self.actor(), annex_id, based_on=basis)

    def freeze(self, based_on: str = "") -> VersionRow:
        with self.database.writing(self.actor()) as session:
            clauses = drafts.clauses(session, self.actor(), self.document_id)
            basis = queries.reading(session, self.actor(), self.document_id, clauses)
            made = positions.freeze(session, self.actor(), self.id, based_on=based_on or basis)
            return texts.version(session, self.actor(), made.id)

    def reopen(self) -> None:
        with self.database.writing(self.actor()) as session:
            positions.reopen(session, self.actor(), self.id)

    def files(self) -> int:
        """How many files are kept for it."""
        with self.database.reading(self.actor()) as session:
            query = select(func.count(AnnexFile.id))
            return session.scalars(query.where(AnnexFile.document_id == self.document_id)).one()


@pytest.fixture
def text(database: Database, world: World) -> Text:
    return Text(database, world)


def codes(error: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


def test_a_drafter_of_the_lead_adds_and_the_circle_reads(text: Text) -> None:
    text.add("  A  map\u0007 of\nBlue Valley ", b"one")
    text.add("List of roads", b"two")
    assert [(r.number, r.title, r.size) for r in text.rows("legal")] == [
        (1, "A map of Blue Valley", 3),
        (2, "List of roads", 3),
    ]
    file_id = text.rows()[0].file_id
    with text.database.reading(text.actor("women")) as session:
        found = queries.file(session, text.actor("women"), file_id)
    assert found.data == b"one"
    assert found.name == f"annex-{sha256(b'one').hexdigest()[:12]}.pdf"
    assert text.rows("rights") == []
    with text.database.reading(text.actor("rights")) as session, pytest.raises(NotFound):
        queries.file(session, text.actor("rights"), file_id)


@pytest.mark.parametrize(("by", "error"), [("legal", Denied), ("relief.admin", Denied),
                                           ("rights", NotFound), ("donor", NotFound)])  # fmt: skip
def test_nobody_else_adds_one(text: Text, by: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        text.add(by=by)


def test_doubles_and_too_much_are_refused(text: Text) -> None:
    text.add("Map", b"one")
    for title, data, code in (
        ("Other", b"one", "annexes.there-already"),
        ("MAP", b"two", "annexes.title-taken"),
        ("", b"two", "form.required"),
        ("t" * 201, b"two", "form.too-long"),
    ):
        with pytest.raises(Invalid) as error:
            text.add(title, data)
        assert codes(error) == {code}
    for number in range(2, rules.MOST + 1):
        text.add(f"Annex {number}", str(number).encode())
    with pytest.raises(Invalid) as error:
        text.add("One more", b"more")
    assert codes(error) == {"annexes.too-many"}


def test_all_annexes_together_have_a_limit(text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_TOTAL_BYTES", 5)
    text.add("Map", b"one")
    with pytest.raises(Invalid) as error:
        text.add("Roads", b"two")
    assert codes(error) == {"annexes.too-much"}


def test_order_title_and_file_change_and_a_removed_file_is_erased(text: Text) -> None:
    one, two, three = (text.add(name, name.encode()) for name in ("One", "Two", "Three"))
    text.change(three, "Third", number=1)
    assert [r.title for r in text.rows()] == ["Third", "One", "Two"]
    text.change(one, "One", number=2, data=b"new")
    assert [r.id for r in text.rows()] == [three, one, two]
    assert text.rows()[1].sha256 == sha256(b"new").hexdigest()
    assert text.files() == 3
    text.remove(one)
    assert [(r.number, r.title) for r in text.rows()] == [(1, "Third"), (2, "Two")]
    assert text.files() == 2
    with pytest.raises(Invalid) as error:
        text.change(two, "Two", number=3)
    assert codes(error) == {"form.choice"}


def test_who_read_an_older_list_is_told(text: Text) -> None:
    one, read = text.add("One", b"one"), rules.digest(text.rows())
    text.add("Two", b"two")
    for act in (lambda: text.change(one, based_on=read), lambda: text.remove(one, based_on=read)):
        with pytest.raises(Conflict) as error:
            act()
        assert len(error.value.current) == 2


def test_a_version_keeps_them_and_its_hash_covers_file_title_and_order(text: Text) -> None:
    bare = text.freeze()
    text.reopen()
    one, two = text.add("Map", b"one"), text.add("Roads", b"two")
    with pytest.raises(Conflict) as error:  # the lead had read the text without them
        text.freeze(based_on=drafts.order_hash(bare.clauses))
    assert error.value.reasons[0].code == "positions.draft-moved"
    first = text.freeze()
    assert [row.line for row in first.annexes] == [
        f"{sha256(b'one').hexdigest()} Map",
        f"{sha256(b'two').hexdigest()} Roads",
    ]
    assert first.rehashed == first.content_hash != bare.content_hash
    with pytest.raises(Conflict) as error:
        text.add("Late", b"late")
    assert error.value.reasons[0].code == "annexes.closed"
    text.reopen()
    hashes = {bare.content_hash, first.content_hash}
    changes = (
        lambda: text.change(one, "Map", number=1, data=b"redrawn"),
        lambda: text.change(one, "A map", number=1),
        lambda: text.change(one, "A map", number=2),
        lambda: text.remove(two),
    )
    for number, change in enumerate(changes, 3):
        change()
        hashes.add(text.freeze().content_hash)
        assert len(hashes) == number
        text.reopen()
    with text.database.reading(text.actor()) as session:
        assert texts.version(session, text.actor(), first.id).annexes == first.annexes
        kept = [queries.file(session, text.actor(), a.file_id).data for a in first.annexes]
    assert kept == [b"one", b"two"]


def test_a_file_that_a_version_has_cannot_be_erased(text: Text) -> None:
    one = text.add("Map", b"one")
    version = text.freeze()
    text.reopen()
    text.remove(one)
    assert text.files() == 1
    with pytest.raises(IntegrityError), text.database.writing(text.actor()) as session:
        session.execute(delete(AnnexFile).where(AnnexFile.id == version.annexes[0].file_id))
    text.add("Map again", b"one")
    assert text.files() == 1


def test_bytes_that_are_not_what_was_signed_are_never_sent(text: Text) -> None:
    text.add("Map", b"one")
    file_id = text.rows()[0].file_id
    table = AnnexFile.__table__
    with text.database.writing(text.actor()) as session:
        with guard.system(session, guard.System.AUDIENCE_REWRITE):
            session.execute(table.update().where(table.c.id == file_id).values(data=b"two"))
        with pytest.raises(RuntimeError):
            queries.file(session, text.actor(), file_id)


def test_who_signed_is_told_that_an_annex_changed(text: Text) -> None:
    one, two = text.add("Map", b"one"), text.add("Roads", b"two")
    signed = text.freeze()
    text.reopen()
    text.change(one, "Map", number=1, data=b"redrawn")
    text.change(two, "Roads by day", number=2)
    text.add("Names of clinics", b"three")
    now = text.freeze()
    assert [(r.code, r.facts["number"]) for r in carrying.differences(signed, now)] == [
        ("annexes.is-replaced", 1),
        ("annexes.is-renamed", 2),
        ("annexes.is-new", 3),
    ]
    assert [r.code for r in carrying.differences(now, signed)][-1] == "annexes.is-gone"
    assert not carrying.is_only_spelling(signed, now)
    assert carrying.is_only_spelling(signed, signed)
