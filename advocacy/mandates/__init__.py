"""Mandates: whether a network signs for itself, or on behalf of its members.

A network signs for itself until it records who of its members decided that it may sign for them,
how, and when (practice B19). What is recorded is the network's own; what is printed under the text
is only that it signs on behalf of its members. Members are never counted by it.

Invariants: one chain per round and network; a record made after a list was compiled is not printed
in it; what is taken back is printed nowhere from that moment.
"""
