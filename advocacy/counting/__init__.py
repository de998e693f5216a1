"""Counting: how many records of the register a reader sees, by risk, area, severity and trend.

A number stands beside each audience, and turns into another one whenever anything changes that is
counted of the records that this audience reads: the database itself sees to that, in the same
transaction. What was counted of an audience is kept in memory under its number. So a page counts
again what has changed, and no more.

Invariants: whose numbers a reader gets is asked of the database for each page, as ever; what was
counted is never stored; a session that writes counts everything itself.
"""
