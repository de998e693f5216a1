"""Share links: one saved view of the donor page, for whoever holds the link.

share: whom it is for, how wide, which view, until when. opening: that somebody opened it, and no
more. A link can only narrow: it reads what every donor, or everybody, may read, and less where its
view says so.

Invariants: the link itself is kept nowhere, only its hash; a link that was ended, is over or never
was gives the same answer; opening it reads as the donors' group and never as a person or an
organisation; ending it counts at once, also for pages that are open.
"""
