"""Picture: the register of threats seen as a whole, for one reader.

matrix: protection risk by area of the first level, each cell the worst severity of the records
that this reader sees. list: the records, newest check first, with filters in the address.

Invariants: nothing is counted before it is known to be visible; nothing is stored.
"""
