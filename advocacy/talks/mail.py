"""The mail that an answer is asked for. No title, no words, nobody's name but the reader's own."""

from collections.abc import Callable
from contextlib import closing
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground import unit
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link
from advocacy.talks import queries, rules
from advocacy.talks.schema import RemarkAsk

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
ASKED = {
    "en": (
        "Your answer is asked for",
        "Somebody asks {organisation} for an answer about a record you read together.\n\n"
        "Sign in to read it and to answer:\n{link}\n",
    ),
    "fr": (
        "Votre réponse est demandée",
        "Une réponse est demandée à {organisation} au sujet d’une fiche que vous lisez "
        "ensemble.\n\nConnectez-vous pour lire et répondre :\n{link}\n",
    ),
    "es": (
        "Se pide su respuesta",
        "Se pide una respuesta a {organisation} sobre una ficha que leen juntos.\n\n"
        "Inicie sesión para leer y responder:\n{link}\n",
    ),
    "ar": (
        "يُطلب ردّكم",
        "يُطلب من {organisation} ردّ حول سجل تقرؤونه معًا.\n\nسجّلوا الدخول للقراءة والرد:\n{link}\n",
    ),
}


def _asked(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an answer is asked for; nothing where those asked do not read the question now."""
    now = guard.actor_of(session).now
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    person = organisations.addressee(session, organisation, person_id, seats=rules.TOLD, now=now)
    threat_id = _record_of(session, payload["ask"], organisation, person_id)
    if person is None or threat_id is None:
        return None
    language = person.language if person.language in ASKED else "en"
    subject, text = ASKED[language]
    name = organisations.names(session, [organisation])[organisation]
    body = text.format(organisation=name, link=link(f"/threats/{threat_id}/talk"))
    return letter(Mail(person.email, subject, body, language=language))


def _record_of(session: Session, ask: str, organisation: UUID, person_id: UUID) -> UUID | None:
    """The record of a question, read as those asked read it now; None where they do not."""
    now = guard.actor_of(session).now
    ways = organisations.ways(session, person_id=person_id, now=now)
    holding = next((way.holding_id for way in ways if way.organisation_id == organisation), None)
    if holding is None:
        return None
    reader, _all = organisations.actor_for(
        session, person_id=person_id, name="", holding_id=holding, now=now
    )
    try:
        with closing(unit.beside(session, reader)) as theirs:
            found = theirs.get(RemarkAsk, UUID(ask))
            return queries.record(theirs, reader, found.threat_id).id if found else None
    except NotFound:
        return None
    finally:
        guard.tell_again(session)


KINDS: dict[str, Kind | Issuing] = {"talks.asked": _asked}
