"""Wordings: what a recommendation says in other languages than the one it was put in.

wording: a text in one language, official (issued like that, with its source) or our translation;
a later one follows an earlier one, and all are kept. The original stays the recommendation's own.

Invariants: nothing that was written is changed; whoever reads the recommendation reads its
wordings, and nobody else; a wording is never in the language of the original.
"""
