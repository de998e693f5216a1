"""The mails of an invitation: the link, the question to a second person, the notice to all."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.guard import actor_of
from advocacy.accounts.queries import by_id, person_by_email
from advocacy.accounts.rules import INVITE
from advocacy.invitations.actions import issue
from advocacy.invitations.queries import confirmed, invitation, second_words, voices
from advocacy.invitations.rows import InvitationRow, Voice
from advocacy.invitations.rules import CONFIRM, begins_at
from advocacy.organisations.queries import by_ids
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link
from advocacy.web.words import written

# Language -> (subject, text). A subject is read over a shoulder: it names no organisation.
INVITATION = {
    "en": (
        "An invitation for you",
        "Hello {name},\n\n{by} invites you to act for {organisation}.\n\n"
        "Open this page within 72 hours to accept:\n{link}\n\n"
        "The link works once, for this address only. Do not pass it on. The account is yours "
        "alone: each colleague gets their own.\n",
    ),
    "fr": (
        "Une invitation pour vous",
        "Bonjour {name},\n\n{by} vous invite à agir pour {organisation}.\n\n"
        "Ouvrez cette page dans les 72 heures pour accepter :\n{link}\n\n"
        "Le lien fonctionne une seule fois, pour cette adresse seulement. Ne le transmettez pas. "
        "Le compte est personnel : chaque collègue reçoit le sien.\n",
    ),
    "es": (
        "Una invitación para usted",
        "Hola, {name}:\n\n{by} le invita a actuar en nombre de {organisation}.\n\n"
        "Abra esta página antes de 72 horas para aceptar:\n{link}\n\n"
        "El enlace funciona una sola vez y solo para esta dirección. No lo reenvíe. "
        "La cuenta es personal: cada colega recibe la suya.\n",
    ),
    "ar": (
        "دعوة لك",
        "مرحبًا {name}،\n\nيدعوك {by} إلى العمل باسم {organisation}.\n\n"
        "افتح هذه الصفحة خلال ٧٢ ساعة لقبول الدعوة:\n{link}\n\n"
        "يعمل الرابط مرة واحدة ولهذا العنوان فقط. لا تُعِد إرساله. "
        "الحساب شخصي: يحصل كل زميل على حسابه.\n",
    ),
}
QUESTION = {
    "en": (
        "Please confirm a change of seat",
        "{by} asks that {name} ({email}) may sign for {organisation}.\n\n"
        "Nobody gets this seat on one person’s word. Is it right? Then confirm it here, within "
        "72 hours:\n{link}\n\n"
        "Is it not right? Do nothing, and tell your colleagues: nothing will change.\n",
    ),
    "fr": (
        "Merci de confirmer un changement de siège",
        "{by} demande que {name} ({email}) puisse signer pour {organisation}.\n\n"
        "Personne n’obtient ce siège sur la parole d’une seule personne. Est-ce juste ? "
        "Confirmez-le ici, dans les 72 heures :\n{link}\n\n"
        "Ce n’est pas juste ? Ne faites rien et prévenez vos collègues : rien ne changera.\n",
    ),
    "es": (
        "Confirme un cambio de puesto",
        "{by} pide que {name} ({email}) pueda firmar en nombre de {organisation}.\n\n"
        "Nadie obtiene este puesto por la palabra de una sola persona. ¿Es correcto? Confírmelo "
        "aquí antes de 72 horas:\n{link}\n\n"
        "¿No es correcto? No haga nada y avise a sus colegas: nada cambiará.\n",
    ),
    "ar": (
        "يرجى تأكيد تغيير في مقعد",
        "يطلب {by} أن يُسمح لـ {name} ({email}) بالتوقيع باسم {organisation}.\n\n"
        "لا يحصل أحد على هذا المقعد بكلمة شخص واحد. هل هذا صحيح؟ أكِّده هنا خلال ٧٢ ساعة:\n{link}\n\n"
        "هل هذا غير صحيح؟ لا تفعل شيئًا وأخبر زملاءك: لن يتغيّر شيء.\n",
    ),
}
NOTICE = {
    "en": (
        "A change of seat begins soon",
        "{name} ({email}) was invited to sign for {organisation}. The seat gives power from "
        "{when} on, and not earlier.\n\nIs it not right? Sign in and end it before then:\n{link}\n",
    ),
    "fr": (
        "Un changement de siège commence bientôt",
        "{name} ({email}) a été invité(e) à signer pour {organisation}. Le siège donne ce pouvoir "
        "à partir du {when}, pas avant.\n\nCe n’est pas juste ? Connectez-vous et mettez-y fin "
        "avant cette date :\n{link}\n",
    ),
    "es": (
        "Un cambio de puesto empieza pronto",
        "Se invitó a {name} ({email}) a firmar en nombre de {organisation}. El puesto da ese poder "
        "a partir del {when}, no antes.\n\n¿No es correcto? Inicie sesión y termínelo antes de esa "
        "fecha:\n{link}\n",
    ),
    "ar": (
        "تغيير في مقعد يبدأ قريبًا",
        "دُعي {name} ({email}) إلى التوقيع باسم {organisation}. يمنح المقعد هذه الصلاحية ابتداءً من "
        "{when} وليس قبل ذلك.\n\nهل هذا غير صحيح؟ سجّل الدخول وأنهِه قبل ذلك:\n{link}\n",
    ),
}
_THE_COORDINATOR = {
    "en": "The coordinator",
    "fr": "La coordination",
    "es": "La coordinación",
    "ar": "فريق التنسيق",
}


def _found(session: Session, payload: dict[str, Any]) -> InvitationRow | None:
    return invitation(session, UUID(payload["invitation"]))


def _filled(
    session: Session,
    words: dict[str, tuple[str, str]],
    found: InvitationRow,
    to: str,
    language: str,
    page: str,
    when: str = "",
) -> Callable[[], None]:
    language = language if language in words else "en"
    by = by_id(session, found.invited_by) if found.invited_by else None
    subject, text = words[language]
    filled = text.format(
        name=found.name,
        email=found.email,
        organisation=found.organisation_name,
        by=by.name if by else _THE_COORDINATOR[language],
        link=page,
        when=when,
    )
    return letter(Mail(to, subject, filled, language=language))


def _invite(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """The link, to the person invited; nothing where the invitation was withdrawn since."""
    found = _found(session, payload)
    if found is None or found.confirmed_at is None:
        return None
    token = issue(session, INVITE, found.id, now=actor_of(session).now)
    who = person_by_email(session, found.email)
    of = by_ids(session, [found.organisation_id])[found.organisation_id]
    page = link(f"/organisations/invitations/{token}")
    language = who.language if who else of.language
    return _filled(session, INVITATION, found, found.email, language, page)


def _confirm(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """The question to one who may give the second word."""
    found, now = _found(session, payload), actor_of(session).now
    if found is None or found.confirmed_at is not None:
        return None
    voice = _voice(second_words(session, found, now=now), payload)
    if voice is None:
        return None
    token = issue(session, CONFIRM, found.id, now=now, person=voice.person_id)
    page = link(f"/invitations/confirmations/{token}")
    return _filled(session, QUESTION, found, voice.email, voice.language, page)


def _notice(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """The notice to one of the holders, or to the registered contact."""
    found = confirmed(session, UUID(payload["invitation"]))
    if found is None or found.confirmed_at is None:
        return None
    voice = _voice(voices(session, found.organisation_id, now=found.confirmed_at), payload)
    if voice is None:
        return None
    begins = begins_at(found.seats, confirmed_at=found.confirmed_at, now=found.confirmed_at)
    when = f"{written(begins, 'd MMMM y, HH:mm', voice.language)} (UTC)"
    page = link("/organisations/mine")
    return _filled(session, NOTICE, found, voice.email, voice.language, page, when)


def _voice(voices_of: list[Voice], payload: dict[str, Any]) -> Voice | None:
    person = UUID(payload["person"]) if payload["person"] else None
    return next((voice for voice in voices_of if voice.person_id == person), None)


KINDS: dict[str, Kind | Issuing] = {
    "invitations.invite": Issuing(_invite),
    "invitations.confirm": Issuing(_confirm),
    "invitations.notice": _notice,
}
