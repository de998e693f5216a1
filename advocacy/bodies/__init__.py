"""Bodies: institutions that are made of institutions, like a country team or a group of donors.

part: an institution that belongs to a body from a day, until a day if it left. Each is an act: what
was said stays, and with it the name that it had on that day.

Invariants: read by those who know of both, and by the organisation that the part is; a part of a
body does not confirm what the body reported done.
"""
