"""The pages of a proof and of a log."""

import re
from collections.abc import Callable
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

from advocacy.formats.verify_receipt import Given, keys_in, verify
from advocacy.ground import clock
from advocacy.signoff.rows import RoundRow
from tests.browser import Browser
from tests.proofs.test_receipt import LATER

Open = Callable[[str], Browser]


def test_an_organisation_takes_its_receipt_and_checks_it(
    opened: RoundRow, say: Callable[..., UUID], client: Open
) -> None:
    answer_id = say("legal")
    clock.freeze(LATER)
    legal = client("legal")
    assert f"/proofs/{answer_id}" in legal.get(f"/receipts/{answer_id}")
    page = legal.get(f"/proofs/{answer_id}")
    assert "never sent by mail" in page
    assert "in the log" in page
    given = legal.client.get(f"/proofs/{answer_id}/receipt.zip")
    assert given.headers["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(given.data)) as parcel:
        files = {name: parcel.read(name) for name in parcel.namelist()}
    keys = keys_in(legal.client.get("/proofs/keys.json").data)
    checked = Given(
        keys, text=files["text.json"], conditions=files["conditions.json"],
        head=files["head.jws"].decode(),
    )  # fmt: skip
    token = legal.client.get(f"/proofs/{answer_id}/receipt.jws").get_data(as_text=True)
    for one in (files["receipt.jws"].decode(), token):
        assert len(verify(one, checked).said) == 5
    women = client("women")
    for path in ("", "/receipt.jws", "/receipt.zip"):
        assert women.client.get(f"/proofs/{answer_id}{path}").status_code == 404


def test_erasing_asks_for_a_tick_and_then_nothing_is_left_to_take(
    opened: RoundRow, say: Callable[..., UUID], client: Open
) -> None:
    answer_id, legal = say("legal"), client("legal")
    page = f"/proofs/{answer_id}"
    legal.post(f"{page}/erase", page=page, status=422)
    legal.post(f"{page}/erase", {"sure": "y"}, page=page)
    assert "Our proof was erased" in legal.get(page)
    assert legal.client.get(f"{page}/receipt.jws").status_code == 404
    assert "Endorse" in legal.get(f"/receipts/{answer_id}")


def test_a_head_that_was_kept_is_compared_with_the_log_of_today(
    opened: RoundRow, say: Callable[..., UUID], client: Open
) -> None:
    say("legal")
    clock.freeze(LATER)
    forum, log = client("forum"), f"/proofs/log/{opened.id}"
    kept = forum.client.get(f"{log}/head.jws").get_data(as_text=True)
    say("women", at=LATER)
    clock.freeze(LATER.replace(day=24))
    forum = client("forum")
    page = forum.get(log)
    assert len(re.findall(r'class="hash root"', page)) == 3
    good = forum.post(log, {"head": kept}, status=200)
    assert "Nothing was changed" in good.get_data(as_text=True)
    for wrong in (kept[:-1], f"{kept}A", "eyJ", kept.replace(".", "")):
        bad = forum.post(log, {"head": wrong}, status=200).get_data(as_text=True)
        assert "not a tree head that our keys signed" in bad
    assert forum.post(log, {"head": ""}, status=422)
    grown = forum.client.get(f"{log}/growth.json?first=64&second=128").get_json()
    assert [len(step) for step in grown["proof"]] == [64]
    assert forum.client.get(f"{log}/growth.json?first=1").status_code == 404
    assert client("donor").client.get(log).status_code == 404


def test_the_log_of_the_text_looks_alike_to_whoever_answered_last(
    opened: RoundRow, say: Callable[..., UUID], client: Open
) -> None:
    def seen() -> str:
        return re.sub(r"[0-9a-f]{64,}", "*", client("forum").get(f"/proofs/log/{opened.id}"))

    clock.freeze(LATER)
    before = re.sub(r'value="[^"]+"', "", seen())
    say("legal"), say("women", inside="nobody")
    assert re.sub(r'value="[^"]+"', "", seen()) == before
