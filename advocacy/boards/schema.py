"""Ways into the asks for lists and boards: by their readers, and by what presses most.

What one reader sees is little of all there is, so it is found by its readers and not one by one;
and a column, a drawing and an institution's page begin with their first card.
"""

from typing import Any

from sqlalchemy import Index

from advocacy.asks.schema import Ask

_a: Any = Ask.__table__.c
_HELD = _a.held_from.is_not(None)
_SEEN = (_a.workspace_id, _a.audience_id)
_WHOSE = (_a.institution_id, _a.audience_id)

Index("ix_ask_readers_reply", *_SEEN, _a.response, _a.progress, _a.recommendation_id)
Index("ix_ask_readers_late", *_SEEN, _a.late_after, _a.progress, _a.recommendation_id)
Index("ix_ask_institution_readers", *_WHOSE, _a.progress, _a.late_after, _a.response)
Index("ix_ask_institution_late", _a.institution_id, _a.late_after, _a.id, _a.audience_id)
Index("ix_ask_pressing", _a.workspace_id, _a.progress, _a.late_after, _a.id, _a.audience_id)
Index("ix_ask_first_date", _a.workspace_id, _a.original_due_on, _a.id, _a.audience_id)
Index(
    "ix_ask_held",
    *(_a.workspace_id, _a.held_from, _a.id, _a.audience_id),
    sqlite_where=_HELD,
    postgresql_where=_HELD,
)
