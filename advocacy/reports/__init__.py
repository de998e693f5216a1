"""Reports: the list of recommendations as a file, exactly as filtered and as its reader may see it.

line: one ask with its recommendation; one that nobody was asked stands alone. report: a paper in
sections (what it covers, where things stand, by state, what changed, setbacks, what comes next).

Invariants: a file holds nothing that its maker's pages do not show; no cell is a formula; a number
with zeros in front keeps them; each file is logged, for the organisation that made it alone.
"""
