"""Asks: a recommendation put to one institution, and what came of it.

axes: response (did they agree?) and progress (was it done?). act: one dated step on one axis, on
its date, or of talk about it; the ask keeps the folds. evidence: a link or words, for or against.

Invariants: a refusal never closes; "implemented" only by another organisation than the one that
reported it, the addressee and the one that follows up, with live evidence; the first date never
changes, and a move after it passed stays late; late and stale come from dates alone; an import
never says done; acts and evidence are for those who work here, an answer for whoever sees the ask.
"""
