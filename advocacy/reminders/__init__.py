"""Reminders: a mail to those who have not answered, and to nobody else.

choice: how a person wants to be reminded (at once, one mail a day or a week, not at all) and in
which hours not. due: what a person is to hear now, worked out from rows and the clock each time
the worker looks; a look that was missed costs a delay, never a mail. call: the lead asks that the
silent be reminded; who they are it does not learn.

Invariants: an answer stops every reminder, also one on its way; nothing is sent twice; no mail
holds a word of a text; opening a link records nothing.
"""
