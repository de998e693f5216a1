"""Links for donors: what they show, what they never show, and how they end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from advocacy.access.actor import Actor
from advocacy.asks import queries as asks
from advocacy.donors import queries as donors
from advocacy.ground import clock
from advocacy.ground.errors import Denied, Invalid, NotFound, TooMany
from advocacy.outcomes import queries as outcome_queries
from advocacy.shares import actions, queries, rules
from advocacy.shares.rules import NewShare
from tests.asks.test_actions import Case
from tests.browser import Browser
from tests.outcomes.conftest import One

PAGE = "/donors/shared"
SECRET = "four herons over the slow canal"


@pytest.fixture
def links(world: Any, database: Any, now: Any) -> "Links":
    return Links(world, database, now)


class Links:
    """Links of Testland, made and opened by the real actions."""

    def __init__(self, world: Any, database: Any, now: Any) -> None:
        self.world, self.database, self.now = world, database, now

    def do(self, act: Callable[..., Any], *given: Any, by: str = "cluster", **how: Any) -> Any:
        actor = self.world.actor(by, now=how.pop("now", None))
        with self.database.writing(actor) as session:
            return act(session, actor, *given, **how)

    def make(self, **how: Any) -> tuple[Any, str]:
        by, new = how.pop("by", "cluster"), NewShare(**{"label": "For the embassy", **how})
        return self.do(actions.issue, by=by, workspace_id=self.world.workspace_id, new=new)

    def enter(self, token: str, password: str = "", now: Any = None) -> Any:
        nobody = Actor(now=now or self.now)
        with self.database.writing(nobody) as session:
            return actions.enter(session, nobody, token=token, password=password, keys=("a", "b"))

    def opened(self, made: str, now: Any = None) -> Any:
        nobody = Actor(now=now or self.now)
        with self.database.reading(nobody) as session:
            return queries.opened(session, made, now=nobody.now)

    def listed(self, by: str = "cluster") -> Any:
        actor = self.world.actor(by)
        with self.database.reading(actor) as session:
            return queries.shares(session, actor, workspace_id=self.world.workspace_id)


def browse(app: Any, links: Links, token: str, password: str = "") -> Browser:
    browser = Browser.open(app, links.database, links.world)
    browser.post(f"/shares/{token}", {"password": password} if password else {})
    return browser


def body(page: str) -> str:
    return page[page.index('id="donors-body"') :].split("</main>")[0]


# --- what it shows -------------------------------------------------------------------------------


def test_a_link_shows_what_donors_read_and_nothing_else(
    app: Any, links: Links, client: Any, world: Any, database: Any
) -> None:
    Case(world, database, reach="donors", name="The ministry")
    Case(world, database, reach="members", name="Hidden ministry")
    One(world, database, reach="donors")
    One(world, database, reach="members", title="Hidden gate")
    _id, token = links.make()
    page = browse(app, links, token).get(PAGE)
    assert body(page).partition('<p class="note">Open on')[0].strip() == (
        body(client("donor").get("/donors/in/testland")).strip()
    )
    assert "Hidden" not in page
    for way_in in ("/recommendations/", "/organisations/", "Sign out", "For the embassy"):
        assert way_in not in page


def test_a_public_link_shows_what_everybody_reads(
    app: Any, links: Links, world: Any, database: Any
) -> None:
    Case(world, database, reach="public", name="Everybody’s")
    Case(world, database, reach="donors", name="Only donors’")
    _id, token = links.make(width="public")
    page = browse(app, links, token).get(PAGE)
    assert "Everybody’s" in page
    assert "Only donors’" not in page


def test_a_link_shows_its_view_alone(app: Any, links: Links, world: Any, database: Any) -> None:
    Case(world, database, reach="donors", name="One ministry")
    Case(world, database, reach="donors", name="Another ministry")
    _id, token = links.make(view={"addressee": "One ministry"})
    page = browse(app, links, token).get(f"{PAGE}?addressee=Another+ministry")
    assert "One ministry" in page
    assert "Another ministry" not in page
    assert "1 ask in all." in page


def test_who_holds_a_link_reads_as_the_donors_and_is_in_nothing(
    links: Links, world: Any, database: Any
) -> None:
    case = Case(world, database, reach="members")
    one = One(world, database, reach="members")
    _id, token = links.make()
    reader = rules.reader(links.opened(links.enter(token)), links.now)
    assert reader.memberships == frozenset()
    assert not reader.is_signed_in
    with database.reading(reader) as session:
        assert donors.published(session, reader, workspace_id=world.workspace_id) == []
        assert asks.asks_of(session, reader, [case.recommendation_id]) == {}
        for act in (outcome_queries.outcome, asks.ask):
            with pytest.raises(NotFound):
                act(session, reader, one.id)


@pytest.mark.parametrize("reach", ["own", "members"])
def test_a_hidden_row_changes_no_byte_of_a_link(
    app: Any, links: Links, world: Any, database: Any, reach: str
) -> None:
    Case(world, database, reach="donors")
    _id, token = links.make()
    browser = browse(app, links, token)
    before = browser.get(PAGE)
    Case(world, database, reach=reach, name="Hidden")
    One(world, database, reach=reach, title="Hidden")
    assert browser.get(PAGE) == before


# --- how it ends ---------------------------------------------------------------------------------


def test_ended_over_and_never_made_are_one_answer(app: Any, links: Links) -> None:
    browser = Browser.open(app, links.database, links.world)
    share_id, token = links.make()
    never = browser.get(f"/shares/{'x' * len(token)}", status=404).replace("x" * len(token), token)
    assert "A page was shared" in browser.get(f"/shares/{token}")
    links.do(actions.end, share_id)
    assert browser.get(f"/shares/{token}", status=404) == never
    _other, over = links.make(days=1)
    clock.freeze(links.now + timedelta(days=2))
    assert browser.get(f"/shares/{over}", status=404).replace(over, token) == never


def test_a_link_that_is_ended_while_it_is_open_shows_nothing_more(app: Any, links: Links) -> None:
    share_id, token = links.make()
    browser = browse(app, links, token)
    browser.get(PAGE)
    links.do(actions.end, share_id)
    gone = browser.get(PAGE, status=404)
    assert gone == Browser.open(app, links.database, links.world).get(PAGE, status=404)


def test_a_link_that_ends_between_its_page_and_its_button_opens_nothing(
    app: Any, links: Links
) -> None:
    share_id, token = links.make()
    browser = Browser.open(app, links.database, links.world)
    page = browser.get(f"/shares/{token}")
    links.do(actions.end, share_id)
    sent = {"csrf_token": browser._hidden(page, "csrf_token"), "idempotency_key": "k" * 8}
    assert browser.client.post(f"/shares/{token}", data=sent).status_code == 404
    assert links.listed()[0].openings == 0


def test_an_open_page_ends_with_its_link(links: Links) -> None:
    _id, token = links.make(days=1)
    made = links.enter(token, now=links.now + timedelta(hours=20))
    links.opened(made, now=links.now + timedelta(hours=23))
    with pytest.raises(NotFound):
        links.opened(made, now=links.now + timedelta(hours=25))


def test_another_link_to_the_same_view_ends_the_one_before(links: Links) -> None:
    share_id, token = links.make(view={"late": "1"}, password=SECRET)
    made = links.enter(token, SECRET)
    _space, again = links.do(actions.renew, share_id)
    for call in (lambda: links.enter(token, SECRET), lambda: links.opened(made)):
        with pytest.raises(NotFound):
            call()
    assert links.opened(links.enter(again, SECRET)).view == {"late": "1"}
    assert links.enter(again, "wrong") is None


def test_all_links_end_at_once(links: Links) -> None:
    tokens = [links.make(label=f"No. {n}")[1] for n in range(3)]
    assert links.do(actions.end_all, by="forum", workspace_id=links.world.workspace_id) == 3
    for token in tokens:
        with pytest.raises(NotFound):
            links.enter(token)
    assert {row.state for row in links.listed()} == {"ended"}


# --- who makes them, and the password ------------------------------------------------------------


@pytest.mark.parametrize("by", ["relief", "observer", "donor"])
def test_who_does_not_coordinate_makes_sees_and_ends_none(links: Links, by: str) -> None:
    share_id, _token = links.make()
    with pytest.raises(Denied):
        links.make(by=by)
    with pytest.raises(Denied):
        links.listed(by)
    with pytest.raises(NotFound):
        links.do(actions.end, share_id, by=by)


def test_a_wrong_password_opens_nothing_and_slows_down(links: Links) -> None:
    _id, token = links.make(password=SECRET)
    for _try in range(5):
        assert links.enter(token, "seven geese over a fast river") is None
    with pytest.raises(TooMany):
        links.enter(token, SECRET)
    later = links.now + timedelta(minutes=1)
    assert links.opened(links.enter(token, SECRET, now=later), now=later)
    assert [row.openings for row in links.listed()] == [1]


@pytest.mark.parametrize(
    "how",
    [{"label": " "}, {"days": 0}, {"days": 9_999}, {"width": "own"}, {"password": "short"},
     {"view": {"secret": "1"}}, {"view": {"addressee": "x" * 201}}],
)  # fmt: skip
def test_a_link_that_says_too_little_or_too_much_is_not_made(links: Links, how: Any) -> None:
    with pytest.raises(Invalid):
        links.make(**how)


def test_the_link_is_shown_once_and_kept_nowhere(app: Any, links: Links, client: Any) -> None:
    browser = client("cluster")
    sent = {"label": "For the embassy", "width": "donors", "days": "30"}
    browser.post("/shares/in/testland/new", {**sent, "late": "1"})
    page = browser.get("/shares/in/testland")
    token = page.partition("It is shown this once: ")[2].partition("</p>")[0]
    token = token.rpartition("/")[2].split("<")[0].strip("\u2068\u2069 ")
    assert "A page was shared" in Browser.open(app, links.database, links.world).get(
        f"/shares/{token}"
    )
    again = browser.get("/shares/in/testland")
    assert token not in again
    assert "For the embassy" in again
    browser.post(f"/shares/{links.listed()[0].id}/end", {}, page="/shares/in/testland")
    assert links.listed()[0].state == "ended"


def test_opening_is_counted_by_the_button_and_not_by_looking(app: Any, links: Links) -> None:
    _id, token = links.make()
    browser = Browser.open(app, links.database, links.world)
    for _look in range(3):
        browser.get(f"/shares/{token}")
    assert links.listed()[0].openings == 0
    browse(app, links, token)
    assert links.listed()[0].openings == 1


def test_its_pages_are_not_kept_indexed_or_told_of(app: Any, links: Links) -> None:
    _id, token = links.make()
    browser = browse(app, links, token)
    for path in (f"/shares/{token}", PAGE):
        answer = browser.client.get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert 'name="robots" content="noindex"' in answer.get_data(as_text=True)
