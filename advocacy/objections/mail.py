"""The mails about a request for change. They name no text and repeat no word of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground.errors import NotFound
from advocacy.objections import queries
from advocacy.objections.actions import LEAD_SEATS
from advocacy.objections.rules import State
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link
from advocacy.signoff.actions import ANSWER_SEATS

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
ASKED = {
    "en": (
        "A change is asked for",
        "An organisation asks for a change in a text that you lead. Read what and why:\n{link}\n\n"
        "Only that organisation can say that it is settled. Opening the page records nothing.\n",
    ),
    "fr": (
        "Une modification est demandée",
        "Une organisation demande une modification d’un texte que vous pilotez. Lisez quoi et "
        "pourquoi :\n{link}\n\nElle seule peut dire que c’est réglé. Ouvrir la page n’enregistre "
        "rien.\n",
    ),
    "es": (
        "Se pide un cambio",
        "Una organización pide un cambio en un texto que usted dirige. Lea qué y por qué:\n{link}"
        "\n\nSolo ella puede decir que está resuelto. Abrir la página no registra nada.\n",
    ),
    "ar": (
        "مطلوب تعديل",
        "تطلب منظمة تعديلًا في نص تقودونه. اقرأ ماذا ولماذا:\n{link}\n\n"
        "وحدها تلك المنظمة تقول إن الأمر سُوّي. فتح الصفحة لا يسجّل شيئًا.\n",
    ),
}
REPLIED = {
    "en": (
        "There is a reply",
        "Somebody replied about a change that was asked for. Read it here:\n{link}\n\n"
        "Opening the page records nothing.\n",
    ),
    "fr": (
        "Il y a une réponse",
        "Une réponse a été donnée à propos d’une modification demandée. Lisez-la ici :\n{link}\n\n"
        "Ouvrir la page n’enregistre rien.\n",
    ),
    "es": (
        "Hay una respuesta",
        "Alguien respondió sobre un cambio que se pidió. Léalo aquí:\n{link}\n\n"
        "Abrir la página no registra nada.\n",
    ),
    "ar": (
        "هناك رد",
        "وصل رد بشأن تعديل مطلوب. اقرأه هنا:\n{link}\n\nفتح الصفحة لا يسجّل شيئًا.\n",
    ),
}


def _asked(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    return _letter(session, payload, ASKED)


def _replied(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    return _letter(session, payload, REPLIED)


def _letter(
    session: Session, payload: dict[str, Any], words: dict[str, tuple[str, str]]
) -> Callable[[], None] | None:
    """A mail to one person, while their organisation reads the request and it is not settled."""
    actor = guard.actor_of(session)
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    reader = replace(actor, organisation_id=organisation)
    try:
        with guard.system(session, guard.System.WORKER):
            row = queries.request(session, reader, UUID(payload["answer"]))
    except NotFound:
        return None
    seats = {*ANSWER_SEATS, *LEAD_SEATS}
    person = organisations.addressee(session, organisation, person_id, seats=seats, now=actor.now)
    if person is None or row.state is State.CLEARED:
        return None
    language = person.language if person.language in words else "en"
    subject, text = words[language]
    page = link(f"/objections/{row.answer.id}")
    return letter(Mail(person.email, subject, text.format(link=page), language=language))


KINDS: dict[str, Kind | Issuing] = {"objections.asked": _asked, "objections.replied": _replied}
