"""What is wrong, or missing, is one type. Words for each code live in `web/reasons.py`."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One thing that is wrong or missing.

    code: `room.what`, for example `signoff.round-closed`; every code has words in `web/reasons.py`.
    about: the form field or record it concerns; empty = the whole.
    facts: values the sentence needs; never text the reader may not see.
    """

    code: str
    about: str = ""
    facts: dict[str, Any] = field(default_factory=dict, hash=False)
