"""Renderings: the text of a position in other languages, clause by clause.

rendering: a clause in another language, made from exact words of the source (their hash).
state: draft; checked, by a person who did not write it; out of date, when the source says more
or less than what was translated. Worked out from acts, never kept.
language of record: the language that is signed; every other one is a reading of it.

Invariants: what was translated and checked is written once; who reads a text reads its
renderings; a frozen version shows those that were checked, of its own words and no others.
"""
