"""Red lines: words that an organisation does not use, why, and what it says instead.

red line: a word or phrase kept by one organisation; inflected forms count, parts of words do not.
shown: its owner lets those who write a text it takes part in see it; else only its own people do.
flag: a red line met in a clause.

Invariants: a row of `red_line` is read by its owner alone; what others may see is a row of its
own, per text, read by that text's circle; nobody is told that a word exists which is not shown.
Showing a word tells the circle that its owner takes part: so it is chosen, word by word.
"""
