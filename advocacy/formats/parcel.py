"""Files in one zip, the same bytes whenever it is made: a zip must not say when that was."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_NO_DAY = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, by their names. Not packed: how well a part packs must not show."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_STORED) as parcel:
        for name, data in files.items():
            about = ZipInfo(name, _NO_DAY)
            about.compress_type, about.external_attr = ZIP_STORED, 0o600 << 16
            parcel.writestr(about, data)
    return kept.getvalue()
