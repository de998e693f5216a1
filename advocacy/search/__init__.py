"""Search: the words of the register, in the classes of fields that their reader may know.

Each record is indexed by its safe words; by those and the members'; by those and the full account:
each class for the groups that read so far and no further. A reader's question is put to the rows
of their groups alone, so that it costs what they see, and all words of it may stand in different
fields of a record.

Invariants: only ids come out of the index, and each passes the guard twice, on the index's own
row, whose audience is that of its class, and on the threat; a word of a hidden class finds
nothing; the index is written in the transaction of the act, also when an audience changes.
A table of another room takes part by `__searched__`, the names of its columns with words; who
writes it calls `learn` at the end.
"""
