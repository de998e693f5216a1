"""Calendars: which hours count in a workspace.

calendar: its weekend, its zone, its holidays and blackout days (days on which nothing can be asked
of anybody). working time: what of the time between two instants lies on working days, counted in
days, so that the night that is an hour shorter still makes a whole day.

Invariant: each change is a row, the last one counts; a week keeps at least one working day.
"""
