"""What is signed, and who signs: an annex, a network for its members, a link without an account."""

import re
import time
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller

from tests.journeys.conftest import Open
from tests.journeys.person import Person, day
from tests.journeys.server import Server, free_port, serve
from tests.logos.test_logos import png
from tests.outbox.letters import Letters, text_of

TITLE = "Open letter on closed schools"
ANNEX = "Map of the six schools"
FORUM, RELIEF = "Testland NGO Forum", "Relief Network"
_SOON_SECONDS = 40


def _path(person: Person) -> str:
    return urlsplit(person.page.url).path


def _begin(lead: Person) -> str:
    """The lead's draft gets an annex, is frozen, and is put to the lead and to Relief Network."""
    lead.go("/positions/in/testland").press(re.compile(f"^{TITLE}"))
    position = _path(lead)
    lead.go(position.replace("/positions/", "/annexes/of/")).fill("Title", ANNEX)
    file = {"name": "office-of-omar.png", "mimeType": "image/png", "buffer": png(40, 40)}
    lead.page.locator("main input[type=file]").set_input_files(file)
    lead.press("Add this annex").sees(ANNEX, "Picture").sees_not("office-of-omar")
    lead.go(position).press("Read once more and freeze").sees(ANNEX).press("Freeze this text")
    lead.go(position).press("Open the sign-off").tick(FORUM).tick(RELIEF)
    lead.fill("Last day", day(5)).press("Ask for answers now")
    return position


def _endorse(person: Person, position: str, us: str) -> str:
    """Read the text with its annex, endorse it under one's name; the way to the round."""
    person.go(position).press("Read and answer").sees(TITLE, ANNEX)
    round_path = _path(person)
    person.press("Go to our answer").tick(re.compile("^Endorse Our name"))
    person.tick(re.compile("^Named")).press("Check what we say").sees(us)
    person.press(f"Record this answer for {us}").sees(f"Receipt for {us}")
    return round_path


def test_a_text_is_signed_with_its_annex_and_a_network_signs_for_its_members(
    window: Open, server: Server
) -> None:
    omar = window(name="omar").sign_in(server.person("omar")).go("/language/en?next=/")
    position = _begin(omar)
    sara = window(name="sara", width=360).sign_in(server.person("sara"))
    _endorse(sara, position, RELIEF)
    _endorse(omar, position, FORUM)
    omar.press("For whom the network signs").tick(re.compile("^On behalf of its members"))
    omar.fill(re.compile("^Who decided"), "The general assembly, by vote.")
    omar.fill(re.compile("^Day of the decision"), day()).press("Record it")
    omar.go(position).press("Whom you asked, and what is missing").press("Close the round")
    gate = position.replace("/positions/", "/releases/before/")
    omar.go(gate).press("Harm check").fill(re.compile("if we say this"), "Well keepers.")
    omar.fill(re.compile("if we stay silent"), "The same.").fill(re.compile("do about it"), "None.")
    omar.tick(re.compile("^No testimony")).fill("Checked by", "Omar Saleh")
    omar.fill(re.compile("^On$"), day()).press("Record the harm check")
    omar.go(gate).press("Publish to everybody")
    anybody = window(name="anybody", width=360).go(_path(omar))
    anybody.sees(f"{FORUM} (network, on behalf of its members)", RELIEF, ANNEX)
    with anybody.page.expect_download() as got:
        anybody.control(re.compile("^Download")).click()
    assert got.value.suggested_filename.startswith("annex-")


def _arrived(letters: Letters, to: str, which: Callable[[str], object]) -> str:
    """The words of the first mail to somebody of which this is true; it comes within seconds."""
    until = time.monotonic() + _SOON_SECONDS
    while time.monotonic() < until:
        found: list[Message] = [mail for mail in letters.arrived if to in str(mail["To"])]
        text = next((text_of(mail) for mail in found if which(text_of(mail))), "")
        if text:
            return text
        time.sleep(0.2)
    raise AssertionError(f"no mail to {to} that says so")


def test_an_organisation_without_an_account_answers_by_link_and_code_on_a_phone(
    window: Open, tmp_path: Path
) -> None:
    letters = Letters()
    catcher = Controller(letters, hostname="127.0.0.1", port=free_port())
    catcher.start()
    settings = {
        "SMTP_URL": f"smtp://127.0.0.1:{catcher.port}",
        "MAIL_FROM": "no-reply@advocacy.example",
    }
    try:
        with serve(tmp_path / "server", settings) as server:
            _by_link(window, server, letters)
    finally:
        catcher.stop()


def _by_link(window: Open, server: Server, letters: Letters) -> None:
    hana = window(at=server, name="hana").sign_in(server.person("hana"))
    hana.go("/positions/in/testland").press(re.compile("^Mobile clinics must reach"))
    hana.press("Whom you asked, and what is missing").press(
        re.compile("^Answers that came by phone")
    )
    hana.fill("Organisation", "Small Boats").tick(re.compile("^Endorse"))
    hana.tick("By phone").fill("Its e-mail address", "boats@small.example")
    hana.press("Write it down and ask to confirm").sees("Small Boats", "Not confirmed")
    mail = _arrived(letters, "boats@small.example", lambda text: "/signons/" in text)
    link = re.search(r"/signons/\S+", mail)
    assert link
    boats = window(at=server, name="boats", width=360, scripts=False).go(link.group())
    boats.sees_not("Mobile clinics", "Small Boats").press("Send the code")
    digits = re.compile(r"\b\d{4} ?\d{4}\b")
    code = digits.search(_arrived(letters, "boats@small.example", digits.search))
    assert code
    boats.fill("Code from the mail", code.group()).press("Open the text")
    boats.sees("Mobile clinics must reach Blue Valley", "Clinic teams turned back, by week")
    boats.press("Go to our answer").tick(re.compile("^Endorse Our name"))
    boats.fill("Your name", "Noor B.").fill("What you are in your organisation", "Secretary")
    boats.tick(re.compile("^Named")).press("Check what we say")
    boats.press("Record this answer for Small Boats").sees("Our answer is recorded", "Noor B.")
    hana.go(urlsplit(hana.page.url).path).sees("Answered itself")
