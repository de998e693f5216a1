"""Note that a file is taken through a link, before a byte of it is sent."""

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.handouts import rules
from advocacy.handouts.schema import ShareFile
from advocacy.reports.rules import Kind
from advocacy.shares import queries as shares


def note(session: Session, actor: Actor, *, token: str, kind: str) -> ShareFile:
    """Note a file that is taken with the pass of an opened link.

    Raises: NotFound for a link that is over, also when that was a moment ago; Invalid.
    """
    came = shares.opened(session, token, now=actor.now)
    if kind not in rules.KINDS:
        raise Invalid(Reason("form.choice", "kind"))
    row = ShareFile(id=new_id(), share_id=came.share_id, at=actor.now, kind=Kind(kind).value)
    session.add(row)
    session.flush()
    return row
