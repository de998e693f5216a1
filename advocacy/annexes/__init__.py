"""Annexes: files that go with a text and are signed with it.

annex: a file with a title of its own and a place among the others. file: what was sent, known by
its SHA-256. A draft's annexes can be changed by its lead while it is open; a version keeps them as
they were when it was frozen, and `line` of each is in its content hash.

Invariants: an annex is read by those who read its text, and with a release by its readers, no
sooner and no longer; the sender's name of a file is not kept; a file that a version has is never
changed or removed, one that none has is erased when its annex goes; a file is never run or shown
by us, only handed over.
"""
