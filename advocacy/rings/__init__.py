"""Sharing circles: named groups of members, to share records with. (`circles` is of positions.)

circle: owned by the organisation that made it; its id is also that of its group. roster: who is
in it; the owner may keep it to itself, then each member knows of itself alone. who may extend:
the owner, and the members it allowed to.

Invariant: a name is one's own only: another owner may use the same and learns nothing by it. Who
leaves or is taken out reads nothing through the circle from that instant on. Owning a circle
opens nothing: its owner reads what is shared with it only while it is in it.
"""
