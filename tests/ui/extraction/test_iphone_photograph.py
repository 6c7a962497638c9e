"""A photograph of an iPhone as it is handed in (HEIC): attached, shown, turned, read, with the decoder that is shipped.

The sample is the receipt of ``resources/samples``, coded with libheif 1.23.6 and the words a camera adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.app.processes.decoders import AllPictures, HelperPictures
from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.domain.evidence.place import place_from_text
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.ui.evidence.items.item_model import THUMB_ROLE
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.viewer import Viewer
from desktop.ui.extraction.pictures_flow import PicturesDialog
from tests.ui.pages.evidence import EvidencePage, files_of
from tests.ui.pages.extraction import ReadingPage, save

_CONTROL = Qt.KeyboardModifier.ControlModifier
RECEIPT = Path(__file__).parent / "samples" / "receipt.heic"


@pytest.fixture
def decoders() -> Iterator[Decoders]:
    """Those of the program."""
    pictures, photographs, files = HelperPictures(), PhotoReader(), ContentsReader()
    yield Decoders(GuardedPdf(), AllPictures(pictures, photographs), files)
    for helper in (pictures, photographs, files):
        helper.close()


def test_it_is_taken_in_looked_at_turned_and_read(page: ReadingPage, tmp_path: Path) -> None:
    given = tmp_path / "IMG_0001.HEIC"
    given.write_bytes(RECEIPT.read_bytes())
    pane = page.find("evidence_pane")
    evidence = EvidencePage(page.qtbot, pane)
    evidence.drop(files_of(given))
    page.qtbot.waitUntil(lambda: evidence.names() == ["IMG_0001.HEIC"])
    evidence.rest()
    viewer = evidence.find("evidence_viewer", Viewer)
    assert viewer.shown is viewer.picture
    assert "1080 × 2340" in evidence.text("evidence_note")
    assert "iPhone 15" in evidence.text("evidence_note")
    thumb = evidence.grid.model().index(0, 0).data(THUMB_ROLE)
    assert isinstance(thumb, QImage)
    assert thumb.height() > thumb.width() > 0, "upright"
    evidence.grid.setFocus()
    before = viewer.picture.scale_now
    page.press(Qt.Key.Key_Plus)
    assert viewer.picture.scale_now > before
    page.press(Qt.Key.Key_R)
    assert viewer.picture.turns == 1
    page.press(Qt.Key.Key_0)
    page.read()
    dialog = page.on_top
    assert isinstance(dialog, PicturesDialog)
    save(page, "heic_read")
    page.key(Qt.Key.Key_Return, _CONTROL)
    (transfer,) = page.form.transfers
    assert transfer.amount == "8,888.00"
    assert transfer.order_number == "1000050001202609120326471198264"
    place = place_from_text(transfer.origin)
    assert place is not None
    assert place.box is not None
