"""Who knows of whom in a workspace; who lets in and removes."""

import pytest
from sqlalchemy import event

from advocacy.access.actor import Standing
from advocacy.outbox.actions import drain
from tests import world as worlds
from tests.outbox.letters import Letters, link_in

PATH = "/organisations/in/testland"
PASSWORD = "nine lanterns hang over the old bridge"


def names(page: str) -> set[str]:
    return {name for name, _kind, _standing in worlds.ORGANISATIONS.values() if name in page}


def body_of(page: str) -> str:
    return page.split("<main", 1)[1]


def test_members_see_everybody_and_donors_only_themselves(client) -> None:
    everybody = {name for name, _kind, _standing in worlds.ORGANISATIONS.values()}
    assert names(body_of(client("relief").get(PATH))) == everybody
    assert names(body_of(client("donor").get(PATH))) == {"Northern Donor Agency"}
    seen = names(body_of(client("observer").get(PATH)))
    assert seen == everybody - {"Northern Donor Agency"}


def test_a_donor_sees_no_body(client, database, world) -> None:
    client("cluster").post(PATH, {"name": "Advocacy Group", "purpose": "Adopts texts"})
    assert "Advocacy Group" in client("relief").get(PATH)
    assert "Advocacy Group" not in client("donor").get(PATH)
    assert "Bodies" not in body_of(client("donor").get(PATH))


def test_only_a_coordinator_adds_a_body(client) -> None:
    client("relief").post(PATH, {"name": "Takeover"}, status=403)
    client("cluster").post(PATH, {"name": ""}, page=PATH, status=422)


def test_another_workspace_is_not_there(client) -> None:
    client("relief").get("/organisations/in/elsewhere", status=404)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_pages_work_in_every_language(client, language: str) -> None:
    browser = client("cluster")
    browser.client.set_cookie("language", language)
    for path in (PATH, PATH + "/admit", "/organisations/mine"):
        assert ('dir="rtl"' in browser.get(path)) is (language == "ar")


def given(**more: str) -> dict[str, str]:
    return {
        "organisation": "Hillside Lawyers",
        "kind": "national_ngo",
        "standing": "member",
        "name": "Lena",
        "email": "lena@hillside.example",
        "language": "en",
        **more,
    }


def test_a_coordinator_lets_a_new_organisation_in_and_holds_no_seat_of_it(
    client, database, world, now, letters: Letters
) -> None:
    client("cluster").post(PATH + "/admit", given())
    assert "Hillside Lawyers" in client("relief").get(PATH)
    drain(database, now=now)
    assert letters.arrived[0]["To"] == "lena@hillside.example"
    browser = client("")
    browser.post(
        link_in(letters.arrived[0]), {"name": "Lena", "password": PASSWORD, "language": "en"}
    )
    page = browser.get("/organisations/mine")
    assert "Hillside Lawyers</h1>" in page
    assert "lena@hillside.example" in page
    assert "Nobody holds the signatory seat" in page


def test_a_member_lets_nobody_in(client) -> None:
    browser = client("relief")
    browser.get(PATH + "/admit", status=403)
    browser.post(PATH + "/admit", given(), page=PATH, status=403)
    assert "Hillside Lawyers" not in client("cluster").get(PATH)


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": ""},
        {"organisation": "relief network"},
        {"email": "no address"},
        {"standing": "king"},
        {"kind": "company"},
        {"name": ""},
    ],
)
def test_a_wrong_admission_comes_back_as_typed(client, wrong: dict[str, str]) -> None:
    answer = client("cluster").post(PATH + "/admit", given(**wrong), status=422)
    text = answer.get_data(as_text=True)
    assert "Please look at this again" in text
    if "email" not in wrong:
        assert "lena@hillside.example" in text


def test_a_removed_organisation_has_lost_the_workspace_at_its_next_page(client) -> None:
    relief, cluster = client("relief"), client("cluster")
    relief.get(PATH)
    page = body_of(cluster.get(PATH))
    row = page[: page.index("</tr>", page.index("Relief Network</bdi>"))]
    href = row.rsplit('href="', 1)[1].split('"', 1)[0]
    assert "Relief Network" in cluster.get(href)
    relief.get(href, status=403)
    cluster.post(href)
    relief.get(PATH, status=404)
    assert "Relief Network" not in body_of(cluster.get(PATH))


def test_nobody_outside_removes_anybody(client, database, world) -> None:
    page = body_of(client("cluster").get(PATH))
    href = page.split("/organisations/memberships/", 1)[1].split('"', 1)[0]
    path = f"/organisations/memberships/{href}"
    client("donor").get(path, status=404)
    client("donor").post(path, page=PATH, status=404)
    client("relief").post(path, page=PATH, status=403)


def test_a_long_name_and_an_empty_list_do_not_break_the_page(client, database, world) -> None:
    long = "A very long name of an organisation " * 5
    client("cluster").post(PATH + "/admit", given(organisation=long[:190]))
    assert long[:150] in client("relief").get(PATH)
    assert "No body is listed yet" in client("relief").get(PATH)


def test_the_number_of_questions_does_not_grow_with_the_rows(
    client, database, world, app, now
) -> None:
    def asked(browser) -> int:
        count = 0

        def seen(*_given: object) -> None:
            nonlocal count
            count += 1

        with app.app_context():
            from advocacy.web.db import db  # noqa: PLC0415 - needs the application

            engine = db.engine
        event.listen(engine, "before_cursor_execute", seen)
        browser.get(PATH)
        event.remove(engine, "before_cursor_execute", seen)
        return count

    browser = client("relief")
    browser.get(PATH)
    few = asked(browser)
    with database.writing(worlds.founder()) as session:
        for n in range(20):
            worlds.make_organisation(session, world, f"more{n}", f"More {n}", "ngo")
    for n in range(20):
        worlds.admit(database, world, f"more{n}", Standing.MEMBER)
    assert "More 19" in browser.get(PATH)
    assert asked(browser) == few
