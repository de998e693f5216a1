"""Receipts: what an organisation answered, for itself alone, and showing it less.

receipt: one act of answering with the hash and the hour. lower: the dials only go down here, at
any hour, at once. copies: where the text went, which no lowering reaches.
"""
