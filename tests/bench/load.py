"""Many requests at once: with wrk where it is installed, else with a few processes of our own."""

import http.client
import re
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from urllib.parse import urlsplit

CONNECTIONS, PROCESSES = 16, 2
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_COUNT = re.compile(r"(\d+) requests in")


class Wrong(Exception):
    """A page did not answer as it should under load, so its figure would mean nothing."""


def burst(url: str, cookie: str, seconds: float) -> tuple[float, int]:
    """(requests per second, requests) of `url` for some seconds. Raises Wrong."""
    if shutil.which("wrk"):
        return _wrk(url, cookie, seconds)
    return _own(url, cookie, seconds)


def _wrk(url: str, cookie: str, seconds: float) -> tuple[float, int]:
    said = subprocess.run(
        ["wrk", f"-t{PROCESSES}", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
        + (["-H", f"Cookie: {cookie}"] if cookie else [])
        + [url],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 30,
    ).stdout
    rate, count = _RATE.search(said), _COUNT.search(said)
    if "Non-2xx" in said or "Socket errors" in said or not rate or not count:
        raise Wrong(f"{url}\n{said}")
    return float(rate.group(1)), int(count.group(1))


def _own(url: str, cookie: str, seconds: float) -> tuple[float, int]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        each = [pool.submit(_ask, url, cookie, seconds) for _ in range(PROCESSES)]
        counts = [one.result(timeout=seconds + 60) for one in each]
    return sum(counts) / seconds, sum(counts)


def _ask(url: str, cookie: str, seconds: float) -> int:
    with ThreadPoolExecutor(CONNECTIONS // PROCESSES) as pool:
        each = [pool.submit(_keep_asking, url, cookie, seconds) for _ in range(8)]
        return sum(one.result() for one in each)


def _keep_asking(url: str, cookie: str, seconds: float) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
    target = f"{parts.path or '/'}?{parts.query}".rstrip("?")
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        connection.request("GET", target, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise Wrong(f"{url}: {answer.status}")
        count += 1
    connection.close()
    return count
