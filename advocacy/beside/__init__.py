"""Beside: all that stands beside a recommendation, gathered for its page and for its sharing.

Only what other rooms know: where to raise it, milestones, commitments, other languages, ties.
Whoever changes the readers of a recommendation calls `actions.follow` in the same transaction.
"""
