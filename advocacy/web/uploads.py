"""Files that come in for others to read: looked into before anything of them is kept."""

import logging
from dataclasses import dataclass
from typing import Any

from flask import current_app

from advocacy.config import Config
from advocacy.formats import bare, clamd
from advocacy.formats.attachment import MOST_BYTES, Attachment, attachment
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

log = logging.getLogger(__name__)

ACCEPT = {"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}


@dataclass(frozen=True)
class Looked:
    """A file that may be kept. scanned_by: scanner and signatures; empty = it was not scanned."""

    file: Attachment
    scanned_by: str


def looked(field: Any, *, is_bare: bool = False) -> Looked:
    """The file of a form's field, as far as it may be kept.

    is_bare: without what it says of its writers, as far as that can be taken out.

    Raises, about `file`: Invalid, also where a virus was found or the scanner that must be asked
    does not answer; TooLarge.
    """
    data = field.data.read(MOST_BYTES + 1) if field.data else b""
    file = attachment(data)
    scanned_by = _scanned(data)
    return Looked(bare.bare(file) if is_bare else file, scanned_by)


def are_scanned() -> bool:
    """Whether there is a scanner to ask."""
    return bool(_config().clamav)


def _scanned(data: bytes) -> str:
    config = _config()
    if not config.clamav:
        return ""
    try:
        return clamd.scan(config.clamav, data)
    except clamd.Silent:
        log.error("the virus scanner does not answer")
        if config.clamav_required:
            raise Invalid(Reason("uploads.no-scanner", "file")) from None
    return ""


def _config() -> Config:
    found: Config = current_app.config["ADVOCACY"]
    return found
