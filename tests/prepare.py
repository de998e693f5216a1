"""Installs what tests need from Debian, where it may; otherwise says what is missing.

`python -m tests.prepare` is the first step of `make test`. A browser of another place is named
with CHROMIUM=path.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.postgres import NoServer, find_program

ARABIC_FONTS = ("NotoNaskhArabic", "NotoSansArabic")


def _has_browser() -> bool:
    return bool(
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


def _has_server() -> bool:
    try:
        find_program("initdb")
    except NoServer:
        return False
    return True


def _has_fonts() -> bool:
    folders = (Path("/usr/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts")
    return any(next(folder.rglob(f"{font}*"), None) for folder in folders for font in ARABIC_FONTS)


NEEDS: dict[str, Callable[[], bool]] = {
    "chromium": _has_browser,
    "postgresql": _has_server,
    "fonts-noto-core": _has_fonts,
}


def missing() -> list[str]:
    """The Debian packages that are needed and not here."""
    return [package for package, is_here in NEEDS.items() if not is_here()]


def _install(packages: list[str]) -> None:
    """Ask apt for them. A failure is not raised: what is still missing is named afterwards."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        env=quiet,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def main() -> int:
    """Exit code 0 when all is here, 1 when something is missing still."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(packages)} …", flush=True)
        _install(packages)
        packages = missing()
    if not packages:
        return 0
    print("The tests need these Debian packages, which are missing:", file=sys.stderr)
    print(f"    sudo apt-get install {' '.join(packages)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
