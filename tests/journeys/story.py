"""The main job from end to end, step by step: from a threat to what a donor reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.person import Person, day
from tests.journeys.server import Server

TITLE = "Nobody is cleared from a home without a hearing"
ASK = "Stop every clearance that has no hearing, from this week on."
SIGNERS = {
    "sara": ("Relief Network", "Families keep what they own."),
    "amal": ("Harbour Legal Aid", "A court hears every family first."),
    "mariam": ("Blue Valley Women’s Association", "Women are asked in their own name."),
}
OWNER = "Northern Donor Agency"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Story:
    """Who takes part, each at a window of their own, and where the text is."""

    server: Server
    window: Callable[..., Person]
    width: int
    scripts: bool
    prefix: str
    people: dict[str, Person] = field(default_factory=dict)
    position: str = ""
    release: str = ""
    recommendation: str = ""
    ask: str = ""

    @property
    def title(self) -> str:
        """Of this telling alone: two may be told on one server."""
        return f"{TITLE} ({self.prefix})"

    def at(self, key: str, width: int = 0) -> Person:
        """Somebody of the demo, signed in, in English as their page says it."""
        if key not in self.people:
            name = f"{self.prefix}-{key}"
            options = {"width": width or self.width, "scripts": self.scripts, "name": name}
            person = self.window(at=self.server, **options)
            person.sign_in(self.server.person(key))
            person.go("/language/en?next=/")
            self.people[key] = person
        return self.people[key]

    def begin(self) -> None:
        """The coordinator starts a text from a threat, and invites three organisations."""
        layla = self.at("layla").go("/threats/in/testland")
        layla.press(re.compile("Municipal police clear settlements"))
        layla.press("Start a position from this")
        layla.tick(re.compile("^Joint statement")).fill("Title", self.title)
        layla.tick(re.compile("^Public")).fill("Who will read it", "The Ministry of Housing")
        layla.fill("Whose names stand under it", "The organisations listed")
        layla.press("Start the text")
        self.position = urlsplit(layla.page.url).path
        layla.sees(self.title)
        layla.press(re.compile("Only your organisation"))
        for organisation, _words in SIGNERS.values():
            layla.pick("Organisation", organisation).press("Invite", inside="#invite")
            layla.sees(organisation)
        layla.go(self.position).press("Ask for comments")

    def write(self) -> None:
        """People of three organisations edit clauses; the lead writes the recommendation."""
        for number, (key, (_organisation, words)) in enumerate(SIGNERS.items()):
            self._edit(self.at(key), number, words)
        layla = self.at("layla")
        self._edit(layla, 3, ASK)
        self._edit(layla, 4, "Before the first frost.")
        layla.go(self.position).press("Add a clause").tick(re.compile("^Paragraph"))
        layla.fill("Text", "We speak with one voice.").press("Add the clause")
        layla.sees(ASK, *(words for _organisation, words in SIGNERS.values()))

    def _edit(self, person: Person, number: int, words: str) -> None:
        """Write the words of one clause, on its own page."""
        edits = person.go(self.position).page.locator("main article a[href$='/edit']")
        person.go(urlsplit(str(edits.nth(number).get_attribute("href"))).path)
        person.fill("Text", words).press("Save").sees(words)

    def freeze(self) -> None:
        """The lead freezes version 1 and asks three organisations for their answer."""
        layla = self.at("layla").go(self.position)
        layla.press("Read once more and freeze").press("Freeze this text")
        layla.go(self.position).press("Open the sign-off")
        for organisation, _words in SIGNERS.values():
            layla.tick(organisation)
        layla.fill("Last day", day(5))
        layla.press("Ask for answers now")

    def answer(self) -> None:
        """Each focal point answers on a phone."""
        for key, (organisation, _words) in SIGNERS.items():
            person = self.at(key)
            person.page.set_viewport_size({"width": 360, "height": 740})
            person.go(self.position).press("Read and answer").sees(ASK)
            person.press("Go to our answer")
            person.tick(re.compile("^Endorse Our name"))
            person.tick(re.compile("^Named")).unfold("Inside: who reads our answer")
            person.tick(re.compile("^All members"))
            person.press("Check what we say").sees("Endorse", organisation)
            person.press(f"Record this answer for {organisation}")
            person.sees("Receipt for", organisation)

    def publish(self) -> None:
        """The lead closes the round, writes the harm check, and publishes."""
        layla = self.at("layla").go(self.position)
        layla.press("Whom you asked, and what is missing").press("Close the round")
        layla.go(self.position.replace("/positions/", "/releases/before/"))
        layla.press("Harm check")
        layla.fill(re.compile("if we say this"), "Families in the settlements, by police.")
        layla.fill(re.compile("if we stay silent"), "The same families, by the clearances.")
        layla.fill(re.compile("do about it"), "No place smaller than a district is named.")
        layla.tick(re.compile("^No testimony")).fill("Checked by", "Layla Haddad")
        layla.fill(re.compile("^On$"), day())
        layla.press("Record the harm check")
        layla.go(self.position.replace("/positions/", "/releases/before/"))
        layla.press("Publish to everybody").sees(ASK)
        self.release = urlsplit(layla.page.url).path

    def read_outside(self) -> None:
        """Anybody reads the text, with the names that were allowed."""
        anybody = self.window(
            at=self.server, width=360, scripts=self.scripts, name=f"{self.prefix}-public"
        )
        anybody.go(self.release).sees(ASK, *(name for name, _words in SIGNERS.values()))
        anybody.go(self.position, status=200)
        assert "/accounts/sign-in" in anybody.page.url

    def follow(self) -> None:
        """The recommendation in the text becomes a tracked one, with an owner and a date."""
        layla = self.at("layla").go(self.position)
        layla.press(re.compile("[Ff]ollow")).press("Say to whom, by when")
        layla.pick(re.compile("^(To whom|Addressed to|Institution)"), OWNER)
        layla.fill(re.compile("^By when"), day(40))
        layla.fill("Short title", self.title)
        layla.press("Record it").sees("Addressed to", OWNER)
        self.recommendation = urlsplit(layla.page.url).path
        section = layla.page.locator("main section[id^='ask-']").first
        self.ask = str(section.get_attribute("id")).removeprefix("ask-")

    def reply(self) -> None:
        """The owner answers on its own page, and sees where the ask stands."""
        erik = self.at("erik").go("/donors/in/testland").sees(self.title)
        expect(erik.page.locator(f"main a[href='/donors/asks/{self.ask}']").first).to_be_visible()
        erik.go(f"/donors/asks/{self.ask}")
        erik.tick(re.compile("^Accepted$"))
        erik.fill("The day we decided", day())
        erik.press("Send our reply")

    def confirm(self) -> None:
        """The follower reports progress and claims it; another organisation confirms."""
        layla = self.at("layla").go(self.recommendation)
        layla.press("Report progress").tick(re.compile("^Under way"))
        layla.fill("In words", "The Ministry has stopped two clearances.")
        layla.fill("Or what shows it, in words", "Minutes of the meeting, item 2")
        layla.fill("Date of the evidence", day())
        layla.press("Report progress", inside="main form")
        layla.go(self.recommendation).sees("Under way", "Accepted")
        layla.go(self.recommendation).press("Report it done")
        layla.fill("The day it happened", day())
        layla.fill("In words", "All clearances have stopped.")
        layla.fill("Or what shows it, in words", "Public order of the Ministry")
        layla.fill("Date of the evidence", day())
        layla.press("Report it done", inside="main form")
        amal = self.at("amal").go(self.recommendation)
        amal.sees("Reported done, not confirmed").press("Confirm it")
        amal.tick("I have opened the evidence").fill("In words", "We saw the order on the wall.")
        amal.press("Confirm it", inside="main form").go(self.recommendation).sees("Confirmed")

    def read_by_donor(self) -> None:
        """The donor sees where it stands."""
        self.at("erik").go("/donors/in/testland").sees("Confirmed")

    def tell_until_replied(self) -> None:
        """From the threat to the donor's reply."""
        for step in (
            self.begin,
            self.write,
            self.freeze,
            self.answer,
            self.publish,
            self.read_outside,
            self.follow,
            self.reply,
        ):
            step()

    def tell(self) -> None:
        """All of it."""
        self.tell_until_replied()
        self.confirm()
        self.read_by_donor()

    def read_again_in(self, language: str, width: int) -> set[str]:
        """Each page of the story once more, in another language; returns what kinds there were."""
        kinds: set[str] = set()
        for person in self.people.values():
            person.page.set_viewport_size({"width": width, "height": 740})
            person.go(f"/language/{language}?next=/")
            for path in dict.fromkeys(urlsplit(address).path for address in person.been):
                kind = _ID.sub("*", path)
                if kind not in kinds and "sign-in" not in kind:
                    kinds.add(kind)
                    # What is over by now may have moved on or refuse; it says so in that language.
                    person.go(path, status=(200, 403, 404, 409))
                    expect(person.page.locator("html")).to_have_attribute("lang", language)
        return kinds
