"""Amendments: exact wording that an organisation proposes for a clause of somebody's text.

amendment: a replacement, a new clause, a removal or a move, with the clause as it read then.
act: proposed, offered with changes, agreed, refused, accepted, rejected, withdrawn; one chain.
support: an organisation stands behind an amendment from a day on, or no longer; a chain of its own.
currency: what the text of today makes of it: applies, rebased, conflict or orphaned; computed.

Invariants: read by the circle of the position and nobody else; rows are for ever, also when their
clause is gone; the lead decides, the proposer answers an offer; what is accepted is an edit of the
live text, made in the same transaction and named with its proposer; a decision on an older state
or another text than was shown is refused with today's.
"""
