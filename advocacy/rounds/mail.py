"""The mails of a round. No title and no text: a mail is read in places that we do not know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat
from advocacy.ground import clock
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Issuing, Kind, Later, Noting, enqueue
from advocacy.outbox.mail import Mail, letter, link
from advocacy.proofs import queries as proofs
from advocacy.reminders import queries as reminders
from advocacy.signoff import queries
from advocacy.signoff.rows import RoundRow
from advocacy.tallies import actions as tallies
from advocacy.tallies.rules import Posted
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
# Under a receipt that is mailed: who keeps the mail can tell if the log is written anew (I21). Only
# heads that everybody of the round can have, at their fixed times: one tells of no answer (A3).
LOG = {
    "en": "\nKeep this line. So stood the log of the round at {at} (head {number}):\n{root}\n",
    "fr": "\nGardez cette ligne. Elle dit l’état du journal le {at} (tête {number}) :\n{root}\n",
    "es": "\nGuarde esta línea. Así estaba el registro el {at} (cabeza {number}):\n{root}\n",
    "ar": "\nاحتفظوا بهذا السطر. إنه يبيّن حال سجل الجولة عند {at} (الرأس {number}):\n{root}\n",
}
# After the first words of the mail that asks, where silence counts.
SILENCE = {
    "en": "If you stay silent until then, the text passes as having no objection from you. "
    "Silence never puts your name under it.\n",
    "fr": "Si vous gardez le silence jusque-là, le texte passe sans objection de votre part. "
    "Le silence ne met jamais votre nom en dessous.\n",
    "es": "Si guarda silencio hasta entonces, el texto pasa sin objeción de su parte. "
    "El silencio nunca pone su nombre debajo.\n",
    "ar": "إذا بقيتم صامتين حتى ذلك الحين، يمر النص على أنه بلا اعتراض منكم. "
    "والصمت لا يضع اسمكم تحته أبدًا.\n",
}
EXTENDED = {
    "en": (
        "There is more time to answer",
        "The text that {organisation} is asked about stays open until {by}.\n\n"
        "Who decided it, and why, stands here:\n{link}\n",
    ),
    "fr": (
        "Il y a plus de temps pour répondre",
        "Le texte soumis à {organisation} reste ouvert jusqu’au {by}.\n\n"
        "Qui l’a décidé, et pourquoi, se lit ici :\n{link}\n",
    ),
    "es": (
        "Hay más tiempo para responder",
        "El texto consultado a {organisation} sigue abierto hasta el {by}.\n\n"
        "Quién lo decidió, y por qué, está aquí:\n{link}\n",
    ),
    "ar": (
        "هناك وقت أطول للرد",
        "يبقى النص المطلوب رأي {organisation} فيه مفتوحًا حتى {by}.\n\n"
        "من قرر ذلك ولماذا تجدونه هنا:\n{link}\n",
    ),
}
HELD = {
    "en": (
        "A text is held back",
        "Somebody who was asked, like {organisation}, holds the text back. "
        "It does not pass by silence as it is.\n\nRead where it stands:\n{link}\n",
    ),
    "fr": (
        "Un texte est retenu",
        "Quelqu’un qui a été consulté, comme {organisation}, retient le texte. "
        "Il ne passe pas par silence tel quel.\n\nVoyez où il en est :\n{link}\n",
    ),
    "es": (
        "Un texto queda retenido",
        "Alguien que fue consultado, como {organisation}, retiene el texto. "
        "No pasa por silencio tal como está.\n\nVea en qué punto está:\n{link}\n",
    ),
    "ar": (
        "نص موقوف",
        "جهة طُلب رأيها، مثل {organisation}، أوقفت النص. "
        "لا يمر بالصمت كما هو.\n\nاطلعوا على وضعه:\n{link}\n",
    ),
}
TAKEN_OFF = {
    "en": (
        "An answer is no longer asked of your organisation",
        "An answer is no longer asked of {organisation}. The reason stands here:\n{link}\n",
    ),
    "fr": (
        "Une réponse n’est plus demandée à votre organisation",
        "Une réponse n’est plus demandée à {organisation}. La raison se lit ici :\n{link}\n",
    ),
    "es": (
        "Ya no se pide una respuesta a su organización",
        "Ya no se pide una respuesta a {organisation}. El motivo está aquí:\n{link}\n",
    ),
    "ar": (
        "لم يعد الرد مطلوبًا من منظمتك",
        "لم يعد الرد مطلوبًا من {organisation}. السبب هنا:\n{link}\n",
    ),
}
_SEATS = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.SIGNATORY)


def _opened(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an answer is asked; nothing once the round is over.

    It waits until the person's quiet hours end, where that leaves more than a day to answer.
    Raises: Later.
    """
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
    person = organisations.addressee(session, organisation, person_id, seats=_SEATS, now=actor.now)
    if person is None or (only_open and not round_.is_open):
        return None
    if words is OPENED:
        _wait(session, person_id, round_)
    language = person.language if person.language in words else "en"
    subject, text = words[language]
    if words is OPENED and round_.is_silence:
        text = text.rpartition("\n\n")[0] + "\n\n" + SILENCE[language]
    local = round_.closes_at.astimezone(clock.zone(round_.zone))
    by = written(local, "EEEE d MMMM, HH:mm", language)
    names = organisations.names(session, [organisation])
    body = text.format(
        organisation=names[organisation],
        by=f"{by} ({round_.zone})",
        link=link(f"/signoff/{round_.id}"),
    )
    if words is ANSWERED:
        body += _log_line(session, reader, round_, language)
    return letter(Mail(person.email, subject, body, language=language))


def _log_line(session: Session, reader: Actor, round_: RoundRow, language: str) -> str:
    """The newest head of the round's log; nothing for a round from before there were logs."""
    try:
        with guard.system(session, guard.System.WORKER):
            head = proofs.log(session, reader, round_.id).heads[-1]
    except NotFound:
        return ""
    at = written(head.at.astimezone(UTC), "d MMMM y, HH:mm", language) + " UTC"
    return LOG[language].format(at=at, number=head.number, root=head.root.hex())


def _wait(session: Session, person_id: UUID, round_: RoundRow) -> None:
    at = reminders.may_wait(session, person_id, zone=round_.zone, closes_at=round_.closes_at)
    if at is not None:
        raise Later(at)


def _extended(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That a round stays open longer."""
    return _letter(session, payload, EXTENDED, only_open=True)


def _taken_off(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That an organisation is asked no longer."""
    return _letter(session, payload, TAKEN_OFF, only_open=True)


def _told_held(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """That somebody holds the text back; never who (I8)."""
    return _letter(session, payload, HELD, only_open=False)


def _held(session: Session, payload: dict[str, Any]) -> None:
    """Tell everybody on the roster at once. Who answered cannot do it: it sees no roster."""
    now, round_id = guard.actor_of(session).now, UUID(payload["round"])
    with guard.system(session, guard.System.WORKER):
        on = queries.asked(session, round_id)
    for organisation in sorted(on):
        for person in organisations.addresses(session, organisation, seats=_SEATS, now=now):
            ids = {"round": round_id, "organisation": organisation, "person": person.id}
            told = {name: str(value) for name, value in ids.items()}
            enqueue(session, "rounds.told-held", told, due_at=now)


def _reached(session: Session, payload: dict[str, Any]) -> None:
    """The server of one person took the mail that asks."""
    round_id, organisation = UUID(payload["round"]), UUID(payload["organisation"])
    person = UUID(payload["person"])
    tallies.note_delivery(session, round_id, organisation, person, Posted.DELIVERED)


def _lost(session: Session, payload: dict[str, Any]) -> None:
    """The mail that asks was refused for good, or came back."""
    round_id, organisation = UUID(payload["round"]), UUID(payload["organisation"])
    person = UUID(payload["person"])
    tallies.note_delivery(session, round_id, organisation, person, Posted.NOT_REACHED)


KINDS: dict[str, Kind | Issuing | Noting] = {
    "rounds.opened": Noting(_opened, _reached, _lost),
    "rounds.answered": _answered,
    "rounds.extended": _extended,
    "rounds.taken-off": _taken_off,
    "rounds.held": Issuing(_held),
    "rounds.told-held": _told_held,
}
