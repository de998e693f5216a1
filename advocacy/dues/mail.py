"""The digest of the week: how many asks are due, and one link per line. No word of a text."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.accounts import queries as accounts
from advocacy.dues import actions, queries
from advocacy.dues.rows import Due
from advocacy.dues.rules import MOST_IN_MAIL
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import Kind, Sweep
from advocacy.outbox.mail import Mail, letter, link
from advocacy.web.words import written

# Language -> (subject, text). A subject names nobody.
DIGEST = {
    "en": (
        "This week’s follow-up list",
        "Asks that want a look by {organisation}: {number}.\n\n{lines}\n\n"
        "All of them, and how to put one off:\n{link}\n\n"
        "Change how you are reminded: {settings}\n",
    ),
    "fr": (
        "La liste de suivi de la semaine",
        "Demandes que {organisation} devrait regarder : {number}.\n\n{lines}\n\n"
        "Toutes, et comment en reporter une :\n{link}\n\n"
        "Changez la façon dont on vous rappelle : {settings}\n",
    ),
    "es": (
        "La lista de seguimiento de la semana",
        "Peticiones que {organisation} debería mirar: {number}.\n\n{lines}\n\n"
        "Todas, y cómo aplazar una:\n{link}\n\n"
        "Cambie cómo se le recuerda: {settings}\n",
    ),
    "ar": (
        "قائمة المتابعة لهذا الأسبوع",
        "طلبات تحتاج إلى نظر من {organisation}: {number}.\n\n{lines}\n\n"
        "القائمة كاملة، وكيف تؤجل طلبًا:\n{link}\n\n"
        "غيّر طريقة تذكيرك: {settings}\n",
    ),
}

# Language -> how a line begins, in the order of `_WHY`.
LINES = {
    "en": (
        "Late since {day}",
        "Due on {day}",
        "To be reviewed by {day}",
        "No reply by {day}",
        "Not looked at since {day}",
    ),
    "fr": (
        "En retard depuis le {day}",
        "À faire pour le {day}",
        "À réexaminer pour le {day}",
        "Sans réponse au {day}",
        "Plus regardée depuis le {day}",
    ),
    "es": (
        "Con retraso desde el {day}",
        "Vence el {day}",
        "Por revisar antes del {day}",
        "Sin respuesta al {day}",
        "Sin revisar desde el {day}",
    ),
    "ar": (
        "متأخر منذ {day}",
        "موعده {day}",
        "تجب مراجعته قبل {day}",
        "بلا رد حتى {day}",
        "لم يُنظر فيه منذ {day}",
    ),
}
_WHY = ("late", "soon", "review", "unanswered", "stale")


def _digest(session: Session, payload: dict[str, Any]) -> Callable[[], None] | None:
    """What is due for one person now; nothing where all of it was done meanwhile."""
    ids = {name: UUID(payload[name]) for name in ("person", "organisation", "workspace")}
    reader = queries.reader_of(session, ids["person"], ids["organisation"], ids["workspace"])
    person = accounts.by_id(session, ids["person"])
    if reader is None or person is None:
        return None
    listed = queries.told_to(session, reader, ids["workspace"])
    if not listed:
        return None
    language = person.language if person.language in DIGEST else "en"
    subject, text = DIGEST[language]
    begins = dict(zip(_WHY, LINES[language], strict=True))
    with guard.system(session, guard.System.WORKER):
        slug = _slug(session, reader, ids["workspace"])
    body = text.format(
        organisation=organisations.names(session, [ids["organisation"]])[ids["organisation"]],
        number=len(listed),
        lines="\n".join(_line(one, begins, language) for one in listed[:MOST_IN_MAIL]),
        link=link(f"/dues/in/{slug}"),
        settings=link("/reminders"),
    )
    headers = {"List-Unsubscribe": f"<{link('/reminders')}>"}
    return letter(Mail(person.email, subject, body, language=language, headers=headers))


def _slug(session: Session, reader: Any, workspace_id: UUID) -> str:
    return organisations.workspace_by_id(session, reader, workspace_id).slug


def _line(one: Due, words: dict[str, str], language: str) -> str:
    day = written(datetime.combine(one.since, time(12), UTC), "d MMMM y", language)
    said = words[str(one.why)].format(day=day)
    return f"{said}: {link(f'/recommendations/{one.recommendation_id}#ask-{one.ask_id}')}"


KINDS: dict[str, Kind] = {"dues.digest": _digest}
SWEEPS = {
    "dues": Sweep(
        is_due=lambda session: bool(queries.due_digests(session)), queue=actions.queue_due
    )
}
