"""What a WSGI server loads: `granian --interface wsgi wsgi:app`."""

from advocacy.app import create_app

app = create_app()
