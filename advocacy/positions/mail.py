"""The mail of an invitation to a text. No title, no lead: who writes with whom is a secret."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.organisations import queries as organisations
from advocacy.outbox.mail import Mail, letter, link
from advocacy.positions.rules import TOLD

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
INVITED = {
    "en": (
        "Your organisation is invited to a text",
        "{organisation} is invited to read and write a text.\n\n"
        "Sign in to open it:\n{link}\n\n"
        "Taking part commits you to nothing. Signing is a step of its own.\n",
    ),
    "fr": (
        "Votre organisation est invitée à un texte",
        "{organisation} est invitée à lire et à écrire un texte.\n\n"
        "Connectez-vous pour l’ouvrir :\n{link}\n\n"
        "Participer n’engage à rien. La signature est une étape à part.\n",
    ),
    "es": (
        "Su organización está invitada a un texto",
        "{organisation} está invitada a leer y escribir un texto.\n\n"
        "Inicie sesión para abrirlo:\n{link}\n\n"
        "Participar no compromete a nada. La firma es un paso aparte.\n",
    ),
    "ar": (
        "منظمتك مدعوة إلى نص",
        "{organisation} مدعوة إلى قراءة نص والكتابة فيه.\n\n"
        "سجّلوا الدخول لفتحه:\n{link}\n\n"
        "المشاركة لا تُلزمكم بشيء. والتوقيع خطوة مستقلة.\n",
    ),
}


def _invited(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an organisation is invited, to one person who holds a seat there now."""
    now = guard.actor_of(session).now
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    holders = organisations.addresses(session, organisation, seats=TOLD, now=now)
    person = next((holder for holder in holders if holder.id == person_id), None)
    if person is None:
        return None
    language = person.language if person.language in INVITED else "en"
    subject, text = INVITED[language]
    name = organisations.names(session, [organisation])[organisation]
    body = text.format(organisation=name, link=link(f"/positions/{payload['position']}"))
    return letter(Mail(person.email, subject, body, language=language))


KINDS = {"positions.invited": _invited}
