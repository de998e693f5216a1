"""Beside the text: red lines and words are counted while one types, and a source is put in."""

from flask import render_template
from playwright.sync_api import expect

from tests.editor.conftest import Write, Writer
from tests.editor.server import LabServer, Text

LINES = [
    {"words": "safe zone", "stems": ["saf", "zon"], "by": "Legal Aid", "say": "place of refuge"}
]
CITE = """<section data-cite><form><input name="label" value="PR-12 [Evictions]">
<button type="button" name="record">Cite</button></form></section>"""


def _with_aids(writer: Writer, lab: LabServer) -> Writer:
    """What stands under the editor on the page of a position."""
    with lab.app.test_request_context("/lab"):
        html = render_template("redlines/_live.html", typed=LINES, first="", position_id="p")
    writer.person.page.locator("main").evaluate(
        "(main, html) => main.insertAdjacentHTML('beforeend', html)", html
    )
    return writer


def test_a_red_line_is_flagged_while_it_stands_in_a_clause_and_says_which(
    lab: LabServer, text: Text, write: Write
) -> None:
    amal = _with_aids(write("Amal"), lab)
    flags = amal.person.page.locator("[data-aids-typed] .flag")
    amal.at_end_of(2).types(" Make it a safe zone.")
    expect(flags).to_have_count(1)
    expect(flags).to_contain_text("Clause 2")
    expect(flags).to_contain_text("Legal Aid")
    expect(flags).to_contain_text("place of refuge")
    amal.keys(*["Backspace"] * len("safe zone."))
    expect(flags).to_have_count(0)


def test_what_another_types_is_flagged_too(lab: LabServer, text: Text, write: Write) -> None:
    amal, basim = _with_aids(write("Amal"), lab), write("Basim")
    basim.at_end_of(1).types(" A safe zone.")
    flags = amal.person.page.locator("[data-aids-typed] .flag")
    expect(flags).to_contain_text("Clause 1")


def test_the_words_of_the_clause_with_the_caret_are_counted(
    lab: LabServer, text: Text, write: Write
) -> None:
    amal = _with_aids(write("Amal"), lab)
    length = amal.person.page.locator("[data-aids-length]")
    amal.at_end_of(1).types(" Two more.")
    expect(length).to_contain_text("Clause 1")
    expect(length).to_contain_text("6 words")
    amal.at_end_of(2).keys("End")
    expect(length).to_contain_text("7 words")


def test_a_source_is_put_in_where_the_caret_is_and_reaches_the_others(
    lab: LabServer, text: Text, write: Write
) -> None:
    amal, basim = _with_aids(write("Amal"), lab), write("Basim")
    amal.at_end_of(1)
    page = amal.person.page
    page.locator("#redlines-live").evaluate(
        "(box, html) => box.insertAdjacentHTML('beforeend', html)", CITE
    )
    page.get_by_role("button", name="Cite").click()
    amal.is_saved()
    for writer in (amal, basim):
        expect(writer.clause(1)).to_contain_text("PR-12 Evictions")
        expect(writer.clause(2)).not_to_contain_text("PR-12")


def test_a_source_without_a_name_is_not_put_in(lab: LabServer, text: Text, write: Write) -> None:
    amal = _with_aids(write("Amal"), lab)
    amal.at_end_of(1)
    page = amal.person.page
    page.locator("#redlines-live").evaluate(
        "(box, html) => box.insertAdjacentHTML('beforeend', html)",
        CITE.replace("PR-12 [Evictions]", ""),
    )
    page.get_by_role("button", name="Cite").click()
    amal.at_end_of(1).types(" And on.")
    expect(amal.clause(1)).to_contain_text("And on.")
    expect(page.locator(".live-clause [data-citation]")).to_have_count(0)


def test_long_sentences_and_the_clause_that_is_clicked_are_told(
    lab: LabServer, text: Text, write: Write
) -> None:
    amal = _with_aids(write("Amal"), lab)
    length = amal.person.page.locator("[data-aids-length]")
    amal.at_end_of(2).types(" " + " ".join(["word"] * 70) + ".")
    expect(length).to_contain_text("Long sentences")
    amal.clause(1).click()
    expect(length).to_contain_text("Clause 1")
    expect(length).not_to_contain_text("Long sentences")


def test_the_flags_come_back_when_the_part_is_exchanged_and_stay_as_they_are_else(
    lab: LabServer, text: Text, write: Write
) -> None:
    amal = _with_aids(write("Amal"), lab)
    page = amal.person.page
    flags = page.locator("[data-aids-typed] .flag")
    amal.at_end_of(2).types(" A safe zone.")
    expect(flags).to_have_count(1)
    flags.evaluate("flag => { flag.dataset.mine = 'yes' }")
    length = page.locator("[data-aids-length]")
    before = length.inner_text()
    amal.types(" Or not.")
    expect(length).not_to_have_text(before)  # it was looked at again
    expect(page.locator("[data-aids-typed] .flag[data-mine]")).to_have_count(1)
    page.locator("#redlines-live").evaluate("box => box.remove()")
    _with_aids(amal, lab)
    page.evaluate(
        "() => document.body.dispatchEvent(new Event('htmx:afterSettle', {bubbles: true}))"
    )
    expect(flags).to_have_count(1)
