"""Somebody with a cookie: signs in and reads pages, as little as a program needs for that."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Self

from tests.journeys.server import Login, Server

_HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")


class Visitor:
    """One person at one server."""

    def __init__(self, server: Server, login: Login) -> None:
        self.base = server.url
        self.jar = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(cookies)
        self.post("/accounts/sign-in", email=login.email, password=login.password)

    @property
    def cookie(self) -> str:
        """The header a browser would send."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def get(self, path: str) -> str:
        """The page of an address of ours."""
        with self.opener.open(self.base + path, timeout=60) as answer:
            if answer.url != self.base + path:
                raise AssertionError(f"{path} leads to {answer.url}")
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> Self:
        """Send the first form of a page with these fields."""
        hidden: dict[str, str] = {}
        for tag in _HIDDEN.findall(self.get(path)):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and value:
                hidden.setdefault(name.group(1), value.group(1))
        body = urllib.parse.urlencode({**hidden, **fields}).encode()
        self.opener.open(self.base + path, body, timeout=60).close()
        return self

    def links(self, path: str, pattern: str) -> list[str]:
        """The addresses on a page that begin like `pattern`, each once."""
        found = re.findall(rf'href="({pattern})["?#]', self.get(path))
        return list(dict.fromkeys(found))
