"""The mails of a round. No title and no text: a mail is read in places that we do not know."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Seat
from advocacy.ground import clock
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link
from advocacy.signoff import queries
from advocacy.web.words import written

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
OPENED = {
    "en": (
        "An answer is asked of your organisation",
        "An answer is asked of {organisation}, by {by}.\n\n"
        "Read the text and answer here:\n{link}\n\n"
        "Opening the page records nothing. Silence never uses your name.\n",
    ),
    "fr": (
        "Une réponse est demandée à votre organisation",
        "Une réponse est demandée à {organisation}, avant le {by}.\n\n"
        "Lisez le texte et répondez ici :\n{link}\n\n"
        "Ouvrir la page n’enregistre rien. Le silence n’engage jamais votre nom.\n",
    ),
    "es": (
        "Se pide una respuesta a su organización",
        "Se pide una respuesta a {organisation}, antes del {by}.\n\n"
        "Lea el texto y responda aquí:\n{link}\n\n"
        "Abrir la página no registra nada. El silencio nunca usa su nombre.\n",
    ),
    "ar": (
        "مطلوب رد من منظمتك",
        "مطلوب رد من {organisation} قبل {by}.\n\n"
        "اقرأ النص وأجب هنا:\n{link}\n\n"
        "فتح الصفحة لا يسجّل شيئًا. والصمت لا يستعمل اسمكم أبدًا.\n",
    ),
}
ANSWERED = {
    "en": (
        "An answer was recorded for your organisation",
        "An answer of {organisation} was recorded. The receipt is here:\n{link}\n\n"
        "You can change the answer until {by}, and take your name off at any hour after that.\n",
    ),
    "fr": (
        "Une réponse a été enregistrée pour votre organisation",
        "Une réponse de {organisation} a été enregistrée. Le reçu est ici :\n{link}\n\n"
        "Vous pouvez changer la réponse jusqu’au {by}, et retirer votre nom à toute heure "
        "ensuite.\n",
    ),
    "es": (
        "Se registró una respuesta de su organización",
        "Se registró una respuesta de {organisation}. El recibo está aquí:\n{link}\n\n"
        "Puede cambiar la respuesta hasta el {by}, y retirar su nombre a cualquier hora "
        "después.\n",
    ),
    "ar": (
        "سُجِّل رد باسم منظمتك",
        "سُجِّل رد من {organisation}. الإيصال هنا:\n{link}\n\n"
        "يمكنكم تغيير الرد حتى {by}، وسحب اسمكم في أي ساعة بعد ذلك.\n",
    ),
}
_SEATS = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.SIGNATORY)


def _opened(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an answer is asked; nothing once the round is over."""
    return _letter(session, payload, OPENED, only_open=True)


def _answered(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an answer was recorded, to an organisation that is named outside (practice A3)."""
    return _letter(session, payload, ANSWERED, only_open=False)


def _letter(
    session: Session,
    payload: dict[str, Any],
    words: dict[str, tuple[str, str]],
    *,
    only_open: bool,
) -> Callable[[], None] | None:
    actor = guard.actor_of(session)
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    # Read as the organisation that is written to: it hears of nothing it may not see.
    reader = replace(actor, organisation_id=organisation)
    try:
        with guard.system(session, guard.System.WORKER):
            round_ = queries.round_of(session, reader, UUID(payload["round"]))
    except NotFound:
        return None
    holders = organisations.addresses(session, organisation, seats=_SEATS, now=actor.now)
    person = next((p for p in holders if p.id == person_id), None)
    if person is None or (only_open and not round_.is_open):
        return None
    language = person.language if person.language in words else "en"
    subject, text = words[language]
    local = round_.closes_at.astimezone(clock.zone(round_.zone))
    by = written(local, "EEEE d MMMM, HH:mm", language)
    names = organisations.names(session, [organisation])
    body = text.format(
        organisation=names[organisation],
        by=f"{by} ({round_.zone})",
        link=link(f"/signoff/{round_.id}"),
    )
    return letter(Mail(person.email, subject, body, language=language))


KINDS: dict[str, Kind | Issuing] = {
    "rounds.opened": _opened,
    "rounds.answered": _answered,
}
