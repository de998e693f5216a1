"""A table or a chart of a link inside another page: what it shows, to whom, and when no more."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.embeds import actions, queries, rules
from advocacy.embeds.rules import NewEmbed
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.shares import actions as shares
from tests.asks.test_actions import TODAY, Case
from tests.browser import Browser, check_page
from tests.outcomes.conftest import One
from tests.shares.test_shares import SECRET, Links

LANGUAGES = ("en", "fr", "es", "ar")
SITE = "https://www.embassy.example"


@pytest.fixture
def links(world: Any, database: Any, now: Any) -> Links:
    return Links(world, database, now)


@pytest.fixture
def case(world: Any, database: Any) -> Any:
    return lambda **how: Case(world, database, **how)


def make(links: Links, share_id: Any, **how: Any) -> str:
    by, after = how.pop("by", "cluster"), how.pop("after", None)
    new = NewEmbed(**{"origins": (SITE,), **how})
    made: str = links.do(actions.make, share_id, new, by=by, languages=LANGUAGES, after=after)
    return made


def seen(
    app: Any, token: str, *, status: int = 200, cookies: Iterable[tuple[str, str]] = ()
) -> Any:
    client = app.test_client()
    for name, value in cookies:
        client.set_cookie(name, value)
    answer = client.get(f"/embeds/{token}")
    assert answer.status_code == status
    return answer


@pytest.mark.parametrize("what", list(rules.What))
def test_it_shows_what_its_link_shows_and_is_small(
    app: Any, links: Links, case: Any, what: str
) -> None:
    for n in range(40):
        case(reach="donors", name=f"Ministry {n}", due_on=date(2026, 6, 30))
    case(reach="members", name="Hidden ministry")
    case(kind="party", reach="public", name="Hidden group")
    share_id, _token = links.make()
    page = seen(app, make(links, share_id, what=what)).get_data(as_text=True)
    check_page(page)
    assert "40 asks in all." in page
    for hidden in ("Hidden", "<script", "<a ", "<form", "%</"):
        assert hidden not in page
    assert len(page.encode()) < 30_000
    if what == "table":
        assert page.count("<li>") == rules.MOST_ROWS
        assert "15 more are not listed here." in page
    else:
        assert "<svg" in page
        assert "<table" in page


def test_it_shows_the_view_of_its_link_alone(app: Any, links: Links, case: Any) -> None:
    case(reach="donors", name="One ministry")
    case(reach="donors", name="Another ministry")
    case(member="donor", kind="donor", delivered_on=TODAY, reach="members", name="The north")
    share_id, _token = links.make(view={"addressee": "One ministry"})
    page = seen(app, make(links, share_id, what="table")).get_data(as_text=True)
    assert "One ministry" in page
    assert "Another ministry" not in page
    assert "The north" not in page


def test_only_the_sites_that_were_named_may_frame_it(app: Any, links: Links, client: Any) -> None:
    share_id, _token = links.make()
    answer = seen(app, make(links, share_id))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors {SITE}")
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    for path in ("/donors/in/testland", "/shares/in/testland"):
        other = client("cluster").client.get(path)
        assert other.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
        assert other.headers["X-Frame-Options"] == "DENY"


def test_without_a_site_nobody_may_frame_it(app: Any, links: Links) -> None:
    share_id, _token = links.make()
    answer = seen(app, make(links, share_id, origins=()))
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_no_cookie_changes_a_byte_and_none_is_set(
    app: Any, links: Links, case: Any, client: Any
) -> None:
    case(member="donor", kind="donor", delivered_on=TODAY, reach="members", name="The north")
    share_id, _token = links.make()
    token = make(links, share_id, language="fr")
    plain = seen(app, token)
    assert "Set-Cookie" not in plain.headers
    assert 'lang="fr"' in plain.get_data(as_text=True)
    with_one = seen(app, token, cookies=[("language", "ar"), ("advocacy", "x.y.z")])
    signed_in = client("donor").client.get(f"/embeds/{token}")
    assert plain.data == with_one.data == signed_in.data
    assert "Set-Cookie" not in signed_in.headers


@pytest.mark.parametrize("what", list(rules.What))
@pytest.mark.parametrize("reach", ["own", "members"])
def test_a_hidden_row_changes_no_byte_of_it(
    app: Any, links: Links, case: Any, what: str, reach: str
) -> None:
    case(reach="donors")
    share_id, _token = links.make()
    token = make(links, share_id, what=what)
    before = seen(app, token)
    case(reach=reach, name="Hidden")
    case(member="donor", kind="donor", reach=reach, name="Hidden too")
    One(links.world, links.database, reach=reach, title="Hidden")
    after = seen(app, token)
    assert before.data == after.data
    assert [h for h in before.headers if h[0] != "Date"] == [
        h for h in after.headers if h[0] != "Date"
    ]


def test_ended_over_renewed_and_never_made_are_one_answer(app: Any, links: Links) -> None:
    one, two, three = (links.make(label=f"No. {n}", days=2 + n)[0] for n in range(3))
    tokens = [make(links, share_id) for share_id in (one, two, three)]
    nothing = "x" * len(tokens[0])
    never = seen(app, nothing, status=404).get_data(as_text=True)

    def is_never(token: str) -> bool:
        """The way to another language is all that repeats the address."""
        gone = seen(app, token, status=404).get_data(as_text=True)
        return bool(gone.replace(token, nothing) == never)

    fresh = make(links, one, after=current(links, one).id)
    assert is_never(tokens[0])
    links.do(actions.end, one)
    assert is_never(fresh)
    links.do(shares.renew, two)
    assert is_never(tokens[1])
    seen(app, tokens[2])
    clock.freeze(links.now + timedelta(days=5))
    assert is_never(tokens[2])


def current(links: Links, share_id: Any) -> Any:
    actor = links.world.actor("cluster")
    with links.database.reading(actor) as session:
        return queries.embed(session, actor, share_id)


def test_it_ends_with_its_link(app: Any, links: Links) -> None:
    share_id, _token = links.make()
    token = make(links, share_id)
    links.do(shares.end, share_id)
    seen(app, token, status=404)
    assert current(links, share_id) is None
    with pytest.raises(Invalid) as refused:
        make(links, share_id)
    assert refused.value.reasons[0].code == "embeds.link-over"


def test_an_embed_opens_no_link_and_a_link_no_embed(app: Any, links: Links) -> None:
    share_id, link = links.make()
    token = make(links, share_id)
    seen(app, link, status=404)
    Browser.open(app, links.database, links.world).get(f"/shares/{token}", status=404)
    with pytest.raises(NotFound):
        links.opened(token)


def test_a_link_with_a_password_has_none(links: Links) -> None:
    share_id, _token = links.make(password=SECRET)
    with pytest.raises(Invalid) as refused:
        make(links, share_id)
    assert refused.value.reasons[0].code == "embeds.has-password"


@pytest.mark.parametrize(
    "site",
    [
        "http://a.example", "https://*.example", "https://a.example/path", "https://a", "*",
        "https://a.example; script-src *", "https://u@a.example", "'self'", "https://a.example:0",
        "data:", "https://ä.example",
    ],
)  # fmt: skip
def test_a_site_is_a_name_and_nothing_that_reads_as_more(links: Links, site: str) -> None:
    share_id, _token = links.make()
    with pytest.raises(Invalid) as refused:
        make(links, share_id, origins=(site,))
    assert refused.value.reasons[0].code == "embeds.site-shape"


def test_sites_are_read_as_people_type_them() -> None:
    typed = " https://A.example/ ,https://b.example:8443\n\nhttps://a.example"
    assert rules.sites(typed) == ("https://a.example", "https://b.example:8443")


def test_two_who_make_one_at_once_are_not_both_right(links: Links) -> None:
    share_id, _token = links.make()
    make(links, share_id)
    with pytest.raises(Conflict):
        make(links, share_id)


@pytest.mark.parametrize(("by", "error"), [("relief", NotFound), ("donor", NotFound)])
def test_who_does_not_coordinate_makes_none(links: Links, by: str, error: Any) -> None:
    share_id, _token = links.make()
    with pytest.raises((error, Denied)):
        make(links, share_id, by=by)


def test_the_form_makes_one_shows_its_code_once_and_ends_it(
    app: Any, links: Links, client: Any
) -> None:
    share_id, _token = links.make()
    browser, path = client("cluster"), f"/shares/{share_id}/embed"
    assert path in browser.get("/shares/in/testland")
    browser.get(path)
    browser.post(path, {"what": "chart", "language": "ar", "origins": "http://a"}, status=422)
    browser.get(path)
    browser.post(path, {"what": "chart", "language": "ar", "origins": SITE})
    page = browser.get(path)
    token = page.split("/embeds/", 1)[1].split("&#34;", 1)[0]
    assert 'dir="rtl"' in seen(app, token).get_data(as_text=True)
    assert "/embeds/" not in browser.get(path)
    browser.post(f"{path}/end", {}, page=path)
    seen(app, token, status=404)
