"""Runs: recommendations brought in by the command, and any run taken back.

run: what was written of one file, at once. Taking it back removes what it brought and puts back
what it changed, unless somebody did something with one of its records that its importer sees.

Invariant: what the importer does not see changes nothing of what the importer gets: the answer,
the words, the lists. A record that others built on out of its sight leaves the importer and all
other readers like the rest, and stays with those who built on it, who lead it from then on.
"""
