"""Proposals: what another organisation would change in somebody's record.

proposal: for some fields, the value it was based on and the value proposed, with a reason. Read by
who proposes and who owns the record, by nobody else. act: accepted, accepted in part, declined
with a reason, withdrawn.

Invariants: nothing changes but by the owner, through the owner's own edit and in its transaction;
a field that has changed since is stale and cannot be accepted; proposals of the same values close
together, each with its own act, so that all who proposed them are credited; the number of a
record's versions never leaves it, so a proposal is based on values.
"""
