"""Files are scanned for viruses where there is a scanner, and pages say which was done."""

import re
from dataclasses import replace
from datetime import date

import pytest

from advocacy.formats import clamd
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from tests.annexes import files
from tests.exhibits.test_pages import SHARED, of_legal, sent

__all__ = ["of_legal"]
SIGNATURES = "ClamAV 1.4.2/27500/Mon Nov 23 08:00:00 2026"


@pytest.fixture
def scanning(monkeypatch, client):
    """`scanning(outcome, required=True)`: a scanner that says so of every file."""

    def set_up(outcome, *, required=True):
        app = client("legal").client.application
        now = replace(app.config["ADVOCACY"], clamav="scanner:3310", clamav_required=required)
        monkeypatch.setitem(app.config, "ADVOCACY", now)

        def scan(address, data):
            assert (address, data) == ("scanner:3310", files.pdf())
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setattr(clamd, "scan", scan)

    return set_up


def add(client, of_legal, status=303):
    values = {**SHARED, "dated_on": str(date(2026, 11, 2)), "file": sent(files.pdf())}
    return client("legal").post(f"{of_legal}/evidence/new", values, status=status)


def opened(client, of_legal):
    at = re.search(rf"{of_legal}/evidence/[0-9a-f]{{8}}-[0-9a-f-]+", client("women").get(of_legal))
    return client("women").get(at[0])


def test_a_clean_file_says_when_and_by_which_signatures(client, of_legal, scanning):
    scanning(SIGNATURES)
    add(client, of_legal)
    page = opened(client, of_legal)
    assert SIGNATURES in page
    assert "Not scanned" not in page


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Invalid(Reason("uploads.infected", "file")), "found a virus"),
        (clamd.Silent(), "does not answer"),
    ],
)
def test_of_a_file_that_is_refused_nothing_is_kept(client, of_legal, scanning, outcome, sentence):
    scanning(outcome)
    page = add(client, of_legal, status=422).get_data(as_text=True)
    assert sentence in page
    assert "Twelve burnt houses" in page
    assert "Twelve burnt houses" not in client("women").get(of_legal)


def test_without_a_must_a_silent_scanner_is_said(client, of_legal, scanning):
    scanning(clamd.Silent(), required=False)
    add(client, of_legal)
    assert "Not scanned for viruses" in opened(client, of_legal)
