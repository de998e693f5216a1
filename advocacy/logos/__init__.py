"""Logos: one picture of an organisation, shown only where it said so.

A logo is a PNG or a JPEG that was made anew from what draws it (`formats.pictures`). Having one is
no leave to show it: each answer says its own yes, and lowering takes that back at once.

Invariants: the picture is read by its organisation alone; others get it through a release in which
that organisation is named, with its yes, at this very instant.
"""
