"""A text in a lab, and people at windows who write in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, expect

from advocacy.app import create_app
from advocacy.config import Config
from tests.editor.server import LabServer, Text
from tests.journeys import conftest as journeys
from tests.journeys.person import Person

browser = journeys.browser
shots = journeys.shots
frozen_clock = journeys.frozen_clock

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here that opens a window is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass
class Writer:
    """A person with the text open."""

    person: Person
    name: str

    @property
    def box(self) -> Locator:
        """The text."""
        return self.person.page.locator(".editor")

    def clause(self, number: int) -> Locator:
        """A clause, from 1."""
        return self.person.page.locator(".live-clause").nth(number - 1)

    def at_end_of(self, number: int) -> "Writer":
        """Put the caret behind the last letter of a clause."""
        self.clause(number).locator("p").last.click()
        self.person.page.keyboard.press("End")
        return self

    def types(self, text: str, delay: float = 0) -> "Writer":
        """Key by key."""
        self.person.page.keyboard.type(text, delay=delay)
        return self

    def keys(self, *names: str) -> "Writer":
        """Keys by name."""
        for name in names:
            self.person.page.keyboard.press(name)
        return self

    def does(self, button: str) -> "Writer":
        """Press a button of the toolbar."""
        self.person.page.get_by_role("toolbar").get_by_role(
            "button", name=button, exact=True
        ).click()
        return self

    def is_saved(self) -> "Writer":
        """Everything has been taken."""
        expect(self.person.page.locator(".live-saved")).to_have_attribute("data-state", "saved")
        return self

    def reads(self, *words: str) -> "Writer":
        """The text says so, here."""
        for each in words:
            expect(self.box).to_contain_text(each)
        return self

    def pastes(self, html: str = "", text: str = "") -> "Writer":
        """As if it came from another program."""
        self.box.evaluate(
            """(box, [html, text]) => {
              const data = new DataTransfer();
              if (html) data.setData("text/html", html);
              data.setData("text/plain", text);
              const facts = { clipboardData: data, bubbles: true, cancelable: true };
              box.dispatchEvent(new ClipboardEvent("paste", facts));
            }""",
            [html, text],
        )
        return self

    def words(self) -> list[str]:
        """The lines of the text as they stand here, other people's carets left out."""
        return list(
            self.box.evaluate(
                """(box) => {
                  const copy = box.cloneNode(true);
                  copy.querySelectorAll(".caret").forEach((caret) => caret.remove());
                  const lines = [...copy.querySelectorAll(".live-heading, .live-body p")];
                  return lines.map((line) => line.textContent);
                }"""
            )
        )

    def kept(self) -> int:
        """How many updates lie in the browser's store."""
        return int(
            self.person.page.evaluate(
                """() => new Promise((resolve) => {
                  const asked = indexedDB.open("live");
                  asked.onsuccess = () => {
                    const db = asked.result;
                    const isEmpty = !db.objectStoreNames.contains("updates");
                    if (isEmpty) { db.close(); resolve(0); return; }
                    const count = db.transaction("updates").objectStore("updates").count();
                    count.onsuccess = () => { db.close(); resolve(count.result); };
                  };
                })"""
            )
        )


Write = Callable[..., Writer]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[LabServer]:
    settings = {"SECRET_KEY": "lab " * 10, "DATA_DIR": str(tmp_path)}
    server = LabServer(create_app(Config.from_environment(settings)))
    yield server
    server.stop()


@pytest.fixture
def text(lab: LabServer) -> Text:
    """Two clauses that the service wrote."""
    lab.text.write(
        (FIRST, "paragraph", "What happens", "Four clinics were closed."),
        (SECOND, "recommendation", "", "We ask the Governor to open them."),
    )
    return lab.text


@pytest.fixture
def write(browser: Browser, lab: LabServer, shots: Path | None) -> Iterator[Write]:
    """`write("Amal", lang="ar", keep="no")`: that person with the text open."""
    opened: list[Person] = []

    def open_one(name: str = "Amal", width: int = 1200, **asked: str) -> Writer:
        person = Person.open(browser, lab.url, width, name=name.lower(), shots=shots)
        opened.append(person)
        person.go(f"/lab?{urlencode({'name': name, 'live': 'now', **asked})}")
        writer = Writer(person, name)
        if asked.get("live", "now") == "now":
            expect(writer.box, "\n".join(person.faults)).to_be_visible()
        return writer

    yield open_one
    for person in opened:
        person.page.context.close()
