"""Extracts: the register as a file, exactly as filtered and as its reader may see it.

reach: for ourselves (every class of fields that the reader may read), or for outside (what donors
may read: first level, bands, no names, small numbers hidden). A file says who made it, when, with
which filter, and how it may be handled.

Invariants: a file holds nothing that its maker's pages do not show; no cell is a formula; what goes
outside stops where a text looks like one person's data and its author has not said that it is
none, or where that look fails; each file is logged, for the organisation that made it alone.
"""
