"""What a WSGI server loads: `granian --interface wsgi wsgi:app`."""

import gc

from advocacy.app import create_app
from advocacy.outbox.stream import start_worker

app = create_app()
start_worker(app)
# What stands here now stays: the collector of garbage need not look at it again.
gc.collect()
gc.freeze()
