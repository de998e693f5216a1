"""Deliveries: to whom a text was given, what they answered, and how it is taken back.

delivery: a copy that was handed to somebody, by whom, when and how; a record, so that it is known
where copies are when something must be said about them. reply: what they answered. told: that they
were told of a correction or a withdrawal by a person, where no mail could do it. mail: the notices
of a correction or a withdrawal, to those who were asked and to those who got a copy.

Invariants: what the public page says of a withdrawal is the reason in the words given and no more;
everybody who was asked about the text, and everybody who got a copy and left an address, is
written to, with no title and no word of the text; addresses are read by the lead alone.
"""
