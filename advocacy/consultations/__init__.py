"""Consultations: what became of the comments on a text, and an organisation's own set of them.

decision: what the lead did with a comment (kept by discussion); the matrix lists all of them.
ours: comments of an organisation's own staff among themselves; a focal point sends the chosen
    ones to the circle as one set, in the organisation's name.
sending: the act that says which comment of ours was sent as which comment to all.

Invariants: a comment of ours is sent once, in the words its sender gives it; sending makes a new
comment and leaves the old one, its words, its answers, its author and its time where they were,
unseen by others; a matrix holds comments of one kind of readers only, so that a file for all never
carries what is not for all.
"""
