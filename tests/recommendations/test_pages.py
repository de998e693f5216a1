"""Each page once by a client, and what stands on it for whom."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from advocacy.asks import queries as asks
from advocacy.asks.actions import NewAsk
from advocacy.asks.rules import Kind
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions, mapper, queries
from advocacy.recommendations.actions import NewText
from advocacy.web.db import db

LIST = "/recommendations/in/testland"


@pytest.fixture
def made(world: Any, writing: Any) -> Callable[..., Any]:
    """Records a recommendation by hand, to a ministry; returns it and its lead ask."""
    relief = world.actor("relief")
    known: dict[str, Any] = {}

    def record(
        title: str = "Open the crossings",
        *,
        reach: str = "members",
        by: str = "relief",
        to: str = "Ministry of the Interior",
        kind: str = "authority",
        member: str = "",
        ask: dict[str, Any] | None = None,
        **text: Any,
    ) -> Any:
        actor = world.actor(by) if by != "relief" else relief
        with writing(actor) as session:
            if to not in known:
                known[to] = institutions.add(
                    session,
                    actor,
                    workspace_id=world.workspace_id,
                    name=to,
                    kind=kind,
                    member_id=world.organisations.get(member),
                )
            row = actions.add(
                session,
                actor,
                workspace_id=world.workspace_id,
                new=NewText(title=title, text=text.pop("words", f"{title}, at once."), **text),
                to=NewAsk(institution_id=known[to].id, **(ask or {})),
                reach=reach,
            )
            (lead,) = asks.asks_of(session, actor, [row.id])[row.id]
            return row, lead

    return record


@pytest.fixture
def statements(app: Any, engine: Engine) -> list[str]:
    """Every statement of the application."""
    found: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    return found


def test_the_list_shows_what_each_may_read(client: Any, made: Any) -> None:
    made("Open the crossings")
    made("Only ours", reach="own")

    assert "Open the crossings" in client("legal").get(LIST)
    assert "Only ours" not in client("legal").get(LIST)
    assert "Only ours" in client("relief").get(LIST)
    assert "Open the crossings" not in client("observer").get(LIST)
    client("donor").get(LIST, status=404)


def test_the_list_says_how_many_there_are_for_this_reader(client: Any, made: Any) -> None:
    for number in range(3):
        made(f"Shared {number}")
    made("Only ours", reach="own")
    assert "3 recommendations" in client("legal").get(LIST)
    assert "4 recommendations" in client("relief").get(LIST)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=crossings", "Open the crossings"),
        ("words=%22the+crossings%22", "Open the crossings"),
        ("words=cross", "Open the crossings"),
        ("owner=interior", "Open the crossings"),
        ("owner=housing", "Register tenants"),
        ("tag=women", "Register tenants"),
        ("late=1", "Register tenants"),
        ("specificity=5", "Register tenants"),
        ("session=5&words=crossing", ""),
        ("source=hand&words=tenant", "Register tenants"),
        ("source=import", ""),
        ("response=accepted", ""),
        ("progress=implemented", ""),
        ("progress=nonsense&words=tenants", "Register tenants"),
    ],
)
@pytest.mark.parametrize("counted", [1_000, 0], ids=["few", "many"])
def test_filters_narrow_the_list(
    client: Any, made: Any, monkeypatch: Any, query: str, found: str, counted: int
) -> None:
    """Whether those that fit are few and taken, or many and met from the newest on."""
    monkeypatch.setattr(queries, "COUNTED_TO", counted)
    made("Open the crossings")
    made(
        "Register tenants",
        to="Ministry of Housing",
        tags=["Women's rights"],
        specificity=5,
        ask={"due_on": date(2026, 6, 30)},
    )
    page = client("legal").get(f"{LIST}?{query}")
    for title in ("Open the crossings", "Register tenants"):
        assert (title in page) == (title == found), title
    assert ("1,000+" in page) == (not counted and bool(found))


@pytest.mark.parametrize("counted", [1_000, 0], ids=["few", "many"])
def test_a_filter_finds_nothing_by_an_ask_that_one_does_not_see(
    client: Any, made: Any, monkeypatch: Any, counted: int
) -> None:
    monkeypatch.setattr(queries, "COUNTED_TO", counted)
    made("Open the crossings", kind="party", reach="public")
    assert "Open the crossings" in client("observer").get(LIST)
    assert "Open the crossings" not in client("observer").get(f"{LIST}?response=none")
    assert "Open the crossings" in client("legal").get(f"{LIST}?response=none")


def test_a_part_of_the_page_is_the_list_alone(client: Any, made: Any) -> None:
    made("Open the crossings")
    part = client("legal").get(LIST, headers={"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="recommendations-list"')


def test_a_damaged_link_to_more_is_told_in_words(client: Any) -> None:
    client("legal").get(f"{LIST}?after=xx", status=422)


def test_pages_follow_one_another_without_a_gap(client: Any, made: Any, writing: Any) -> None:
    for number in range(52):
        made(f"Number {number:02d}")
    browser = client("legal")
    first = browser.get(LIST)
    href = re.search(r'rel="next" href="([^"]+)"', first)
    assert href
    second = browser.get(href.group(1).replace("&amp;", "&"))
    shown = [{n for n in range(52) if f"Number {n:02d}" in page} for page in (first, second)]
    assert shown[0] | shown[1] == set(range(52))
    assert not shown[0] & shown[1]


def test_the_number_of_questions_does_not_grow(
    client: Any, made: Any, statements: list[str]
) -> None:
    browser = client("legal")
    made("First")
    counts = []
    for more in range(2):
        for number in range(more * 20):
            made(f"Number {number}")
        browser.get(LIST)
        statements.clear()
        browser.get(LIST)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_one_recommendation_shows_its_text_and_who_was_asked(client: Any, made: Any) -> None:
    row, _lead = made("Open", words="Open both crossings <b>now</b>", issuers=["Blue State"])
    page = client("legal").get(f"/recommendations/{row.id}")
    assert "Open both crossings &lt;b&gt;now&lt;/b&gt;" in page
    assert "Ministry of the Interior" in page
    assert "Blue State" in page
    assert "Duty-bearer" in page
    client("donor").get(f"/recommendations/{row.id}", status=404)
    client("observer").get(f"/recommendations/{row.id}", status=404)


def test_absent_and_hidden_are_the_same(client: Any, made: Any) -> None:
    row, lead = made("Ours", reach="own")
    browser = client("legal")
    none = "00000000-0000-4000-8000-000000000000"
    for shape in ("/recommendations/{}", "/recommendations/{}/ask", "/recommendations/{}/share"):
        hidden = browser.client.get(shape.format(row.id))
        absent = browser.client.get(shape.format(none))
        assert hidden.status_code == absent.status_code == 404
    for kind in ("update", "verify", "response", "raised"):
        assert browser.client.get(f"/recommendations/asks/{lead.id}/{kind}").status_code == 404


def test_a_recommendation_by_hand(client: Any, made: Any) -> None:
    made("Something", to="Governor")
    browser = client("relief")
    page = browser.get(f"{LIST}/new")
    chosen = re.search(r'<option value="([0-9a-f-]{36})">Governor', page)
    assert chosen
    typed = {
        "title": "Lift the curfew", "text": "Lift it.", "language": "en", "ref": "018/24",
        "institution": chosen.group(1), "due_on": "2026-12-15", "due_precision": "day",
        "do_how": "", "specificity": "", "reach": "members",
    }  # fmt: skip
    answer = browser.post(f"{LIST}/new", typed)
    detail = browser.get(answer.headers["Location"])
    assert "018/24" in detail
    assert "15 Dec 2026" in detail

    again = browser.post(f"{LIST}/new", typed, status=422).get_data(as_text=True)
    assert "Another recommendation has this reference" in again
    assert "Lift it." in again


@pytest.mark.parametrize(
    ("precision", "words"), [("month", "Dec 2026"), ("quarter", "Q4 2026"), ("year", "2026")]
)
def test_a_date_is_told_no_more_exactly_than_it_was_meant(
    client: Any, made: Any, precision: str, words: str
) -> None:
    _row, lead = made("Something", to="Governor")
    browser = client("relief")
    typed = {
        "title": "Lift the curfew", "text": "Lift it.", "language": "en", "ref": "018/24",
        "institution": str(lead.institution_id), "due_on": "2026-12-15",
        "due_precision": precision, "do_how": "", "specificity": "", "reach": "members",
    }  # fmt: skip
    detail = browser.post(f"{LIST}/new", typed).headers["Location"]
    board, held = f"{LIST}/board", LIST.replace("/recommendations/", "/assignments/")
    for path in (detail, LIST, board, held):
        page = browser.get(path)
        assert "15 Dec" not in page, path
        assert words in page, path
    assert f"Due {words}." in browser.get(LIST)


def test_what_was_typed_stays_when_something_is_wrong(client: Any, made: Any) -> None:
    made()
    bad = {"title": "", "text": "My long text", "due_on": "soon", "reach": "own"}
    page = client("relief").post(f"{LIST}/new", bad, status=422).get_data(as_text=True)
    assert "My long text" in page
    assert "Write a date as year-month-day" in page
    assert "Choose whom it is addressed to" in page


def test_one_more_addressee_and_never_twice(client: Any, made: Any) -> None:
    row, _ = made("Open")
    _, other = made("Other", to="Governor")
    browser, path = client("relief"), f"/recommendations/{row.id}/ask"
    typed = {"institution": str(other.institution_id), "due_precision": "day", "do_how": ""}
    browser.post(path, typed)
    assert "Governor" in browser.get(f"/recommendations/{row.id}")
    assert browser.post(path, typed, status=422)
    client("legal").get(path, status=403)


def test_a_step_by_form_and_a_stale_one(client: Any, made: Any) -> None:
    _row, lead = made("Open")
    browser, path = client("relief"), f"/recommendations/asks/{lead.id}/update"
    browser.get(path)
    browser.post(path, {"to": "in_progress", "text": "Two of four are open"})
    stale = browser.post(
        path, {"to": "partial", "text": "Three now", "based_on": ""}, status=409
    ).get_data(as_text=True)
    assert "Three now" in stale
    assert "Somebody changed this" in stale


@pytest.mark.parametrize("kind", [k.value.replace("_", "-") for k in Kind if k != Kind.RAISED])
def test_each_form_opens_only_for_those_who_may(client: Any, made: Any, kind: str) -> None:
    _row, lead = made("Open")
    open_to_lead = {"response", "update", "claim", "date-change", "no-change"}
    open_to_lead |= {"propose-close", "cannot-assess", "dispute"}
    status = 200 if kind in open_to_lead | {"withdraw-evidence"} else 403
    client("relief").get(f"/recommendations/asks/{lead.id}/{kind}", status=status)


def test_an_unknown_step_is_no_page(client: Any, made: Any) -> None:
    _row, lead = made("Open")
    client("relief").get(f"/recommendations/asks/{lead.id}/delete", status=404)


def test_sharing_widens_and_narrows_at_once(client: Any, made: Any) -> None:
    row, _lead = made("Ours", reach="own")
    browser, path = client("relief"), f"/recommendations/{row.id}/share"
    browser.get(path)
    browser.post(path, {"reach": "members"})
    assert "Ours" in client("legal").get(LIST)
    browser.post(path, {"reach": "own"})
    assert "Ours" not in client("legal").get(LIST)


def test_pages_stand_in_arabic(client: Any, made: Any) -> None:
    row, _lead = made("افتحوا المعابر", language="ar", words="افتحوا المعابر الآن")
    browser = client("legal")
    browser.client.set_cookie("language", "ar")
    for path in (LIST, f"/recommendations/{row.id}"):
        assert 'dir="rtl"' in browser.get(path)


def test_institutions_are_listed_and_added(client: Any, made: Any) -> None:
    path = "/institutions/in/testland"
    browser = client("relief")
    browser.post(path, {"name": "Harbour Authority", "kind": "authority", "member": ""})
    assert "Harbour Authority" in client("legal").get(path)
    twice = browser.post(path, {"name": "harbour authority", "kind": "other"}, status=422)
    assert "in the list already" in twice.get_data(as_text=True)
    client("donor").get(path, status=404)


def test_words_are_found_by_those_who_read_them_now(
    made: Any, client: Any, world: Any, writing: Any
) -> None:
    """Also after the readers were changed, back and forth; and never by others."""
    row, _lead = made("Open the harbour", reach="own")
    made("Open the gate", reach="members")

    def finds(who: str, words: str = "harbour") -> bool:
        return f"/recommendations/{row.id}" in client(who).get(f"{LIST}?words={words}")

    for reach, is_wide in (("own", False), ("members", True), ("own", False), ("donors", True)):
        with writing(world.actor("relief")) as session:
            actions.share(session, world.actor("relief"), recommendation_id=row.id, reach=reach)
        for words in ("harbour", "open", '"open the harbour"', "harb"):
            assert finds("relief", words)
            assert finds("legal", words) is is_wide
    with writing(world.actor("relief")) as session:
        mapper.change(session, row.id, {"title": "Open the quay"})
    assert finds("legal", "quay")


def test_what_many_hold_is_met_on_the_way(made: Any, client: Any, monkeypatch: Any) -> None:
    """Where more match than are counted, the list asks each row; it shows the same."""
    for n in range(4):
        made(f"Open gate {n} crossings", ref=f"G{n}")
    made("Close the road")
    paths = [f"{LIST}?words={words}" for words in ("gate", "gat", '"gate 2"', "open+crossing")]
    few = [re.findall(r"Open gate \d", client("legal").get(path)) for path in paths]
    monkeypatch.setattr(queries, "COUNTED_TO", 0)
    monkeypatch.setattr(queries, "_FULL", 1)
    assert [re.findall(r"Open gate \d", client("legal").get(path)) for path in paths] == few
    assert all(few)
