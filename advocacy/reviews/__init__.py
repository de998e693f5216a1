"""Reviews: somebody of the owner looked again.

review: still true, over, or there again. One tap where nothing changed; what changed is said in
the room of threats.

Invariant: whether a review is late follows from dates and is stored nowhere.
"""
