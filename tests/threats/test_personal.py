"""Free text that looks like one person's data is asked about once more, before it is saved."""

import re

from tests.threats.test_pages import REGISTER, typed

PHONE = "+962 79 123 4567"


def marked(text):
    return re.search(r'name="marked"[^>]*value="([0-9a-f]*)"', text).group(1)


def test_marked_words_are_shown_and_saved_only_at_their_authors_word(client, areas):
    relief = client("relief")
    form = typed(areas, summary=f"Call {PHONE}.")
    text = relief.post(f"{REGISTER}/new", form, status=422).get_data(as_text=True)
    assert f"“{PHONE}”" in text
    assert "Soldiers close" not in relief.get(REGISTER)
    said = {"marked": marked(text), "no_person": "y"}
    relief.post(f"{REGISTER}/new", {**form, **said})
    assert "Soldiers close" in relief.get(REGISTER)


def test_the_word_counts_for_those_marks_alone(client, areas):
    relief = client("relief")
    form = typed(areas, summary=f"Call {PHONE}.")
    text = relief.post(f"{REGISTER}/new", form, status=422).get_data(as_text=True)
    said = {"marked": marked(text), "no_person": "y"}
    more = typed(areas, summary=f"Call {PHONE}.", narrative="Ask amal@example.org", **said)
    text = relief.post(f"{REGISTER}/new", more, status=422).get_data(as_text=True)
    assert "amal@example.org" in text
    assert "Soldiers close" not in relief.get(REGISTER)


def test_nothing_is_asked_where_nothing_is_marked(client, areas):
    relief = client("relief")
    assert 'name="no_person"' not in relief.get(f"{REGISTER}/new")
    relief.post(f"{REGISTER}/new", typed(areas, summary="About 1,200 people since 2024."))
    assert "Soldiers close" in relief.get(REGISTER)
