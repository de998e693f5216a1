"""Editions: a text that went out, as files to take along: PDF, Word, one page of HTML.

edition: text, attribution, who stands behind it and their printed reservations, drawn anew each
time it is asked for from the stored release less everything that was lowered since. pack: what an
organisation's headquarters needs to clear a text, made for that organisation alone.

Invariants: a file holds nothing that the page of the release does not show to the same reader at
the same instant; no file is kept; no name, number or trace of who is not named is in its text,
its properties or its name; what people wrote is set as text, never run.
"""
