"""A text that went out, and its files."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pypdf
import pytest

from tests.browser import Browser
from tests.releases.conftest import Make, Over, over

__all__ = ["Files", "Make", "Over", "files", "over"]


@dataclass
class Files:
    """The files of a release, or of a pack, as a reader gets them."""

    browser: Browser
    release_id: UUID
    at: str = "/editions"
    query: str = ""

    def raw(self, way: str, status: int = 200) -> bytes:
        answer = self.browser.client.get(f"{self.at}/{self.release_id}/{way}{self.query}")
        assert answer.status_code == status, (way, answer.status_code)
        self.name = answer.headers.get("Content-Disposition", "")
        return answer.get_data()

    def pdf(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.raw("pdf")))

    def words(self, way: str) -> str:
        """Everything a file holds: its text, its properties, its name."""
        raw = self.raw(way)
        if way == "pdf":
            reader = pypdf.PdfReader(io.BytesIO(raw))
            text = "\n".join(page.extract_text() for page in reader.pages)
            return f"{text}\n{reader.metadata}\n{reader.xmp_metadata and raw!r}\n{self.name}"
        if way == "word":
            with zipfile.ZipFile(io.BytesIO(raw)) as package:
                names = package.namelist()
                parts = [package.read(name).decode("utf-8", "replace") for name in names]
            return "\n".join([*parts, self.name])
        return raw.decode() + self.name


@pytest.fixture
def files(client: Callable[[str], Browser]) -> Callable[..., Files]:
    """`files(release_id, "legal")`: as that organisation's person gets them; "" = a stranger."""
    return lambda release_id, key="": Files(client(key), release_id)
