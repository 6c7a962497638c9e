"""How much a page of PDF would unfold: a picture of a gigapixel fits into two kilobytes, compressed twice."""

from __future__ import annotations

from typing import Final

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

MOST_IMAGE_PIXELS: Final = 200_000_000
"""Of all pictures on a page together: six scans of A4 at 600 dpi, 600 MB while a colour picture is unfolded."""


def is_heavy(page: pypdfium2.PdfPage) -> bool:
    """Whether its pictures have more pixels than any scan, told by their headers alone."""
    total = 0
    for item in page.get_objects(filter=(FPDF_PAGEOBJ_IMAGE,)):
        width, height = item.get_px_size()
        total += width * height
        if total > MOST_IMAGE_PIXELS:
            return True
    return False
