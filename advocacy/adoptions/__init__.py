"""Adoptions: a body stands behind a text, which is not the same as organisations signing it.

body: a cluster, its advisory group, a country team; workspace data, with its roster and its chair.
step: one body that is to adopt, or a person who is to clear, this version. Steps follow one
another: one opens only when the one before has adopted. outcome: what the meeting decided, with
its date, chair and minutes; a later outcome corrects the earlier, none is removed.

Invariants: an adoption names a version and is never carried to another; a body's line and the
names of signatories are never one list; what is adopted with a change is not this text.
"""
