"""Saved views: a way of looking at the register, or at recommendations, that one comes back to.

saved view: a name, and the address it stands for: which view, which filters, columns and order.
It is its maker's own, or shared with the maker's organisation; no other organisation reads it.

Invariants: what is kept is the question, never an answer, so who opens it sees what they may see
today; an address is made anew of the parts that those lists know, whatever was sent.
"""
