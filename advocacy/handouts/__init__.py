"""Handouts: the page that donors read as a file, exactly as it is on the screen.

sheet: the lines of the page as a table. paper: the same in words, to print. For a donor's account
and for who opened a link; what was asked of the reader's own organisation stands first, where it
was published or delivered to it.

Invariants: a file is made of the rows of the page and of nothing else, so that a new column of ours
is in none until the page shows it; no cell is a formula; "018" keeps its zero; each file is noted
before its first byte: for an account with its organisation, for a link with no word of who took it.
"""
