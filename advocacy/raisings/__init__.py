"""Raisings: each time an ask was put to its addressee again, and when to come back to it.

What happened is a step of the room of asks; here is with whom it was raised, by role and never by
name, what they replied, and the next date. The next date is work for the organisation that set
it until anybody raises the ask again.

Invariants: members alone read it; it is never read more widely than its step.
"""
