"""Grants: until which day a donor takes part. Its access ends with its grant.

The last day of a donor is set and moved by who coordinates, with a reason; each time is an act. The
day itself stands where everything else asks: at the membership, and in the group of donors.

Invariants: nothing runs when the day has passed: who asks a moment later is in the workspace no
more, on no page, file, feed or mail; what was set is never changed, only followed; the reason is
read by the organisations that coordinate, the day by the donor too.
"""
