"""Disclosure: what a count may tell outside, so that nobody is found by it.

cell: one number of a table. small: below the workspace's smallest cell. hidden: not told; small
ones and as many others as are needed so that none can be worked out. released: a table with its
hidden cells, from which every view for observers, donors and the public takes its numbers.

Invariants: a hidden cell has two values at least that fit all that is shown, totals included; a
small cell and one that covers for it look alike; a view never counts anew, so that no two views
can be subtracted from each other.
"""
