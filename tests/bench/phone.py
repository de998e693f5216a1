"""The focal point's path on a phone: from the link in the mail to the receipt, on a slow line.

360 px, 400 kbit/s, 400 ms. Counted are taps, bytes over the wire and the seconds that pages take;
the seconds in which a person reads and thinks are theirs.
"""

import os
import shutil
import time

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.bench.visitor import Visitor
from tests.journeys.server import serve

KBITS, LATENCY_MS = 400, 400
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def phone(stage: Stage) -> list[Figure]:
    """Read, answer, check, confirm."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        return [Figure("phone", 0, "skipped", note="no Chromium here")]
    with serve(stage.folder / "phone") as server, sync_playwright() as playwright:
        who = Visitor(server, server.person("sara"))
        start = server.url + who.links("/", r"/signoff/[0-9a-f-]{36}")[0]
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
        context.add_cookies(
            [{"name": c.name, "value": c.value or "", "url": server.url} for c in who.jar]
        )
        page = context.new_page()
        sizes: list[float] = []
        _slow(context.new_cdp_session(page), sizes)
        begun = time.monotonic()
        taps = _walk(page, start)
        seconds = time.monotonic() - begun
        browser.close()
    note = f"{KBITS} kbit/s, {LATENCY_MS} ms, {len(sizes)} requests"
    return [
        Figure("phone: taps to the receipt", taps, "", 4, True),
        Figure("phone: over the wire", sum(sizes) / 1000, "KB", 120, True, note),
        Figure("phone: waiting for pages", seconds, "s", 120, True),
    ]


def _slow(wire: CDPSession, sizes: list[float]) -> None:
    """A line as it is far from the capital, and what goes over it."""
    wire.send("Network.enable")
    speed = KBITS * 1000 / 8
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        },
    )
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))


def _walk(page: Page, start: str) -> int:
    """The taps of somebody who knows what their organisation says; ends on the receipt."""
    page.goto(start)
    steps = (
        'main a.btn[href$="/answer"]',
        'main label.opt:has(input[name="kind"][value="endorse"])',
        'main form[action$="/answer"] button[type="submit"]',
        'main form[action$="/confirm"] button[type="submit"]',
    )
    for step in steps:
        page.locator(step).first.tap()
    page.wait_for_url("**/receipts/*")
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:  # type: ignore[index]  # set above
        raise AssertionError("a page is wider than the phone")
    return len(steps)


CASES = {"phone": phone}
