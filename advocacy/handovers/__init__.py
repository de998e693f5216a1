"""Hand-overs: a record goes to another organisation, and who reported it disappears from it.

offer: its owner hands it to an organisation that reads its full account already, so that nobody
comes to read more by it. accept: that organisation is its owner from this instant on.

Invariants: who sees the record stays as it is; nothing that anybody else reads names the one who
handed it over: its history is told again as "an organisation" did it, and the rows that say
otherwise are read by that organisation alone.
"""
