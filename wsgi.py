"""What a WSGI server loads: `granian --interface wsgi wsgi:app`."""

from advocacy.app import create_app
from advocacy.outbox.stream import start_worker

app = create_app()
start_worker(app)
