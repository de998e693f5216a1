"""Measures what the house promises of speed and size, as ratios within one run on one machine.

`python -m tests.bench [CASE …]` runs the named cases, or all, prints a table (case, figure, goal,
holds) and, with BENCH_JSON=file, writes the same as JSON. Nothing but 127.0.0.1 is asked.
"""
