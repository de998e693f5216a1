"""Deadlines: what a date means that is known to the day, the month, the quarter or the year.

Only rules. last day: "by the third quarter" is over on 30 September. late: only after that day, and
a date that is moved when it had passed already stays late. ongoing: no day on which it is late, and
a next review every so many months; whoever looks at it moves that one.
"""
