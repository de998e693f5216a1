"""Exhibits: the evidence behind a view of a threat, or behind its owner's own record.

exhibit: one piece of evidence in words, for or against, with its date and whether somebody agreed
to it. It is *shared*, with a file that was looked into, or *held*: it stays with the organisation,
and only what it is and whom to ask is said. Evidence of asks is the room `evidence`.

Invariants: evidence is read no further than the view it belongs to, and that of the record itself
no further than its full account; whose it is, is said by its view and by nothing else; without a
consent, or of children and sexual violence, no file is taken; a file is only ever handed over; one
that was withdrawn is erased at once, its words stay; all of it is erased with the full account.
"""
