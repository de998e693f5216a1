"""The mails that remind. No title and no text: a mail is read in places that we do not know."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground import clock
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Kind, Sweep
from advocacy.outbox.mail import Mail, key, letter, link
from advocacy.reminders import actions, queries, rules
from advocacy.reminders.rows import OpenRound
from advocacy.signoff.actions import ANSWER_SEATS
from advocacy.web.words import written

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
REMINDED = {
    "en": (
        "An answer is still asked of your organisation",
        "{organisation} has not answered yet. The time ends on {by}.\n\n"
        "Read the text and answer here:\n{link}\n\n"
        "Opening the page records nothing. Silence never uses your name.\n"
        "Change how you are reminded: {settings}\n",
    ),
    "fr": (
        "Une réponse est encore demandée à votre organisation",
        "{organisation} n’a pas encore répondu. Le délai expire le {by}.\n\n"
        "Lisez le texte et répondez ici :\n{link}\n\n"
        "Ouvrir la page n’enregistre rien. Le silence n’engage jamais votre nom.\n"
        "Changez la façon dont on vous rappelle : {settings}\n",
    ),
    "es": (
        "Aún se pide una respuesta a su organización",
        "{organisation} aún no ha respondido. El plazo termina el {by}.\n\n"
        "Lea el texto y responda aquí:\n{link}\n\n"
        "Abrir la página no registra nada. El silencio nunca usa su nombre.\n"
        "Cambie cómo se le recuerda: {settings}\n",
    ),
    "ar": (
        "ما زال الرد مطلوبًا من منظمتك",
        "لم ترد {organisation} بعد. تنتهي المهلة في {by}.\n\n"
        "اقرأ النص وأجب هنا:\n{link}\n\n"
        "فتح الصفحة لا يسجّل شيئًا. والصمت لا يستعمل اسمكم أبدًا.\n"
        "غيّر طريقة تذكيرك: {settings}\n",
    ),
}
DIGEST = {
    "en": (
        "What is still asked of your organisation",
        "Texts that {organisation} has not answered yet: {number}. The first closes on {by}.\n\n"
        "Read and answer here:\n{link}\n\n"
        "Opening the page records nothing. Silence never uses your name.\n"
        "Change how you are reminded: {settings}\n",
    ),
    "fr": (
        "Ce qui est encore demandé à votre organisation",
        "Textes auxquels {organisation} n’a pas encore répondu : {number}. Le premier délai "
        "expire le {by}.\n\n"
        "Lisez et répondez ici :\n{link}\n\n"
        "Ouvrir la page n’enregistre rien. Le silence n’engage jamais votre nom.\n"
        "Changez la façon dont on vous rappelle : {settings}\n",
    ),
    "es": (
        "Lo que aún se pide a su organización",
        "Textos a los que {organisation} aún no ha respondido: {number}. El primer plazo termina "
        "el {by}.\n\n"
        "Lea y responda aquí:\n{link}\n\n"
        "Abrir la página no registra nada. El silencio nunca usa su nombre.\n"
        "Cambie cómo se le recuerda: {settings}\n",
    ),
    "ar": (
        "ما زال مطلوبًا من منظمتك",
        "نصوص لم ترد عليها {organisation} بعد: {number}. تنتهي أول مهلة في {by}.\n\n"
        "اقرأ وأجب هنا:\n{link}\n\n"
        "فتح الصفحة لا يسجّل شيئًا. والصمت لا يستعمل اسمكم أبدًا.\n"
        "غيّر طريقة تذكيرك: {settings}\n",
    ),
}
_SETTINGS = "/reminders"


def _round(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """One round; nothing once it is over, or the organisation has answered meanwhile."""
    wanted = UUID(payload["round"])
    silent_in = [found for found in _silent_in(session, payload) if found.id == wanted]
    return _letter(session, payload, REMINDED, silent_in, f"/signoff/{wanted}")


def _digest(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """All rounds of an organisation in one mail; nothing when it has answered them all."""
    return _letter(session, payload, DIGEST, _silent_in(session, payload), "/")


def _silent_in(session: Session, payload: dict[str, Any]) -> list[OpenRound]:
    now = guard.actor_of(session).now
    with guard.system(session, guard.System.WORKER):
        return queries.open_for(session, UUID(payload["organisation"]), now=now)


def _letter(
    session: Session,
    payload: dict[str, Any],
    words: dict[str, tuple[str, str]],
    silent_in: list[OpenRound],
    path: str,
) -> Callable[[], None] | None:
    now, organisation = guard.actor_of(session).now, UUID(payload["organisation"])
    person = organisations.addressee(
        session, organisation, UUID(payload["person"]), seats=ANSWER_SEATS, now=now
    )
    if person is None or not silent_in:
        return None
    language = person.language if person.language in words else "en"
    subject, text = words[language]
    first = min(silent_in, key=lambda found: found.closes_at)
    by = written(first.closes_at.astimezone(clock.zone(first.zone)), "EEEE d MMMM, HH:mm", language)
    body = text.format(
        organisation=organisations.names(session, [organisation])[organisation],
        number=len(silent_in),
        by=f"{by} ({first.zone})",
        link=link(path),
        settings=link(_SETTINGS),
    )
    return letter(Mail(person.email, subject, body, language=language, headers=_stops(person.id)))


def _stops(person_id: UUID) -> dict[str, str]:
    """What a mail program shows as its own "unsubscribe" (RFC 8058): for reminders alone."""
    if not key():
        return {"List-Unsubscribe": f"<{link(_SETTINGS)}>"}
    address = link(f"{_SETTINGS}/stop/{rules.stop_token(person_id, key=key())}")
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


KINDS: dict[str, Kind] = {"reminders.round": _round, "reminders.digest": _digest}
SWEEPS = {
    "reminders": Sweep(is_due=lambda session: bool(queries.due(session)), queue=actions.queue_due)
}
