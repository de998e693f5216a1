"""Feeds: addresses that a calendar or a reader of news asks again and again, without signing in.

calendar: the last days of the asks of one's organisation. news: what moved among the asks that
donors read. feed: one such address, of one person and the organisation they act for.

Invariants: the address is kept nowhere, only its hash; it shows what its maker may read at that
instant, and nothing once they left; ended, over and never made are one answer; a calendar holds
no word of a text unless its maker chose so, for it is kept by a program that we do not know.
"""
