"""Clearances: how an organisation comes to its answer, inside (advisor, director, headquarters).

ladder: the steps of an organisation, their names and order its own. step: somebody said yes, or
that a change is needed, on a day. line: one sentence for the lead, "in clearance, answer expected
on …", only if the organisation says so, and taken back without a trace.

Invariants: nobody but the organisation reads its ladder and steps (I23); of the line, the lead
reads the day and nothing else; no step ever answers: a signatory does.
"""
