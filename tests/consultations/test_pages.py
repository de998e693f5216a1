"""All comments, the lead's decisions, the matrix, and what goes to all from among ourselves."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from advocacy.consultations import actions, queries
from advocacy.consultations.schema import Sending
from advocacy.discussion import actions as discussing
from advocacy.discussion import queries as discussion
from advocacy.discussion.schema import Comment, Reach
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Remove, Replace
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from tests.consultations.conftest import SECRET
from tests.positions.test_pages import count_questions

HTMX = {"HX-Request": "true"}


def matrix(browser, led, reach=""):
    answer = browser.client.get(f"/consultations/{led.id}/matrix.xlsx{reach}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="comments.xlsx"'
    assert "no-store" in answer.headers["Cache-Control"]
    page = load_workbook(io.BytesIO(answer.data)).active
    rows = list(page.iter_rows(values_only=True))
    return page, rows[0][0], rows[2:]


def test_the_form_of_a_comment_takes_all_that_a_comment_is(world, client, clause, led):
    relief, here = client("relief"), f"/discussion/about/{clause.cid}"
    page = relief.get(here)
    assert "Seen by <bdi>Relief Network</bdi> only" in page
    assert "Seen by <bdi>Relief Network</bdi> and <bdi>Harbour Legal Aid</bdi> only" in page
    assert "data-quote-for" in page
    sent = {
        "quote": "412 households", "kind": "red-line", "comment": "It was 421.", "reach": "lead",
        "wording": "421 households were told to leave.",
        "mention": str(world.organisations["legal"]),
    }  # fmt: skip
    relief.post(here, sent)
    page = client("legal").get(here)
    for words in ("Red line", "421 households were told", "412 households", "For the attention of"):
        assert words in page
    assert "It was 421." not in client("women").get(here)
    assert "A comment waits for your answer" in client("legal").get("/")


def test_a_choice_that_is_none_is_refused_and_the_words_are_kept(world, client, clause):
    relief, here = client("relief"), f"/discussion/about/{clause.cid}"
    for wrong in ({"reach": "everybody"}, {"kind": "shout"}, {"mention": "nobody"},
                  {"mention": str(world.organisations["women"])}):  # fmt: skip
        page = relief.post(here, {"comment": SECRET, **wrong}, status=422).get_data(as_text=True)
        assert SECRET in page


def test_the_lead_decides_on_a_page_and_a_stale_page_shows_both(world, client, led, say):
    thread, legal = say("relief", "About the number", kind="substantive"), client("legal")
    here = f"/consultations/answer/{thread}"
    legal.post(here, {"outcome": "rejected", "based_on": ""}, status=422)
    legal.post(here, {"outcome": "rejected", "reason": "The **source** says so.", "based_on": ""})
    page = client("relief").get(f"/consultations/{led.id}")
    assert "Rejected" in page
    assert "source" in page
    stale = {"outcome": "accepted", "reason": "Typed by another", "based_on": ""}
    page = legal.post(here, stale, status=409).get_data(as_text=True)
    assert "Typed by another" in page
    assert "source" in page
    assert "Your decision was not kept" in page
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    legal.post(here, {**stale, "based_on": based})
    assert "Accepted" in client("relief").get(f"/consultations/{led.id}")
    client("relief").get(here, 403)
    client("cluster").get(here, 404)


def test_the_list_is_filtered_by_its_address(client, led, say):
    say("relief", "Word of Relief", kind="editorial")
    say("women", "Word of Women", kind="red-line")
    say("relief", "Among us", reach=Reach.OWN)
    relief, here = client("relief"), f"/consultations/{led.id}"
    assert "Word of Women" in relief.get(here)
    for query, seen in (("?kind=red-line", "Women"), ("?whose=ours&kind=editorial", "Relief")):
        page = relief.get(here + query)
        assert (f"Word of {seen}" in page, page.count('class="talk"')) == (True, 1)
    assert "No comment matches" in relief.get(f"{here}?state=decided")
    assert relief.get(f"{here}?reach=own").count('class="talk"') == 1
    part = relief.get(here, headers=HTMX)
    assert part.lstrip().startswith('<div id="consultations-points"')


def test_a_matrix_says_what_became_of_each_comment(world, client, led, say, writing, clause):
    thread, legal = say("relief", "=1+1", kind="question", wording="@SUM(A1)"), world.actor("legal")
    say("women", "- a list")
    with writing(legal) as session:
        discussing.dispose(session, legal, thread, outcome="changed", reason="+1", after=None)
    page, note, rows = matrix(client("women"), led)
    assert note == "Seen by all who take part in this text"
    assert [row[0] for row in rows] == [1, 2]
    second, first = sorted(rows, key=lambda row: row[1])
    text = f"{clause.heading}\n{clause.text}"
    assert first[1:7] == ("Relief Network", 1, text, "Question", "=1+1", "@SUM(A1)")
    assert first[7:9] == ("Accepted with a change", "+1")
    assert first[9].date() == clock.now().date()
    assert (second[1], second[5]) == ("Blue Valley Women’s Association", "- a list")
    for row in page.iter_rows(min_row=3):
        assert all(cell.data_type in {"s", "n", "d"} for cell in row)
        assert all(cell.quotePrefix for cell in row if cell.data_type == "s")


def test_a_matrix_has_the_clause_as_it_reads_now_or_none(world, client, led, say, writing, clause):
    say("relief", "A word")
    legal = world.actor("legal")
    with writing(legal) as session:
        edit = Replace(clause.cid, clause.heading, "Other words.")
        drafting.change(session, legal, led.document_id, [edit], based_on=clause.hash)
    _page, _note, rows = matrix(client("legal"), led)
    assert rows[0][3].endswith("Other words.")
    with writing(legal) as session:
        now = drafting_clause(session, legal, led, clause)
        drafting.change(session, legal, led.document_id, [Remove(now.cid)], based_on=now.hash)
    _page, _note, rows = matrix(client("legal"), led)
    assert (rows[0][2], rows[0][3]) == ("none", None)


def drafting_clause(session, actor, led, clause):
    return drafts.clause(session, actor, led.document_id, clause.cid)


def test_a_matrix_in_arabic_begins_at_the_right(client, led, say):
    say("relief", "كلمة")
    browser = client("legal")
    browser.client.get("/language/ar?next=/")
    page, _note, rows = matrix(browser, led)
    assert page.sheet_view.rightToLeft
    assert rows[0][5] == "كلمة"
    assert 'dir="rtl"' in browser.get(f"/consultations/{led.id}")


def test_each_file_holds_what_one_kind_of_readers_sees(client, led, say):
    say("women", "For all")
    say("women", "For the lead", reach=Reach.LEAD)
    say("women", "Among us", reach=Reach.OWN)
    say("relief", "Of Relief, for the lead", reach=Reach.LEAD)

    def words(who, reach=""):
        return sorted(row[5] for row in matrix(client(who), led, reach)[2])

    assert words("women") == words("legal") == words("relief") == ["For all"]
    assert words("women", "?reach=lead") == ["For the lead"]
    assert words("women", "?reach=own") == ["Among us"]
    assert words("legal", "?reach=lead") == ["For the lead", "Of Relief, for the lead"]
    assert words("legal", "?reach=own") == words("relief", "?reach=own") == []


def test_who_does_not_take_part_gets_nothing(client, led):
    for name in ("cluster", "observer", "donor", "rights"):
        for path in ("", "/ours", "/matrix.xlsx"):
            client(name).get(f"/consultations/{led.id}{path}", 404)


# --- among ourselves ----------------------------------------------------------------------------


def test_a_focal_point_sends_the_chosen_ones_in_the_organisations_name(
    world,
    led,
    client,
    say,
    reading,
    writing,
):
    relief, women = world.actor("relief"), world.actor("women")
    good = say("relief", "The good one", kind="editorial", wording="Better", reach=Reach.OWN)
    with writing(relief) as session:
        discussing.reply(session, relief, good, text=SECRET)
    say("relief", "The other one", reach=Reach.OWN)
    browser, here = client("relief"), f"/consultations/{led.id}/ours"
    page = browser.get(here)
    assert page.count("The good one") >= 1
    browser.post(here, {}, status=422)
    browser.post(here, {"threads": str(good)})
    with reading(women) as session:
        (row,) = discussion.threads(session, women, led.id)
        assert (row.kind, row.wording, row.reach) == ("editorial", "Better", Reach.CIRCLE)
        assert [c.text for c in row.comments] == ["The good one"]
        assert session.scalars(select(Comment.person_id)).all() == [relief.person_id]
        assert session.scalars(select(Sending)).all() == []
    page = client("women").get(f"/consultations/{led.id}")
    assert "The good one" in page
    assert "The other one" not in page
    assert SECRET not in page
    page = browser.get(here)
    assert "Sent or settled" in page
    page = browser.post(here, {"threads": str(good)}, status=409).get_data(as_text=True)
    assert "sent or settled one of these" in page


def test_a_comment_of_ours_goes_out_in_the_words_of_who_sends_it(
    world, led, client, say, reading, writing
):
    one, other = (say("relief", words, reach=Reach.OWN) for words in ("Rough one", "Rough two"))
    browser, here = client("relief"), f"/consultations/{led.id}/ours"
    typed = {"threads": str(one), f"text_{one.hex}": "Polite", f"wording_{one.hex}": "Better"}
    browser.post(here, {**typed, f"text_{other.hex}": "Never chosen"})
    women, relief = world.actor("women"), world.actor("relief")
    with reading(women) as session:
        (row,) = discussion.threads(session, women, led.id)
    assert ([c.text for c in row.comments], row.wording) == (["Polite"], "Better")
    with reading(relief) as session:
        assert discussion.thread(session, relief, one).comments[0].text == "Rough one"
    browser.post(here, {"threads": str(other), f"text_{other.hex}": " "}, status=422)
    with writing(relief) as session:
        discussing.resolve(session, relief, other)
    late = {"threads": str(other), f"text_{other.hex}": "Typed in vain"}
    page = browser.post(here, late, status=409).get_data(as_text=True)
    assert "You had typed:" in page
    assert "Typed in vain" in page


def test_only_a_focal_point_sends(world, led, say, writing):
    thread = say("relief", reach=Reach.OWN)
    for name in ("relief.drafter", "relief.signatory"):
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises(Denied):
            actions.send(session, actor, led.id, thread_ids=[thread])
    for name in ("cluster", "donor"):
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises(NotFound):
            actions.send(session, actor, led.id, thread_ids=[thread])
    for name in ("legal", "women"):
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises(Conflict):
            actions.send(session, actor, led.id, thread_ids=[thread])
    relief = world.actor("relief")
    with writing(relief) as session, pytest.raises(Invalid):
        actions.send(session, relief, led.id, thread_ids=[])


def test_a_comment_is_sent_once_though_two_send_it_together(world, led, say, database, reading):
    thread, relief, together = say("relief", reach=Reach.OWN), world.actor("relief"), Barrier(2)

    def press(_n):
        together.wait()
        try:
            with database.writing(relief) as session:
                actions.send(session, relief, led.id, thread_ids=[thread])
        except Conflict:
            return "told"
        return "sent"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["sent", "told"]
    with reading(world.actor("women")) as session:
        assert len(discussion.threads(session, world.actor("women"), led.id)) == 1


def test_what_was_settled_among_us_is_not_sent(world, led, say, writing, reading):
    thread, relief = say("relief", reach=Reach.OWN), world.actor("relief")
    with writing(relief) as session:
        discussing.resolve(session, relief, thread)
        with pytest.raises(Conflict):
            actions.send(session, relief, led.id, thread_ids=[thread])
    with reading(relief) as session:
        waits, others = queries.ours(session, relief, led)
        assert (waits, [row.id for row in others]) == ([], [thread])


# --- secrecy ------------------------------------------------------------------------------------

VIEWERS = ("legal", "women", "cluster", "rights", "observer", "donor")


@pytest.mark.parametrize("reach", [Reach.OWN, Reach.LEAD])
def test_nothing_tells_whether_there_is_a_comment_that_is_not_for_us(
    world,
    led,
    client,
    say,
    writing,
    clause,
    reach,
):
    """Page, part, matrix, activity, home and desk: byte for byte, before and after."""
    shown = say("women", "Seen by all")
    viewers = [v for v in VIEWERS if not (v == "legal" and reach is Reach.LEAD)]
    browsers = {viewer: client(viewer) for viewer in viewers}
    before = {viewer: _all_of(browsers[viewer], led, clause, shown) for viewer in viewers}
    hidden, relief = say("relief", SECRET, kind="red-line", reach=reach), world.actor("relief")
    with writing(relief) as session:
        discussing.reply(session, relief, hidden, text=SECRET)
        discussing.resolve(session, relief, hidden)
        discussing.reopen(session, relief, hidden)
    if reach is Reach.LEAD:
        legal = world.actor("legal")
        with writing(legal) as session:
            discussing.dispose(session, legal, hidden, outcome="noted", reason=SECRET, after=None)
    for viewer in viewers:
        after = _all_of(browsers[viewer], led, clause, shown)
        for path, (status, body) in after.items():
            assert (status, body) == before[viewer][path], (viewer, path)
        for path in (f"/discussion/{hidden}", f"/consultations/answer/{hidden}"):
            browsers[viewer].get(path, 404)
    assert SECRET in client("relief").get(f"/discussion/about/{clause.cid}")


_CHANCE = re.compile(r'(?<=value=")[0-9a-f-]{36,}(?=")')


def _all_of(browser, led, clause, thread):
    paths = [
        "/", f"/positions/{led.id}", f"/positions/{led.id}/comments",
        f"/positions/{led.id}/activity", f"/discussion/about/{clause.cid}",
        f"/discussion/{thread}", f"/drafting/{clause.cid}/edit",
        f"/consultations/{led.id}", f"/consultations/{led.id}/ours",
        *(f"/consultations/{led.id}/matrix.xlsx?reach={reach.value}" for reach in Reach),
        f"/consultations/{led.id}?whose=ours",
    ]  # fmt: skip
    found = {}
    for path in paths:
        for headers in ({}, HTMX):
            answer = browser.client.get(path, headers=headers)
            text = answer.data.decode("latin-1")
            found[path, bool(headers)] = answer.status_code, _CHANCE.sub("*", text)
    return found


def test_the_number_of_questions_does_not_grow_with_the_comments(world, client, led, say):
    paths = [f"/consultations/{led.id}", f"/consultations/{led.id}/ours"]

    def fill():
        say("relief", mentions=(world.organisations["legal"],), kind="editorial")
        say("legal", reach=Reach.OWN)

    fill()
    counted = [count_questions(client, path) for path in paths]
    for _ in range(6):
        fill()
    assert [count_questions(client, path) for path in paths] == counted
