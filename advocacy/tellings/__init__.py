"""Tellings: the pages on which people tell of an outcome.

What happened and when, that it still holds, what one's own organisation did, that a second
organisation looked. What may be told, and by whom, is said in the room `outcomes`.
"""
