"""Files that come in for others to read: looked into before anything of them is kept."""

from typing import Any

from advocacy.formats.attachment import MOST_BYTES, Attachment, attachment

ACCEPT = {"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}


def looked(field: Any) -> Attachment:
    """The file of a form's field, as far as it may be kept.

    Raises, about `file`: Invalid; TooLarge.
    """
    return attachment(field.data.read(MOST_BYTES + 1) if field.data else b"")
