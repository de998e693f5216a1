"""Windows of opportunity: dated events at which recommendations can be raised.

window: a name, a forum, a first and a last day, told in acts; the last act counts. use: a
recommendation that is to be raised then. A window that opens soon is work for the organisations
that lead what is to be raised there.

Invariants: no donor and no observer reads a window; a use is shown to those who see both the window
and the recommendation; ahead, open and over come from the dates alone.
"""
