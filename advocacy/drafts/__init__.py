"""Drafts: records of the register before they are opened to their readers.

draft: a record that its own organisation writes. Whom it will be opened to is chosen, and kept
beside it; until it is opened nobody else reads it, in no list, count, file, map or history.
open: from that instant on its readers have it, as if it had been reported then.
put aside: it is in no list any more. What was done stays in its organisation's history.

Invariants: the audience of a draft is its own organisation, whatever was chosen
(`threats.actions.spread` holds it); its readers are said before it is opened.
"""
