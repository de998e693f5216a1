"""Proofs: what lets anybody check an answer without us.

statement: an act of answering in canonical JSON. entry: its salted commitment, at a place that
chance chose, in the log of its round. log: an RFC 6962 tree, filled up with entries that mean
nothing, so that its length depends on the clock alone. head: the log at a fixed time, signed; at
each midnight UTC while the round is open, at its close, then each week. receipt: statement, salt
and the way to a head, signed when it is fetched.

Invariants: the entry is written in the transaction of its act, for every act alike; nothing in the
log says whose an entry is, or whether it is one; erasing a statement leaves the tree as it is; a
head, once it can be had, never changes.
"""
