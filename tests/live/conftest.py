"""A draft of two organisations, and people who write in it with a document of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from advocacy.access import audience
from advocacy.drafting import actions, queries
from advocacy.drafting.rules import NewClause
from advocacy.text.shape import fragment
from tests.streams import end_streams


@pytest.fixture(autouse=True)
def at_rest(engine: Any) -> Iterator[None]:
    """Whoever sends has ended before the database goes; streams of other tests are none of ours."""
    end_streams()
    yield
    end_streams()


@pytest.fixture
def draft(world: Any, writing: Any) -> UUID:
    """A text of Legal's with Relief in its audience: clauses one, two, three."""
    legal, relief = world.organisations["legal"], world.organisations["relief"]
    actor = world.actor("legal")
    with writing(actor) as session:
        who = audience.intern(session, {legal, relief})
        new = [
            NewClause("paragraph", name, f"Words of {name}.") for name in ("one", "two", "three")
        ]
        return actions.open_document(session, actor, audience_id=who, language="en", clauses=new)


@dataclass
class Pen:
    """Somebody's browser: a document, and the steps it has not sent yet."""

    draft: UUID
    doc: Doc[Any] = field(default_factory=Doc)
    steps: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mute = False
        self.doc.observe(lambda event: None if self.mute else self.steps.append(event.update))

    def hear(self, update: bytes) -> None:
        """What others wrote."""
        self.mute = True
        self.doc.apply_update(update)
        self.mute = False

    @property
    def text(self) -> XmlFragment:
        return fragment(self.doc)

    def letters(self, clause: int) -> XmlText:
        """The letters of a clause's first paragraph."""
        found = self.text.children[clause].children[0].children[0]
        assert isinstance(found, XmlText)
        return found

    def types(self, clause: int, words: str, at: int | None = None) -> "Pen":
        """Type at the end of a clause, or at a place of it."""
        letters = self.letters(clause)
        letters.insert(len(letters) if at is None else at, words)
        return self

    def heads(self, clause: int, words: str) -> "Pen":
        """Give a clause this heading."""
        self.text.children[clause].attributes["heading"] = words
        return self

    def adds(self, cid: str, words: str = "") -> "Pen":
        """A clause at the end, as Enter makes it."""
        with self.doc.transaction():
            inside = [XmlElement("paragraph", contents=[XmlText(words)])]
            made = XmlElement("clause", {"cid": cid, "kind": "paragraph"}, inside)
            self.text.children.append(made)
        return self

    def step(self) -> bytes:
        """The next step to send."""
        return self.steps.pop(0)


@pytest.fixture
def pen(draft: UUID, world: Any, reading: Any) -> Callable[[str], Pen]:
    """`pen("relief")`: the text open in a browser of theirs."""

    def opened(key: str = "legal") -> Pen:
        actor = world.actor(key)
        made = Pen(draft)
        with reading(actor) as session:
            made.hear(queries.live_state(session, actor, draft)[0])
        return made

    return opened


@pytest.fixture
def push(draft: UUID, world: Any, writing: Any) -> Callable[..., int]:
    """`push("relief", payload, key)`: one transaction of theirs."""

    def pushed(key: str, payload: bytes, name: str) -> int:
        actor = world.actor(key)
        with writing(actor) as session:
            return actions.push(session, actor, draft, payload, key=name)

    return pushed


@pytest.fixture
def now_reads(draft: UUID, world: Any, reading: Any) -> Callable[..., list[str]]:
    """The words of the clauses, as everybody reads them."""

    def read(key: str = "legal") -> list[str]:
        actor = world.actor(key)
        with reading(actor) as session:
            return [clause.text for clause in queries.clauses(session, actor, draft)]

    return read
