"""The mails of a round: who gets one, in which language, and what is never in it."""

from datetime import timedelta

import pytest

from advocacy.access.actor import anonymous
from advocacy.ground.unit import Database
from advocacy.outbox.mail import Post, use
from advocacy.proofs import queries as proofs
from advocacy.rounds import mail
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.world import NOW, World


def payload(world: World, opened: RoundRow, key: str = "legal") -> dict[str, str]:
    return {
        "round": str(opened.id),
        "organisation": str(world.organisations[key]),
        "person": str(world.people[key]),
    }


def written(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    ids: dict[str, str],
    days: int = 0,
) -> list[mail.Mail]:
    sent: list[mail.Mail] = []
    monkeypatch.setattr(mail, "letter", lambda made: lambda: sent.append(made))
    use(Post(base_url="https://advocacy.example"))
    with database.reading(anonymous(NOW + timedelta(days=days))) as session:
        doing = mail.KINDS[kind]
        prepare = getattr(doing, "prepare", doing)
        deliver = prepare(session, ids)
    if deliver:
        deliver()
    return sent


def test_the_mail_names_organisation_and_deadline_and_not_the_text(
    database: Database, world: World, opened: RoundRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = payload(world, opened)
    (made,) = written(database, monkeypatch, "rounds.opened", ids)
    assert made.to == "legal@legal.example"
    assert "An answer is asked of Harbour Legal Aid, by Tuesday 24 November, 16:00" in made.text
    assert f"https://advocacy.example/signoff/{opened.id}" in made.text
    for secret in (scene.TITLE, "clinics", "Relief Network", "Governor"):
        assert secret not in made.text + made.subject


@pytest.mark.parametrize("kind", ["rounds.opened", "rounds.answered"])
def test_every_mail_is_written_in_four_languages(kind: str) -> None:
    words = mail.OPENED if kind == "rounds.opened" else mail.ANSWERED
    assert set(words) == {"en", "fr", "es", "ar"}
    for subject, text in words.values():
        for part in ("{organisation}", "{by}", "{link}"):
            assert part in text
        assert "{" not in subject


def test_a_mailed_receipt_holds_the_newest_head_that_all_of_the_round_can_have(
    database: Database, world: World, opened: RoundRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, lead = payload(world, opened), world.actor("relief", now=NOW + timedelta(days=1))
    with database.reading(lead) as session:
        head = proofs.log(session, lead, opened.id).heads[-1]
    (made,) = written(database, monkeypatch, "rounds.answered", ids, days=1)
    assert head.root.hex() in made.text
    assert f"(head {head.number})" in made.text
    (asked,) = written(database, monkeypatch, "rounds.opened", ids)
    assert "head" not in asked.text


def test_no_mail_goes_out_for_a_round_that_is_over(
    database: Database, world: World, opened: RoundRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = payload(world, opened)
    assert written(database, monkeypatch, "rounds.opened", ids, days=9) == []


def test_no_mail_goes_to_somebody_of_another_organisation(
    database: Database, world: World, opened: RoundRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = payload(world, opened) | {"person": str(world.people["women"])}
    assert written(database, monkeypatch, "rounds.opened", ids) == []
