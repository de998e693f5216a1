"""Live: the document behind a draft, which many people write in at the same moment.

update: one step of a draft's Yjs document, numbered in the order of commits, kept for ever.
snapshot: the whole as of a number, so that opening it does not begin at the beginning.
room: what one process keeps of a draft in memory: its document, who listens, who is where.

Invariants: an update is stored before it is acknowledged; the same key is stored once; numbers have
no gaps; nobody hears of an update before it is committed; a stream ends when its reader may not
read any more; a room is a copy, so forgetting one loses nothing. Whether somebody may write is
asked by drafting, which alone calls `actions.store`.
"""
