"""Assignments: who follows an ask up, and who in that organisation.

hand over: the follow-up of any number of asks goes to another organisation that reads them, with
a note. give: inside an organisation, to one of its own people, or back to all of them.

Invariants: each is a row, the last one counts, what was before stays readable, also for whoever
handed over; nobody comes to read more by it; whoever confirmed an ask does not follow it up while
it counts as done; which person it is, their own organisation alone knows; all of a selection
moves or none of it.
"""
