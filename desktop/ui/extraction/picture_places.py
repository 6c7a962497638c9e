"""Where in a picture each offer was read, and what goes into the case with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.evidence.found_code import FoundCode
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.picture_text import PictureBox
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.statements.proposal import Confidence, Proposal
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.ui.extraction.pictures import Region
from desktop.ui.shared.kit.kit import Kit

_FULL = 1000


def proved(offer: Offer) -> Offer:
    """What stands in a picture of the evidence was read from the document, unless it had to be guessed."""
    if offer.proposal.confidence in (Confidence.DOUBTFUL, Confidence.UNSURE):
        return replace(offer, certainty=Certainty.GUESSED)
    return replace(offer, certainty=Certainty.RECEIPT)


def regions_of(found: PictureExtraction, offers: Sequence[Offer]) -> tuple[Region, ...]:
    """The marks of every offer: of words a box a line, of a code its corners."""
    regions = []
    for place, offer in enumerate(offers):
        code = code_of(found, offer.proposal)
        if code is not None:
            regions.append(Region(place, _code_corners(found, code)))
        regions += [Region(place, _corners(found, box)) for box in _boxes(found, offer.proposal)]
    return tuple(regions)


def code_of(found: PictureExtraction, proposal: Proposal) -> FoundCode | None:
    """The code a proposal was read from; None for words."""
    if proposal.start < len(found.text.text):
        return None
    fitting = (code for code in found.codes if code.text == proposal.raw)
    return next(fitting, None)


def picked_of(
    kit: Kit, item: Evidence, found: PictureExtraction, offers: Sequence[Offer], source: str
) -> Picked:
    """``source`` says in words which picture it is."""
    words: list[Offer] = []
    leads: list[IdentifierText] = []
    origins: dict[int, str] = {}
    for offer in offers:
        origin = _origin(item, found, offer.proposal)
        code = code_of(found, offer.proposal)
        if code is not None:
            note = kit.texts.text(f"codes.meaning.{code.meaning}")
            certainty = Certainty.RECEIPT.value
            leads.append(IdentifierText("", code.kind, code.value, note, certainty, source, origin))
        else:
            origins[len(words)] = origin
            words.append(offer)
    return Picked(source, leads=tuple(leads), offers=tuple(words), origins=origins)


def _boxes(found: PictureExtraction, proposal: Proposal) -> tuple[PictureBox, ...]:
    return found.text.boxes(proposal.start, proposal.end)


def _corners(found: PictureExtraction, box: PictureBox) -> tuple[tuple[float, float], ...]:
    wide, high = max(1, found.text.width), max(1, found.text.height)
    left, right = box.left / wide, box.right / wide
    top, bottom = box.top / high, box.bottom / high
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _code_corners(found: PictureExtraction, code: FoundCode) -> tuple[tuple[float, float], ...]:
    """Turned with the picture, if its text had to be turned."""
    corners = [(x / _FULL, y / _FULL) for x, y in code.corners]
    for _quarter in range(found.text.turned % 4):
        corners = [(1 - y, x) for x, y in corners]
    return tuple(corners)


def _origin(item: Evidence, found: PictureExtraction, proposal: Proposal) -> str:
    boxes = _boxes(found, proposal)
    code = code_of(found, proposal)
    if code is not None and found.text.width:
        points = _code_corners(found, code)
        xs = [round(x * found.text.width) for x, _ in points]
        ys = [round(y * found.text.height) for _, y in points]
        boxes = (PictureBox(max(0, min(xs)), max(0, min(ys)), max(0, *xs), max(0, *ys)),)
    if not boxes:
        return EvidencePlace(item.id).to_text()
    whole = PictureBox(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return EvidencePlace(item.id, box=whole).to_text()
