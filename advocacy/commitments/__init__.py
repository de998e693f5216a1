"""Commitments: what each member of a body says it will do about an ask that was put to the body.

commitment: a chain of acts of one member on one ask: its reply, what it will do and by when, and
how far it came. Said by the member itself, or by others on its behalf with a source.

Invariants: the ask has one state, and no commitment changes it: a member that did its part makes
nothing done; who left the body keeps what it said under the name it had; read by those who work
here and by the member itself, by no other donor, so a sensitive member is in none of their views
and totals (practice A8).
"""
