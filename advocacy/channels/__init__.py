"""Channels: where an organisation leaves its name out, narrower than its outside dial.

An organisation that is named outside may say that some readers do not get its name: everybody
(the public page and every file), donors, observers. The quieter word wins over the louder dial, in
every output at once, and holds for every version of a text until the organisation takes it back.

Invariants: one chain per text and organisation, read by that organisation alone; a name that is
left out stands in no number of those readers either; it is never louder than the answer's dial.
"""
