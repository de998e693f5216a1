"""Boards: what was asked, as columns, along time, and by whom it was put to, on any day.

card: one ask, because progress belongs to whom it was put to. column: one state of progress; the
reply is a mark on the card. look back: where each ask stood on a day, from the acts up to it.

Invariants: nothing is kept here, and nothing changes by moving a card: a move leads to the page of
the step that it stands for. A count and the list behind it are the same question. No percentages.
"""
