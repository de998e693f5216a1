"""Together: one deed on many asks, looked at before it is done.

deed: a due date, "nothing changed", raised with an institution, a theme added or taken away. Who
follows up is handed over in its own room (`assignments`).

Invariants: each ask gets an ordinary act of its own, as if done alone, by the rules of its room;
all of them in one transaction, or none; each names what it was based on; what moved since is
listed as it is now, and nothing typed is lost; only what the doer may change is offered.
"""
