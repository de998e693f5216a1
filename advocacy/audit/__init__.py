"""The audit: typed events, written in the same transaction as the act they tell of.

book: one hash chain (a position, a round, a register, a workspace), so that no number in it tells
of acts elsewhere. event: a frozen dataclass with `NAME` and its exact fields; a wrong call fails.
detail: the fields, beside the chain with their salt: erasable without breaking it.

Invariants: sequence per book without gaps; each hash covers the row and the hash before it.
"""
