"""Decisions: one proposed wording, who stands behind it, and what becomes of it.

The doors of what `amendments` keeps: the lead takes it, offers other wording or says no with a
reason; the proposer agrees, does not, or takes it back; others of the circle stand behind it.

Invariant: a button sends back what its page was drawn from, so that nobody decides about words
they have not seen.
"""
