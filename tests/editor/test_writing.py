"""Writing as people know it: keys, buttons, paste, both directions; each clause keeps its id."""

import re

import pytest
from playwright.sync_api import expect

from tests.editor.conftest import FIRST, SECOND, Write, Writer
from tests.editor.server import LabServer, Text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{margin:0cm;font-family:"Times New Roman"}</style></head><body lang=EN-GB style='tab-interval:36pt'>
<!--StartFragment-->
<p class=MsoNormal style='margin-bottom:8.0pt'><b style='mso-bidi-font-weight:normal'>Whereas</b>
the road is <i>closed</i>, see <a href="https://example.org/road">the report</a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]>open it</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>·</span><![endif]>keep it open</p>
<p class=MsoNormal><span style='font-weight:700'>Bold by style</span>
<a href="javascript:alert(1)">click</a><script>alert(1)</script><img src=x onerror=alert(1)></p>
<!--EndFragment--></body></html>"""


def _cids(text: Text) -> list[str]:
    return [str(clause["cid"]) for clause in text.clauses()]


def _xml(text: Text) -> list[str]:
    return [re.sub(r"<(/?)(strong|em|link|quote)\b", r"<\1\2", c["xml"]) for c in text.clauses()]


def test_enter_makes_a_clause_with_an_id_of_its_own(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Enter").types("A new clause.").is_saved()
    cids = _cids(text)
    assert cids[0] == FIRST
    assert cids[2] == SECOND
    assert re.fullmatch(r"[0-9a-f-]{36}", cids[1])
    assert "A new clause." in _xml(text)[1]


def test_enter_within_words_leaves_the_id_with_the_first_half(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys(*["ArrowLeft"] * 7, "Enter").types("They ").is_saved()
    first, new, second = text.clauses()
    assert (first["cid"], first["heading"], second["cid"]) == (FIRST, "What happens", SECOND)
    assert (first["xml"], new["xml"]) == (
        "<paragraph>Four clinics were </paragraph>",
        "<paragraph>They closed.</paragraph>",
    )
    assert new["cid"] not in {FIRST, SECOND}
    assert not new.get("heading")


def test_enter_before_the_first_word_pushes_the_clause_down_with_its_id(
    text: Text, write: Write
) -> None:
    amal = write()
    amal.at_end_of(2).keys("Home", "Enter").types("Now: ").is_saved()
    assert _cids(text)[0] == FIRST
    assert _cids(text)[2] == SECOND
    assert _xml(text)[2] == "<paragraph>Now: We ask the Governor to open them.</paragraph>"


def test_a_paragraph_and_a_line_may_end_inside_a_clause(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Shift+Enter").types("a line").keys("Control+Enter").types("a paragraph")
    amal.is_saved()
    assert _cids(text) == [FIRST, SECOND]
    assert _xml(text)[0] == (
        "<paragraph>Four clinics were closed.\na line</paragraph><paragraph>a paragraph</paragraph>"
    )


def test_marks_and_lists_have_the_names_the_service_knows(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Enter").does("Bold").types("now").does("Bold").keys("Control+i")
    amal.types(" soon").keys("Control+i", "Enter").types("one").does("List").keys("Enter")
    amal.types("two").keys("Enter", "Enter").types("after").is_saved()
    assert _xml(text)[1] == "<paragraph><strong>now</strong><em> soon</em></paragraph>"
    assert _xml(text)[2] == (
        "<bullet_list><list_item><paragraph>one</paragraph></list_item>"
        "<list_item><paragraph>two</paragraph></list_item></bullet_list>"
        "<paragraph>after</paragraph>"
    )
    amal.does("Quote").does("Numbered list").is_saved()
    assert "<quote><ordered_list><list_item><paragraph>after" in _xml(text)[2]
    amal.person.check()


def test_a_link_must_be_an_address(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Shift+Home").does("Link")
    field = amal.person.page.get_by_label("Address of the link")
    field.fill("javascript:alert(1)")
    field.press("Enter")
    expect(
        amal.person.page.get_by_role("alert").filter(has_text="Write an address")
    ).to_be_visible()
    amal.person.check()
    field.fill("https://example.org/clinics")
    field.press("Enter")
    amal.is_saved()
    assert "https://example.org/clinics" in _xml(text)[0]
    assert "javascript" not in text.xml()


def test_a_source_is_a_sign_in_the_text(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).does("Source")
    amal.person.page.get_by_label("Source, in short").fill("Health Act, section 4")
    amal.person.page.keyboard.press("Enter")
    amal.is_saved().reads("[Health Act, section 4]")
    assert '<citation token="Health Act, section 4"' in _xml(text)[0]


def test_headings_and_kinds_are_of_the_clause(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).does("Recommendation").is_saved()
    assert text.clauses()[0]["kind"] == "recommendation"
    amal.clause(1).locator(".live-heading").fill("What we see")
    amal.at_end_of(2).does("Heading")
    expect(amal.clause(2).locator(".live-heading")).to_be_focused()
    amal.is_saved()
    first, second = text.clauses()
    assert (first["cid"], first["heading"]) == (FIRST, "What we see")
    assert (second["cid"], second["kind"], second["heading"], second["xml"]) == (
        SECOND,
        "heading",
        "We ask the Governor to open them.",
        "",
    )
    amal.keys("Enter").types("Below the heading.").is_saved()
    assert _xml(text)[2] == "<paragraph>Below the heading.</paragraph>"
    amal.person.check()


def test_a_clause_moves_with_its_id_and_goes_whole(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(2).does("Move up").is_saved()
    assert _cids(text) == [SECOND, FIRST]
    amal.keys("Alt+ArrowDown").is_saved()
    amal.person.page.wait_for_timeout(400)
    assert _cids(text) == [FIRST, SECOND]
    amal.does("Remove this clause").is_saved()
    amal.person.page.wait_for_timeout(400)
    assert _cids(text) == [FIRST]


def test_undo_takes_back_my_words_and_not_those_of_others(text: Text, write: Write) -> None:
    amal, bo = write("Amal"), write("Bo")
    amal.at_end_of(1).types(" Mine.").is_saved()
    bo.at_end_of(2).types(" Theirs.").is_saved()
    amal.reads("Theirs.").keys("Control+z")
    expect(amal.box).not_to_contain_text("Mine.")
    amal.reads("Theirs.").does("Redo").reads("Mine.")


def test_a_clause_pasted_twice_has_two_ids_and_one_cut_and_pasted_keeps_its_own(
    text: Text, write: Write
) -> None:
    amal = write()
    html = f'<section data-cid="{FIRST}" data-kind="paragraph"><p>Again one.</p></section>'
    both = html + f'<section data-cid="{SECOND}" data-kind="paragraph"><p>Again two.</p></section>'
    amal.at_end_of(2).pastes(both).is_saved()
    cids = _cids(text)
    assert len(cids) == len(set(cids)) > 2
    assert cids[:2] == [FIRST, SECOND]


def test_two_clauses_with_one_id_are_repaired_by_the_next_who_types(
    lab: LabServer, text: Text, write: Write
) -> None:
    text.write((FIRST, "paragraph", "", "The same id."))
    amal = write()
    amal.at_end_of(2).types(" Edited.").is_saved()
    cids = _cids(text)
    assert cids[:2] == [FIRST, SECOND]
    assert cids[2] not in {FIRST, SECOND}


def test_everything_deleted_leaves_a_place_to_type(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Control+a", "Delete").types("From the beginning.").is_saved()
    assert [c["xml"] for c in text.clauses()] == ["<paragraph>From the beginning.</paragraph>"]


def test_an_empty_text_takes_its_first_clause(lab: LabServer, write: Write) -> None:
    amal = write()
    amal.does("Add a clause").types("The first words.").is_saved()
    assert [c["xml"] for c in lab.text.clauses()] == ["<paragraph>The first words.</paragraph>"]
    amal.person.check()


def test_word_is_pasted_as_words_lists_and_marks(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Enter").pastes(WORD, "plain").is_saved()
    xml = "".join(_xml(text))
    assert "<strong>Whereas</strong> the road is <em>closed</em>, see" in xml
    assert "https://example.org/road" in xml
    assert "<bullet_list><list_item><paragraph>open it</paragraph></list_item>" in xml
    assert "<paragraph>keep it open</paragraph></list_item></bullet_list>" in xml
    assert "<strong>Bold by style</strong>" in xml
    for gone in ("alert", "javascript", "Mso", "style=", "·", "img", "Times"):
        assert gone not in text.xml(), gone
    assert len(set(_cids(text))) == len(_cids(text))
    amal.person.check()


def test_a_heading_of_another_text_becomes_a_clause_that_is_a_heading(
    text: Text, write: Write
) -> None:
    amal = write()
    amal.at_end_of(2).pastes("<h2>What we ask</h2><p>One thing.</p>").is_saved()
    made = [(c["kind"], c.get("heading"), c["xml"]) for c in text.clauses()]
    assert ("heading", "What we ask", "") in made
    assert any("One thing." in xml for _, _, xml in made)


@pytest.mark.parametrize("size", [90_000, 5_000_000])
def test_what_is_too_long_to_paste_is_refused_with_a_sentence(
    size: int, text: Text, write: Write
) -> None:
    amal = write()
    words = "word " * (size // 5)
    amal.at_end_of(1).pastes(f"<p>{words}</p>", words)
    banner = amal.person.page.locator(".live-banner")
    expect(banner).to_contain_text("too long to paste at once")
    amal.types("!").is_saved()
    expect(banner).to_be_hidden()
    assert len(text.xml()) < 1_000


def test_the_buttons_are_one_stop_of_tab_and_arrows_go_among_them(text: Text, write: Write) -> None:
    amal = write()
    page = amal.person.page
    amal.at_end_of(1).keys("Alt+F10")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    amal.keys("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    amal.keys("End")
    expect(page.get_by_role("button", name="Redo")).to_be_focused()
    assert page.get_by_role("toolbar").locator("button[tabindex='0']").count() == 1
    amal.keys("Escape")
    expect(amal.box).to_be_focused()


def test_escape_leaves_the_text_and_tab_is_never_caught(text: Text, write: Write) -> None:
    amal = write()
    amal.at_end_of(1).keys("Escape")
    expect(amal.box).not_to_be_focused()
    amal.at_end_of(1).keys("Tab")
    expect(amal.box).not_to_be_focused()
    assert amal.clause(1).inner_text().count("Four clinics") == 1


def test_the_text_says_what_it_is(text: Text, write: Write) -> None:
    amal = write(text="fr")
    for name, value in {
        "role": "textbox",
        "aria-multiline": "true",
        "spellcheck": "true",
        "lang": "fr",
        "aria-label": "The text, written together",
    }.items():
        expect(amal.box).to_have_attribute(name, value)
    plain = amal.person.page.get_by_role("link", name="Plain text")
    expect(plain).to_have_attribute("href", "/lab")


def _arabic(amal: Writer) -> None:
    expect(amal.person.page.get_by_role("toolbar", name="الكتابة")).to_be_visible()
    amal.at_end_of(1).keys("Enter").types("نطلب من المحافظ فتح الطريق").keys("Control+b")
    amal.types(" الآن").keys("Control+b", "Home").types("ثم ").is_saved()


def test_arabic_is_written_from_its_own_side(text: Text, write: Write) -> None:
    amal = write(lang="ar")
    _arabic(amal)
    assert _xml(text)[1] == (
        "<paragraph>ثم نطلب من المحافظ فتح الطريق<strong> الآن</strong></paragraph>"
    )
    new = amal.clause(2).locator("p").first
    assert new.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert amal.clause(3).locator("p").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    amal.keys("Alt+F10", "ArrowLeft")
    expect(amal.person.page.get_by_role("button", name="مائل")).to_be_focused()
    amal.person.check()


@pytest.mark.parametrize("width", [360, 1200])
def test_it_fits_a_phone(width: int, text: Text, write: Write) -> None:
    amal = write(width=width)
    amal.at_end_of(1).types(" Typed on a phone.").is_saved()
    amal.person.check()


def test_nothing_a_person_makes_carries_a_style_of_its_own(text: Text, write: Write) -> None:
    amal, bo = write("Amal"), write("Bo")
    bo.at_end_of(1).keys("Shift+Home").does("Bold").is_saved()
    expect(amal.clause(1).locator(".caret")).to_have_count(1)
    styled = amal.box.evaluate(
        "box => [...box.querySelectorAll('[style]:not(.caret)')].map(e => e.outerHTML)"
    )
    assert styled == []
    amal.person.check()


def test_a_mark_that_is_not_known_costs_no_words(lab: LabServer, write: Write) -> None:
    lab.text.write((FIRST, "paragraph", "", "Odd words stay."))
    paragraph = lab.text.fragment.children[0].children[0].children[0]
    before = lab.text.doc.get_state()
    paragraph.format(0, 3, {"blink": True})
    lab.text.take(lab.text.doc.get_update(before), "service:odd")
    amal = write()
    amal.reads("Odd words stay.").at_end_of(1).types(" Yes.").is_saved()
    assert "words stay. Yes." in lab.text.xml()
