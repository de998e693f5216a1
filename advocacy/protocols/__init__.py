"""Protocols: the Information Sharing Protocol of a workspace, and who has accepted it.

protocol: one version: labels of the four sensitivities and how far each may go at most, who
decided it and when, where the data lies, how long full accounts are kept, and its text or link.
in force: the last version whose day has come. acceptance: an organisation's dated word, given by
who signs for it.

Invariant: where a protocol is in force, an organisation sees the register only once it accepted
that version or a later one. A protocol only narrows what the house allows (practice C29).
"""
