"""Invitations: how people come into the seats of an organisation.

invitation: someone is asked into seats, by an administrator of that organisation; accepted by a
one-use link that went to their address, within 72 hours.
second word: the signatory seat is an organisation's voice (practice A5). Another signatory, or the
contact registered at joining, must agree; all holders are told; power begins 48 hours later.
handing over: an invitation that names the holding which ends when the new one begins.
welcome: a coordinator asks a new organisation in; its contact becomes its first administrator.

Invariants: a link is good for one address and once; it dies with the power of who sent it; the
mail is the only place where it is seen in clear.
"""
