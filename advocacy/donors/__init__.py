"""The donor page: published facts on what was asked and what moved, and a reply to one's own asks.

Rows are an allow-list (`rows.PublicAsk`): a new column is private until it is
added there. A member who opens the page sees what every donor sees, never more.

Invariants: nothing unpublished, private, taken back or sensitive is in a row, a count or a date;
counts come with their whole; never a percentage; no name of who confirmed.
"""
