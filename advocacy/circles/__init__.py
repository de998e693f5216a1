"""Circles: the page of who takes part in a text. What it does lives in `positions`.

circle: the lead reads its list, lets an organisation in, or takes it out, at once. Those who take
part read who leads and nothing else: whom the lead invited is for the lead to tell.

Invariant: no donor and no observer is ever offered; they read what is released to them.
Addresses: under the text they belong to, `/positions/…/circle`.
"""
