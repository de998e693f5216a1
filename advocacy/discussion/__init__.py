"""Discussion: threads with an audience, about a record or a clause of its text.

thread: begins with a comment, may point at a clause and quote its words; open or resolved.
comment: what an organisation said; never changed.
act: resolved or reopened, by whom.

Invariants: a thread is read by its audience and nobody else; comments and acts are rows for ever;
whether the clause still is what was spoken about is asked of `text.anchor`, never stored.
"""
