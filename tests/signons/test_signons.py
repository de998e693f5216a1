"""Sign-on: what came another way waits; a link shows nothing; a code opens one text once."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from advocacy.access.actor import Actor, anonymous
from advocacy.channels import queries as channels
from advocacy.channels.rules import Readers
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.unit import Database
from advocacy.outbox import actions as outbox
from advocacy.outbox import mail as post
from advocacy.outbox.mail import Mail
from advocacy.releases import queries as releases
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.schema import Answer
from advocacy.signons import actions, queries, rules
from advocacy.signons.rules import Heard
from advocacy.signons.schema import Behalf
from tests.browser import Browser
from tests.signoff import scene
from tests.world import NOW, World

SMALL = Heard("Small Boats", "endorse", "phone", "Ms B.", "boats@small.example", "Small Boats")
AFTER = scene.CLOSES_AT + timedelta(hours=1)


@pytest.fixture
def opened(database: Database, world: World) -> RoundRow:
    frozen = scene.frozen(database, world, annexes=("Map of wells",))
    lead = world.actor("relief")
    with database.writing(lead) as session:
        round_id = frozen.open_round(session, lead, scene.ids(world, "legal", "women"))
        return signoff.round_of(session, lead, round_id)


@pytest.fixture
def note(database: Database, world: World, opened: RoundRow) -> Callable[..., UUID]:
    def write(heard: Heard = SMALL, key: str = "relief") -> UUID:
        with database.writing(world.actor(key)) as session:
            return actions.note(session, world.actor(key), opened.id, heard).for_id

    return write


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Mail]:
    """Mails that left, as the worker sends them."""
    box: list[Mail] = []
    monkeypatch.setattr(post, "send", lambda _url, _sender, mail, **_more: box.append(mail))
    return box


@pytest.fixture
def work(app, database: Database, sent: list[Mail]) -> Callable[[], list[Mail]]:
    def drain() -> list[Mail]:
        post.use(post.Post("smtp://127.0.0.1:1", "w@example.org", "https://w.example.org"))
        outbox.drain(database, now=clock.now())
        return sent

    return drain


@pytest.fixture
def visitor(client, opened: RoundRow, note, work) -> tuple[Browser, str]:
    """Somebody of Small Boats with the link from the mail, and its path."""
    note()
    text = next(m.text for m in work() if m.to == "boats@small.example")
    found = re.search(r"https://w.example.org(/signons/\S+)", text)
    assert found is not None
    return client(""), found.group(1)


def enter(visitor: tuple[Browser, str], work) -> Browser:
    browser, path = visitor
    browser.post(f"{path}/code", page=path)
    digits = re.search(r"\d{4} \d{4}", work()[-1].text)
    assert digits is not None
    browser.post(path, {"digits": digits.group()})
    return browser


def test_what_was_recorded_is_in_no_list_category_or_count(
    database: Database, world: World, opened: RoundRow, note
) -> None:
    organisation, lead = note(), world.actor("relief", now=AFTER)
    note(Heard("Harbour Legal Aid", "endorse", "mail", shown_name="Harbour"))
    with database.reading(lead) as session:
        assert session.scalar(select(func.count(Answer.id))) == 0
        lines = signoff.roster(session, lead, opened.id)
        assert all(line.answer is None for line in lines)
        assert organisation in {line.organisation_id for line in lines}
        preview = releases.preview(session, lead, opened)
        assert (preview.names, preview.organisations, preview.categories) == ((), 0, ())


def test_only_the_lead_records_and_only_the_two_read_it(
    database: Database, world: World, opened: RoundRow, note
) -> None:
    note(Heard("Harbour Legal Aid", "decline", "phone", "Ms H."))
    for key, count in [("relief", 1), ("legal", 1), ("women", 0), ("cluster", 0), ("donor", 0)]:
        with database.reading(world.actor(key)) as session:
            assert session.scalar(select(func.count(Behalf.id))) == count
    for key in ("legal", "cluster"):
        with pytest.raises(Denied):
            note(SMALL, key)


@pytest.mark.parametrize(
    ("heard", "code"),
    [
        (Heard("Small Boats", "endorse", "phone"), "signons.address"),
        (Heard("Small Boats", "change", "phone", email="a@b.example"), "signons.answer"),
        (Heard("", "endorse", "phone"), "signons.organisation"),
        (Heard("Northern Donor Agency", "endorse", "phone"), "signons.no-signatory"),
        (Heard("Boats", "endorse", "phone", email="a@b\r\nBcc: x@y.z"), "form.email"),
        (Heard("Boats", "endorse", "fax", email="a@b.example"), "form.choice"),
    ],
)
def test_what_cannot_be_is_said(note, heard: Heard, code: str) -> None:
    with pytest.raises(Invalid) as error:
        note(heard)
    assert code in [reason.code for reason in error.value.reasons]


def test_an_organisation_with_seats_confirms_with_its_account(
    client, world: World, opened: RoundRow, note, work
) -> None:
    note(Heard("Harbour Legal Aid", "endorse", "phone", "Ms H.", "thief@x.example", "Harbour"))
    mails = [m for m in work() if "written down" in m.text]
    assert [m.to for m in mails] == ["legal@legal.example"]  # and not who the caller named
    legal = client("legal")
    assert "Not confirmed: Endorse" in legal.get(f"/signoff/{opened.id}")
    page = legal.get(f"/signoff/{opened.id}/answer")
    assert re.search(r'value="endorse" checked', page)
    assert 'value="Harbour"' in page


def test_the_link_alone_shows_nothing_and_signs_nothing(
    database: Database, world: World, visitor, opened: RoundRow
) -> None:
    browser, path = visitor
    page = browser.get(path)
    for secret in (scene.TITLE, "clinics", "Small Boats", "Relief", "boats@small"):
        assert secret not in page
    for door in ("text", "answer", "done"):
        assert "Open the link from the mail again" in browser.get(f"/signons/{door}", 404)
    browser.post("/signons/confirm", {"kind": "endorse"}, page=path, status=404)
    with database.reading(world.actor("relief")) as session:
        assert session.scalar(select(func.count(Answer.id))) == 0


def test_the_code_opens_exactly_the_text_and_the_answer_is_one_like_any(
    database: Database, world: World, visitor, work, opened: RoundRow, note
) -> None:
    browser = enter(visitor, work)
    page = browser.get("/signons/text")
    assert "Four clinics have been turned back" in page
    assert "Not confirmed: Endorse" in page
    page = browser.get("/signons/answer")
    assert re.search(r'value="endorse" checked', page)
    given = {
        "kind": "endorse", "outside": "named", "inside": "lead", "shown_name": "Small Boats",
        "seen_hash": opened.content_hash, "after": "", "person": "B. Oat", "role": "Director",
    }  # fmt: skip
    refused = browser.post("/signons/answer", given | {"role": ""}, status=422)
    assert "Write what you are" in refused.get_data(as_text=True)
    shown = browser.post("/signons/answer", given, status=200).get_data(as_text=True)
    assert "B. Oat, Director" in shown
    browser.post("/signons/confirm", given, page="/signons/answer")
    assert "Answered by link and code: " in browser.get("/signons/done")
    lead = world.actor("relief")
    with database.reading(lead) as session:
        row = next(r for r in queries.of_round(session, lead, opened.id))
        assert row.is_confirmed
        said = signoff.acts_of(session, lead, opened.id)[row.for_id][-1]
        assert (said.kind, said.content_hash) == ("endorse", opened.content_hash)
        assert (said.person_id, queries.by(session, lead, said.id)) == (
            None,
            ("B. Oat", "Director"),
        )
    again = browser.post("/signons/confirm", given, page="/signons/answer", status=409)
    assert "Nothing was recorded" in again.get_data(as_text=True)
    clock.freeze(NOW + timedelta(minutes=20))
    browser.post("/signons/lower", page="/signons/done")
    assert "Private" in browser.get("/signons/done")


def test_an_organisation_signed_on_reads_this_version_and_nothing_else(
    visitor, work, opened: RoundRow
) -> None:
    browser = enter(visitor, work)
    for path in (
        f"/positions/{opened.position_id}",
        f"/signoff/{opened.id}",
        f"/rounds/{opened.id}",
        f"/clearances/{opened.id}",
        "/",
    ):
        assert browser.client.get(path).status_code == 303  # to sign in


def test_once_the_code_is_sent_the_page_asks_for_it_first(visitor) -> None:
    browser, path = visitor
    page = browser.get(path)
    assert page.index("Send the code") < page.index("Open the text")
    sent = browser.post(f"{path}/code", page=path)
    page = browser.get(str(sent.location))
    assert page.index("Open the text") < page.index("Send the code")
    assert re.findall(r'class="btn main[^"]*">([^<]+)', page) == ["Open the text"]


def test_the_code_comes_in_the_language_of_the_page_that_asked(visitor, work) -> None:
    browser, path = visitor
    browser.client.get("/language/ar")
    browser.post(f"{path}/code", page=path)
    assert work()[-1].language == "ar"


def test_of_who_came_by_a_link_no_time_zone_is_made_up(visitor, work) -> None:
    page = enter(visitor, work).get("/signons/text")
    assert "Answer by" in page
    assert "for you" not in page


def test_a_code_is_for_once_for_fifteen_minutes_and_five_tries(visitor, work) -> None:
    browser, path = visitor
    browser.post(f"{path}/code", page=path)
    first = re.search(r"\d{4} \d{4}", work()[-1].text).group()
    wrong = browser.post(path, {"digits": "1"}, status=422)
    assert "not the code" in wrong.get_data(as_text=True)
    clock.freeze(NOW + timedelta(minutes=16))
    browser.post(path, {"digits": first}, status=422)
    browser.post(f"{path}/code", page=path)
    second = re.search(r"\d{4} \d{4}", work()[-1].text).group()
    browser.post(path, {"digits": first}, status=422)
    browser.post(path, {"digits": second})
    browser.post(path, {"digits": second}, status=422)
    for _try in range(3):
        browser.post(path, {"digits": "0"}, status=422)
    assert browser.post(path, {"digits": second}, status=429)
    for _ask in range(3):
        browser.post(f"{path}/code", page=path)
    browser.post(f"{path}/code", page=path, status=429)


def test_who_came_by_a_link_reads_the_annexes_and_nobody_without_a_pass_does(
    visitor: tuple[Browser, str], work, client
) -> None:
    browser = enter(visitor, work)
    page = browser.get("/signons/text")
    assert "Map of wells" in page
    found = re.search(r'href="(/annexes/files/[0-9a-f-]+)/by-link"', page)
    assert found is not None
    assert browser.client.get(f"{found.group(1)}/by-link").data == b"%PDF-Map of wells"
    assert browser.client.get(found.group(1)).status_code != 200
    assert client("").client.get(f"{found.group(1)}/by-link").status_code == 404
    assert browser.client.get(f"/annexes/files/{uuid4()}/by-link").status_code == 404


def test_a_pass_ends_after_half_an_hour_and_with_the_round_answers_do(
    visitor, work, opened: RoundRow
) -> None:
    browser = enter(visitor, work)
    clock.freeze(NOW + timedelta(minutes=31))
    browser.get("/signons/text", 404)
    clock.freeze(scene.CLOSES_AT - timedelta(seconds=1))
    browser = enter(visitor, work)
    given = {
        "kind": "decline", "outside": "private", "inside": "lead", "person": "B.", "role": "D.",
        "seen_hash": opened.content_hash, "after": "",
    }  # fmt: skip
    page = browser.get("/signons/answer")
    clock.freeze(scene.CLOSES_AT)
    sent = {name: Browser._hidden(page, name) for name in ("csrf_token", "idempotency_key")}
    late = browser.client.post("/signons/confirm", data=given | sent)
    assert late.status_code == 409
    assert "This round has closed. Nothing was recorded." in late.get_data(as_text=True)


def test_who_answered_by_link_says_where_the_name_is_left_out(
    database: Database, visitor, work, opened: RoundRow, client
) -> None:
    browser = enter(visitor, work)
    browser.get("/channels/ours", 404)  # there is no answer yet
    given = {
        "kind": "endorse", "outside": "named", "inside": "lead", "shown_name": "Small Boats",
        "seen_hash": opened.content_hash, "after": "", "person": "B. Oat", "role": "Director",
    }  # fmt: skip
    browser.post("/signons/confirm", given, page="/signons/answer")
    assert "/channels/ours" in browser.get("/signons/done")
    position, everybody = {opened.position_id}, Readers.EVERYBODY
    after, kept = "", []
    for left_out in ([everybody], [], [everybody, Readers.DONORS]):
        browser.post("/channels/ours", {"left_out": left_out, "after": after})
        page = browser.get("/channels/ours")
        assert page.count("checked") == len(left_out)
        assert "Your choice was kept" in page
        after = Browser._hidden(page, "after")
        with database.reading(anonymous(clock.now())) as session:
            kept.append(len(channels.left_out(session, position, everybody)))
    assert kept == [1, 0, 1]
    refused = browser.post("/channels/ours", {"left_out": "donors", "after": after}, status=422)
    assert "Leave your name out for everybody as well." in refused.get_data(as_text=True)
    for key in ("", "women", "relief"):  # a door of who came by a link and a code alone
        assert client(key).client.get("/channels/ours").status_code == 404
    clock.freeze(NOW + timedelta(minutes=31))
    browser.get("/channels/ours", 404)


# --- a sheet --------------------------------------------------------------------------------------

HEAD = "Organisation;Contact;Email;Answer;Name as shown;Logo\r\n"


def upload(browser: Browser, opened: RoundRow, data: bytes, status: int = 200) -> str:
    path = f"/signons/round/{opened.id}"
    page = browser.get(path)
    names = ("csrf_token", "acting_for", "idempotency_key")
    sent = {name: Browser._hidden(page, name) for name in names}
    got = browser.client.post(f"{path}/sheet", data={**sent, "file": (BytesIO(data), "sheet.csv")})
    assert got.status_code == status, got.get_data(as_text=True)[:3000]
    return got.get_data(as_text=True)


def test_a_sheet_is_looked_at_then_written_unconfirmed(
    database: Database, world: World, client, opened: RoundRow, work
) -> None:
    lines = [
        "Écoles Sans Murs;M. É.;ecoles@murs.example;Yes;Écoles Sans Murs;no",
        "Harbour Legal Aid;;;declines;;",
        "harbour legal aid;;;yes;;",
        "=cmd|' /C calc'!A1;x;x@x.example;maybe;;",
        "Logo Land;x;l@l.example;yes;;perhaps",
        "Too;few",
    ]
    lead = client("relief")
    page = upload(lead, opened, (HEAD + "\r\n".join(lines)).encode("cp1252"))
    assert "2 organisations can be written down" in page
    assert "4 lines cannot be used." in page
    for sentence in ("stands in the file twice", "cannot be recorded for another", "yes or no"):
        assert sentence in page
    with database.reading(world.actor("relief")) as session:
        assert session.scalar(select(func.count(Behalf.id))) == 0
    form = page.split(f'action="/signons/round/{opened.id}/bring"')[1].split("</form>")[0]
    rows = re.search(r'name="rows"[^>]*value="([^"]*)"', form).group(1).replace("&#34;", '"')
    path = f"/signons/round/{opened.id}"
    lead.post(f"{path}/bring", {"rows": rows}, page=path)
    page = lead.get(path)
    assert "Écoles Sans Murs" in page
    assert page.count("Not confirmed") == 2
    assert {m.to for m in work() if "written down" in m.text} == {
        "ecoles@murs.example", "legal@legal.example",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"Name,Mail\r\nA,b@c.d\r\n", "header"),
        (b"Organisation,Contact,Email,Answer,Logo\r\nA,,,yes,\r\n", "name as shown"),
        (b"PK\x03\x04" + b"\x00" * 40, ""),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02", ""),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(
    client, opened: RoundRow, data: bytes, words: str
) -> None:
    page = upload(client("relief"), opened, data, 422)
    assert words in page
    assert 'class="err"' in page


def test_a_sheet_is_all_or_nothing_and_not_after_the_close(
    database: Database, world: World, opened: RoundRow
) -> None:
    lead = world.actor("relief")
    for bad in ([SMALL, Heard("B", "change", "sheet")], [SMALL] * (rules.MOST_ROWS + 1)):
        with pytest.raises(Invalid), database.writing(lead) as session:
            actions.bring_in(session, lead, opened.id, bad)
    late = world.actor("relief", now=AFTER)
    with database.writing(late) as session, pytest.raises(Conflict):
        actions.note(session, late, opened.id, SMALL)
    with database.reading(lead) as session:
        assert session.scalar(select(func.count(Behalf.id))) == 0


def test_a_network_of_a_sheet_counts_apart(
    database: Database, world: World, opened: RoundRow, note
) -> None:
    cells = dict.fromkeys(rules.COLUMNS, "") | {"email": "a@b.example", "answer": "yes"}
    rows = [
        (2, cells | {"organisation": "Coast Forum", "Kind": "Network"}),
        (3, cells | {"organisation": "Small Boats", "Kind": ""}),
        (4, cells | {"organisation": "Odd", "Kind": "Kingdom"}),
    ]
    read = rules.sheet(rows, [], allowed=opened.answers)
    assert [row.reason.code for row in read.refused] == ["signons.kind"]
    for heard in read.heard:
        its = Actor(
            now=NOW, organisation_id=note(heard), organisation_name=heard.organisation,
            seats=(),
        )  # fmt: skip
        its = replace(its, seats=(("signatory", its.must_organisation()),))
        with database.writing(its) as session:
            scene.reply(session, its, opened, outside="named")
    with database.reading(world.actor("relief", now=AFTER)) as session:
        preview = releases.preview(session, world.actor("relief", now=AFTER), opened)
    assert (preview.organisations, preview.networks) == (1, 1)
