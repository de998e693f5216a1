"""The outbox: what must happen outside, written in the transaction of the act that wants it.

kind: a name registered by `app.py` with the function that prepares and does it. Nothing leaves
the building before the commit; a failed row is tried again later; a row is done once.
"""
