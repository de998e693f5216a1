"""Translations on pages: side by side, two at once, frozen, and right to left."""

import re
from html import unescape

import pytest
from sqlalchemy import Engine, event

from advocacy.drafting.rules import NewClause
from advocacy.formats import docx_read
from tests.signoff import scene


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def plain(page):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.fixture
def here(text, clauses):
    """The address of the first clause's French form."""
    return f"/renderings/{text}/fr/{clauses()[0].cid}"


def typed(page, words, **more):
    return {
        "based_on": hidden(page, "based_on"),
        "source": hidden(page, "source"),
        "heading": "Ce qui se passe",
        "text": words,
        **more,
    }


def test_a_clause_is_translated_and_checked_through_pages(client, text, here):
    relief, legal = client("relief"), client("legal")
    answer = relief.post(here, typed(relief.get(here), "Quatre cliniques ont fermé."))
    assert answer.location.startswith(f"/renderings/{text}/fr#renderings-")
    page = relief.get(here)
    assert "Another person who knows both languages checks it." in page
    assert f'action="{here}/check"' not in page
    assert "Draft, not checked" in legal.get(f"/renderings/{text}/fr")
    basis = hidden(legal.get(here).partition("/check")[2], "based_on")
    legal.post(f"{here}/check", {"based_on": basis}, page=here)
    assert "Checked" in legal.get(f"/renderings/{text}/fr")
    assert "1 of 2 clauses checked" in plain(legal.get(f"/renderings/{text}"))


def test_two_translators_at_once_see_both(client, here):
    relief, women = client("relief"), client("women")
    first, second = relief.get(here), women.get(here)
    relief.post(here, typed(first, "Les mots de Relief."))
    answer = women.post(here, typed(second, "Les mots des femmes."), status=409)
    page = answer.get_data(as_text=True)
    assert "Les mots de Relief." in page
    assert page.count("Les mots des femmes.") == 2, "shown beside, and kept in the form"
    women.post(here, typed(page, "Les mots des deux."))
    assert "Les mots des deux." in relief.get(here)


def test_a_clause_changed_meanwhile_is_shown_with_what_was_typed(client, here, edit):
    relief = client("relief")
    page = relief.get(here)
    edit("Five clinics have closed.")
    again = relief.post(here, typed(page, "Quatre cliniques."), status=409)
    page = again.get_data(as_text=True)
    assert "Five clinics have closed." in page
    assert "Quatre cliniques." in page
    relief.post(here, typed(page, "Cinq cliniques."))


def test_an_empty_translation_is_refused_beside_its_field(client, here):
    relief = client("relief")
    answer = relief.post(here, typed(relief.get(here), ""), status=422)
    assert "Write what the clause says in the other language." in answer.get_data(as_text=True)


def test_a_nonsense_basis_is_stale_not_an_error(client, here):
    relief = client("relief")
    relief.post(here, typed(relief.get(here), "Mots.", based_on="x' OR 1=1"), status=409)


def test_an_arabic_translation_reads_from_the_right(client, text, clauses, state, write, freeze):
    write("relief", "أُغلقت أربع عيادات.", language="ar", heading="ما الذي يحدث")
    page = client("legal").get(f"/renderings/{text}/ar")
    assert re.search(r'lang="ar" dir="rtl">\s*<p>أُغلقت', page)
    legal = client("legal")
    legal.client.set_cookie("language", "ar")
    for path in ("", "/ar", f"/ar/{clauses()[0].cid}"):
        assert '<html lang="ar" dir="rtl"' in legal.get(f"/renderings/{text}{path}")


def test_a_version_says_its_language_of_record_and_is_read_in_others(client, write, check, freeze):
    write("relief", "Quatre cliniques ont fermé.")
    check("legal")
    found, legal = freeze(), client("legal")
    page = plain(legal.get(f"/positions/versions/{found.id}"))
    assert "The text of record is in English." in page
    assert "1 of 2 clauses checked" in plain(legal.get(f"/renderings/versions/{found.id}"))
    page = plain(legal.get(f"/renderings/versions/{found.id}/fr"))
    assert "Quatre cliniques ont fermé." in page
    assert "Four clinics have closed." not in page
    assert "It reads in English: Open the road." in page
    assert "The endorsed text is version 1 in English: that one is signed." in page
    assert found.content_hash in page


def test_a_text_and_its_word_file_say_the_language_of_record(client, text):
    legal = client("legal")
    assert "The text of record is in English." in plain(legal.get(f"/positions/{text}"))
    data = legal.client.get(f"/copies/{text}/word").data
    assert "The text of record is in English." in [b.words for b in docx_read.paper(data).blocks]


def test_strangers_find_nothing(client, text, here, freeze):
    found = freeze()
    for name in ("cluster", "rights", "observer", "donor"):
        browser = client(name)
        for path in (f"/renderings/{text}", f"/renderings/{text}/fr", here):
            browser.get(path, status=404)
        browser.get(f"/renderings/versions/{found.id}", status=404)
        browser.get(f"/renderings/versions/{found.id}/fr", status=404)


def test_a_language_that_is_none_is_absent(client, text, freeze):
    found = freeze()
    for path in (f"/renderings/{text}/en", f"/renderings/{text}/xx"):
        client("legal").get(path, status=404)
    client("legal").get(f"/renderings/versions/{found.id}/en", status=404)


def asked(browser, path):
    count = 0

    def note(*_):
        nonlocal count
        count += 1

    event.listen(Engine, "before_cursor_execute", note)
    browser.get(path)
    event.remove(Engine, "before_cursor_execute", note)
    return count


def test_the_number_of_questions_does_not_depend_on_clauses(client, world, writing, text):
    legal = world.actor("legal")
    many = tuple(NewClause("paragraph", "", f"Words {n}.") for n in range(40))
    with writing(legal) as session:
        long = scene.start(session, legal, world, circle=("relief",), clauses=many)
    browser = client("legal")
    for room in ("renderings/{}", "renderings/{}/fr", "redlines/of/{}"):
        few = asked(browser, f"/{room.format(text)}")
        # Fewer: what was answered for the first page need not be asked again.
        assert asked(browser, f"/{room.format(long)}") <= few, room
