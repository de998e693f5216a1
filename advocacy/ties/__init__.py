"""Ties: how recommendations stand to one another, and the parts that one was split into.

tie: one is the same as another, says it again, replaces it, is a part of it, or waits for it. Each
is a chain of acts: made, ended, made again. part: a recommendation of its own, with its own
addressees; what came of the whole is read from its parts, and nothing of that is stored.

Invariants: a tie is shown only to those who see both ends; nobody who sees the ties makes a circle
of one kind, also not two people at once; a tie changes no state and no count.
"""
