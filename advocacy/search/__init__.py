"""Search: the words of the register, in the classes of fields that their reader may know.

Each record is indexed three times: its safe words; those and the members'; those and the full
account. A reader's question is put to each of the three as far as they read that class of the
record, so that all words of a question may stand in different fields of it.

Invariants: only ids come out of the index, and each passes the guard again on the rows of its
class; a word of a hidden class finds nothing; the index is written in the transaction of the act.
A table of another room takes part by `__searched__`, the names of its columns with words; who
writes it calls `learn` at the end.
"""
