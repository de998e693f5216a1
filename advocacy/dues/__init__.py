"""Dues: which asks want somebody's attention, and who is told of them.

due: an ask that is late or soon late, got no reply, or was not looked at for a season; worked out
from its dates and the day in the workspace's zone, stored nowhere. level: who is told. First the
person who has it in hand, after two weeks all focal points of the organisation that follows it
up, after four weeks the coordinator too. snooze: an organisation puts one off for a while, and
says why; whoever leads the ask reads that.

Invariants: a page shows all of it, a mail once a week only repeats it; a look that was missed
costs a delay, never a mail; no mail holds a word of a text; a snooze silences nobody but the
organisation that gave it.
"""
