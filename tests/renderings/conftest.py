"""A text of Harbour Legal Aid in English, which Relief Network helps to translate."""

import pytest

from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import NewClause, Replace
from advocacy.positions import queries as positions
from advocacy.renderings import actions, queries
from tests.signoff import scene

WORDS = (
    NewClause("paragraph", "What happens", "Four clinics have closed."),
    NewClause("recommendation", "", "Open the road."),
)
CHECKER = "legal"


@pytest.fixture
def text(world, writing):
    """The position's id."""
    legal = world.actor("legal")
    with writing(legal) as session:
        return scene.start(
            session, legal, world, circle=("relief", "women"), clauses=WORDS, title="Roads"
        )


@pytest.fixture
def clauses(world, reading, text):
    """`clauses()`: as they read now."""

    def now():
        legal = world.actor("legal")
        with reading(legal) as session:
            of = positions.position(session, legal, text)
            return drafts.clauses(session, legal, of.document_id)

    return now


@pytest.fixture
def state(world, reading, text, clauses):
    """`state()`: the rendering of the first clause, as somebody sees it."""

    def now(name="legal", language="fr", number=1):
        actor = world.actor(name)
        with reading(actor) as session:
            of = positions.position(session, actor, text)
            return queries.sides(session, actor, of, language)[number - 1].rendering

    return now


@pytest.fixture
def write(world, writing, text, clauses, state):
    """`write("relief", "Quatre cliniques…")`: translate the first clause."""

    def act(by, words, *, language="fr", number=1, now=None, heading="Ce qui se passe", **more):
        actor, clause = world.actor(by, now=now), clauses()[number - 1]
        given = {
            "heading": heading if clause.heading else "",
            "source_hash": clause.hash,
            "based_on": state(by, language, number).head_id,
            **more,
        }
        with writing(actor) as session:
            return actions.write(session, actor, text, language, clause.cid, text=words, **given)

    return act


@pytest.fixture
def check(world, writing, text, clauses, state):
    """`check("legal")`: say that the first clause is translated rightly."""

    def act(by, *, language="fr", number=1, now=None, **more):
        actor, clause = world.actor(by, now=now), clauses()[number - 1]
        given = {"based_on": state(by, language, number).head_id, **more}
        with writing(actor) as session:
            return actions.check(session, actor, text, language, clause.cid, **given)

    return act


@pytest.fixture
def edit(world, writing, text, clauses):
    """`edit("…")`: other words for the first clause."""

    def act(words, number=1):
        legal, clause = world.actor("legal"), clauses()[number - 1]
        with writing(legal) as session:
            of = positions.position(session, legal, text)
            change = Replace(clause.cid, clause.heading, words)
            drafting.change(session, legal, of.document_id, [change], based_on=clause.hash)

    return act


@pytest.fixture
def freeze(world, writing, text):
    """`freeze()`: the next version."""

    def act(now=None):
        legal = world.actor("legal", now=now)
        with writing(legal) as session:
            return scene.freeze(session, legal, text)

    return act
