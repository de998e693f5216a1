"""A name that comes after the text went out stands under it with its day, in every output."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.lists.schema import Joining
from advocacy.releases import actions as releasing
from advocacy.releases import queries as releases
from advocacy.releases.schema import Release
from advocacy.signoff import actions as signoff
from advocacy.text.canon import canonical_json
from tests.browser import Browser
from tests.editions.conftest import Files, Make, Over
from tests.releases.conftest import AFTER
from tests.signoff import scene
from tests.signoff.test_pages import Phone

WAYS = ("pdf", "word", "html")
LATER = AFTER + timedelta(days=1)
NAMED = {"legal": {"outside": "named"}}
Open = Callable[[str], Browser]


@pytest.fixture
def out(over: Make) -> tuple[Over, UUID]:
    """Published with one name, while names may still come."""
    done = over(NAMED, late_until=AFTER + timedelta(days=9))
    done.check()
    release_id = done.publish()
    clock.freeze(LATER)
    return done, release_id


def sign(done: Over, client: Open, key: str, **fields: object) -> None:
    """Answer late, by the pages."""
    phone = Phone(client(key), done.round_.id)
    given: dict[str, object] = {"kind": "endorse", "outside": "named", "shown_name": f"{key} late"}
    phone.confirm(phone.choose(**(given | fields)))


def everywhere(release_id: UUID, client: Open, files: Callable[..., Files]) -> dict[str, str]:
    got = files(release_id)
    found = {way: " ".join(got.words(way).split()) for way in WAYS}
    for at in (f"/releases/{release_id}", "/editions/in/testland", "/editions/in/testland/feed"):
        found[at.replace(str(release_id), "")] = client("").get(at)
    return found


def test_a_late_name_stands_with_its_day_in_every_output(
    out: tuple[Over, UUID], client: Open, files: Callable[..., Files]
) -> None:
    done, release_id = out
    before = everywhere(release_id, client, files)
    sign(done, client, "women")
    now = everywhere(release_id, client, files)
    for at in ("/releases/", *WAYS):
        assert "women late" in now[at], at
        assert "Joined on 25 November 2026" in now[at], at
        assert now[at].index("Harbour Legal Aid") < now[at].index("women late"), at
    assert "1 organisation" in now["/releases/"], "the first list stays as it was"
    assert "The last name joined on 25 November 2026" in now["/editions/in/testland"]
    assert "2026-11-25T" in now["/editions/in/testland/feed"]
    assert "2026-11-25T" not in before["/editions/in/testland/feed"]


def test_who_takes_its_late_name_off_leaves_no_trace(
    out: tuple[Over, UUID], client: Open, files: Callable[..., Files]
) -> None:
    done, release_id = out
    before = everywhere(release_id, client, files)
    sign(done, client, "women")
    actor = done.world.actor("women", now=LATER)
    with done.database.writing(actor) as session:
        signoff.lower(session, actor, done.round_.id, outside="counted", inside="nobody")
    after = everywhere(release_id, client, files)
    for at in ("/editions/in/testland", "/editions/in/testland/feed"):
        assert before[at] == after[at], at
    for at, words in after.items():
        assert "women late" not in words, at
        assert "Joined on" not in words, at


@pytest.mark.parametrize("outside", ["private", "counted", "category"])
def test_only_a_name_joins_for_a_number_that_grows_would_tell_of_one(
    out: tuple[Over, UUID], client: Open, files: Callable[..., Files], outside: str
) -> None:
    done, release_id = out
    before = everywhere(release_id, client, files)
    sign(done, client, "women", outside=outside)
    after = everywhere(release_id, client, files)
    assert {at: before[at] == after[at] for at in before if at not in {"pdf", "word"}} == {
        at: True for at in before if at not in {"pdf", "word"}
    }


def test_the_first_list_keeps_its_hash_and_each_addendum_follows_the_one_before(
    out: tuple[Over, UUID], client: Open
) -> None:
    done, release_id = out
    reader = anonymous(LATER)
    kept = (Release.list_hash, Release.compiled)
    with done.database.reading(reader) as session:
        first = session.execute(select(*kept).where(Release.id == release_id)).one()
    for key in ("women", "rights"):
        sign(done, client, key)
    with done.database.reading(reader) as session:
        assert session.execute(select(*kept).where(Release.id == release_id)).one() == first
        assert list(session.scalars(select(Joining.id))) == [], "nobody reads who ever joined"
        with guard.system(session, guard.System.RELEASE):
            columns = (Joining.compiled, Joining.list_hash)
            rows = session.execute(select(*columns).order_by(Joining.number)).all()
    assert [row.compiled["name"]["name"] for row in rows] == ["women late", "rights late"]
    assert [row.compiled["after"] for row in rows] == [first.list_hash, rows[0].list_hash]
    for row in rows:
        assert row.list_hash == sha256(canonical_json(row.compiled)).hexdigest()


def test_no_name_joins_a_text_that_was_withdrawn(out: tuple[Over, UUID], client: Open) -> None:
    done, release_id = out
    lead = done.world.actor("relief", now=LATER)
    with done.database.writing(lead) as session:
        releasing.end(session, lead, release_id, kind="withdrawn", reason="It was wrong.")
    sign(done, client, "women")
    with done.database.reading(lead) as session:
        assert releases.release(session, lead, release_id).joined == ()
        with guard.system(session, guard.System.RELEASE):
            assert list(session.scalars(select(Joining.id))) == []


def test_who_joined_by_name_is_in_no_number_of_a_later_list(
    out: tuple[Over, UUID], client: Open
) -> None:
    done, _release = out
    sign(done, client, "women")
    lead = done.world.actor("relief", now=LATER)
    with done.database.reading(lead) as session:
        lists = releases.earlier(session, lead, done.scene.position_id)
    named = {s.organisation_id for old in lists for s in old if s.cell == "named"}
    assert named == set(scene.ids(done.world, "legal", "women"))
