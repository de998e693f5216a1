"""Retention: the full account of a closed record is kept as long as the protocol says, no longer.

Past its time it is shown to nobody, its owner included: that follows from dates alone. Erasing
then takes the words themselves away: the full account, names of parties, exact points, texts of
the analysis, details of views, remarks, and what the history held of them. The safe summary, the
figures and every count stay; so does each act of the history, without its words.

The time is counted from the closing, whatever is changed after it. A record that was put together
with another one ends when that one ends.

Invariants: nothing is erased before its time; what is erased is erased in one transaction and
written down with the day; a record past its time is changed no more.
"""
