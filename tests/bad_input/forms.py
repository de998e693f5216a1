"""Finds every form that a person can reach, as their browser would send it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from tests.browser import Browser

PAGES = 700
OF_ONE_SHAPE = 8
# Which kinds of page there are is seen on SQLite; on the other database it is what they answer.
OF_ONE_SHAPE_AGAIN = 2
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
STARTS = ("/", "/accounts/me", "/organisations/mine", "/threats/in/testland")
TOKENS = ("csrf_token", "idempotency_key", "acting_for")
TEXT_KINDS = {"", "text", "search", "email", "password", "url", "tel", "number", "date"}


@dataclass
class Form:
    """One form: where it stands, where it goes, and its fields as the page filled them."""

    page: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    choices: set[str] = field(default_factory=set)

    def having(self, **fields: str) -> "Form":
        """The same form with some fields as given."""
        return replace(self, fields={**self.fields, **fields})

    def without(self, name: str) -> "Form":
        """The same form, one field missing."""
        return replace(self, fields={k: v for k, v in self.fields.items() if k != name})

    def filled(self) -> "Form":
        """Every empty text has a word in it."""
        empty = {name: "3" for name in self.texts if not self.fields.get(name)}
        return self.having(**empty)


class _Reader(HTMLParser):
    """Forms and links of one page."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.open: Form | None = None
        self.select = ""
        self.textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.page, given["href"]))
        elif tag == "form":
            posts = given.get("method", "get").lower() == "post"
            self.open = Form(self.page, urljoin(self.page, given["action"])) if posts else None
        elif self.open is not None:
            self._field(self.open, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(form, name, given)
        elif tag == "textarea":
            form.texts.add(name)
            form.fields[name], self.textarea = "", name
        elif tag == "select":
            form.choices.add(name)
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in given or self.select not in form.fields:
                form.fields[self.select] = given.get("value", "")
        elif tag == "button" and name:
            form.fields.setdefault(name, given.get("value", ""))

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", ""), given.get("value", "")
        if kind in {"radio", "checkbox"}:
            form.choices.add(name)
            if "checked" in given or name not in form.fields:
                form.fields[name] = value
        elif kind != "file":
            form.fields[name] = value
            form.texts |= {name} if kind in TEXT_KINDS else set()

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.textarea:
            self.open.fields[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open is not None:
            self.forms.append(self.open)
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""


def crawl(browser: Browser, of_one_shape: int = OF_ONE_SHAPE) -> Iterator[Form]:
    """Every form on the pages that lead on from the first ones, page by page."""
    todo, known, shapes = list(STARTS), set(STARTS), Counter[str]()
    while todo and len(known) <= PAGES:
        page = todo.pop(0)
        answer = browser.client.get(page)
        if answer.status_code != 200 or "html" not in answer.content_type:
            continue
        read = _Reader(page, answer.get_data(as_text=True))
        yield from read.forms
        for link in read.links:
            path = urlsplit(link).path
            shape = _ID.sub("", path)
            if link.startswith("/") and path not in known and not path.startswith("/language"):
                if shapes[shape] >= of_one_shape:
                    continue  # many of one kind would leave no room for the others
                shapes[shape] += 1
                known.add(path)
                todo.append(path)


def send(browser: Browser, form: Form, **options: Any) -> Any:
    """Post a form as it is."""
    return browser.client.post(form.action, data=form.fields, **options)
