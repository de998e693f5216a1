"""Admissions: an organisation that works here already is asked into one more workspace.

admission: a coordinator writes the address of the organisation's focal point, and as what it would
take part; a one-use link goes there, for 72 hours. Whoever holds that address and speaks for an
organisation accepts for it; nothing else lets it in.

Invariants: who asks never learns whether the address is known here until it is accepted; a link
is good for one address and once; it dies with the power of who sent it.
"""
