"""The mail with the link. A subject is read over a shoulder: it names nobody."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.guard import actor_of
from advocacy.accounts.queries import person_by_email
from advocacy.admissions.actions import issue
from advocacy.admissions.queries import admission
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link

# Language -> (subject, text).
_WORDS = {
    "en": (
        "An invitation for your organisation",
        "Hello,\n\nYour organisation is invited to a shared workspace.\n\n"
        "Sign in and open this page within 72 hours to see which one, and to answer:\n{link}\n\n"
        "The link works once, for this address only. Do not pass it on. Each person of your "
        "organisation has an account of their own.\n",
    ),
    "fr": (
        "Une invitation pour votre organisation",
        "Bonjour,\n\nVotre organisation est invitée dans un espace de travail commun.\n\n"
        "Connectez-vous et ouvrez cette page dans les 72 heures pour voir lequel et répondre :\n"
        "{link}\n\n"
        "Le lien fonctionne une seule fois, pour cette adresse seulement. Ne le transmettez pas. "
        "Chaque personne de votre organisation a son propre compte.\n",
    ),
    "es": (
        "Una invitación para su organización",
        "Hola:\n\nSe invita a su organización a un espacio de trabajo común.\n\n"
        "Inicie sesión y abra esta página antes de 72 horas para ver cuál es y responder:\n"
        "{link}\n\n"
        "El enlace funciona una sola vez y solo para esta dirección. No lo reenvíe. "
        "Cada persona de su organización tiene su propia cuenta.\n",
    ),
    "ar": (
        "دعوة لمنظمتك",
        "مرحبًا،\n\nمنظمتك مدعوة إلى مساحة عمل مشتركة.\n\n"
        "سجّل الدخول وافتح هذه الصفحة خلال ٧٢ ساعة لمعرفة أي مساحة هي وللرد:\n{link}\n\n"
        "يعمل الرابط مرة واحدة ولهذا العنوان فقط. لا تُعِد إرساله. "
        "لكل شخص في منظمتك حسابه الخاص.\n",
    ),
}


def _ask(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """The link; nothing where the question was taken back or answered since."""
    found = admission(session, UUID(payload["admission"]))
    if found is None:
        return None
    token = issue(session, found.id, now=actor_of(session).now)
    who = person_by_email(session, found.email)
    language = who.language if who and who.language in _WORDS else found.language
    subject, text = _WORDS.get(language, _WORDS["en"])
    page = link(f"/admissions/{token}")
    return letter(Mail(found.email, subject, text.format(link=page), language=language))


KINDS: dict[str, Kind | Issuing] = {"admissions.ask": Issuing(_ask)}
