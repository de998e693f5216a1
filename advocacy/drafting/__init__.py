"""Drafting: one live text of ordered clauses that several organisations write together.

document: a text with an audience; it knows nothing of what it is for (position, letter).
clause: one heading, paragraph or recommendation, with an identity (`cid`) that outlives its words.
basis: what an edit was made on; the clause's hash, or the order of clauses.

Others use the seam only: `queries.clauses`, `queries.order_hash`, `actions.change`, `close`,
`reopen`. Invariants: an edit on an old basis is refused with today's clauses; every edit leaves an
act (who, for which organisation, which words); a closed document takes no edit; whoever sees a
document takes part in it, since its audience is its circle of writers.
"""
