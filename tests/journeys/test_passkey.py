"""A person adds a passkey, signs in with it, in a real browser with a device made of software."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import server as servers
from tests.journeys.server import Server, serve

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server reached by a name: passkeys belong to one."""
    port = servers.free_port()
    monkeypatch.setattr(servers, "free_port", lambda: port)
    with serve(tmp_path / "server", {"BASE_URL": f"http://localhost:{port}"}) as running:
        running.url = f"http://localhost:{port}"
        yield running


def sign_in(page: Page, server: Server) -> None:
    login = server.logins[0]
    page.goto(f"{server.url}/accounts/sign-in")
    page.get_by_label("E-mail address").fill(login.email)
    page.get_by_label("Password").fill(login.password)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_added_and_asked_for_at_the_next_sign_in(
    browser: Browser, named: Server
) -> None:
    context = browser.new_context()
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(page, named)
    page.goto(f"{named.url}/passkeys/")
    page.get_by_label("Name of this device").fill("My phone")
    page.get_by_role("button", name="Add a passkey of this device").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your ten codes on paper")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, named)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{named.url}/")
    page.goto(f"{named.url}/passkeys/")
    expect(page.get_by_text("My phone", exact=True)).to_be_visible()
    context.close()
