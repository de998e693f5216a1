"""Evidence by a client: add, open, download, withdraw."""

import errno
import re
from io import BytesIO

import pytest

from tests.annexes import files

HELD = {
    "to": "view",
    "kind": "visit",
    "words": "Twelve burnt houses",
    "dated_on": "2026-11-02",
    "direction": "supports",
    "way": "held",
    "ask": "Our field office",
    "consent": "not-asked",
    "reach": "all",
}
SHARED = {
    **HELD,
    "way": "file",
    "consent": "given",
    "consent_to": "Members may read it",
    "consent_by": "A teacher",
    "consent_on": "2026-11-01",
}


@pytest.fixture
def of_legal(report, give):
    """The address of a threat on which Legal has a view."""
    threat_id = report("observers", sensitivity=2)
    give("legal", threat_id, attribution="hidden")
    return f"/threats/{threat_id}"


def sent(data: bytes) -> tuple[BytesIO, str]:
    return BytesIO(data), "Halloran of Harbour.pdf"


def test_what_is_held_says_what_it_is_and_whom_to_ask(client, of_legal):
    legal = client("legal")
    legal.post(f"{of_legal}/evidence/new", HELD)
    page = client("women").get(of_legal)
    assert "Twelve burnt houses" in page
    assert "Held by its organisation, not shared" in page
    at = re.search(rf'href="({of_legal}/evidence/[0-9a-f-]+)"', page)[1]
    one = client("women").get(at)
    assert "Our field office" in one
    assert "Harbour Legal Aid" not in page + one
    client("women").get(f"{at}/file", status=404)


def test_a_file_is_handed_over_and_nothing_else(client, of_legal):
    legal, data = client("legal"), files.pdf()
    legal.post(f"{of_legal}/evidence/new", {**SHARED, "file": sent(data)})
    at = re.search(rf"{of_legal}/evidence/[0-9a-f-]+", client("relief").get(of_legal))[0]
    page = client("relief").get(at)
    assert "Not scanned for viruses" in page
    answer = client("relief").client.get(f"{at}/file")
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-')
    assert "Halloran" not in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    for who in ("observer", "donor"):
        assert client(who).client.get(f"{at}/file").status_code == 404
        client(who).get(f"{of_legal}/evidence", status=404)
    client("donor").get(f"{of_legal}/evidence/new", status=404)
    client("women").get(f"{of_legal}/evidence/new", status=403)


def test_it_is_withdrawn_by_a_form(client, of_legal):
    legal = client("legal")
    legal.post(f"{of_legal}/evidence/new", {**SHARED, "file": sent(files.pdf())})
    at = re.search(rf"{of_legal}/evidence/[0-9a-f-]+", legal.get(of_legal))[0]
    stale = {"based_on": "nonsense", "why": "consent"}
    legal.post(f"{at}/withdraw", stale, status=409)
    based_on = re.search(r'name="based_on"[^>]*value="([^"]*)"', legal.get(at))[1]
    legal.post(f"{at}/withdraw", {"based_on": based_on, "why": ""}, status=422)
    legal.post(f"{at}/withdraw", {"based_on": based_on, "why": "consent"})
    page = client("women").get(at)
    assert "This was withdrawn" in page
    assert "Twelve burnt houses" in page
    assert legal.client.get(f"{at}/file").status_code == 404


@pytest.mark.parametrize(
    ("change", "data", "sentence"),
    [
        ({"words": ""}, None, "Say in one sentence"),
        ({"ask": ""}, None, "Say whom to ask"),
        ({"words": "Call 0044 20 7946 0958"}, None, "one person’s data"),
        ({"way": "file"}, None, "not empty"),
        (SHARED, b"<svg xmlns='x'/>", "no PDF, Word"),
        (SHARED, b"", "not empty"),
        ({**SHARED, "consent": "not-asked"}, files.pdf(), "nobody agreed to"),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(client, of_legal, change, data, sentence):
    more = {} if data is None else {"file": sent(data)}
    answer = client("legal").post(
        f"{of_legal}/evidence/new", {**HELD, **change, **more}, status=422
    )
    page = answer.get_data(as_text=True)
    assert sentence in page
    assert "2026-11-02" in page
    assert "Twelve burnt houses" not in client("women").get(of_legal)


class _FullDisk(BytesIO):
    def write(self, _data):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_that_finds_no_room_on_the_disk_leaves_nothing(client, of_legal, monkeypatch):
    legal = client("legal")
    kind = legal.client.application.request_class
    monkeypatch.setattr(kind, "_get_file_stream", lambda *_given, **_named: _FullDisk())
    typed = {**SHARED, "file": sent(files.pdf())}
    answer = legal.post(f"{of_legal}/evidence/new", typed, status=503)
    assert "Nothing was changed" in answer.get_data(as_text=True)
    assert "Twelve burnt houses" not in legal.get(of_legal)
