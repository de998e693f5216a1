"""Intake: a sheet of somebody's own records into the register, looked at before it is written.

column: of the sheet; field: of a record. matched: which column is which field, guessed from names
in four languages and from the headers of form collectors (group/name), and confirmed by a person.

Invariants: nothing is written before its plan was seen; all of a plan or nothing; what comes in
stays at own level; a day that could be read in two ways is asked about, never guessed; a run can
be taken back for 24 hours, unless somebody has acted on its records since.
"""
