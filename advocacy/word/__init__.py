"""Word: Word files that come in, made from one of our texts or from none.

file: a Word file that somebody sent, as it was read; kept by their organisation alone.
item: one thing found in it: a proposal to be made, a comment, or words that nobody can place.
origin: the version or draft that a returned file was made from (see `copies`).

Invariants: a file never changes a text; what is found is shown and counted before anything is
sent; every item ends as sent, placed, dismissed or nothing to do, and keeps its words; the file
itself is not kept.
"""
