"""Batches: recommendations that come in together, looked at before anything is kept.

batch: a file or a pasted text of one organisation, waiting to be matched; run: what was written of
it. A record is one text put to its owners; lines that say the same of it are one record, and where
they disagree the most cautious word is taken and the lines are told.

Invariants: nothing is written before its plan was seen; all of a plan or nothing; an owner that is
not known is asked about; nothing comes in as done; a text that is here already never changes; a run
can be taken back, and leaves what it met as it was, until somebody acts on one of its records.
"""
