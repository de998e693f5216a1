"""The mail with a link for a new password."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.guard import actor_of
from advocacy.accounts.actions import issue_reset
from advocacy.accounts.queries import by_id
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
WORDS = {
    "en": (
        "A new password",
        "Somebody, most likely you, asked for a new password.\n\n"
        "Open this page within 2 hours and choose one:\n{link}\n\n"
        "The link works once. Was it not you? Then do nothing: your password stays as it is.\n",
    ),
    "fr": (
        "Un nouveau mot de passe",
        "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe.\n\n"
        "Ouvrez cette page dans les 2 heures et choisissez-en un :\n{link}\n\n"
        "Le lien fonctionne une seule fois. Ce n’était pas vous ? Ne faites rien : votre mot de "
        "passe ne change pas.\n",
    ),
    "es": (
        "Una contraseña nueva",
        "Alguien, probablemente usted, pidió una contraseña nueva.\n\n"
        "Abra esta página antes de 2 horas y elija una:\n{link}\n\n"
        "El enlace funciona una sola vez. ¿No fue usted? No haga nada: su contraseña no cambia.\n",
    ),
    "ar": (
        "كلمة مرور جديدة",
        "طلب شخص ما، والأرجح أنه أنت، كلمة مرور جديدة.\n\n"
        "افتح هذه الصفحة خلال ساعتين واختر كلمة مرور:\n{link}\n\n"
        "يعمل الرابط مرة واحدة فقط. ألم تكن أنت؟ لا تفعل شيئًا: تبقى كلمة مرورك كما هي.\n",
    ),
}


def _reset(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """A link for the person; nothing for an address that nobody has."""
    who = by_id(session, UUID(payload["person"])) if payload["person"] else None
    if who is None or not who.is_active:
        return None
    token = issue_reset(session, person=who.id, now=actor_of(session).now)
    subject, text = WORDS.get(who.language, WORDS["en"])
    page = link(f"/accounts/reset/{token}")
    return letter(Mail(who.email, subject, text.format(link=page), language=who.language))


KINDS: dict[str, Kind | Issuing] = {"accounts.reset": Issuing(_reset)}
