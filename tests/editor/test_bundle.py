"""The bundle: what its sources make, no larger than was said, and all of it licensed."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "static" / "editor"
PACKAGE = json.loads((SOURCES / "package.json").read_text("utf-8"))
BUNDLE = ROOT / "static" / "vendor" / f"editor@{PACKAGE['version']}"


def test_it_is_small_on_the_wire() -> None:
    packed = brotli.compress((BUNDLE / "editor.js").read_bytes(), quality=11)
    assert len(packed) <= 110_000


def test_it_makes_no_code_from_text() -> None:
    text = (BUNDLE / "editor.js").read_text("utf-8")
    assert not re.search(r"\beval\(|new Function\(|document\.write", text)


def test_every_package_in_it_is_named_with_its_licence() -> None:
    text = (BUNDLE / "LICENCES.txt").read_text("utf-8")
    for name, version in PACKAGE["devDependencies"].items():
        if name not in {"esbuild", "y-protocols"}:
            assert f"\n{name} {version} (MIT)" in text, name


def test_the_lock_names_what_is_asked_for_and_no_address() -> None:
    text = (SOURCES / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    for name, version in PACKAGE["devDependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"]


def test_the_page_loads_the_bundle_that_is_built() -> None:
    glue = (ROOT / "static" / "js" / "live.js").read_text("utf-8")
    assert f"/editor@{PACKAGE['version']}/editor.js" in glue


def test_the_words_are_there_in_every_language() -> None:
    text = (SOURCES / "words.js").read_text("utf-8")
    parts = re.split(r"^const (?:en|fr|es|ar) = \{", text, flags=re.MULTILINE)[1:]
    names = [set(re.findall(r"(?:^|[{,\s])(\w+): \"", part.partition("};")[0])) for part in parts]
    assert len(names) == 4
    assert all(each == names[0] for each in names)


@pytest.mark.skipif(not shutil.which("node"), reason="node is not here: nothing can be built")
def test_its_sources_are_sound() -> None:
    for source in sorted([*SOURCES.glob("*.js"), *SOURCES.glob("*.mjs")]):
        assert len(source.read_text("utf-8").splitlines()) <= 300, source.name
        subprocess.run(["node", "--check", str(source)], check=True, capture_output=True)
