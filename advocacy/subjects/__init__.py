"""Subjects: what a recommendation is about, how sharp it is, and why it comes first.

said: one axis of a recommendation and what holds of it since then (affected groups, goals,
clusters, review, themes, how specific, five ticks, priority). A later one follows an earlier one,
all are kept, and the last of each axis is kept in the recommendation too, for lists.

Invariants: only the organisation that leads a recommendation says it; a priority has its reason;
what is not SMART is said plainly and stops nothing; who said it, and ticks and priority, are read
by those who see the recommendation and work here, never by donors or observers.
"""
