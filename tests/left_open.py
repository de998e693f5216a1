"""What a test may not leave to the next one."""

from flask import current_app, has_app_context
from flask.globals import _cv_app


def refuse_left_open() -> None:
    """Fail the test that leaves an application open: words would be said in its language, by
    its settings, in every later test of this process."""
    if has_app_context():
        left = repr(current_app)
        _cv_app.set(None)  # type: ignore[arg-type]  # only the test at fault is to fail
        raise AssertionError(f"{left} is still open")
