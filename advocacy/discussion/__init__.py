"""Discussion: threads with an audience, about a record or a clause of its text.

thread: begins with a comment, may point at a clause and quote its words; open or resolved.
point: what the first comment is: its kind, the wording it proposes, and who it is for: the whole
    circle, the lead alone, or one's own organisation.
comment: what an organisation said; never changed. mention: whose attention it asks for.
act: resolved or reopened; disposition: what the lead did with the point, and why.

Invariants: a thread is read by its audience and nobody else, and no wider than its record; what
is not for the whole circle leaves no line in the record's log; a mention is read by those who
wrote it and those it names; whether the clause still is what was spoken about is asked of
`text.anchor`, never stored.
"""
