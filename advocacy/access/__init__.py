"""Access: who may read and do what. All that an auditor needs to read is in this room.

group: anything one can be in (an organisation, a workspace's members, a position's participants).
audience: an interned set of groups, each from an instant on; a record has exactly one.
guard: adds the reader's sentence to every statement on a Protected table, refuses the rest.
policy: permission -> rows of named predicates; absent = denied.
bearer: whatever opens a door by being held (sessions, invites, resets, links), stored hashed.

Invariants: no statement on a Protected table runs without the sentence; a new record starts with
the narrowest audience; a child is never read more widely than its parent; unseen = NotFound.
"""
