"""Threats: the shared register of protection risks, each record with its own audience.

threat: who does what to whom, where, under one of the 15 protection risks. Its fields are of
three classes, each a table: *safe* (all who may see the record), *members* (exact place, figures,
how we know), *restricted* (the full account; own organisation and those it names).
check: somebody of the owner looked again: still true, changed, closed.

Invariants: a new record is seen by its own organisation only, unless it says wider in the same
transaction; sensitivity only caps; a change of what is hidden looks to others like a check;
records of children and sexual violence stay at own level; whether a check is late follows from
dates and is stored nowhere.
"""
