"""Briefs: one page for a meeting, made in one click: of the country team, or for donors.

brief: the worst protection risks, what was raised, replied, moved and undone since a day, what
comes next. For the country team it is made of what every member may read, for donors of what
every donor may read; its maker's own records are in neither unless those read them too.

Invariants: nothing is in a brief that its readers may not read, whoever makes it; no percentages;
no name of who confirmed; a risk whose words look like one person's data is left out.
"""
