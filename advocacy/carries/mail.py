"""The mails of carrying: that something is to be looked at, never what."""

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
from advocacy.signoff import queries
from advocacy.signoff.actions import ANSWER_SEATS

# Language -> (subject, text). A subject is read over a shoulder: it names nobody.
CARRIED = {
    "en": (
        "A spelling was corrected",
        "A text that {organisation} endorsed was corrected in its spelling. See the difference "
        "here, and take your organisation out within 24 hours if it is more than that:\n{link}\n",
    ),
    "fr": (
        "Une faute a été corrigée",
        "L’orthographe d’un texte que {organisation} a soutenu a été corrigée. Voyez la "
        "différence ici, et retirez votre organisation dans les 24 heures si c’est plus que "
        "cela :\n{link}\n",
    ),
    "es": (
        "Se corrigió la ortografía",
        "Se corrigió la ortografía de un texto que {organisation} apoyó. Vea la diferencia aquí y "
        "retire su organización en 24 horas si es más que eso:\n{link}\n",
    ),
    "ar": (
        "صُحِّح خطأ إملائي",
        "صُحِّح إملاء نص أيّدته {organisation}. اطّلعوا على الفرق هنا، واسحبوا منظمتكم خلال 24 "
        "ساعة إن كان أكثر من ذلك:\n{link}\n",
    ),
}
VOIDED = {
    "en": (
        "An answer no longer counts",
        "{organisation}: an answer was taken out, because who gave it was not allowed to. Read "
        "more here:\n{link}\n",
    ),
    "fr": (
        "Une réponse ne compte plus",
        "{organisation} : une réponse a été retirée, car la personne qui l’a donnée n’en avait pas "
        "le droit. Lisez la suite ici :\n{link}\n",
    ),
    "es": (
        "Una respuesta ya no cuenta",
        "{organisation}: se retiró una respuesta, porque quien la dio no tenía permiso. Lea más "
        "aquí:\n{link}\n",
    ),
    "ar": (
        "لم يعد أحد الردود محسوبًا",
        "{organisation}: سُحب رد لأن من قدّمه لم يكن مخوّلًا. المزيد هنا:\n{link}\n",
    ),
}


def _carried(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To each organisation whose answer was carried over a spelling."""
    return _letter(session, payload, CARRIED, "/carries/{round}")


def _voided(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To the organisation whose answer was taken out, and to the lead."""
    return _letter(session, payload, VOIDED, "/signoff/{round}")


def _letter(
    session: Session, payload: dict[str, Any], words: dict[str, tuple[str, str]], path: str
) -> Callable[[], None] | None:
    actor = guard.actor_of(session)
    organisation, person_id = UUID(payload["organisation"]), UUID(payload["person"])
    reader = replace(actor, organisation_id=organisation)
    try:
        with guard.system(session, guard.System.WORKER):
            queries.round_of(session, reader, UUID(payload["round"]))
    except NotFound:
        return None
    person = organisations.addressee(
        session, organisation, person_id, seats=ANSWER_SEATS, now=actor.now
    )
    if person is None:
        return None
    language = person.language if person.language in words else "en"
    subject, text = words[language]
    names = organisations.names(session, [organisation])
    href = link(path.format(round=payload["round"]))
    body = text.format(organisation=names[organisation], link=href)
    return letter(Mail(person.email, subject, body, language=language))


KINDS: dict[str, Kind | Issuing] = {"carries.carried": _carried, "carries.voided": _voided}
