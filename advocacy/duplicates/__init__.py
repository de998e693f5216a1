"""Duplicates: two records of the same thing, put together by who may change both, and undone.

pair: two records that look alike to this reader (same risk, an area and a time that overlap, alike
words), worked out when asked, over what the reader sees and nothing else. not the same: said by an
organisation for itself, and the pair is not suggested to it again. merge: one record is absorbed by
another; both are then read by those alone who read both before; what organisations said of the
absorbed one counts with the other. For 365 days it can be undone.

Invariants: nobody's rows are moved or changed by a merge, so undoing it leaves both as they were;
a record is absorbed once at a time, and two who merge the same pair at once get one merge and one
conflict; a survivor that narrows takes what it absorbed along.
"""
