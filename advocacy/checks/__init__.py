"""Checks: is this the endorsed text? A page for everybody who holds a copy.

copy: the words somebody pasted, with the quotes, blanks and dashes of whatever program they came
from. answer: endorsed, superseded, withdrawn or unknown, and which text, which version, since when.

Invariants: it knows what everybody may read at this instant and nothing else, whoever asks; a
private or embargoed text is unknown, after the same work; it never says who endorses; digits and
words must be the same one by one; what was pasted is not kept.
"""
