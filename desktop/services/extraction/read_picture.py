"""Read a picture of the evidence: the text in it, its codes, and what both propose."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.found_code import FoundCode
from desktop.domain.evidence.picture_text import PictureText, picture_text_from_json
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Confidence, Extraction, Proposal
from desktop.domain.time.clock import to_wire
from desktop.services.evidence.view_evidence import find_evidence
from desktop.services.extraction.read_evidence import content_of, is_plain, note_reading
from desktop.services.session import Session

_SURE: Final = 85
"""Per cent below which a recognised line is read with doubt."""
_VERSION: Final = 4
"""To be raised when pictures are recognised otherwise than before: kept texts are then made anew."""


@dataclass(frozen=True, slots=True)
class PictureExtraction:
    """``reading`` is of its text with the codes' behind it, a line each, so that
    every proposal has its words. ``failed`` says why there is no text, where the codes were found all the same."""

    text: PictureText
    codes: tuple[FoundCode, ...]
    reading: Extraction
    failed: WorldError | None = None


def read_picture(
    session: Session,
    case: CaseId,
    evidence: EvidenceId,
    progress: Progress,
    *,
    as_png: Callable[[bytes], bytes] | None = None,
) -> PictureExtraction:
    """Codes, lines and proposals of a picture. Its text is kept and not recognised a second time.

    ``as_png`` decodes what is neither PNG nor JPEG, or is packed in a way seldom seen.

    Raises ``UserInputError`` ``picture.unknown``, ``picture.unreadable``, ``picture.too_large``; ``WorldError``,
    ``TrustError`` of the vault.
    """
    session.require(Permission.READ_CASES)
    data = content_of(session, case, evidence, progress).getvalue()
    if as_png is not None and not is_plain(data[:16]):
        data = as_png(data)
    data, codes = _with_its_codes(session, data, as_png)
    progress.check()
    text, failed = _stored_text(session, evidence), None
    if text is None:
        sha256 = find_evidence(session, case, evidence).sha256
        text, failed = _recognised(session, evidence, sha256, data, as_png)
    note_reading(session, evidence)
    reading = session.reader.read(text.text, session.clock.now())
    return PictureExtraction(text, codes, _with_codes(_doubted(reading, text), codes), failed)


def _with_its_codes(
    session: Session, data: bytes, as_png: Callable[[bytes], bytes] | None
) -> tuple[bytes, tuple[FoundCode, ...]]:
    """Also of PNG and JPEG in a way of packing that the finder of codes does not know, such as interlaced."""
    try:
        return data, session.files.codes(data)
    except UserInputError as error:
        if error.code != "picture.unknown" or as_png is None:
            raise
    data = as_png(data)
    return data, session.files.codes(data)


def _stored_text(session: Session, evidence: EvidenceId) -> PictureText | None:
    with session.store.read() as reader:
        stored = reader.derived(evidence)
    if stored is None:
        return None
    try:
        document = json.loads(stored)
        return picture_text_from_json(document["text"]) if document["version"] == _VERSION else None
    except (ValueError, KeyError, TypeError):
        return None


def _text_of(session: Session, data: bytes, as_png: Callable[[bytes], bytes] | None) -> PictureText:
    """Also of a picture that breaks off: what there is of it is seen in the viewer, and may name the account."""
    try:
        return session.files.picture(data)
    except UserInputError as error:
        if error.code != "picture.unreadable" or as_png is None:
            raise
    return session.files.picture(as_png(data))


def _recognised(
    session: Session,
    evidence: EvidenceId,
    sha256: str,
    data: bytes,
    as_png: Callable[[bytes], bytes] | None,
) -> tuple[PictureText, WorldError | None]:
    try:
        text = _text_of(session, data, as_png)
    except WorldError as error:
        return PictureText(0, 0, "", ()), error
    document = {
        "version": _VERSION,
        "source": {"evidence": evidence, "sha256": sha256},
        "made_at": to_wire(session.clock.now()),
        "text": text.to_json(),
    }
    with session.store.write() as transaction:
        transaction.keep_derived(evidence, json.dumps(document, ensure_ascii=False))
    return text, None


def _doubted(reading: Extraction, text: PictureText) -> Extraction:
    """Words the recogniser itself is not sure of are a guess, whatever they say."""

    def doubted(found: Proposal) -> Proposal:
        clear = text.percent(found.start, found.end) >= _SURE
        if clear or found.confidence is Confidence.UNSURE:
            return found
        return replace(found, confidence=Confidence.DOUBTFUL)

    return replace(
        reading,
        transfers=tuple(
            replace(made, parts={name: doubted(part) for name, part in made.parts.items()})
            for made in reading.transfers
        ),
        loose=tuple(map(doubted, reading.loose)),
    )


def _with_codes(reading: Extraction, codes: Sequence[FoundCode]) -> Extraction:
    """What the codes say, as lines behind the text, and the identifiers among them as proposals."""
    text, found = reading.text, []
    for code in codes:
        text += "\n" if text else ""
        start = len(text)
        text += code.text
        if code.kind:
            end = len(text)
            found.append(Proposal(code.kind, code.value, code.text, start, end, Confidence.SURE))
    return replace(reading, text=text, loose=(*reading.loose, *found))
