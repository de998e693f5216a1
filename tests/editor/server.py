"""A small server that speaks the editor's protocol over real HTTP, with faults of our choice."""

import base64
import json
import mimetypes
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, render_template_string
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from advocacy.web.gate import CONTENT_SECURITY_POLICY
from tests.journeys.server import ROOT

PAGE = """
{% extends "base.html" %}
{% set room_css = "positions" %}
{% import "components/page.html" as page %}
{% block title %}Lab{% endblock %}
{% block main %}
{{ page.head("Lab") }}
<div class="sheet" data-live="{{ live }}" data-base="/lab/text" data-lang="{{ tongue }}"
  data-name="{{ name }}" data-organisation="{{ organisation }}" data-keep="{{ keep }}"
  data-csrf="the-token" data-acting-for="seat-of-{{ name }}">
<p class="pad"><a class="btn" href="/lab/form" data-live-start>Write together</a></p>
</div>
<form method="post" action="/accounts/sign-out"><button class="btn">Sign out</button></form>
{% endblock %}
"""


@dataclass
class Text:
    """The text of the lab: its rows, who waits for them, and what goes wrong."""

    doc: Doc[Any] = field(default_factory=Doc)
    rows: list[bytes] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)
    present: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)
    is_cut: bool = False
    has_stream: bool = True
    frozen: str = ""

    def __post_init__(self) -> None:
        self.doc["text"] = XmlFragment()

    @property
    def fragment(self) -> XmlFragment:
        """The text itself."""
        return self.doc.get("text", type=XmlFragment)

    def write(self, *clauses: tuple[str, str, str, str]) -> None:
        """Clauses (cid, kind, heading, words), as the service makes them from what was there."""
        before = self.doc.get_state()
        with self.doc.transaction():
            for cid, kind, heading, words in clauses:
                attributes = {"cid": cid, "kind": kind}
                if heading:
                    attributes["heading"] = heading
                inside = [XmlElement("paragraph", contents=[XmlText(words)])] if words else []
                self.fragment.children.append(XmlElement("clause", attributes, inside))
        self.take(self.doc.get_update(before), f"service:{len(self.rows)}")

    def take(self, update: bytes, key: str) -> int:
        """Store an update once, and wake those who wait."""
        with self.news:
            if key not in self.keys:
                self.doc.apply_update(update)
                self.rows.append(update)
                self.keys[key] = len(self.rows)
                self.news.notify_all()
            return self.keys[key]

    def tell(self, entry: dict[str, Any]) -> None:
        """Who is where, to all who listen."""
        with self.news:
            self.present.append(entry)
            self.news.notify_all()

    def clauses(self) -> list[dict[str, Any]]:
        """cid, kind, heading and XML of each clause now."""
        with self.news:
            return [
                {**dict(clause.attributes), "xml": "".join(map(str, clause.children))}
                for clause in self.fragment.children
            ]

    def xml(self) -> str:
        """The whole, for comparing."""
        with self.news:
            return str(self.fragment)


class Handler(BaseHTTPRequestHandler):
    """One request. `server.text` is the text, `server.app` draws the page."""

    protocol_version = "HTTP/1.1"
    server: "LabServer"

    def log_message(self, *_args: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        """The page, static files, and the three questions of the protocol."""
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query)
        if parts.path.startswith("/static/"):
            self._file(parts.path)
        elif parts.path.startswith("/lab/text/"):
            self._ask(parts.path.rpartition("/")[2], int(asked.get("since", ["0"])[0]))
        else:
            self._send(200, self.server.page(asked).encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """An update or a sign of life."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = self.server.text
        if self._is_cut():
            return
        if self.path.endswith("/sign-out"):
            self._send(200, b"<!doctype html><title>Out</title><h1>Out</h1>", "text/html")
        elif self.path.endswith("/presence"):
            text.tell(json.loads(body))
            self._send(204, b"", "text/plain")
        else:
            self._push(text, body)

    def _push(self, text: Text, body: bytes) -> None:
        text.sent.append({**dict(self.headers.items()), "length": str(len(body))})
        if text.answers:
            status, headers, said = text.answers.pop(0)
            self._send(status, said.encode(), "application/json", headers)
        elif text.frozen:
            self._json({"reason": text.frozen}, 409)
        else:
            sequence = text.take(body, self.headers["Idempotency-Key"])
            self._json({"sequence": sequence, "window": 0.2})

    def _ask(self, what: str, since: int) -> None:
        text = self.server.text
        if self._is_cut():
            return
        if what == "state":
            with text.news:
                state, number = text.doc.get_update(), len(text.rows)
            self._send(200, state, "application/octet-stream", {"X-Sequence": str(number)})
        elif what == "updates":
            with text.news:
                rows, number = text.rows[since:], len(text.rows)
            found = [base64.b64encode(row).decode() for row in rows]
            self._json({"sequence": number, "updates": found})
        elif what == "events" and text.has_stream:
            self._stream(text, since)
        else:
            self._send(503, b"", "text/plain", {"Retry-After": "3"})

    def _stream(self, text: Text, since: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        here, said = since, len(text.present)
        self.wfile.write(b": hello\n\n")
        while not text.is_cut and text.has_stream and not self.server.is_over:
            with text.news:
                text.news.wait(0.1)
                rows, here = list(enumerate(text.rows[here:], here + 1)), len(text.rows)
                present, said = text.present[said:], len(text.present)
            try:
                for number, row in rows:
                    data = base64.b64encode(row)
                    self.wfile.write(b"id: %d\ndata: %s\n\n" % (number, data))
                for entry in present:
                    self.wfile.write(b"event: presence\ndata: %s\n\n" % json.dumps(entry).encode())
                self.wfile.flush()
            except OSError:
                return

    def _is_cut(self) -> bool:
        """Whether the line is down: the connection is closed without a word."""
        if self.server.text.is_cut:
            self.close_connection = True
        return self.server.text.is_cut

    def _file(self, path: str) -> None:
        file = ROOT / path.lstrip("/")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._send(
            200 if file.is_file() else 404, file.read_bytes() if file.is_file() else b"", kind
        )

    def _json(self, said: dict[str, Any], status: int = 200) -> None:
        self._send(status, json.dumps(said).encode(), "application/json")

    def _send(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class LabServer(ThreadingHTTPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, app: Flask) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.app = app
        self.text = Text()
        self.is_over = False
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def page(self, asked: dict[str, list[str]]) -> str:
        """The page with the editor, for the person that the address names."""
        said = {name: values[0] for name, values in asked.items()}
        tongue = said.get("lang", "en")
        facts = {
            "name": said.get("name", "Amal"),
            "organisation": said.get("organisation", "Relief Network"),
            "keep": said.get("keep", "yes"),
            "live": said.get("live", ""),
            "tongue": said.get("text", tongue),
            "page_lang": tongue,
            "page_dir": "rtl" if tongue == "ar" else "ltr",
        }
        with self.app.test_request_context("/lab"):
            return render_template_string(PAGE, **facts)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no fault."""

    def stop(self) -> None:
        """Let go of every stream, then of the port."""
        self.is_over = True
        self.shutdown()
        self.server_close()
