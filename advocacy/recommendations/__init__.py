"""Recommendations: what was asked, word for word, by whom, in which text or session.

recommendation: a text with its source, issuers and themes; who was asked, and what came of it,
are its asks (a room of its own). It comes from a clause of a text that is out, by hand, or from
an import. Search and filters count only what the reader sees.

Invariants: a text never changes; exactly one lead ask; its readers are those of the text it comes
from; an import brings texts and answers, never progress; donors get `PublicAsk`, field by field.
"""
