"""Wherever several organisations write of a risk, one person's data is asked about once more."""

import re

from tests.browser import check_page
from tests.exhibits.test_pages import HELD, of_legal

__all__ = ["of_legal"]
CALL = "Call +44 20 7946 0958"


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field of this name that has one."""
    return next(v for v in re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page) if v)


def asked_once_more(browser, path: str, typed: dict, page: str) -> None:
    """A form with a telephone number in it is refused, and not with its author's word."""
    answer = browser.post(path, typed, page=page, status=422).get_data(as_text=True)
    check_page(answer)
    assert "looks like one person’s data: “+44 20 7946 0958”" in answer, path
    said = {"marked": hidden(answer, "marked"), "no_person": "y"}
    assert answer.count('name="no_person"') == 1, path
    again = browser.post(path, {**typed, **said}, page=page, status=None).get_data(as_text=True)
    assert "looks like one person’s data" not in again, path


def test_each_form_asks_and_takes_its_authors_word(client, of_legal):
    legal, relief = client("legal"), client("relief")
    view = {"stance": "corroborates", "severity": "", "how_known": "one", "reach": "all",
            "attribution": "hidden", "trend": "unclear", "rationale": CALL,
            "based_on": hidden(legal.get(f"{of_legal}/view"), "based_on")}  # fmt: skip
    propose = {"reason": CALL, "title": "Roads", "summary": "Closed", "risk": "PR15",
               "severity": "3", "trend": "unclear", "area": "country", "party": "unknown",
               "based_on": hidden(legal.get(f"{of_legal}/propose"), "based_on")}  # fmt: skip
    edition = hidden(relief.get(f"{of_legal}/analysis"), "based_on")
    known = {"based_on": edition, "context": CALL}
    place = {"based_on": edition, "area": "TST0302", "place_name": CALL}
    party = {"based_on": edition, "role": "perpetrator", "category": "militia",
             "basis": "reported", "party_name": CALL}  # fmt: skip
    for browser, path, typed in (
        (legal, "view", view),
        (legal, "propose", propose),
        (legal, "evidence/new", {**HELD, "ask": CALL}),
        (relief, "analysis/parties", party),
        (relief, "analysis/places", place),
        (relief, "analysis", known),
    ):
        page = f"{of_legal}/{path.split('/')[0]}" if path.startswith("analysis") else ""
        asked_once_more(browser, f"{of_legal}/{path}", typed, page)
