"""A text made without typing into it: proposals, Word, comments, and what changed since."""

import re
import subprocess
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.person import Person
from tests.journeys.server import COMMAND, Server
from tests.word import files

FIRST = "Nobody is cleared from a home without a hearing in court."
WISHED = "Nobody is cleared from a home without a fair hearing in court."
OFFERED = "Nobody is cleared from a home without a fair hearing."
LAST = "Nobody is cleared from a home or a camp without a fair hearing."
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass
class Draft:
    """A text of this telling, and who works on it."""

    server: Server
    window: Open
    width: int
    scripts: bool
    position: str = ""
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "scripts" if self.scripts else "plain"

    def at(self, key: str) -> Person:
        """Somebody of the demo, or the signatory of Rights Watch, at a window of their own."""
        if key not in self.people:
            person = self.window(width=self.width, scripts=self.scripts, name=f"{self.kind}-{key}")
            self.people[key] = person
            if key == "nour":
                person.go(self._signatory()).press(re.compile("[Ss]ign in|Continue|Open"))
            else:
                person.sign_in(self.server.person(key))
        return self.people[key]

    def _signatory(self) -> str:
        """One who signs for Rights Watch and does not type; returns a link to sign in with."""
        email = f"nour-{self.kind}@rights-watch.example"
        told = ["--password", "a long pass phrase of one telling"]
        self._command("user", "add", email, "--name", "Nour Aziz", "--language", "en", *told)
        self._command("org", "seat", "Rights Watch Testland", email, "--seat", "signatory")
        link = self._command("user", "link", email)
        return link[link.index("/accounts/") :].split()[0]

    def _command(self, *words: str) -> str:
        said = subprocess.run(
            [*COMMAND, *words],
            env=dict(self.server.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stderr
        return said.stdout

    @property
    def wording(self) -> str:
        return self.position.replace("/positions/", "/amendments/about/")

    def begin(self) -> None:
        """The lead starts a text, writes a clause and invites two organisations."""
        layla = self.at("layla").go("/positions/in/testland/start")
        layla.tick(re.compile("^Joint statement")).fill("Title", f"Hearings first ({self.kind})")
        layla.tick(re.compile("^Public")).press("Start the text")
        self.position = urlsplit(layla.page.url).path
        layla.go(self.position + "/circle")
        for organisation in ("Relief Network", "Rights Watch Testland"):
            layla.pick("Organisation", organisation).press("Invite", inside="#invite")
        self._edit(FIRST)

    def _edit(self, words: str) -> None:
        layla = self.at("layla").go(self.position)
        edit = layla.page.locator("main a[href$='/edit']:not([data-live-start])").first
        layla.go(str(edit.get_attribute("href"))).fill("Text", words).press("Save").sees(words)

    def propose(self) -> None:
        """An organisation that may not type proposes wording."""
        nour = self.at("nour").go(self.position).sees(FIRST)
        assert not nour.page.locator("main a[href$='/edit']").count()
        nour.press(re.compile("^Propose wording")).fill("Wording", WISHED)
        nour.fill("Why", "A hearing alone was not enough last year.").press("Propose it")
        nour.go(self.position).sees("1 proposed wording", FIRST)

    def decide(self) -> None:
        """The lead would take it with changes; the proposer agrees, and the text says so."""
        layla = self.at("layla").go(self.wording).press("Open")
        layla.page.locator("#offer > summary").click()
        layla.fill("The wording you would take", OFFERED).fill("Why", "Courts are named below.")
        layla.press("Offer this wording").sees("Other wording offered")
        nour = self.at("nour").go(urlsplit(layla.page.url).path).sees("Courts are named below.")
        nour.press("Agree to this wording")
        if "Agreed, not in the text yet" in nour.words():
            layla.go(urlsplit(nour.page.url).path).press("Use the agreed wording")
        nour.go(self.position).sees(OFFERED)

    def use_word(self) -> None:
        """Sara takes the text along, changes a word with tracked changes, and sends it back."""
        sara = self.at("sara").go(self.position).press("Work in Word")
        page = sara.page
        href = str(sara.control("Word file of the draft").get_attribute("href"))
        taken = page.context.request.get(sara.base + href).body()
        changed = files.edited(taken, lambda root: files.track(root, "home", "shelter"))
        file = {"name": "text.docx", "mimeType": DOCX, "buffer": changed}
        page.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a plain dict, where a typed one is asked for
        sara.press("Read the file").sees("2 tracked changes in the file", "Proposals to send")
        sara.press("Send as proposals and comments").sees("This was sent.")
        self.at("layla").go(self.wording).sees("Relief Network", "shelter", "Waits for the lead")

    def talk(self) -> None:
        """To the lead alone, and among themselves: the others never learn of it."""
        for words, who in (("For your eyes, Layla.", "lead"), ("Shall we insist, Jonas?", "own")):
            sara = self.at("sara").go(self.position)
            comment = sara.page.locator("main a[href^='/discussion/about/']").first
            sara.go(str(comment.get_attribute("href"))).fill("Your comment", words)
            sara.page.locator(f"main input[name=reach][value={who}]").check()
            sara.press("Send the comment", inside="#write")
        comments = self.position + "/comments"
        self.at("layla").go(comments).sees("For your eyes, Layla.").sees_not("Shall we insist")
        self.at("nour").go(comments).sees_not("For your eyes", "Shall we insist")
        self.at("jonas").go(comments).sees("Shall we insist, Jonas?")

    def read(self) -> None:
        """What changed since Sara last said that she has read it."""
        sara = self.at("sara").go(self.position).press("What changed")
        sara.press("I have read this")
        self._edit(LAST)
        sara.go(self.position).press("What changed").sees("1 clause changed", "or a camp")
        expect(sara.page.locator("main ins").first).to_contain_text("or a camp")
        side = sara.control("Side by side")
        sara.click(side).sees("Before", "After")


@pytest.mark.parametrize(("width", "scripts"), [(1200, True), (360, False)], ids=["wide", "phone"])
def test_a_text_is_made_by_proposals_word_and_comments(
    window: Open, server: Server, width: int, *, scripts: bool
) -> None:
    draft = Draft(server, window, width, scripts)
    for step in (draft.begin, draft.propose, draft.decide, draft.use_word, draft.talk, draft.read):
        step()
