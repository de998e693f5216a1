"""Red lines on pages: kept, flagged, and never told to those who may not see them."""

import json
import re
from html import unescape

import pytest

from advocacy.drafting import queries as drafts
from advocacy.positions import queries as positions

HTMX = {"HX-Request": "true"}


@pytest.fixture
def clause(world, reading, text):
    """The id of the first clause."""
    with reading(world.actor("legal")) as session:
        of = positions.position(session, world.actor("legal"), text)
        return drafts.clauses(session, world.actor("legal"), of.document_id)[0].cid


def basis(page):
    return re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)


def plain(page):
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_words_are_kept_changed_and_removed_on_their_page(client):
    relief = client("relief")
    relief.post("/redlines", {"words": "Terrorist", "instead": "armed group", "shown": "us"})
    page = relief.get("/redlines")
    assert "Terrorist" in page
    assert "Only we see it" in page
    here = re.search(r'href="(/redlines/[0-9a-f-]{36})"', page).group(1)
    sent = {"words": "Rebel", "why": "It takes sides.", "shown": "writers"}
    relief.post(here, {**sent, "based_on": basis(relief.get(here))})
    assert "It takes sides." in relief.get("/redlines")
    relief.post(f"{here}/remove", {"based_on": basis(relief.get(here))}, page=here)
    assert "No word yet." in relief.get("/redlines")


def test_a_colleague_who_was_faster_is_shown_beside_what_was_typed(client, keep):
    here, relief = f"/redlines/{keep('relief', 'rebel')}", client("relief")
    before = basis(relief.get(here))
    relief.post(here, {"words": "bandit", "shown": "us", "based_on": before})
    late = {"words": "thug", "shown": "us", "based_on": before}
    page = relief.post(here, late, status=409).get_data(as_text=True)
    assert "bandit" in page
    assert 'value="thug"' in page
    relief.post(here, {**late, "based_on": basis(page)})
    assert "thug" in relief.get("/redlines")


def test_a_word_is_refused_with_what_was_typed(client):
    page = client("relief").post("/redlines", {"words": "…", "shown": "us"}, status=422)
    assert "Write a word or a few words." in page.get_data(as_text=True)


def test_the_clause_form_flags_what_one_may_see(client, keep, clause):
    keep("relief", "terrorist", shown=True, instead="armed group", why="It takes sides.")
    keep("women", "clinic")
    said = "Relief Network does not use “terrorists”. It says: “armed group”."
    for name in ("relief", "legal", "women"):
        page = plain(client(name).get(f"/drafting/{clause}/edit"))
        assert said in page, name
        assert ("does not use “clinics”" in page) is (name == "women")


def test_saving_in_place_flags_the_words_at_once(client, keep, clause):
    keep("legal", "siege")
    legal, here = client("legal"), f"/drafting/{clause}/edit"
    legal.post(
        here, {"based_on": basis(legal.get(here)), "heading": "", "text": "Sieges and no end."}
    )
    part = plain(legal.get(f"/drafting/{clause}", headers=HTMX))
    assert "Harbour Legal Aid does not use “Sieges”." in part


def test_a_hidden_word_changes_no_byte_for_others(client, keep, text, clause):
    """Not in the pages, not in what the page looks for while one types, not in numbers."""
    paths = (f"/drafting/{clause}/edit", f"/redlines/of/{text}", f"/positions/{text}", "/redlines")
    masks = r'[\w-]+="[0-9a-f]{60,}"|value="[^"]{30,}"'

    def crawl(name):
        browser = client(name)
        pages = [browser.get(path) for path in paths]
        pages += [browser.get(path, headers=HTMX) for path in paths]
        return [re.sub(masks, "", page) for page in pages]

    before = {name: crawl(name) for name in ("legal", "women")}
    keep("relief", "terrorist", why="Halloran said so")
    keep("rights", "terrorist", shown=True)
    assert {name: crawl(name) for name in ("legal", "women")} == before
    assert "terrorist" in plain(client("relief").get(f"/redlines/of/{text}"))


def test_the_page_of_a_text_tells_length_and_flags(client, keep, text):
    keep("legal", "terrorist", instead="armed group")
    page = plain(client("legal").get(f"/redlines/of/{text}"))
    assert "Clause 1" in page
    assert "Harbour Legal Aid does not use “terrorists”." in page
    assert "8 words" in page
    part = client("legal").get(f"/redlines/of/{text}", headers=HTMX)
    assert part.lstrip().startswith('<section id="redlines-of"')
    for stranger in ("cluster", "donor"):
        client(stranger).get(f"/redlines/of/{text}", status=404)


def test_words_of_any_script_stand_in_an_arabic_page(client, keep, clause, text):
    keep("legal", "إرهابي", why="كلمة <b>منحازة</b>", instead="جماعة مسلحة")
    legal = client("legal")
    legal.client.set_cookie("language", "ar")
    page = legal.get("/redlines")
    assert '<html lang="ar" dir="rtl"' in page
    assert "&lt;b&gt;منحازة" in page
    page = legal.get(f"/drafting/{clause}/edit")
    (sought,) = json.loads(unescape(re.search(r'data-aids="([^"]*)"', page).group(1)))
    assert sought["words"] == "إرهابي"
    legal.get(f"/redlines/of/{text}")


def test_the_desk_asks_nothing_more_for_red_lines(client, text):
    page = client("legal").get(f"/positions/{text}")
    assert f'hx-get="/redlines/of/{text}"' in page
    assert f'href="/redlines/of/{text}"' in page
