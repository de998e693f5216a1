"""Positions: a joint text as a case, from the first draft to the version organisations sign.

position: led by one organisation (the penholder), with a circle of participants of its own.
stage: where it stands; a chain of acts, and one kept fold.
version: the text as frozen, with its release terms; numbered, for ever, named by its hash.

Invariants: a position is read by its lead and the circle, nobody else, coordinators included; a
version never changes, a fix is a new version; who is in the circle is listed to the lead only;
stages move through `actions.move` along one table in `rules`.
"""
