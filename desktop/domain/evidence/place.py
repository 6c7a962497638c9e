"""Where in an item of evidence something was read, so that anybody can go back and look.

Written as a fragment behind the item's name, in the forms the web has for it: ``evidence/<id>#row=23`` (RFC 7111, rows
from 1) and ``evidence/<id>#xywh=120,340,200,28`` (W3C Media Fragments, pixels).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from desktop.domain.evidence.picture_text import PictureBox
from desktop.domain.ids import EvidenceId

_FORM: Final = re.compile(
    r"evidence/(?P<id>[0-9A-Za-z_-]{1,64})"
    r"(?:#(?:row=(?P<row>\d{1,9})|xywh=(?P<box>\d{1,6},\d{1,6},\d{1,6},\d{1,6})))?"
)


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """``row`` counts from 1, 0 for none; ``box`` is in pixels of the picture as it stands upright."""

    evidence: EvidenceId
    row: int = 0
    box: PictureBox | None = None

    def to_text(self) -> str:
        """The place in one line."""
        item = f"evidence/{self.evidence}"
        if self.row:
            return f"{item}#row={self.row}"
        if self.box is None:
            return item
        box = self.box
        wide, high = box.right - box.left, box.bottom - box.top
        return f"{item}#xywh={box.left},{box.top},{wide},{high}"


def place_from_text(text: str) -> EvidencePlace | None:
    """The place :meth:`EvidencePlace.to_text` wrote; None for anything else."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    item = EvidenceId(match["id"])
    if not match["box"]:
        return EvidencePlace(item, int(match["row"] or 0))
    left, top, wide, high = map(int, match["box"].split(","))
    return EvidencePlace(item, box=PictureBox(left, top, left + wide, top + high))
