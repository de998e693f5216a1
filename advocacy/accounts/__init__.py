"""Accounts: people, their passwords and sessions.

person: someone who signs in; has no power of their own, only through seats (organisations).
session: a bearer, kept hashed, new at each sign-in; idle 30 minutes, 12 hours at most.
attempt: a failed sign-in, counted per account and per address, both as keyed hashes.

Invariants: the same answer and the same work for an unknown address; attempts slow down and
never lock out for ever; no network address is kept.
"""
