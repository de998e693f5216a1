"""Bytes in, rows out, and back: the shapes files come in. Knows no room and no table.

Words: a *sheet* is one table read from a file; a *refused row* is a line of it that cannot be
used, with its line number and the reason; a *note* is something the reader found out and tells.
Nothing here guesses silently: what was found (encoding, line ends, delimiter) is on the sheet.
"""
