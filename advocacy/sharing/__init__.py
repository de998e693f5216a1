"""Sharing: how a record comes to be seen by more, by others, or by nobody any more.

widening: asked by one person of the owner, confirmed by another; where one person holds all the
seats that could, 48 hours and a notice to the registered contact stand for the second (practice
A5). area: an area of responsibility with the organisation that coordinates it; without its word no
record of children or survivors leaves its owner (A6). preview: one's own record read as another
organisation reads it, by the guard itself.

Invariant: nobody but the owner opens a record; no seat and no command stands above that (A4).
"""
