"""What people write, as exact data: one form, one hash, one road to HTML.

A *clause* is one numbered piece of a text, with an identity (`cid`) that outlives its wording.
canon     the one form in which a text is stored, compared and hashed
hashes    clause, content and plain digests; what exactly an organisation signs
anchor    does what was said about a clause still fit it: same, changed, gone
diff      differences a person can read: clauses by identity first, then words
rebase    two people changed the same text: join both, or say where they collide
markdown  the only way from written text to HTML

All functions are pure: no database, no clock, no request. Two texts are the same text exactly
when their normal forms are equal; no function here ever drops words in silence.
"""
