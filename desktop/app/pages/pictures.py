"""Pages of our own papers as pictures, for previews and printing."""

from __future__ import annotations

from desktop.documents.pages.pictures import render_pdf_page


def draw_page(data: bytes, page: int, width: int) -> bytes:
    """One page as PNG."""
    return render_pdf_page(data, page, width)


def draw_first_page(data: bytes, width: int) -> bytes:
    """The first page as PNG."""
    return render_pdf_page(data, 0, width)
