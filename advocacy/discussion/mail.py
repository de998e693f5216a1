"""The mail of a mention. No title, no words, nobody's name but the reader's own organisation."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Seat
from advocacy.discussion import queries
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
MENTIONED = {
    "en": (
        "A comment asks for your attention",
        "A comment asks for the attention of {organisation}.\n\n"
        "Sign in to read it and to answer:\n{link}\n",
    ),
    "fr": (
        "Un commentaire attend votre attention",
        "Un commentaire demande l’attention de {organisation}.\n\n"
        "Connectez-vous pour le lire et y répondre :\n{link}\n",
    ),
    "es": (
        "Un comentario pide su atención",
        "Un comentario pide la atención de {organisation}.\n\n"
        "Inicie sesión para leerlo y responder:\n{link}\n",
    ),
    "ar": (
        "تعليق ينتظر انتباهكم",
        "يطلب تعليقٌ انتباه {organisation}.\n\nسجّلوا الدخول لقراءته والرد عليه:\n{link}\n",
    ),
}


def _mentioned(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an organisation or a person is mentioned; nothing where they do not read it now."""
    actor = guard.actor_of(session)
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    # Read as the organisation that is written to: it hears of nothing it may not see.
    reader = replace(actor, organisation_id=organisation)
    try:
        with guard.system(session, guard.System.WORKER):
            thread = queries.thread(session, reader, UUID(payload["thread"]))
    except NotFound:
        return None
    holders = organisations.addresses(session, organisation, seats=Seat, now=actor.now)
    person = next((holder for holder in holders if holder.id == person_id), None)
    if person is None or not thread.is_open:
        return None
    language = person.language if person.language in MENTIONED else "en"
    subject, text = MENTIONED[language]
    name = organisations.names(session, [organisation])[organisation]
    body = text.format(organisation=name, link=link(f"/discussion/{thread.id}"))
    return letter(Mail(person.email, subject, body, language=language))


KINDS: dict[str, Kind | Issuing] = {"discussion.mentioned": _mentioned}
