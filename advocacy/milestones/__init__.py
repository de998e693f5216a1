"""Milestones: the steps on the way of an ask, each with its words and its date.

milestone: a chain of acts: set, changed, reached, opened again, dropped. A date is meant as exactly
as it says; late is counted from its last day and stored nowhere.

Invariants: read by those who work here and see the ask, never by donors; set and reached by the
addressee, by who follows up and by who leads; a milestone changes no state of its ask.
"""
