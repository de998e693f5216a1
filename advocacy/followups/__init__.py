"""Follow-ups: from the recommendation clauses of a text that is out to asks with addressees.

Only pages: the text is a position's, what is made is a recommendation's. A clause can be followed
up once its text was published or delivered, by the organisation that leads it.
"""
