"""The command: cases by name, a table, the same as JSON."""

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.bench.cases import CASES, Figure
from tests.bench.stage import Stage


def main(names: list[str]) -> int:
    """Exit code 0 when every goal holds, 1 when one does not, 2 for an unknown case."""
    unknown = [name for name in names if name not in CASES]
    if unknown:
        print(f"No such case: {', '.join(unknown)}. Choose from {', '.join(CASES)}.")
        return 2
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Stage(Path(folder)) as stage:
        for name in names or list(CASES):
            begun = time.monotonic()
            print(f"{name} …", file=sys.stderr, flush=True)
            figures += CASES[name](stage)
            print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    _print(figures)
    if os.environ.get("BENCH_JSON"):
        rows = [asdict(figure) | {"holds": figure.holds} for figure in figures]
        Path(os.environ["BENCH_JSON"]).write_text(json.dumps(rows, indent=1) + "\n")
    return 0 if all(figure.holds is not False for figure in figures) else 1


def _print(figures: list[Figure]) -> None:
    rows = [("case", "figure", "goal", "holds"), *(figure.row() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
