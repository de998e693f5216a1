"""The register by people at browsers: report, disagree, agree, look from all sides, out and in."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Open
from tests.journeys.person import Person
from tests.journeys.server import Server

REGISTER = "/threats/in/testland"
_SAVE = re.compile("^Save$")
SHEET = "title,summary,risk_code,admin1_code,context\n{0},Boats are taken.,PR15,TST03,Harvest\n"


@pytest.mark.parametrize(("width", "scripts"), [(1200, True), (360, False)])
def test_a_risk_from_its_report_to_a_position(
    window: Open, server: Server, *, width: int, scripts: bool
) -> None:
    def at(key: str) -> Person:
        person = window(width=width, scripts=scripts, name=f"register-{width}-{key}")
        person.sign_in(server.person(key)).go("/language/en?next=/")
        return person

    title = f"Fishers are turned back at quay {width}"
    sara, amal, layla = at("sara"), at("amal"), at("layla")
    record = _report(sara, title)
    _disagree(amal.go(record))
    layla.go(record).press("Record the agreed severity").tick(re.compile("Severe"))
    layla.fill("What it rests on", "A joint visit").press("Record it")
    layla.sees("Agreed severity: 4", "1 organisation sees it differently", "Harbour Legal Aid")
    _look_around(amal, title)
    _take_out(amal, title)
    _bring_in(sara, f"Nets are taken at quay {width}")
    layla.go(record).press("Start a position from this").sees("Title")


def _report(sara: Person, title: str) -> str:
    sara.go(f"{REGISTER}/new").pick("Protection risk", "freedom of movement")
    sara.fill("Who does what", title).fill("Safe summary", "Boats are sent back to the quay.")
    sara.pick("Where", "Harbour").tick(re.compile("Severe"))
    sara.tick(re.compile("^Members of this workspace"))
    sara.press(_SAVE, refused=True).sees("Read below who will see this")
    sara.press(_SAVE).sees(title)
    return urlsplit(sara.page.url).path


def _disagree(amal: Person) -> None:
    amal.press("Add another view").tick(re.compile("^We see something else"))
    amal.tick(re.compile("Stressed")).fill("Why you say so", "Most boats go out again.")
    amal.unfold("Who reads it, and whose it is").tick(re.compile("^With our name(?! for)"))
    amal.tick(re.compile("^If another severity is agreed"))
    amal.press(_SAVE).sees("Sees something else", "Most boats go out again.")


def _look_around(amal: Person, title: str) -> None:
    """From the matrix to the list behind a cell, to the map, and from an area back to the list."""
    amal.go(f"{REGISTER}?q={title.replace(' ', '+')}").sees(title)
    amal.click(amal.page.locator("table.matrix a").first).sees(title)
    amal.press("Map").sees("The map as a list")
    amal.click(amal.page.locator("table a").filter(has_text="Harbour").first).sees(title)
    amal.go(f"{REGISTER}?area=TST03&level=2").sees("Not known as exactly")


def _take_out(amal: Person, title: str) -> None:
    amal.go(f"{REGISTER}/files?q=Fishers")
    with amal.page.expect_download() as file:
        amal.page.get_by_role("button", name="Take the file").click()
    said = Path(file.value.path()).read_text(encoding="utf-8-sig")
    assert title in said
    assert "Most boats go out again." in said
    amal.go(f"{REGISTER}/files").sees("CSV")


def _bring_in(sara: Person, title: str) -> None:
    """Looked at first, written, and taken back again."""
    sara.go(f"{REGISTER}/sheets")
    sheet = {"name": "nets.csv", "mimeType": "text/csv", "buffer": SHEET.format(title).encode()}
    sara.page.locator("input[type=file]").set_input_files(sheet)
    sara.press("Send and match its columns").press("Look at what would come in").sees(title)
    sara.press("Bring them in").go(f"{REGISTER}?q=Nets+quay").sees(title)
    sara.go(f"{REGISTER}/sheets").press("Take it back")
    sara.go(f"{REGISTER}?q=Nets+quay").sees_not(title)
