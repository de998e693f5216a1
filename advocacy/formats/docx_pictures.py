"""Pictures of a Word file: logos of organisations, set in the line of the words."""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from advocacy.formats.pictures import Logo

# English metric units: 360,000 to a centimetre. At most 1.2 cm high and 5 cm wide.
_HIGH, _WIDE = 432_000, 1_800_000
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def run(document: Any, of: Logo, number: int, *, alternative: str) -> str:
    """A picture as a run; what it says to those who hear is its alternative text.

    number: one that no other picture of the file has. No name of a file goes in.
    """
    part = document.part
    name = PackURI(f"/word/media/picture{number}.{of.picture.media.removeprefix('image/')}")
    key = part.relate_to(Part(name, of.picture.media, of.picture.data, part.package), RT.IMAGE)
    width, height = _measure(of.picture.width, of.picture.height)
    known = f'id="{number}" name="Picture {number}"'
    extent = f'cx="{width}" cy="{height}"'
    drawn = (
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr {known}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" xmlns:a="{_A}" distT="0" distB="0" '
        f'distL="0" distR="0"><wp:extent {extent}/><wp:docPr {known} '
        f"descr={quoteattr(alternative)}/><wp:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{_PIC}">{drawn}</a:graphicData></a:graphic></wp:inline>'
        '</w:drawing></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
    )


def _measure(width: int, height: int) -> tuple[int, int]:
    scale = min(_HIGH / height, _WIDE / width)
    return max(1, round(width * scale)), max(1, round(height * scale))
