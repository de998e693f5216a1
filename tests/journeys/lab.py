"""A page of components alone, with answers of our choice: for when things go wrong."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Flask, render_template_string
from playwright.sync_api import Request, Route

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.web.gate import CONTENT_SECURITY_POLICY
from tests.journeys.person import Person
from tests.journeys.server import ROOT

BASE = "http://127.0.0.1:9"  # nothing listens there: every request is answered here

PAGE = """
{% extends "base.html" %}
{% import "components/page.html" as page %}
{% import "components/form.html" as fm with context %}
{% import "components/swap.html" as swap %}
{% block title %}Lab{% endblock %}
{% block main %}
{{ page.head("Lab") }}
<div class="sheet pad">
{{ fm.open("/lab/part", hx_target="lab-part", id="part") }}
<div class="field" id="lab-part"><label for="words">Words</label>
<textarea id="words" name="words">{{ words }}</textarea></div>
{{ fm.submit("Save words", name="way", value="quietly") }}
{{ fm.close() }}
{{ fm.open("/lab/plain", id="plain") }}
<div class="field"><label for="note">Note</label><textarea id="note" name="note"></textarea></div>
{{ fm.submit("Send note", name="how", value="soon") }}
{{ fm.close() }}
{{ fm.open("/lab/secret", restricted=True, id="secret") }}
<div class="field"><label for="story">Story</label>
<textarea id="story" name="story"></textarea></div>
{{ fm.submit("Keep story") }}
{{ fm.close() }}
<div id="lab-poll" {{ swap.poll("/lab/poll", 1) }}>as it was</div>
</div>
{% endblock %}
"""
AGAIN = """
{% import "components/form.html" as fm with context %}
<div class="field bad" id="lab-part">
{{ fm.summary(none, reasons=[("Write at least two words.", "#words")]) }}
<label for="words">Words</label><textarea id="words" name="words">{{ words }}</textarea></div>
"""


@dataclass
class Lab:
    """What the server of the lab answers, and what it was asked."""

    app: Flask
    person: Person
    words: str = "as written"
    answers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    slowly: float = 0.0

    def open(self) -> Person:
        """The lab's page, in a person's window."""
        self.person.page.route("**/*", self._answer)
        return self.person.go("/lab")

    def will(self, path: str, status: int, body: str = "") -> None:
        """The next request of `path` gets this answer; later ones get 200."""
        self.answers.setdefault(path, []).append((status, body))

    def sent(self, path: str = "/lab/part") -> list[dict[str, list[str]]]:
        """The forms that reached `path`."""
        return [form for asked, form in self.asked if asked == path]

    def times(self, path: str) -> int:
        """How often `path` was asked for."""
        return len(self.sent(path))

    def render(self, source: str, **values: str) -> str:
        """A template of the house in words of our own."""
        with self.app.test_request_context("/lab"):
            return render_template_string(source, words=values.get("words", self.words))

    def _answer(self, route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/static/"):
            file = ROOT / path.lstrip("/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
            return
        self.asked.append((path, parse_qs(request.post_data or "")))
        if path == "/lab":
            self._send(route, 200, self.render(PAGE))
            return
        if path == "/leave":
            self._send(route, 200, "")
            return
        waiting = self.answers.get(path)
        status, body = waiting.pop(0) if waiting else (200, "")
        if status == 0:
            route.abort("internetdisconnected")
            return
        self._send(route, status, body or self._usual(path))

    def _usual(self, path: str) -> str:
        if path == "/lab/poll":
            return '<div id="lab-poll">as it is now</div>'
        if path == "/lab/part":
            return '<div id="lab-part"><p data-focus tabindex="-1">Saved.</p></div>'
        return self.render(PAGE, words="")

    def _send(self, route: Route, status: int, body: str) -> None:
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"}
        route.fulfill(status=status, body=body, headers=headers, content_type="text/html")


def make(folder: Path, person: Person) -> Lab:
    """A lab on an application without people."""
    settings = {"SECRET_KEY": "lab " * 10, "DATA_DIR": str(folder)}
    person.base = BASE
    return Lab(create_app(Config.from_environment(settings)), person)
