"""Talks: what organisations say to each other about one protection risk.

remark: said by an organisation to readers it chose: its own people, the record's owner, the
coordinators, a sharing circle, or all who read the members part. ask: whose answer it asks for.
act: taken back by who said it, or folded away by a coordinator.

Invariants: a remark is read by whom its writer chose and by nobody beyond the members part of its
record, on no later day either; before it is sent its writer is told who reads it, as far as they
may know; what is taken back is read by its own organisation alone, and leaves no mark.
"""
