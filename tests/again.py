"""`python -m tests.again OPTIONS -- PATHS`: runs pytest; files with a failure are run once more.

This machine is shared, and a browser or a server is late now and then. What fails twice is a
fault. So are more than a few failures, and a run that broke off: nothing is asked again then.
What passed only the second time is printed last, to be looked into.
"""

import json
import subprocess
import sys
from pathlib import Path

FEW = 3
FAILED = Path(".pytest_cache/v/cache/lastfailed")
TESTS_FAILED = 1  # pytest's exit code; others say that the run itself broke off


def _pytest(*given: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *given], check=False).returncode


def _failed() -> list[str]:
    return sorted(json.loads(FAILED.read_text())) if FAILED.exists() else []


def main(given: list[str]) -> int:
    """Run pytest with these options on these paths; the exit code is the second run's if any."""
    cut = given.index("--")
    options, paths = given[:cut], given[cut + 1 :]
    code = _pytest("--cache-clear", *options, *paths)
    failed = _failed()
    if code != TESTS_FAILED or not 0 < len(failed) <= FEW:
        return code
    print("\nOnce more, with their files:", *failed, sep="\n  ", flush=True)
    code = _pytest(*options, *sorted({one.partition("::")[0] for one in failed}))
    if code == 0:
        print("\nPassed only the second time:", *failed, sep="\n  ", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
