"""That a text which went out is corrected or withdrawn: to everybody who has it. No word of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Seat
from advocacy.deliveries import queries
from advocacy.organisations import queries as organisations
from advocacy.outbox import actions as outbox
from advocacy.outbox.actions import Issuing, Kind
from advocacy.outbox.mail import Mail, letter, link
from advocacy.positions import queries as positions
from advocacy.releases import queries as releases
from advocacy.releases.rules import End
from advocacy.signoff import queries as signoff
from advocacy.web.words import written

_SEATS = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.SIGNATORY)

# Language -> kind of end -> (subject, what happened). A subject is read over a shoulder.
SAID = {
    "en": {
        End.CORRECTING: ("A text is being corrected", "is being corrected. Do not pass it on."),
        End.CORRECTED: ("A text was corrected", "was replaced by a corrected text. Do not use it."),
        End.WITHDRAWN: ("A text was withdrawn", "was withdrawn. Do not use it or pass it on."),
    },
    "fr": {
        End.CORRECTING: ("Un texte est en cours de correction", "est en cours de correction. "
                         "Ne le transmettez pas."),
        End.CORRECTED: ("Un texte a été corrigé", "a été remplacé par un texte corrigé. "
                        "Ne l’utilisez plus."),
        End.WITHDRAWN: ("Un texte a été retiré", "a été retiré. Ne l’utilisez plus et ne le "
                        "transmettez pas."),
    },
    "es": {
        End.CORRECTING: ("Se está corrigiendo un texto", "se está corrigiendo. No lo pase a "
                         "nadie."),
        End.CORRECTED: ("Se corrigió un texto", "fue sustituido por un texto corregido. No lo "
                        "use."),
        End.WITHDRAWN: ("Se retiró un texto", "fue retirado. No lo use ni lo pase a nadie."),
    },
    "ar": {
        End.CORRECTING: ("نص قيد التصحيح", "قيد التصحيح. لا تمرّروه إلى أحد."),
        End.CORRECTED: ("صُحِّح نص", "حلّ محله نص مصحَّح. لا تستعملوه."),
        End.WITHDRAWN: ("سُحِب نص", "سُحِب. لا تستعملوه ولا تمرّروه إلى أحد."),
    },
}  # fmt: skip
ASKED = {
    "en": "A text that {organisation} was asked about {what}\n\nWhy, and since when:\n{link}\n",
    "fr": "Un texte soumis à {organisation} {what}\n\nPourquoi, et depuis quand :\n{link}\n",
    "es": "Un texto consultado a {organisation} {what}\n\nPor qué y desde cuándo:\n{link}\n",
    "ar": "نص سُئلت عنه {organisation} {what}\n\nالسبب والتاريخ:\n{link}\n",
}
GIVEN = {
    "en": "A text that was given to you on {day} {what}\n",
    "fr": "Un texte qui vous a été remis le {day} {what}\n",
    "es": "Un texto que se le entregó el {day} {what}\n",
    "ar": "نص سُلِّم إليكم في {day} {what}\n",
}


def _ended(session: Session, payload: dict[str, Any]) -> None:
    """One mail for each person who answers for an asked organisation, and each address outside."""
    ended = releases.ending(session, UUID(payload["end"]))
    actor = guard.actor_of(session)
    lead = replace(actor, organisation_id=ended.lead_id)
    with guard.system(session, guard.System.WORKER):
        if ended.round_id:
            asked = frozenset(signoff.invited(session, lead, ended.round_id))
        else:
            of = positions.position(session, lead, ended.position_id)
            asked = positions.participants(session, lead, of)
    for organisation in sorted({ended.lead_id, *asked}):
        people = organisations.addresses(session, organisation, seats=_SEATS, now=actor.now)
        for person in people:
            ids = {"end": ended.id, "organisation": organisation, "person": person.id}
            told = {name: str(value) for name, value in ids.items()}
            outbox.enqueue(session, "releases.tell-asked", told, due_at=actor.now)
    for outsider in queries.outsiders(session, ended.release_id):
        told = {"end": str(ended.id), "delivery": str(outsider.delivery_id)}
        outbox.enqueue(session, "releases.tell-given", told, due_at=actor.now)


def _tell_asked(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To a person of an organisation that was asked about the text."""
    ended = releases.ending(session, UUID(payload["end"]))
    actor, organisation = guard.actor_of(session), UUID(payload["organisation"])
    person = organisations.addressee(
        session, organisation, UUID(payload["person"]), seats=_SEATS, now=actor.now
    )
    if person is None:
        return None
    language = person.language if person.language in SAID else "en"
    subject, what = SAID[language][End(ended.kind)]
    names = organisations.names(session, [organisation])
    text = ASKED[language].format(
        organisation=names[organisation], what=what, link=link(f"/releases/{ended.release_id}")
    )
    return letter(Mail(person.email, subject, text, language=language))


def _tell_given(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """To somebody outside who got a copy: without a link, which would say whose it is."""
    ended = releases.ending(session, UUID(payload["end"]))
    found = queries.outsiders(session, ended.release_id)
    outsider = next((o for o in found if str(o.delivery_id) == payload["delivery"]), None)
    if outsider is None:
        return None
    language = outsider.language if outsider.language in SAID else "en"
    subject, what = SAID[language][End(ended.kind)]
    day = written(outsider.given_at, "d MMMM y", language)
    text = GIVEN[language].format(day=day, what=what)
    return letter(Mail(outsider.address, subject, text, language=language))


# Under the names that are kept in the outbox: who ends a release puts the first one there.
KINDS: dict[str, Kind | Issuing] = {
    "releases.ended": Issuing(_ended),
    "releases.tell-asked": _tell_asked,
    "releases.tell-given": _tell_given,
}
