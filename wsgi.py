"""What a WSGI server loads: `granian --interface wsgi wsgi:app`."""

import ctypes
import gc
import sys

from advocacy.app import create_app
from advocacy.outbox.stream import start_worker

# Each thread would get a heap of its own and give nothing back; two are enough. glibc only.
_ARENA_MAX = -8
if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
    mallopt(_ARENA_MAX, 2)

# Seconds that one thread may keep the others waiting: many short ones serve the live text.
sys.setswitchinterval(0.001)

app = create_app()
start_worker(app)
# What stands here now stays: the collector of garbage need not look at it again.
gc.collect()
gc.freeze()
