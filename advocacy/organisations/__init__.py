"""Organisations: workspaces, who belongs to them, and who acts for whom.

workspace: where organisations work together. membership: an organisation in it, with a standing
(coordinator, co-coordinator, member, observer, donor) and dates. body: a gathering that adopts
texts. seat: a function held for an organisation. holding: a person in a seat, from, until.

Invariants: powers belong to the seat; an ended holding has no power at the very next request;
a person in two organisations acts for one at a time; observers and donors never share a group.
"""
