"""A person at a browser: goes to pages, reads, fills in, presses. Every page on the way is checked.

Checked on each page: no script fault, nothing refused by the content security policy, nothing
asked of another host, nothing wider than the screen, and no fault that axe can find.
"""

import re
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Route,
    expect,
)

from tests.journeys.server import Login

AXE = Path(__file__).parent / "vendor" / "axe-core@4.14.1" / "axe.min.js"
Media = Literal["screen", "print"]
WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)
# Chromium says this of every page that answers 404, 409, 422: the answer itself is looked at.
_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
# What is offline, or refused to htmx, is said on the page itself.
_SAID = re.compile(
    r"net::ERR_INTERNET|^Response Status Error Code|^htmx:(afterRequest|sendError|timeout)"
)
_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().width && getComputedStyle(e).position !== "fixed"
    && !e.closest(".vh, .skip, .scroll, dialog:not([open])")
    && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
_POLICY = """addEventListener("securitypolicyviolation",
  (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))"""
# Each answer that htmx brings into the page makes this another number; so does each new page. An
# answer that only sends the browser elsewhere counts when that page is there.
_NEWS = """globalThis.news = performance.timeOrigin;
addEventListener("htmx:afterRequest", (event) => {
  const { xhr, requestConfig } = event.detail;
  const looks = requestConfig && requestConfig.elt.hasAttribute("data-poll");
  if (!looks && !(xhr && xhr.getResponseHeader("HX-Redirect"))) globalThis.news += 1;
})"""
# Where a press leads: to another page, to a part of this one, or nowhere by itself.
_LEADS = """(pressed) => {
  const link = pressed.closest("a[href]");
  const form = link ? null : pressed.form;
  if (pressed.closest("[data-live-start]")) return "nowhere";
  if (link) {
    if (link.hasAttribute("hx-get")) return "part";
    return link.matches("[href^='#'], [download]") ? "nowhere" : "page";
  }
  if (!form || pressed.type !== "submit" || form.hasAttribute("data-download")) return "nowhere";
  return form.hasAttribute("hx-post") || form.hasAttribute("hx-get") ? "part" : "page";
}"""
_STILL = """document.readyState === "complete" && !document.querySelector(
  "[aria-busy=true], .htmx-request, .htmx-swapping, .htmx-settling")"""
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = """async (rules) => (await axe.run(document, {
  runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]})).violations"""
# What differs between two tellings of the same page, and between two moments of one.
_PASSING = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|(?<=value=")[\w.+/=-]{24,}(?=")|\d')
_looked: set[object] = set()


def day(days: int = 0) -> str:
    """A day as people of the demo's workspace type it, so many days after theirs of today."""
    return (datetime.now(ZoneInfo("Asia/Amman")).date() + timedelta(days=days)).isoformat()


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


@dataclass
class Person:
    """One browser window with its own cookies."""

    page: Page
    base: str
    shots: Path | None = None
    name: str = "somebody"
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    been: list[str] = field(default_factory=list)
    seen: int = 0
    dark: bool = False
    glass: Page | None = None

    @classmethod
    def open(cls, browser: Browser, base: str, width: int = 1200, **options: Any) -> "Person":
        """A fresh window. options: scripts, locale, shots, name, dark."""
        scripts = options.get("scripts", True)
        context = browser.new_context(
            viewport={"width": width, "height": 740 if width < 600 else 900},
            java_script_enabled=scripts,
            locale=options.get("locale", "en-GB"),
            color_scheme="dark" if options.get("dark") else "light",
            reduced_motion="reduce",
            service_workers="block",
        )
        context.set_default_timeout(WAIT_MS)
        person = cls(context.new_page(), base, options.get("shots"), scripts=scripts)
        person.name = options.get("name", "somebody")
        person.dark = bool(options.get("dark"))
        person._listen()
        return person

    def close(self) -> None:
        """Close the window, and the one that looks over its shoulder."""
        for page in (self.page, self.glass):
            if page is not None:
                page.context.close()

    def another_tab(self) -> "Person":
        """A second tab of the same window: the same cookies."""
        tab = Person(self.page.context.new_page(), self.base, self.shots, f"{self.name}-tab")
        tab.scripts = self.scripts
        tab._listen()
        return tab

    def _listen(self) -> None:
        self.page.add_init_script(_POLICY)
        self.page.add_init_script(_NEWS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"} or _SAID.search(message.text):
            return
        status = _STATUS.match(message.text)
        is_static = "/static/" in str(message.location.get("url", ""))
        if not status or is_static or status.group(1) == "500":
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and not request.url.startswith(self.base + "/"):
            self.faults.append(f"another host: {request.url}")

    # --- going about -----------------------------------------------------------------------------

    def sign_in(self, login: Login) -> "Person":
        """With address and password, as anybody does."""
        self.go("/accounts/sign-in")
        self.page.locator("input[type=email], input[name=email]").first.fill(login.email)
        self.page.locator("input[type=password]").first.fill(login.password)
        self.page.locator("main button[type=submit]").first.click()
        expect(self.page).not_to_have_url(re.compile("sign-in"))
        self.check()
        return self

    def go(self, path: str, status: int | tuple[int, ...] = 200) -> "Person":
        """Open an address of ours and look at the page."""
        answer = self.page.goto(path if path.startswith("http") else self.base + path)
        found = answer.status if answer else 0
        allowed = (status,) if isinstance(status, int) else status
        assert found in allowed, f"{path}: {found}, not {status}\n{self.words()[:2000]}"
        return self.settled()

    def press(
        self, name: str | re.Pattern[str], inside: str = "main", *, refused: bool = False
    ) -> "Person":
        """Press the button or follow the link of that name, and look at where it leads."""
        self.click(self.control(name, inside))
        said = self.page.locator("[role=alert][data-focus]")
        assert bool(said.count()) == refused, said.all_inner_texts()
        return self

    def click(self, button: Locator) -> "Person":
        """Click, wait for what that brings, and look at it: without scripts always another page."""
        leads = str(button.evaluate(_LEADS)) if self.scripts else "page"
        news = self.page.evaluate("globalThis.news") if leads == "part" else None
        on_its_way: AbstractContextManager[object] = nullcontext()
        if leads == "page":
            on_its_way = self.page.expect_navigation()
        with on_its_way:
            button.click()
        if leads == "part":
            self.wait(f"globalThis.news !== {news}")
        return self.settled()

    def control(self, name: str | re.Pattern[str], inside: str = "main") -> Locator:
        """A button or link; the first of that name that can be seen."""
        place = self.page.locator(inside)
        found = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        return found.filter(visible=True).first

    def fill(self, label: str | re.Pattern[str], text: str) -> "Person":
        """Type into the field of that label."""
        self._field(label, "input:not([type=radio], [type=checkbox]), textarea").fill(text)
        return self

    def pick(self, label: str | re.Pattern[str], option: str) -> "Person":
        """Choose from a list that opens."""
        field = self._field(label, "select")
        labels = field.locator("option").all_text_contents()
        field.select_option(label=next(words for words in labels if option in words))
        return self

    def _field(self, label: str | re.Pattern[str], tags: str) -> Locator:
        main = self.page.locator("main")
        return main.get_by_label(label).and_(main.locator(tags)).filter(visible=True).first

    def tick(self, label: str | re.Pattern[str]) -> "Person":
        """Choose one of several answers, or tick a box."""
        main = self.page.locator("main")
        one = main.get_by_role("radio", name=label).or_(main.get_by_role("checkbox", name=label))
        one.first.check()
        return self

    def unfold(self, name: str) -> "Person":
        """Open the folded part of that name."""
        self.page.locator("main summary").filter(has_text=name).first.click()
        return self

    # --- reading ---------------------------------------------------------------------------------

    def words(self) -> str:
        """The words of the page."""
        return self.page.locator("body").inner_text()

    def sees(self, *texts: str) -> "Person":
        """Every text stands on the page, folded parts included."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def sees_not(self, *texts: str) -> "Person":
        """None of the texts is anywhere in what the server sent."""
        sent = self.page.content()
        assert not [text for text in texts if text in sent]
        return self

    def look(self, note: str, *, media: Media = "screen", dark: bool = False) -> "Person":
        """Look at the page again as it is printed, or in the dark."""
        self.page.emulate_media(media=media, color_scheme="dark" if dark else "light")
        before, self.dark = self.dark, dark
        self.check(note)
        self.page.emulate_media(media="screen", color_scheme="dark" if before else "light")
        self.dark = before
        return self

    def settled(self) -> "Person":
        """Wait until nothing is on its way, then look at the page."""
        self.page.wait_for_load_state()
        self.wait(_STILL)
        return self.check()

    def check(self, note: str = "") -> "Person":
        """Look at the page as it is: see the module's words. note: of the screenshot's name."""
        self._shoot(note)
        where = self.page.url
        self.been.append(where)
        wide = self.page.evaluate(_WIDE) if self._scrolls() else []
        self.faults += [f"wider than the screen: {tag}" for tag in wide]
        self.faults += self._axe() and self._axe_again()
        assert not self.faults, f"{where}\n" + "\n".join(self.faults)
        assert "Traceback" not in self.page.content(), where
        return self

    def wait(self, expression: str) -> "Person":
        """Until the expression is true. Playwright's own way needs eval, which our policy bars."""
        until = time.monotonic() + WAIT_MS / 1000
        while not self._is_true(expression):
            assert time.monotonic() < until, f"never true: {expression}"
            self.page.wait_for_timeout(20)
        return self

    def _is_true(self, expression: str) -> bool:
        try:
            return bool(self.page.evaluate(expression))
        except Error as fault:
            if "Execution context was destroyed" in fault.message:
                return False  # another page took its place while we asked
            raise

    def _scrolls(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))

    def _axe_again(self) -> list[str]:
        """What axe still finds: words under a list that was just asked for anew stood half pale."""
        self.wait(_STILL)
        return self._axe()

    def _axe(self) -> list[str]:
        """What axe finds on the page; a page just like one that was looked at is left out."""
        if not self.page.locator("body *").count():
            return []  # the empty page that "Leave now" leads to
        sent = self.page.content()
        media = str(self.page.evaluate("matchMedia('print').matches"))
        size = str(self.page.viewport_size)
        alike = (_PASSING.sub("*", sent), size, self.dark, media)
        if alike in _looked:
            return []
        page = self.page if self.scripts else self._twin(sent)
        page.evaluate(_axe_source())
        found = page.evaluate(_AXE, _RULES)
        if not found:
            _looked.add(alike)
        return [
            f"axe {fault['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for fault in found
            for node in fault["nodes"][:3]
        ]

    def _twin(self, sent: str) -> Page:
        """The same page in a window with scripts, where axe can run: without, it waits for ever."""
        if self.glass is None:
            browser = self.page.context.browser
            assert browser is not None
            context = browser.new_context(
                color_scheme="dark" if self.dark else "light", reduced_motion="reduce"
            )
            self.glass = context.new_page()
        bare = re.sub(r"<script[^>]*></script>", "", sent)

        def show(route: Route) -> None:
            route.fulfill(body=bare, content_type="text/html")

        self.glass.set_viewport_size(self.page.viewport_size or {"width": 360, "height": 740})
        self.glass.route(self.page.url, show)
        self.glass.goto(self.page.url)
        self.glass.unroute(self.page.url, show)
        return self.glass

    def _shoot(self, note: str) -> None:
        if not self.shots:
            return
        self.seen += 1
        path = urlsplit(self.page.url).path.strip("/").replace("/", "_") or "home"
        path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", path)
        name = f"{self.name}-{self.seen:02}-{path}{note and '-'}{note}.png"
        self.page.screenshot(path=self.shots / name, full_page=True)
