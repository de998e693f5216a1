"""The measure of pages: one line of Flask, served as the workspace is served."""

import os

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

app = Flask("hello")


@app.get("/")
def hello() -> str:
    """As little as a page can be."""
    return "hello"


@app.get("/healthz")
def health() -> str:
    """Answers when the server does."""
    return "ok"


if __name__ == "__main__":
    Server(
        "tests.bench.hello:app",
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["WORKERS"]),
        blocking_threads=int(os.environ["THREADS"]),
        respawn_failed_workers=True,
    ).serve()
