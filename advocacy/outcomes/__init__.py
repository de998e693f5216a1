"""Outcomes: what changed in the world, and whether it still holds.

outcome: one sentence, who changed what, when and where. event: a dated fact about it. standing:
what its events say for a day. contribution: what an organisation says it did, in its own words.
second: an organisation that did not contribute looked, and says that it is so.

Invariants: events follow one another and are never changed, a mistake is taken back by a later
one; how it stands is worked out for a day and stored nowhere; an outcome that nobody looked at
again does not count as holding; contributions are never ranked nor counted; what is undone opens
no ask again by itself; donors read the released few fields of `rows.PublicOutcome` alone.
"""
