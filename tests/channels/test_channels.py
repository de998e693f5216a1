"""Where a name is left out: the quieter word wins, in every output at once."""

from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocacy.channels import actions, queries, rules
from advocacy.channels.rules import Readers
from advocacy.channels.schema import Quiet
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.logos import actions as logos
from advocacy.logos import queries as of_logos
from advocacy.signoff import actions as signoff
from tests.browser import Browser
from tests.editions.conftest import Files
from tests.logos.test_logos import png
from tests.releases.conftest import AFTER, Make, Over
from tests.signoff.test_pages import Phone

WAYS = ("pdf", "word", "html")
NAME = "Harbour Lawyers"
ALL, DONORS, OBSERVERS = Readers.EVERYBODY, Readers.DONORS, Readers.OBSERVERS


def made(over: Make) -> Over:
    shown: dict[str, object] = {"outside": "named", "inside": "all"}
    legal = shown | {"shown_name": NAME, "logo": True}
    done = over({"legal": legal, "women": shown, "rights": shown})
    actor = done.actor("legal")
    with done.database.writing(actor) as session:
        logos.put(session, actor, png(), after=None)
    done.check()
    return done


def leave(done: Over, who: Collection[str], key: str = "legal", after: UUID | None = None) -> UUID:
    actor = done.actor(key)
    with done.database.writing(actor) as session:
        return actions.choose(session, actor, done.round_.id, left_out=who, after=after).id


def readers_of(client: Callable[[str], Browser], release: UUID) -> set[str]:
    """Who gets the name on the page of the text."""
    page = f"/releases/{release}"
    who = ("", "relief", "women", "legal", "donor", "observer")
    return {key for key in who if NAME in client(key).client.get(page).get_data(True)}


def test_who_is_left_out_gets_no_name_no_number_and_no_logo(
    over: Make, client: Callable[[str], Browser], files: Callable[..., Files]
) -> None:
    done = made(over)
    release, actor = done.publish(), done.actor("legal")
    with done.database.reading(actor) as session:
        logo = of_logos.mine(session, actor)
        assert logo is not None
        picture = f"/logos/{logo.id}/under/{release}"
    everybody = {"", "relief", "women", "legal", "donor", "observer"}
    assert readers_of(client, release) == everybody
    assert "3 organisations" in client("").get(f"/releases/{release}")
    first = leave(done, [ALL])
    assert readers_of(client, release) == everybody - {""}
    assert "2 organisations" in client("").get(f"/releases/{release}")
    assert client("").client.get(picture).status_code == 404
    assert client("donor").client.get(picture).status_code == 200
    for key in ("", "relief", "donor"):  # a file is passed on: it says what everybody may read
        for way in WAYS:
            words = files(release, key).words(way)
            assert NAME not in words, (key, way)
            assert str(done.world.organisations["legal"]) not in words
    second = leave(done, [ALL, DONORS], after=first)
    assert readers_of(client, release) == everybody - {"", "donor"}
    third = leave(done, [ALL, OBSERVERS], after=second)
    assert readers_of(client, release) == everybody - {"", "observer"}
    leave(done, [], after=third)
    assert readers_of(client, release) == everybody
    assert NAME in files(release).words("html")


def outside(client: Callable[[str], Browser], release: UUID) -> dict[str, str]:
    """What readers beside the members get of a text: its page, the list of texts, the feed, files.

    A page is compared from its first heading on: above it stands what is made by chance each time.
    """
    pages = (f"/releases/{release}", "/editions/in/testland", "/editions/in/testland/feed")
    found = {}
    for key in ("", "donor", "observer"):
        for at in (*pages[:2], f"/editions/{release}/html"):
            found[f"{key} {at}"] = client(key).client.get(at).get_data(True).partition("<h1")[2]
    found["feed"] = client("").get(pages[2])
    return found


def test_a_name_that_is_left_out_looks_like_one_that_never_was(
    over: Make, client: Callable[[str], Browser]
) -> None:
    """Footnotes, their numbers, totals and the order of names: as of who is not shown at all."""
    shown: dict[str, object] = {"outside": "named", "inside": "all"}
    noted = shown | {
        "kind": "reservation",
        "note": "Not by night.",
        "printed": True,
        "clauses": (2,),
    }
    quiet = noted | {"shown_name": NAME, "logo": True}
    done = over({"legal": quiet, "women": shown, "rights": noted | {"note": "Nor alone."}})
    done.check()
    release = done.publish()
    with_it = outside(client, release)
    leave(done, [ALL, DONORS, OBSERVERS])
    without = outside(client, release)
    actor = done.actor("legal")
    with done.database.writing(actor) as session:
        signoff.lower(session, actor, done.round_.id, outside="private", inside="nobody")
    assert outside(client, release) == without
    assert [at for at in without if NAME in without[at]] == []
    for at in (f" /releases/{release}", f"donor /editions/{release}/html"):
        assert NAME in with_it[at]
    assert "Not by night." not in str(without)
    assert "Nor alone." in without[f" /releases/{release}"]


def test_a_late_name_passes_the_same_filter(over: Make, client: Callable[[str], Browser]) -> None:
    """Neither its name, its day nor that anybody joined: in the list of texts and its feed too."""
    done = over({"legal": {"outside": "named"}}, late_until=AFTER + timedelta(days=9))
    done.check()
    release = done.publish()
    clock.freeze(AFTER + timedelta(days=1))
    before = outside(client, release)
    phone = Phone(client("women"), done.round_.id)
    phone.confirm(phone.choose(kind="endorse", outside="named", shown_name=NAME))
    assert outside(client, release) != before
    first = leave(done, [ALL, DONORS], "women")
    now = outside(client, release)
    changed = {at.partition(" ")[0] for at in now if now[at] != before[at]}
    assert changed == {"observer"}, "it alone gets the name still"
    leave(done, [ALL, DONORS, OBSERVERS], "women", after=first)
    assert outside(client, release) == before
    assert readers_of(client, release) == {"relief", "women", "legal"}
    assert "The last name joined on" in client("relief").get("/editions/in/testland")


def test_a_choice_made_before_the_release_holds_from_its_first_second(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = made(over)
    leave(done, [ALL, DONORS, OBSERVERS])
    assert readers_of(client, done.publish()) == {"relief", "women", "legal"}


def test_a_text_that_went_out_in_private_is_read_by_those_it_is_for(
    over: Make, files: Callable[..., Files]
) -> None:
    done = over({"legal": {"outside": "named", "shown_name": NAME}}, channel="private")
    leave(done, [ALL])
    done.check()
    release = done.publish(delivered_to="The Governor")
    assert NAME in files(release, "relief").words("html")


@pytest.mark.parametrize("who", [[DONORS], [OBSERVERS], [DONORS, OBSERVERS], ["press"]])
def test_nobody_is_left_out_of_what_everybody_reads(over: Make, who: list[str]) -> None:
    done = made(over)
    with pytest.raises(Invalid):
        leave(done, who)
    assert rules.faults([ALL, *who]) == [] or who == ["press"]


def test_the_choice_is_its_organisations_own(over: Make) -> None:
    done = made(over)
    leave(done, [ALL])
    for key, number in (("legal", 1), ("relief", 0), ("women", 0), ("cluster", 0)):
        actor = done.actor(key)
        with done.database.reading(actor) as session:
            assert session.scalar(select(func.count(Quiet.id))) == number
            mine = queries.mine(session, actor, done.round_.position_id)
            assert (mine is not None) == (key == "legal")
    for key, refusal in (("legal.drafter", Denied), ("cluster", NotFound), ("donor", NotFound)):
        with pytest.raises(refusal):
            leave(done, [ALL], key)


def test_an_older_page_changes_nothing(over: Make) -> None:
    done = made(over)
    first = leave(done, [ALL])
    for after in (None, UUID(int=7)):
        with pytest.raises(Conflict):
            leave(done, [], after=after)
    leave(done, [ALL, DONORS], after=first)
    with pytest.raises(Conflict):
        leave(done, [], after=first)


def test_a_person_chooses_on_a_page_and_reads_it_back(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = made(over)
    legal, path = client("legal"), f"/channels/{done.round_.id}"
    before = legal.get(path)
    assert "checked" not in before
    assert "who compares it with theirs sees that our name is left out" in before
    refused = legal.post(path, {"left_out": "donors"}, page=path, status=422)
    assert "Leave your name out for everybody as well." in refused.get_data(True)
    legal.post(path, {"left_out": "everybody"}, page=path)
    page = legal.get(path)
    assert page.count("checked") == 1
    assert "Your choice was kept" in page
    for key, status in (("cluster", 404), ("donor", 404)):
        assert client(key).client.get(path).status_code == status


def test_who_pressed_on_an_older_page_reads_what_is_kept_and_can_press_again(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = made(over)
    legal, path = client("legal"), f"/channels/{done.round_.id}"
    kept = leave(done, [ALL, DONORS])
    late = legal.post(path, {"left_out": "everybody", "after": ""}, status=409).get_data(True)
    assert late.count("checked") == 1, "what was ticked stays"
    assert "<b>Everybody and Donors</b>" in late
    assert Browser._hidden(late, "after") == str(kept)
    legal.post(path, {"left_out": "everybody", "after": str(kept)})
    assert legal.get(path).count("checked") == 1
