"""Disputes: organisations that see an ask differently, each in its own words, side by side.

Only rules. A dispute is a flag on any state and changes none: any member opens one, any other one
says how it sees it, and who opened it or a coordinator says how it was settled.

Invariants: both statements stand as they were written; no donor, observer or link reads them.
"""
