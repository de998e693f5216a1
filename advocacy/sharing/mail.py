"""The mail of sharing: that one person alone asked for a wider audience, never of which record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link

# Language -> (subject, text). To the contact registered at joining (practice A5).
ALONE = {
    "en": (
        "Something will be shared more widely",
        "{organisation}: one person asked to share a record more widely. Nobody else holds a seat "
        "that could confirm it, so it can be done after 48 hours. If this is wrong, have it taken "
        "back here:\n{link}\n",
    ),
    "fr": (
        "Quelque chose sera partagé plus largement",
        "{organisation} : une personne a demandé de partager une fiche plus largement. Personne "
        "d’autre ne peut le confirmer ; ce sera possible après 48 heures. Si c’est une erreur, "
        "faites-le annuler ici :\n{link}\n",
    ),
    "es": (
        "Algo se compartirá más ampliamente",
        "{organisation}: una persona pidió compartir una ficha más ampliamente. Nadie más puede "
        "confirmarlo, así que será posible después de 48 horas. Si es un error, haga que se "
        "anule aquí:\n{link}\n",
    ),
    "ar": (
        "سيُشارَك شيء على نطاق أوسع",
        "{organisation}: طلب شخص واحد مشاركة سجل على نطاق أوسع. لا أحد غيره يستطيع التأكيد، لذلك "
        "يمكن ذلك بعد 48 ساعة. إن كان هذا خطأ فاطلبوا التراجع عنه هنا:\n{link}\n",
    ),
}


def _alone(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To the registered contact of an organisation; to nobody where there is none."""
    organisation_id = UUID(payload["organisation_id"])
    found = organisations.by_ids(session, [organisation_id]).get(organisation_id)
    if found is None or not found.registered_email:
        return None
    language = found.language if found.language in ALONE else "en"
    subject, text = ALONE[language]
    body = text.format(organisation=found.name, link=link("/"))
    return letter(Mail(found.registered_email, subject, body, language=language))


KINDS: dict[str, Kind | Issuing] = {"sharing.alone": _alone}
