"""Sign-on: organisations that answer without an account, and answers that came by another way.

on behalf: the lead writes down what came by phone, by mail or on a sign-on sheet. It is
unconfirmed: in no list, category or count (practice B16), until the organisation itself answers.
sheet: a file of many; looked at first, then written; each organisation then gets one mail.
link and code: the link in the mail shows nothing and signs nothing. A code that goes to the
registered address, for fifteen minutes and once, opens the text and the answers (practice B17).
What is answered there goes the same way as every answer, with the name and the role that the
person typed.

Invariants: nothing here is an answer; an organisation that is only signed on reads this version of
the text and nothing else; a code is for one link, and few are tried.
"""
