"""Releases: the way of a signed version out of the house.

harm check: who could be hurt by speaking and by silence, before any release. gate: what still
stands in the way, as a list of reasons. release: text and list, compiled once from the answers at
that instant; what an organisation lowers later is gone from every page at once.

Invariants: no release without a harm check; no name, number or footnote that an organisation did
not allow; no number that counts fewer than the workspace's smallest cell; nobody who was shown
wider before is counted among the unnamed.
"""
