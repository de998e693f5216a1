"""Closings: how an ask may end without having been done, and how it is taken up again.

Only rules. unmet: the coordinator and the organisation that leads it agree. superseded: the
coordinator names the newer recommendation. overtaken: the coordinator proposes it with evidence,
and no member objects for two weeks. Whatever ended stays counted, and can be opened again.
"""
