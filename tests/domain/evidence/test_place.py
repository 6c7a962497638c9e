"""A place in evidence survives being written down, and nothing else is taken for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.picture_text import PictureBox
from desktop.domain.evidence.place import EvidencePlace, place_from_text
from desktop.domain.ids import EvidenceId
from tests.support.every_row import every_row

_ID = EvidenceId("0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
_SIDE = st.integers(0, 99_999)


@given(st.integers(0, 10**9 - 1))
def test_rows(row: int) -> None:
    place = EvidencePlace(_ID, row)
    assert place_from_text(place.to_text()) == place


@given(_SIDE, _SIDE, st.integers(0, 900), st.integers(0, 900))
def test_boxes(left: int, top: int, wide: int, high: int) -> None:
    place = EvidencePlace(_ID, box=PictureBox(left, top, left + wide, top + high))
    assert place_from_text(place.to_text()) == place


@every_row("text", ["", "微信账单 第3行", "evidence/", "evidence/a#row=", "case/x",
                                  "evidence/a#xywh=1,2,3", "evidence/../x#row=1", "evidence/a#row=1\n"])  # fmt: skip
def test_nothing_else(text: str) -> None:
    assert place_from_text(text) is None
