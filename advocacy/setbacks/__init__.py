"""Setbacks: what the reversal of an outcome asks of those who hold what it is linked to.

Invariants: nothing is opened again by itself, people report it on the ask; a reader learns only of
outcomes, links and asks that they see anyway.
"""
