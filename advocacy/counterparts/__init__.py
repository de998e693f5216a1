"""Counterparts: the public edition of a text and its private one.

Two texts, each with its own circle, terms, versions, rounds and release. What joins them is one
row, read by those who are in both circles: so that nobody takes the one for the other, and so that
the lists under the two, laid side by side, give nobody away.

Invariants: leave for one is no leave for the other: no answer, name or circle goes from one to the
other; who is not in a circle does not learn that there is another edition.
"""
