"""A network signs for itself; for its members only by a record of who decided it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.mandates import actions, queries, rules
from advocacy.mandates.schema import OnBehalf
from advocacy.releases import actions as releasing
from advocacy.releases import queries as releases
from tests.browser import Browser
from tests.editions.conftest import Files
from tests.releases.conftest import AFTER, Make, Over
from tests.signoff import scene

LATER = AFTER + timedelta(hours=6)
WORDS = "The general assembly, by vote."
SAYS = "on behalf of its members"


def made(over: Make) -> Over:
    shown: dict[str, object] = {"outside": "named", "inside": "all"}
    done = over({"forum": shown, "legal": shown, "women": shown})
    done.check()
    return done


def record(done: Over, key: str = "forum", actor: Actor | None = None, **more: Any) -> UUID:
    actor = actor or done.actor(key)
    given = {"for_members": True, "mandate": WORDS, "decided_on": date(2026, 11, 1), "after": None}
    with done.database.writing(actor) as session:
        return actions.record(session, actor, done.round_.id, **given | more).id


def test_a_network_with_a_mandate_is_printed_so_and_counted_as_one(
    over: Make, client: Callable[[str], Browser], files: Callable[..., Files]
) -> None:
    done = made(over)
    first = record(done)
    release = done.publish()
    page = client("").get(f"/releases/{release}")
    assert f"(network, {SAYS})" in page
    assert "2 organisations and 1 network" in page
    for way in ("pdf", "word", "html"):
        words = " ".join(files(release).words(way).split())
        assert SAYS in words, way
        assert WORDS not in words, way
    record(done, for_members=False, mandate="", decided_on=None, after=first)
    page = client("").get(f"/releases/{release}")
    assert SAYS not in page
    assert "(network)" in page


def test_what_is_recorded_after_the_release_is_not_printed_in_it(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = made(over)
    release = done.publish()
    later = done.world.actor("forum", now=LATER)
    record(done, actor=later)
    assert SAYS not in client("").get(f"/releases/{release}")


def test_other_words_change_nothing_and_what_was_taken_back_does_not_return(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = made(over)
    first = record(done)
    release = done.publish()
    later = done.world.actor("forum", now=LATER)
    second = record(done, actor=later, mandate="The board, in writing.", after=first)
    assert SAYS in client("").get(f"/releases/{release}")
    third = record(done, actor=later, for_members=False, after=second)
    record(done, actor=later, after=third)
    assert SAYS not in client("").get(f"/releases/{release}")


def test_it_is_in_the_list_that_is_kept_and_no_secret_of_it_is(over: Make) -> None:
    done = made(over)
    record(done)
    lead = done.actor("relief")
    with done.database.reading(lead) as session:
        before = releases.preview(session, lead, done.round_)
    assert [name.name for name in before.names if name.for_members] == ["Testland NGO Forum"]
    release = done.publish()
    with done.database.reading(lead) as session:
        kept = releases.must_release(session, lead, release).compiled
    assert [name["name"] for name in kept["names"] if name["for_members"]] == ["Testland NGO Forum"]
    assert WORDS not in str(kept)


def test_a_network_that_joins_late_is_printed_so(
    over: Make, client: Callable[[str], Browser], files: Callable[..., Files]
) -> None:
    done = over({"legal": {"outside": "named"}}, late_until=AFTER + timedelta(days=9))
    done.check()
    release = done.publish()
    clock.freeze(LATER)
    later = done.world.actor("forum", now=LATER)
    first = record(done, actor=later)
    with done.database.writing(later) as session:
        scene.reply(session, later, done.round_, outside="named", inside="all")
        releasing.join(session, later, done.round_.id)
    words = " ".join(files(release).words("html").split())
    assert f"Testland NGO Forum (network, {SAYS})" in words
    record(done, actor=later, for_members=False, after=first)
    page = client("").get(f"/releases/{release}")
    assert SAYS not in page
    assert "Testland NGO Forum" in page


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"mandate": "  "}, "mandates.who-decided"),
        ({"decided_on": None}, "mandates.when"),
        ({"decided_on": date(2027, 1, 1)}, "mandates.later"),
        ({"mandate": "x" * (rules.LONGEST + 1)}, "form.too-long"),
    ],
)
def test_no_network_speaks_for_members_without_a_record(
    over: Make, more: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        record(made(over), **more)
    assert [reason.code for reason in refused.value.reasons] == [code]


def test_only_a_network_that_is_asked_records_and_it_alone_reads(over: Make) -> None:
    done = made(over)
    first = record(done)
    for key, refusal in (("legal", NotFound), ("donor", NotFound), ("forum.drafter", Denied)):
        with pytest.raises(refusal):
            record(done, key)
    with pytest.raises(Conflict):
        record(done)
    assert record(done, mandate="The board.", after=first)
    for key, number in (("forum", 2), ("relief", 0), ("legal", 0)):
        actor = done.actor(key)
        with done.database.reading(actor) as session:
            assert session.scalar(select(func.count(OnBehalf.id))) == number
            mine = queries.mine(session, actor, done.round_.id)
            assert (mine is not None) == (key == "forum")


def test_a_network_records_it_on_a_page(over: Make, client: Callable[[str], Browser]) -> None:
    done = made(over)
    forum, path = client("forum"), f"/mandates/{done.round_.id}"
    page = forum.get(path)
    assert 'value="itself" checked' in page
    assert "you can leave this empty" not in page
    typed = {"who": "members", "mandate": WORDS, "decided_on": ""}
    refused = forum.post(path, typed, page=path, status=422).get_data(True)
    assert "Choose the day of the decision." in refused
    assert WORDS in refused
    forum.post(path, typed | {"decided_on": "2026-11-01"}, page=path)
    page = forum.get(path)
    assert 'value="members" checked' in page
    assert WORDS in page
    for key in ("legal", "donor"):
        assert client(key).client.get(path).status_code == 404


def test_who_pressed_on_an_older_page_reads_what_is_recorded_and_can_press_again(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = made(over)
    forum, path = client("forum"), f"/mandates/{done.round_.id}"
    kept = record(done)
    typed = {"who": "members", "mandate": "The board.", "decided_on": "2026-11-01"}
    late = forum.post(path, typed | {"after": ""}, status=409).get_data(True)
    assert "The board." in late, "what was typed stays"
    assert WORDS in late, "what is recorded now is said"
    assert Browser._hidden(late, "after") == str(kept)
    forum.post(path, typed | {"after": str(kept)})
    assert "The board." in forum.get(path)
