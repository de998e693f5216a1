"""Embeds: one table or one chart of a link for donors, shown inside the page of somebody else.

embed: which of the two, in which language, and the sites that may frame it. There is one of each
link at a time. It is read without a cookie and without a script, as the link and as nobody else.

Invariants: it shows no more than its link, and nothing once that ended or got another address; a
link with a password has none, for an embed asks for nothing; a site that was not named cannot frame
it, and every other page of ours can be framed by nobody; ended, over and never made are one answer.
"""
