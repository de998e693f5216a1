"""Objections: what becomes of an answer that asks for a change.

request: the answer itself says what and why; here is kept what would settle it, so that the lead
can act on it, and, where the organisation says so, the exact wording of one clause with which it
would endorse. talk: replies of the owner and of the lead.
state: open (the owner spoke last), answered (the lead did), cleared. Only the owner clears: by
saying so, or by another answer. It is worked out from the rows.
"Do not issue it in the body's name" is such a request too: its owner lifts it the same way, also
after the close.
offer: once the clause reads so, the endorsement is one press. It is never made by itself.

Invariant: whoever reads the answer reads all of this, and nobody else does; when the inside dial
of the answer is lowered, what hangs on it follows.
"""
