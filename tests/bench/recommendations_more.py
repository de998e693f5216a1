"""The list as a spreadsheet, whole: `python -m tests.bench.recommendations_more`, with settings.

Prints how many lines and bytes, and how much memory the process took at most.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from advocacy.app import create_app
from advocacy.asks import queries as asks
from advocacy.config import Config
from advocacy.organisations.queries import workspaces
from advocacy.recommendations.rows import Filters
from advocacy.reports import mapper, queries
from advocacy.reports.rows import Line
from advocacy.reports.rules import Kind
from advocacy.web.db import database
from tests.bench.figures import Figure
from tests.bench.fill import _actor
from tests.bench.register_fill import WATCHER
from tests.journeys.server import ROOT, Server

MOST_MB = 200.0


def taken_out(name: str, server: Server) -> Figure:
    """The file of whom nearly everything is shown to."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.bench.recommendations_more"],
        cwd=ROOT,
        env=server.environment,
        check=True,
        timeout=400,
        stdout=subprocess.PIPE,
    )
    found = json.loads(child.stdout)
    note = f"{found['lines']:,} lines, {found['bytes'] / 1e6:.0f} MB in {found['seconds']:.0f} s"
    of = f"recommendations on {name}: spreadsheet out, memory"
    return Figure(of, found["megabytes"], "MB", MOST_MB, is_most=True, note=note)


def main() -> None:
    """All of it, part by part, as it is sent."""
    begun, seen, size = time.monotonic(), 0, 0
    with create_app(Config.from_environment()).app_context():
        data, actor = database(), _actor(database(), WATCHER)
        with data.reading(actor) as session:
            space = workspaces(session, actor)[0]
            on = asks.today(session, actor, space.id)
            cover = mapper.Cover("What was asked", "en", ("Made for a measurement.",), on)

            def pages() -> Iterator[list[Line]]:
                nonlocal seen
                given = {"workspace_id": space.id, "filters": Filters(), "on": on}
                for page in queries.pages(session, actor, **given):
                    seen += len(page)
                    yield page

            for part in mapper.table(Kind.XLSX, pages(), cover):
                size += len(part)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.monotonic() - begun
    print(json.dumps({"lines": seen, "bytes": size, "seconds": spent, "megabytes": most}))


if __name__ == "__main__":
    main()
