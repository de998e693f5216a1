"""Pages of Word files: the door for a file, what was found, what needs a person."""

import re
from uuid import uuid4

import pytest

from advocacy.web import reasons
from tests.formats.test_docx import BAD
from tests.word import files
from tests.word.files import edited


def form_of(sent: dict[str, str | bytes]) -> dict[str, object]:
    """A form with a file as a browser sends it."""
    lines = []
    for name, value in sent.items():
        more = '; filename="text.docx"' if isinstance(value, bytes) else ""
        raw = value if isinstance(value, bytes) else value.encode()
        lines.append(
            f'--end\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        )
        lines.append(raw + b"\r\n")
    return {
        "data": b"".join([*lines, b"--end--\r\n"]),
        "content_type": "multipart/form-data; boundary=end",
    }


def upload(browser, path: str, data: bytes, status: int = 303):
    page = browser.get(path)
    sent = {
        "csrf_token": browser._hidden(page, "csrf_token"),
        "acting_for": browser._hidden(page, "acting_for"),
        "idempotency_key": str(uuid4()),
        "file": data,
    }
    answer = browser.client.post(path, **form_of(sent))
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    return answer


def test_out_and_back_through_the_pages(text, client):
    legal = client("legal")
    page = legal.get(f"/word/{text.id}")
    assert "Seen by the organisations" in page or "organisations of this text" in page
    answer = legal.client.get(f"/copies/{text.id}/word")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="draft-')
    assert "Clinics" not in answer.headers["Content-Disposition"]
    data = edited(answer.data, lambda root: files.track(root, "October", "June"))
    data = files.comment(data, "clinics", "Name them.")
    where = upload(legal, f"/word/{text.id}", data).headers["Location"]
    page = legal.get(where)
    assert "2 tracked changes in the file · 1 comment" in " ".join(page.split())
    assert "<del>" in page
    assert "June" in page
    legal.post(f"{where}/send", page=where)
    assert "This was sent." in legal.get(where)
    legal.post(f"{where}/send", page=f"/word/{text.id}", status=409)
    assert where in legal.get(f"/word/{text.id}")
    for name, status in (("relief", 404), ("rights", 404), ("donor", 404)):
        client(name).get(where, status)


def test_who_is_not_in_the_circle_takes_nothing_and_sends_nothing(text, client, copy):
    data = copy()
    for name in ("rights", "observer", "donor", "cluster"):
        other = client(name)
        other.get(f"/word/{text.id}", 404)
        other.get(f"/copies/{text.id}/word", 404)
        page = other.get("/")
        sent = {
            "csrf_token": other._hidden(page, "csrf_token"),
            "acting_for": other._hidden(page, "acting_for"),
            "idempotency_key": str(uuid4()),
            "file": data,
        }
        assert other.client.post(f"/word/{text.id}", **form_of(sent)).status_code == 404


@pytest.mark.parametrize("name", ["empty", "no zip", "an old .doc", "encrypted", "a bomb"])
def test_a_bad_file_gets_a_sentence_and_leaves_nothing(name, text, client):
    data, code = BAD[name]
    legal = client("legal")
    answer = upload(legal, f"/word/{text.id}", data, 422)
    said = str(reasons.WORDS[code])
    assert said in answer.get_data(as_text=True).replace("&#39;", "'")
    assert "What your organisation sent" not in legal.get(f"/word/{text.id}")


def test_no_file_at_all_is_said(text, client):
    legal = client("legal")
    answer = legal.post(f"/word/{text.id}", {}, status=422)
    assert "Choose" in answer.get_data(as_text=True)


def test_more_than_ten_megabytes_are_not_even_read(text, client):
    upload(client("legal"), f"/word/{text.id}", b"P" * 10_200_000, 413)


def test_a_file_larger_than_other_forms_may_be_gets_in(text, client):
    legal = client("legal")
    answer = upload(legal, f"/word/{text.id}", b"x" * 3_000_000, 422)
    assert "not a Word file" in answer.get_data(as_text=True)


def test_what_needs_a_person_is_placed_or_dismissed(text, client, copy):
    def change(root):
        for words in ("In a box", "Another"):
            cell = f"<w:tc><w:p>{files.typed(words)}</w:p></w:tc>"
            table = files.node(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")
            files.paragraph(root, "Four ").addnext(table)

    legal = client("legal")
    where = upload(legal, f"/word/{text.id}", edited(copy(), change)).headers["Location"]
    page = legal.get(where)
    assert str(reasons.WORDS["word.in-table"]) in page
    first, second = dict.fromkeys(re.findall(r"/word/items/[0-9a-f-]{36}", page))
    legal.post(first, {"how": "insertion", "clause": str(text.cids[1])})
    legal.post(f"{second}/dismiss", page=second)
    page = legal.get(where)
    assert "In a box" in page  # words are kept
    assert "Another" in page
    legal.post(first, {"how": "comment", "clause": ""}, page=f"/word/{text.id}", status=409)
    assert "Another" in legal.get(f"/amendments/about/{text.id}")


def test_a_foreign_file_becomes_a_text_that_was_shown_first(client):
    relief = client("relief")
    data = (files.FILES / "foreign.docx").read_bytes()
    where = upload(relief, "/word/in/testland/start", data).headers["Location"]
    page = relief.get(where)
    assert "Wells of Al Noor" in page
    answer = relief.post(
        where,
        {
            "kind": "joint_statement",
            "language": "en",
            "title": "Wells of Al Noor",
            "channel": "public",
            "sensitivity": "2",
        },
    )
    page = relief.get(answer.headers["Location"])
    assert "Open the wells by May." in page
    relief.post(where, {}, page="/word/in/testland/start", status=422)


def test_the_donor_begins_nothing_from_a_file(client):
    client("donor").get("/word/in/testland/start", 403)


def test_every_way_a_thing_can_end_has_words(text, copy, receive):
    assert all(one.why in reasons.WORDS for one in receive(copy()).items if one.why)


def test_pages_in_arabic_and_as_parts(text, client, copy):
    legal = client("legal")
    where = upload(
        legal, f"/word/{text.id}", edited(copy(), lambda r: files.track(r, "October", "June"))
    ).headers["Location"]
    legal.client.set_cookie("language", "ar")
    assert 'dir="rtl"' in legal.get(where)
    assert 'dir="rtl"' in legal.get(f"/word/{text.id}")
