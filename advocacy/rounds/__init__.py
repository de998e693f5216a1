"""Rounds: the lead's pages of a sign-off. What they do lives in `signoff`.

open: put a version to organisations until a deadline. round page: whom one asked, what one may
see of the answers, what is still missing; close early, or give the round up. mail: that an answer
is asked, that one was recorded. None of them holds a word of the text.

Invariant: the pages read the same for an organisation that keeps its answer and one that is silent.
"""
