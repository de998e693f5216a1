"""All settings: one frozen dataclass, read once from the environment and the `.env` file.

Every setting has a name in capitals (`DATABASE_URL`), a default that is safe for one machine, and
a sentence in `faults()` for when it is missing or weak. Nothing else reads the environment.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_SECRET = "sample-secret-for-a-trial-only-change-me"  # noqa: S105 - refused outside a demo
SHORTEST_SECRET = 32
LANGUAGES = ("en", "fr", "es", "ar")
PSEUDO_LOCALE = "en_XA"
DATABASES = ("sqlite", "postgresql+psycopg")

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

Fault = tuple[str, str]


@dataclass(frozen=True)
class Config:
    """The settings of one process.

    database_url: what the application uses; on PostgreSQL a role that owns no table.
    migrate_url: what migrations use; on PostgreSQL the owner of the tables.
    base_url: how people reach us, without a slash at the end; links in mails begin with it.
    smtp_url: `smtp://user:password@host:port`, or `smtps://`; empty = no mail leaves.
    bounces_to: the mailbox that mails come back to, with plus addresses; empty = the sender's.
    trusted_proxies: how many reverse proxies stand before us and set `X-Forwarded-*`.
    clamav: the virus scanner's socket, `unix:/path` or `host:port`; empty = files are not scanned.
    clamav_required: whether a file is refused while the scanner does not answer.
    signing_key: file of the key that signs receipts and tree heads; made on first use.
    workers: processes that serve; each makes pages on a core of its own.
    threads: requests served at once by one worker; all but 16 of them may be open streams.
    demo: a trial on one machine, with made-up people; never for real work.
    unreadable: settings that could not be read, with what to write instead.
    """

    database_url: str
    migrate_url: str
    secret_key: str
    host: str
    port: int
    base_url: str
    smtp_url: str
    mail_from: str
    bounces_to: str
    demo: bool
    data_dir: Path
    signing_key: Path
    clamav: str
    clamav_required: bool
    workers: int
    threads: int
    trusted_proxies: int
    max_request_bytes: int
    cookie_secure: bool
    languages: tuple[str, ...]
    unreadable: tuple[Fault, ...] = ()

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> "Config":
        """Read the settings. Without `env`: the `.env` beside the checkout, then the environment.

        What cannot be read gets its default and a line in `unreadable`; this never raises, so that
        `advocacy doctor` can name everything at once.
        """
        given = _Given(_environment() if env is None else env)
        data_dir = Path(given.text("DATA_DIR", str(ROOT / "data"))).expanduser().absolute()
        database_url = _with_driver(
            given.text("DATABASE_URL", f"sqlite:///{data_dir / 'advocacy.sqlite3'}")
        )
        host, port = given.text("HOST", "127.0.0.1"), given.number("PORT", 8000, 1, 65_535)
        base_url = given.text("BASE_URL", f"http://{_in_address(host)}:{port}").rstrip("/")
        pseudo = (PSEUDO_LOCALE,) if given.switch("PSEUDO_LOCALE", default=False) else ()
        return cls(
            database_url=database_url,
            migrate_url=_with_driver(given.text("MIGRATE_URL", database_url)),
            secret_key=given.text("SECRET_KEY", ""),
            host=host,
            port=port,
            base_url=base_url,
            smtp_url=given.text("SMTP_URL", ""),
            mail_from=given.text("MAIL_FROM", ""),
            bounces_to=given.text("BOUNCES_TO", ""),
            demo=given.switch("DEMO", default=False),
            data_dir=data_dir,
            signing_key=Path(given.text("SIGNING_KEY", str(data_dir / "keys" / "signing.pem"))),
            clamav=given.text("CLAMAV", ""),
            clamav_required=given.switch("CLAMAV_REQUIRED", default=True),
            workers=given.number("WORKERS", 1, 1, 64),
            threads=given.number("THREADS", 64, 1, 512),
            trusted_proxies=given.number("TRUSTED_PROXIES", 0, 0, 5),
            max_request_bytes=given.number("MAX_REQUEST_BYTES", 2_000_000, 10_000, 100_000_000),
            cookie_secure=given.switch("COOKIE_SECURE", default=base_url.startswith("https://")),
            languages=LANGUAGES + pseudo,
            unreadable=tuple(given.unreadable),
        )

    @property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL; else it is SQLite."""
        return self.database_url.startswith("postgresql")

    def faults(self) -> list[Fault]:
        """Every missing or weak setting: its name, and a sentence on what to do. Empty = sound."""
        return [
            *self.unreadable,
            *self._faults_of_secret(),
            *self._faults_of_databases(),
            *self._faults_of_address(),
            *self._faults_of_mail(),
            *self._faults_of_scanner(),
        ]

    def _faults_of_secret(self) -> Iterator[Fault]:
        if not self.secret_key:
            yield (
                "SECRET_KEY",
                "Set a secret: without it nobody can sign in. `make run` writes one.",
            )
        elif self.secret_key == SAMPLE_SECRET:
            if not self.demo:
                yield (
                    "SECRET_KEY",
                    "Replace the sample secret: anybody can read it. Use a fresh one.",
                )
        elif len(self.secret_key) < SHORTEST_SECRET:
            yield (
                "SECRET_KEY",
                f"Use a longer secret: at least {SHORTEST_SECRET} characters, made by chance.",
            )

    def _faults_of_databases(self) -> Iterator[Fault]:
        for name, url in (("DATABASE_URL", self.database_url), ("MIGRATE_URL", self.migrate_url)):
            if url.partition("://")[0] not in DATABASES:
                yield name, "Use a SQLite or a PostgreSQL address: sqlite:///… or postgresql://…"
        if self.is_postgres:
            if _user_of(self.database_url) == _user_of(self.migrate_url):
                yield (
                    "MIGRATE_URL",
                    "Use two roles on PostgreSQL: one that owns the tables (MIGRATE_URL) and one "
                    "that does not (DATABASE_URL). With one role the last wall does not hold.",
                )
        elif self.migrate_url != self.database_url:
            yield "MIGRATE_URL", "Leave this empty with SQLite: both must be the same file."

    def _faults_of_address(self) -> Iterator[Fault]:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            yield "BASE_URL", "Write the full address people use, such as https://advocacy.example"
            return
        if parts.scheme == "https" and not self.cookie_secure:
            yield (
                "COOKIE_SECURE",
                "Turn this on: the address is https, so cookies can be kept to it.",
            )
        if parts.scheme == "http" and self.cookie_secure:
            yield "COOKIE_SECURE", "Turn this off, or use https: browsers will drop the cookie."
        if self.demo:
            if self.host not in _LOCAL:
                yield (
                    "DEMO",
                    "Turn the demo off: its people are known, and this host can be reached.",
                )
        elif parts.scheme == "http" and parts.hostname not in _LOCAL:
            yield "BASE_URL", "Use https: over http, what people read can be seen on the way."

    def _faults_of_mail(self) -> Iterator[Fault]:
        if not self.smtp_url:
            if not self.demo:
                yield "SMTP_URL", "Set a mail server: without it no invitation can be sent."
            return
        parts = urlsplit(self.smtp_url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            yield "SMTP_URL", "Write it as smtp://user:password@host:port (or smtps://…)."
        if "@" not in self.mail_from:
            yield (
                "MAIL_FROM",
                "Set the address that mails come from, such as no-reply@advocacy.example",
            )
        if self.bounces_to and "@" not in self.bounces_to:
            yield (
                "BOUNCES_TO",
                "Write a mailbox, such as bounces@advocacy.example, or leave it out.",
            )

    def _faults_of_scanner(self) -> Iterator[Fault]:
        kind, _colon, rest = self.clamav.partition(":")
        port = self.clamav.rpartition(":")[2]
        is_path = kind == "unix" and rest.startswith("/")
        if self.clamav and not is_path and not (kind and port.isascii() and port.isdigit()):
            yield "CLAMAV", "Write unix:/path/of/the/socket or host:port, or leave it out."


class _Given:
    """What was given, read with its defaults; remembers what could not be read."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.unreadable: list[Fault] = []

    def text(self, name: str, default: str) -> str:
        """The text, without blanks around it; empty counts as not given."""
        return self.env.get(name, "").strip() or default

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number between `least` and `most`."""
        text = self.text(name, str(default))
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        self.unreadable.append((name, f"Write a whole number from {least} to {most}."))
        return default

    def switch(self, name: str, *, default: bool) -> bool:
        """On or off."""
        text = self.env.get(name, "").strip().lower()
        if not text:
            return default
        if text not in _YES | _NO:
            self.unreadable.append((name, "Write 1 for on or 0 for off."))
            return default
        return text in _YES


def _environment() -> dict[str, str]:
    """The `.env` beside the checkout, under the environment: what is exported wins."""
    written = {name: value or "" for name, value in dotenv_values(ROOT / ".env").items()}
    return {**written, **os.environ}


def _with_driver(url: str) -> str:
    """The address with the one PostgreSQL driver that is installed here."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg{separator}{rest}"
    return url


def _in_address(host: str) -> str:
    """The host as a browser on the same machine can ask for it."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound to
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _user_of(url: str) -> str:
    return urlsplit(url).username or ""
