"""Copies: a text taken along as a Word file, to be read or worked on elsewhere.

sheet: a text with its clauses numbered, what its circle said about it as comments, and what is
proposed as tracked changes in each organisation's name. Each clause carries a hidden bookmark
with its id and hash, the file a hidden part that says which text and version it is.

Invariants: a copy holds what the whole circle of the text may read and nothing that only some of
it may, since files travel; the same text gives the same bytes; its name holds no title.
"""
