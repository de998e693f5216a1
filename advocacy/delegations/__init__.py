"""Delegations: who may sign lends it to a colleague, for a time and for so much.

scope: comment, sign privately (shown nowhere), sign publicly. principal: who lends; delegate: who
acts, in their own name, for the same organisation. Both names stay on the record. A delegation is
a holding of a lent seat with a first and a last instant, so it covers what is open already.

Invariants: worked out when read, never by a job; it ends with its principal's own seat; nobody
lends what was lent to them; where a principal has answered, a delegate does not answer otherwise.
vacant: an organisation that nobody can sign for today; said as vacant, never as late.
"""
