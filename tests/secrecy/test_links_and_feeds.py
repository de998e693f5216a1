"""Links for donors and private feeds tell nothing of hidden rows: byte for byte, in every format.

The same world is built with and without them; what stands at a link, in its files, in its tables
inside other pages and at the addresses of feeds is the same. Published rows do change each of them.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from advocacy.embeds import actions as embeds
from advocacy.embeds.rules import NewEmbed
from advocacy.embeds.rules import What as Embedded
from advocacy.feeds import actions as feeds
from advocacy.ground import base
from advocacy.shares import actions as shares
from advocacy.shares.rules import NewShare
from tests.asks.test_actions import TODAY, Case
from tests.browser import Browser
from tests.outcomes.conftest import One
from tests.secrecy import worlds
from tests.secrecy.test_differential import Answer, ask
from tests.secrecy.worlds import Made
from tests.shares.test_shares import Links, browse

PAGE, FILES = "/donors/shared", "/donors/shared/files"
KINDS = ("xlsx", "csv", "pdf")
LANGUAGES = ("en", "fr", "es", "ar")
OUTSIDE = ("donor", "observer")
TEXT = " as text"
FEEDS = [(by, what, titles) for by in OUTSIDE for what in ("calendar", "news") for titles in (0, 1)]


@dataclass
class Doors:
    """Tokens that open something, by what they open."""

    links: dict[str, str]
    embedded: dict[str, str]
    feeds: dict[str, str]


def hidden_asks(made: Made) -> None:
    """For members alone, by one organisation alone, and public but put to an armed group (A8)."""
    for name, how in {
        "Hidden ministry": {"reach": "members", "due_on": TODAY},
        "Hidden office": {"reach": "own", "due_on": TODAY, "do_words": worlds.WORDS},
        "Hidden group": {"reach": "public", "kind": "party", "due_on": TODAY},
    }.items():
        Case(made.world, made.database, name=name, **how)
    One(made.world, made.database, reach="members", title=worlds.WORDS)


def doors(made: Made) -> Doors:
    """The same links, tables and feeds in either world, whatever ids were given before."""
    base.seed_ids(7)
    try:
        found = Doors({}, {}, {})
        cluster, space = made.world.actor("cluster", now=worlds.AFTER), made.world.workspace_id
        with made.database.writing(cluster) as session:
            for width, what in zip(("donors", "public"), Embedded, strict=True):
                new = NewShare(label="For the embassy", width=width)
                share_id, token = shares.issue(session, cluster, workspace_id=space, new=new)
                found.links[width] = token
                table = NewEmbed(origins=("https://www.embassy.example",), what=what)
                found.embedded[what] = embeds.make(
                    session, cluster, share_id, table, languages=LANGUAGES, after=None
                )
        for by, what, titles in FEEDS:
            actor = made.world.actor(by, now=worlds.AFTER)
            with made.database.writing(actor) as session:
                _id, token = feeds.make(
                    session, actor, workspace_id=space, what=what, with_titles=bool(titles)
                )
                found.feeds[f"{by} {what} {titles}"] = token
        return found
    finally:
        base.seed_ids(None)


def read(app: Flask, made: Made, by: Doors) -> dict[str, Any]:
    """Everything that whoever holds these gets."""
    links, got = Links(made.world, made.database, worlds.AFTER), dict[str, Any]()
    for width, token in by.links.items():
        browser = browse(app, links, token)
        got[f"page {width}"] = ask(browser, PAGE)
        for view in ("?standing=claimed", "?late=1", "?addressee=Hidden+ministry"):
            got[f"page {width} {view}"] = ask(browser, PAGE + view)
        got[f"form {width}"] = ask(browser, FILES)
        for kind in KINDS:
            answer = browser.post(FILES, {"kind": kind}, page=FILES, status=None)
            assert answer.status_code == 200, kind
            got[f"{kind} {width}"] = (dict(answer.headers)["Content-Type"], answer.get_data())
    nobody = Browser.open(app, made.database, made.world, "")
    for name, token in by.embedded.items():
        got[f"embed {name}"] = _without(token, ask(nobody, f"/embeds/{token}"))
    for name, token in by.feeds.items():
        got[f"feed {name}"] = _without(token, ask(nobody, f"/feeds/{token}"))
        got[f"feed {name}{TEXT}"] = _without(
            token, ask(nobody, f"/feeds/{token}", Accept="text/plain")
        )
    assert all(said[0] == 200 for name, said in got.items() if name.split()[0] not in KINDS)
    return got


def _without(token: str, said: Answer) -> Answer:
    """An answer as it would be at any other address."""
    status, headers, body = said
    return status, [(k, v.replace(token, "*")) for k, v in headers], body.replace(token, "*")


@pytest.mark.long
def test_no_link_and_no_feed_tells_whether_hidden_rows_exist(new_world: Any) -> None:
    plain, without = new_world([])
    full, with_them = new_world([*worlds.hidden_from("donor"), hidden_asks])
    known = doors(without)
    before, after = read(plain, without, known), read(full, with_them, doors(with_them))
    assert set(before) == set(after)
    assert [name for name in before if before[name] != after[name]] == []

    # The control: what is published stands at each of them.
    for reach in ("donors", "public"):
        Case(
            without.world, without.database, name=f"Told {reach}", reach=reach, due_on=TODAY
        ).claimed()
    Case(
        without.world, without.database, name="Told to them", reach="public", due_on=TODAY,
        kind="donor", member="donor", delivered_on=TODAY,
    )  # fmt: skip
    now = read(plain, without, known)
    same = {name for name in before if before[name] == now[name]}
    # An observer follows no ask and was asked nothing: its calendar stays empty.
    calendars = {f"feed observer calendar {titles}{way}" for titles in (0, 1) for way in ("", TEXT)}
    late = {f"page {width} ?addressee=Hidden+ministry" for width in known.links}
    assert same <= calendars | late | {f"form {width}" for width in known.links}, same
