"""The mails of sign-on: please confirm, a link, a code. None names a text."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link
from advocacy.signoff import queries as signoff
from advocacy.signoff.actions import ANSWER_SEATS
from advocacy.signons.actions import make_code, make_link

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
CONFIRM = {
    "en": (
        "Please confirm an answer",
        "An answer was written down for {organisation}. It counts for nothing until your "
        "organisation says so itself.\n\nRead the text, and confirm or answer otherwise:\n{link}\n"
        "\nOpening the page records nothing.\n",
    ),
    "fr": (
        "Merci de confirmer une réponse",
        "Une réponse a été notée pour {organisation}. Elle ne compte pas tant que votre "
        "organisation ne la donne pas elle-même.\n\nLisez le texte, puis confirmez ou répondez "
        "autrement :\n{link}\n\nOuvrir la page n’enregistre rien.\n",
    ),
    "es": (
        "Confirme una respuesta",
        "Se anotó una respuesta para {organisation}. No cuenta hasta que su organización la dé "
        "por sí misma.\n\nLea el texto y confirme o responda de otro modo:\n{link}\n\n"
        "Abrir la página no registra nada.\n",
    ),
    "ar": (
        "يرجى تأكيد رد",
        "دُوِّن رد باسم {organisation}. لا يُحتسب حتى تقوله منظمتك بنفسها.\n\n"
        "اقرأ النص ثم أكّد أو أجب بغير ذلك:\n{link}\n\nفتح الصفحة لا يسجّل شيئًا.\n",
    ),
}
CODE = {
    "en": (
        "Your code",
        "The code is {code}\n\nIt works once, for 15 minutes, on the page that asked for it. "
        "Nobody will ask you for it. You asked for none? Do nothing.\n",
    ),
    "fr": (
        "Votre code",
        "Le code est {code}\n\nIl fonctionne une fois, pendant 15 minutes, sur la page qui l’a "
        "demandé. Personne ne vous le demandera. Vous n’avez rien demandé ? Ne faites rien.\n",
    ),
    "es": (
        "Su código",
        "El código es {code}\n\nFunciona una vez, durante 15 minutos, en la página que lo pidió. "
        "Nadie se lo pedirá. ¿No lo pidió? No haga nada.\n",
    ),
    "ar": (
        "الرمز",
        "الرمز هو {code}\n\nيعمل مرة واحدة خلال ١٥ دقيقة في الصفحة التي طلبته. "
        "لن يسألك أحد عنه. لم تطلبه؟ لا تفعل شيئًا.\n",
    ),
}


def _confirm(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To somebody who may answer for the organisation with their own account."""
    if not _is_asked(session, payload):
        return None
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    now = guard.actor_of(session).now
    person = organisations.addressee(session, organisation, person_id, seats=ANSWER_SEATS, now=now)
    if person is None:
        return None
    page = link(f"/signoff/{payload['round']}")
    return _filled(session, CONFIRM, person.email, person.language, organisation, link=page)


def _link(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To the registered address of an organisation in which nobody has a seat."""
    if not _is_asked(session, payload):
        return None
    organisation = UUID(payload["organisation"])
    of = organisations.by_ids(session, [organisation])[organisation]
    now = guard.actor_of(session).now
    token = make_link(session, UUID(payload["round"]), organisation, now=now)
    page = link(f"/signons/{token}")
    return _filled(session, CONFIRM, of.registered_email, of.language, organisation, link=page)


def _code(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """The digits are made with the mail, and kept nowhere in clear."""
    organisation = UUID(payload["organisation"])
    of = organisations.by_ids(session, [organisation])[organisation]
    digits = make_code(session, UUID(payload["code"]), now=guard.actor_of(session).now)
    if digits is None:
        return None
    shown = f"{digits[:4]} {digits[4:]}"
    language = payload.get("language", of.language)
    return _filled(session, CODE, of.registered_email, language, organisation, code=shown)


def _is_asked(session: Session, payload: dict[str, Any]) -> bool:
    """True while the round still asks the organisation. Read as that organisation."""
    reader = replace(guard.actor_of(session), organisation_id=UUID(payload["organisation"]))
    try:
        with guard.system(session, guard.System.WORKER):
            return signoff.round_of(session, reader, UUID(payload["round"])).is_open
    except NotFound:
        return False


def _filled(
    session: Session,
    words: dict[str, tuple[str, str]],
    to: str,
    language: str,
    organisation: UUID,
    **more: str,
) -> Callable[[], None] | None:
    if not to:
        return None
    language = language if language in words else "en"
    subject, text = words[language]
    name = organisations.names(session, [organisation])[organisation]
    filled = text.format(organisation=name, **more)
    return letter(Mail(to, subject, filled, language=language))


KINDS: dict[str, Kind | Issuing] = {
    "signons.confirm": _confirm,
    "signons.link": Issuing(_link),
    "signons.code": Issuing(_code),
}
