"""Sign-off: one round asks organisations for their answer to exactly one frozen version.

round: a version, its hash, a deadline, a roster frozen as invitations. answer: what an
organisation says, as a chain of acts; the last one counts. dials: how widely an answer is shown,
outside (named, category, counted, private) and inside (all, lead only, nobody until close).

Invariants: silence is never an answer; one current answer per organisation and round; an answer
names the hash its signer was shown; after the close a dial can only be lowered; an answer row is
never read more widely than its inside dial says, and a lowered dial narrows the earlier rows too.
"""
