"""Evidence: a link or words for or against what was said to be done.

piece: written once, with the step that it came with; it has a date and a direction. Withdrawn by
a step that names it, never removed: which steps there are is told by the room of asks.

Invariants: a piece is never read more widely than its step; a link is a full link.
"""
