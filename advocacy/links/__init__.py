"""Links: what stands on what: a threat and the position that answers it, a recommendation.

link: a source and a target, each a kind (threat, position, recommendation, outcome) and an id.

Invariants: a link is read only by those who see both of its ends, whatever its row says; its
audience is the meeting of theirs; it never tells that something hidden exists.
"""
