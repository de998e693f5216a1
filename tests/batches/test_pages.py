"""Recommendations come in from tables, reports and the index: looked at, kept, taken back."""

import io
import json
import re
import zipfile

import pytest
from openpyxl import Workbook

from advocacy.institutions import actions as institutions

PLACE = "/batches/in/testland"
LIST = "/recommendations/in/testland"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def state(writing, world):
    """An institution that Relief knows."""
    actor = world.actor("relief")
    with writing(actor) as session:
        made = institutions.add(
            session, actor, workspace_id=world.workspace_id, name="Testland", kind="state"
        )
    return str(made.id)


def sent(browser, data, name="list.csv", status=303):
    answer = browser.post(PLACE, {"file": (io.BytesIO(data), name)}, status=status)
    return answer.headers["Location"] if status == 303 else answer.get_data(as_text=True)


def looked_at(browser, address, **more):
    """Confirms the columns as guessed; returns the address that follows."""
    page = browser.get(address)
    columns = re.findall(r'<select[^>]*name="(c\d+)"', page)
    chosen = {name: chosen_in(page, name) for name in columns}
    about = {"language": "en", "reach": "own", "owner": "", "source": ""}
    return browser.post(address, {**chosen, **about, **more}).headers["Location"]


def chosen_in(page, name):
    field = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.S).group(0)
    option = re.search(r"<option[^>]*\bselected[^>]*>", field)
    return re.search(r'value="([^"]*)"', option.group(0)).group(1) if option else ""


def ticks(page):
    basis = re.search(r'name="basis"[^>]*value="([0-9a-f]+)"', page).group(1)
    keys = re.findall(r'name="keep"[^>]*value="([^"]+)"', page)
    return {"basis": basis, "is_ticked": "1"}, keys


def kept(browser, plan):
    fields, keys = ticks(browser.get(plan))
    browser.post(plan, {**fields, "keep": keys})


def docx(*rows):
    """Rows of cells; a cell is its words, or (words, columns it spans, 'restart' or 'continue')."""

    def cell(said):
        words, span, merge = said if isinstance(said, tuple) else (said, 1, "")
        look = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        look += f'<w:vMerge w:val="{merge}"/>' if merge else ""
        return f"<w:tc><w:tcPr>{look}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    table = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kinds}"/></Types>',
        )
        box.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body><w:tbl>{table}</w:tbl></w:body></w:document>',
        )
    return out.getvalue()


def test_pasted_paragraphs_are_looked_at_one_by_one_and_only_ticked_ones_stay(client, state):
    relief = client("relief")
    text = "45. Open the courts (Austria, Norway).\n46. Pay the teachers.\n12"
    address = relief.post(f"{PLACE}/paste", {"words": text}, page=PLACE).headers["Location"]
    about = {"owner": state, "source": "Report 7", "language": "en", "reach": "own"}
    plan = looked_at(relief, address, **about)
    page = relief.get(plan)
    assert "Report 7, para. 45, p. 12" in page
    assert "Austria, Norway" in page
    fields, keys = ticks(page)
    assert len(keys) == 2
    relief.post(plan, {**fields, "keep": keys[:1]})
    page = relief.get(LIST)
    assert "Open the courts" in page
    assert "Pay the teachers" not in page
    assert "Open the courts" not in client("legal").get(LIST), "it stays at own level"
    back = re.search(rf'action="({PLACE}/[^"]+/back)"', relief.get(PLACE)).group(1)
    relief.post(back, page=PLACE)
    assert "Open the courts" not in relief.get(LIST)
    assert "Taken back" in relief.get(PLACE)


def test_a_text_that_names_nobody_asks_whom_it_is_put_to(client, state):
    relief = client("relief")
    address = relief.post(f"{PLACE}/paste", {"words": "1. Go."}, page=PLACE).headers["Location"]
    chosen = {"c0": "paragraph", "c1": "page", "c2": "text", "language": "en", "reach": "own"}
    page = relief.post(address, chosen, status=422).get_data(as_text=True)
    assert "Say whom the rows are addressed to" in page


def test_an_unknown_owner_is_a_question_and_its_answer_is_remembered(client, state):
    relief = client("relief")
    table = (
        b"List of the committee\n\nReference;Recommendation;Addressed to;Position\n"
        b"018/24;Open the courts;Republic of Testland;Noted\n007/24;Go home;Nowhere;\n"
    )
    asked = looked_at(relief, sent(relief, table))
    assert asked.endswith("/owners")
    page = relief.get(asked)
    names = re.findall(r'<label for="o\d+">(.*?)</label>', page)
    assert [re.sub(r"<.*?>", "", name).strip() for name in names] == [
        "Nowhere",
        "Republic of Testland",
    ]
    plan = relief.post(asked, {"o0": "", "o1": state}).headers["Location"]
    page = relief.get(plan)
    assert "nobody said who “\u2068Nowhere\u2069” is" in page or "Nowhere" in page
    kept(relief, plan)
    assert "018/24" in relief.get(LIST)
    again = looked_at(relief, sent(relief, table.replace(b"courts;Rep", b"doors;Rep")))
    page = relief.get(again.replace("/owners", "/plan"))
    assert "is here with other words" in page
    plan = looked_at(relief, sent(relief, table.replace(b"Noted", b"Accepted")))
    assert "Changed" in relief.get(plan.replace("/owners", "/plan"))


def test_the_indexs_json_and_its_excel_are_the_same_records(client, state):
    relief = client("relief")
    one = {
        "AnnotationId": "x", "AnnotationType": "- Recommendations", "Symbol": "A/HRC/1/2",
        "Body": "- UPR", "Countries": ["Testland"], "Themes": ["Justice", "Courts"],
        "Text": "<p>104.7 Open&nbsp;the courts</p>", "UprSession": ["17"],
        "UprPositions": ["Supported"], "UprRecommendingCountry": ["Austria", "Norway"],
        "PublicationDate": "2014-01-02",
    }  # fmt: skip
    concern = {**one, "AnnotationType": "- Concerns/Observations"}
    plan = looked_at(relief, sent(relief, json.dumps([one, concern]).encode(), "export.json"))
    page = relief.get(plan)
    for words in ("Open the courts", "A/HRC/1/2, para. 104.7", "Austria, Norway", "a concern"):
        assert words in page
    kept(relief, plan)
    book, out = Workbook(), io.BytesIO()
    told = {
        "Symbol": "A/HRC/1/2", "Reccomending Body": "- UPR", "Countries": "- Testland",
        "Themes": "- Justice\n- Courts", "Text": "104.7 Open the courts", "UPR Session": "- 17",
        "UPR Positions": "- Supported", "UPR Reccomending States": "- Austria\n- Norway",
        "Publication Date": 41641,
    }  # fmt: skip
    book.active.append(list(told))
    book.active.append(list(told.values()))
    book.save(out)
    plan = looked_at(relief, sent(relief, out.getvalue(), "export.xlsx"))
    page = relief.get(plan)
    assert "There is nothing to bring in" in page
    assert re.search(r"As they are here already\W.{0,40}\b1\b", page, re.S)


def test_a_word_table_keeps_its_theme_rows_issuers_and_merged_cells(client, state):
    relief = client("relief")
    states = ", ".join(f"State {chr(65 + n % 26)}{n}" for n in range(40))
    data = docx(
        ["Recommendation", "Position", "State"],
        [("Theme: Justice", 3, "")],
        [f"104.1 Open the courts ({states});", "Supported", ("Testland", 1, "restart")],
        ["104.2 Ratify it (ICCPR)", "Noted", ("", 1, "continue")],
        ["Pay them", "Implemented", ("", 1, "continue")],
    )
    plan = looked_at(relief, sent(relief, data, "matrix.docx"))
    page = relief.get(plan)
    assert "State N39" in page
    assert "Ratify it (ICCPR)" in page
    assert "Implemented" in page, "what was done is no answer: the row is refused with its word"
    assert len(ticks(page)[1]) == 2
    kept(relief, plan)
    assert "Open the courts" in relief.get(f"{LIST}?tag=justice")


def test_a_batch_is_its_organisations_own(client, state):
    address = sent(client("relief"), b"Recommendation,To\nGo,Testland\n")
    legal = client("legal")
    for end in ("", "/owners", "/plan"):
        legal.get(f"{address}{end}", status=404)
    client("observer").get(PLACE, status=403)
    client("donor").get(PLACE, status=404)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "empty"),
        (b"{", "a.json", "no list of records"),
        (b"PK\x03\x04 no", "a.docx", "Word"),
        (b"PK\x03\x04 no", "a.xlsx", "Excel"),
        (docx(["a", "b"]), "a.docx", "column names"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(client, data, name, words):
    assert words in sent(client("relief"), data, name, status=422)


def test_what_a_file_says_it_is_about_comes_in_follows_and_is_taken_back(client, state):
    relief = client("relief")

    def bring(groups):
        table = f"Reference,Text,Country,Affected persons\nR1,Open the courts,Testland,{groups}\n"
        kept(relief, looked_at(relief, sent(relief, table.encode())))

    def back():
        """Take back the first run that can be."""
        addresses = re.findall(r'action="(/batches/in/testland/[^"]+/back)"', relief.get(PLACE))
        answers = (relief.post(one, page=PLACE, status=None) for one in addresses)
        return any(answer.status_code == 303 for answer in answers)

    bring("Children")
    assert "Open the courts" in relief.get(f"{LIST}?group=CHI")
    bring("Women")
    assert "Open the courts" in relief.get(f"{LIST}?group=WOM")
    one = re.search(r'href="/recommendations/([0-9a-f-]{36})"', relief.get(LIST)).group(1)
    page = relief.get(f"/subjects/{one}")
    assert "Added Women and girls; took away Children" in page
    assert "Import" in page
    assert back()
    page = relief.get(f"/subjects/{one}")
    assert "Added Women" not in page
    assert "Open the courts" in relief.get(f"{LIST}?group=CHI")
    assert "Open the courts" not in relief.get(f"{LIST}?group=WOM")
    relief.post(f"/subjects/{one}", {"group": ["MIG"]})
    assert not back()
