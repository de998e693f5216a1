"""Rosters: whom a round asks, frozen when it opens; each change after that is a row.

put on later: asked like the others, with the same mail. taken off: with a reason, before an
answer that the lead can see.

Invariants: taking off ends no answer, and looks the same whether there is one that the lead may
not see; somebody is always asked.
"""
