"""Bringing many records in at once, without surprise: look first, then one transaction.

`plan` compares a file's records with what is here and writes nothing: new, changed, same,
missing (here, but not in the file: never removed), refused (with line and reason), conflicts
(lines of one record that disagree). `apply` writes the plan in the caller's transaction, refuses
when the world has moved since the plan was made, and keeps a before-image of every record it
changed. Records carry the run's id, so that a run can be undone until someone has acted on them.

A room gives one Mapper; this room knows no other room. Before-images may hold secret text: they
are read by the undo alone, and no query of this room shows them.
"""
