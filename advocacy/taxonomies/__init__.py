"""Taxonomies: the lists of what a recommendation may be about, and which one is about what.

axis: one question about a recommendation (affected group, development goal, cluster, review;
themes, how specific, which ticks, priority). The first four are answered from lists of their own,
data files of `reference`; whether a list takes one answer or several is said in its file.

Invariants: what a recommendation is about is kept in it, and once more as rows by which lists are
narrowed; both are written together (`recommendations.mapper`). A goal stands for its targets too.
Donors may be shown the axes of PUBLIC, nobody but members those of INSIDE.
"""
