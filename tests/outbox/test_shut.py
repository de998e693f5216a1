"""Real servers in a process of their own: encryption, passwords, and what is said on a fault."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from advocacy.access.guard import actor_of
from advocacy.cli import main
from advocacy.formats import smtp
from advocacy.formats.smtp import SHUT, Fault
from advocacy.outbox import actions, cli, mail
from tests.outbox.shut import PASSWORD, USER
from tests.outbox.test_outbox import ask, kind, letter_to, row

__all__ = ["kind"]


class Servers:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.ports: dict[str, int] = self.says()

    def says(self) -> dict[str, int]:
        assert self.process.stdout
        return dict(json.loads(self.process.stdout.readline()))

    def post(self, name: str, *, password: str = PASSWORD, scheme: str = "smtp") -> mail.Post:
        host = "localhost" if name else "127.0.0.1"
        known = f"{USER}:{quote(password, safe='')}@" if password else ""
        url = f"{scheme}://{known}{host}:{self.ports[name]}"
        return mail.Post(url, "no-reply@advocacy.example", "https://a.example")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Servers, Path]]:
    folder = tmp_path_factory.mktemp("mail")
    command = [sys.executable, "-W", "ignore", "-m", "tests.outbox.shut", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield Servers(process), folder / "authority.pem"
        process.terminate()


@pytest.fixture
def made(servers: tuple[Servers, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    monkeypatch.setenv("SSL_CERT_FILE", str(servers[1]))
    yield servers[0]
    mail.use(mail.Post())


@pytest.mark.parametrize(("name", "scheme"), [("good", "smtp"), ("implicit", "smtps")])
def test_a_mail_goes_over_an_encrypted_line_with_a_password(
    made: Servers, database, now, kind, name: str, scheme: str
) -> None:
    mail.use(made.post(name, scheme=scheme))
    assert mail.shut(made.post(name, scheme=scheme)) is None
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="x")
    assert actions.drain(database, now=now) == 1
    assert made.says() == {"to": "sara@relief.example", "subject": "A word"}


WRONG = [
    ("expired", PASSWORD, Fault.CERTIFICATE),
    ("elsewhere", PASSWORD, Fault.CERTIFICATE),
    ("unknown", PASSWORD, Fault.CERTIFICATE),
    ("good", "another", Fault.PASSWORD),
    ("good", "änother", Fault.PASSWORD),
]


@pytest.mark.parametrize(("name", "password", "fault"), WRONG)
def test_a_server_that_is_shut_keeps_the_mail_until_it_opens(
    made: Servers, database, now, kind, name: str, password: str, fault: Fault
) -> None:
    mail.use(made.post(name, password=password))
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="x")
    for day in (0, 5, 11):
        assert actions.drain(database, now=now + timedelta(days=day)) == 0
    assert (row(database, now).fault, row(database, now).done_at) == (fault, None)
    mail.use(made.post("good"))
    assert actions.drain(database, now=now + timedelta(days=12)) == 1
    assert made.says()["to"] == "sara@relief.example"


def test_no_password_is_said_where_the_line_is_open(
    made: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "_LOCAL", frozenset())
    assert mail.shut(made.post("")) == Fault.OPEN_LINE


def test_a_port_where_nobody_listens_is_told_apart() -> None:
    assert mail.shut(mail.Post("smtp://127.0.0.1:1", "a@a.example")) == Fault.NO_ANSWER
    assert mail.shut(mail.Post()) == Fault.UNSET


def test_every_fault_has_a_sentence_for_who_runs_it() -> None:
    assert set(SHUT) == set(Fault)


@pytest.mark.parametrize("sender", ["", "advocacy", "a@", "@b.example", "a@b.example, c@d.example"])
def test_without_an_address_to_come_from_a_mail_waits_and_says_so(
    made: Servers, app, database, now, kind, sender: str
) -> None:
    mail.use(replace(made.post("good"), sender=sender))
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="x")
    assert actions.drain(database, now=now) == 0
    assert (row(database, now).fault, row(database, now).tries) == (Fault.SENDER, 0)
    with app.app_context():
        assert "Set MAIL_FROM" in CliRunner().invoke(cli.command, ["waiting"]).output
    assert mail.shut(replace(made.post("good"), sender=sender)) == Fault.SENDER


@pytest.mark.parametrize("sender", ["a@b.example", "Cluster <a@b.example>", "مجموعة <a@b.example>"])
def test_an_address_with_a_name_is_one(sender: str) -> None:
    assert smtp.is_address(sender)


def test_doctor_names_a_sender_that_is_no_address(tmp_path: Path) -> None:
    given = {"DEMO": "1", "SECRET_KEY": "s" * 40, "DATA_DIR": str(tmp_path)}
    given |= {"SMTP_URL": "smtp://127.0.0.1:1", "MAIL_FROM": "a@"}
    told = CliRunner().invoke(main, ["doctor"], env=given)
    assert told.output.count("MAIL_FROM: ") == 1
    assert SHUT[Fault.SENDER] in told.output


# --- the commands --------------------------------------------------------------------------------


def test_doctor_tries_the_server_and_never_says_the_password(made: Servers, tmp_path: Path) -> None:
    post = made.post("good", password="another")
    given = {"DEMO": "1", "SECRET_KEY": "s" * 40, "DATA_DIR": str(tmp_path)}
    given |= {"SMTP_URL": post.smtp_url, "MAIL_FROM": post.sender}
    told = subprocess.run(
        [sys.executable, "-c", "from advocacy.cli import main; main()", "doctor"],
        env=os.environ | given, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert f"SMTP_URL: {SHUT[Fault.PASSWORD]}" in told.stdout
    assert "another" not in told.stdout + told.stderr


def test_what_waits_is_counted_with_its_reason_and_tried_again(
    app, made: Servers, database, now, kind
) -> None:
    mail.use(made.post("expired"))
    kind(letter_to("sara@relief.example"))
    ask(database, now, text="x")
    actions.drain(database, now=now)
    with app.app_context():
        said = CliRunner().invoke(cli.command, ["waiting"]).output
        assert SHUT[Fault.CERTIFICATE] in said
        assert "sara" not in said
        assert CliRunner().invoke(cli.command, ["again"]).output == "To be sent now: 1.\n"
    mail.use(made.post("good"))
    assert actions.drain(database, now=now) == 1
    assert made.says()["to"] == "sara@relief.example"


def test_work_that_asks_for_later_waits_and_loses_no_try(database, now, kind) -> None:
    until, done = now + timedelta(hours=9), []

    def prepare(session, _payload):
        if actor_of(session).now < until:
            raise actions.Later(until)
        return lambda: done.append("left")

    kind(prepare)
    ask(database, now)
    assert actions.drain(database, now=now) == 0
    assert row(database, now).tries == 0
    assert actions.drain(database, now=until - timedelta(minutes=1)) == 0
    assert actions.drain(database, now=until) == 1
    assert done == ["left"]
