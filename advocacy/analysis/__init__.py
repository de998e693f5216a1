"""Analysis: what the owner of a protection risk knows beyond its short record.

The four blocks of the Protection Analytical Framework: context; threat (kinds, who does it, who
must protect); effect on people and vulnerability, with figures; capacity. And all its places.

Words: *nature* is the safe part (kinds of threat, first-level areas); *place* is a further place
beside the one of the short record, with its point where there is one; *party* is a category, its
name a row of its own; *figure* counts people of one group, or says that nobody knows how many.

Invariants: each part is a row that follows a class of fields of its threat; coordinates and names
are restricted; not known is never 0; a record of children or sexual violence has no place finer
than the first level, no point and no name; every change is in the threat's history.
"""
