"""What everything stands on: tables' base, clock, errors, reasons, the unit of work, acts, search.

Knows no room and no Flask.
"""
