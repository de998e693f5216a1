"""Tallies: where a round stands, in words and numbers that give nobody away.

totals: only where each number hides whom it counts. deliveries: whether the ask reached somebody
who may answer. at the close: what it means that an organisation said nothing: lapsed, a tacit no
objection, or not reached.

Invariants: not reached is never silence (I7); silence never yields a name, a logo or a count of
endorsers (I6); opening a page records no delivery.
"""
