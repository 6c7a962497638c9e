"""Pages of PDFs as pictures, for viewer, previews and printing."""

from __future__ import annotations

from desktop.documents.pictures import pdf_page_count, render_pdf_page


class PdfPages:
    """Implements :class:`desktop.ui.evidence.port.Pictures`."""

    def page_count(self, data: bytes) -> int:
        """How many pages."""
        return pdf_page_count(data)

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """One page as PNG."""
        return render_pdf_page(data, page, width)


def draw_page(data: bytes, page: int, width: int) -> bytes:
    """One page as PNG."""
    return render_pdf_page(data, page, width)


def draw_first_page(data: bytes, width: int) -> bytes:
    """The first page as PNG."""
    return render_pdf_page(data, 0, width)
