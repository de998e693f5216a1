"""Steps: the pages on which one step on an ask is taken.

Only pages: what a step is, who may take it and what it must carry is told by the room of asks.
"""
