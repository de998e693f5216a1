"""Answers: the pages on which an organisation reads a text and answers, on a phone, without script.

Three steps: read, answer, check and confirm. Only the last one records, by `signoff.actions`. What
was shown travels with the form, so that an answer is never given to another text, after another
answer, or for another organisation than the page was opened for.
"""
