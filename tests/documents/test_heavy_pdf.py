"""Two kilobytes that unfold into a gigapixel are refused in words, wherever a PDF of a stranger is looked at."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pytest

from desktop.bundles.codes.scanner import scan_beside
from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.domain.errors import UserInputError, WorldError


def heavy(side: int, bits: int) -> bytes:
    """A page with one picture of ``side`` × ``side`` dots, compressed twice."""
    packer = zlib.compressobj(9)
    rows = bytes(side * bits // 8)
    once = b"".join(packer.compress(rows) for _ in range(side)) + packer.flush()
    data = zlib.compress(once, 9)
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {side}/Height {side}/BitsPerComponent {bits}/ColorSpace/DeviceGray"
        f"/Filter[/FlateDecode/FlateDecode]/Length {len(data)}>>\nstream\n"
    ).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 27>>\nstream\nq 600 0 0 800 0 0 cm /I Do Q\nendstream",
        picture + data + b"\nendstream",
    ]
    pdf, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(pdf)
    return pdf + head + tail


@pytest.fixture
def beside() -> Iterator[GuardedPdf]:
    made = GuardedPdf()
    yield made
    made.close()


@pytest.mark.parametrize(("side", "bits"), [(30_000, 8), (60_000, 1)])
def test_it_is_refused_before_it_unfolds(beside: GuardedPdf, side: int, bits: int) -> None:
    data = heavy(side, bits)
    assert len(data) < 4000
    assert beside.page_count(data) == 1
    with pytest.raises(WorldError, match=r"^pdf\.too_heavy$"):
        beside.render_page(data, 0, 1200)
    with pytest.raises(UserInputError, match=r"^picture\.too_large$"):
        scan_beside(data)
    fine = heavy(2000, 8)
    assert beside.render_page(fine, 0, 300).startswith(b"\x89PNG"), "the next one is drawn"
