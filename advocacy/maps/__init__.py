"""Maps: the register by area, and by how likely it is, drawn by the server, for one reader.

map: one shape per area, shaded by the worst severity of the records that this reader sees, with
that number in it; tile: the same as a square, where nobody loaded the shapes of this country.

Invariants: a map shows areas and no points, so no way of looking closer tells more; it is drawn
of the same counts as the matrix, after visibility; the list beside it says all that it shows.
"""
