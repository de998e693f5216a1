"""Lists: who stands under a text that went out, and who joined later.

standing: how one organisation is shown; cell: the number it is counted in. A list is compiled once
for a release and kept there with its hash. joining: a name that came under the same version after
the list was compiled (practice B20), with its day and a hash of its own; the first list never
changes. Every name, first or later, passes the same two questions for each reader: is it still
allowed, and does its organisation leave it out for them (room `channels`).

Invariants: no list, alone or laid beside others, singles out an organisation that is not named;
only a name joins, for a number that grows would tell that somebody did; who lowers is gone at once.
"""
