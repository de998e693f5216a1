"""Public knowledge that records point to: protection risks, places with P-codes, scales.

Words: a *risk* is one of the 15 protection risks of the clusters' common list (PR01 to PR15); an
*area* is a country or a part of it, with its P-code; a *scale* is a short list of choices
(severity, trend, people affected); a *shape* is the boundary of an area as a map draws it. Each
list is a data file with its source, version and licence. P-codes and shapes come from files of
others, by `advocacy import`. A workspace may call an area by a name of its own.

Nothing here is secret, so nothing here is guarded. Items are never deleted, only retired: a
record that points to one keeps its words. P-codes are text; names of areas are not unique.
"""
