"""Trends: the register at the end of each period, for one reader.

period: a month or a quarter of the workspace's calendar; the present one goes until now. Counted
are the records that went on at its end, by the severity their owner gave then.

Invariants: nothing is stored and no job runs: a period is read back from the history that this
reader may read; a record counts from the day on which they could read of it; to observers and
donors no number is told, only the worst severity.
"""
